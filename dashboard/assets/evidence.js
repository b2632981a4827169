// A click on a row of the chart of agreements in time opens the agreement, as a link would.
(function () {
  "use strict";
  const OPENS = { agreements_in_time: "/agreements/" };
  // Dash follows a changed address when it is told that the reader went back or forth.
  const go = (path) => {
    window.history.pushState({}, "", path);
    window.dispatchEvent(new PopStateEvent("popstate"));
    window.scrollTo(0, 0);
  };
  const listen = (chart) => {
    const card = chart.closest(".chart-card");
    const folder = card && OPENS[card.id.replace(/^figure-/, "")];
    if (!folder || chart.dataset.opens || !chart.on) return;
    chart.dataset.opens = "yes";
    chart.on("plotly_click", (event) => {
      const custom = event.points.length ? event.points[0].customdata : null;
      const id = Array.isArray(custom) ? custom[0] : "";
      if (id) go(folder + encodeURIComponent(id) + window.location.search);
    });
  };
  const look = () => document.querySelectorAll("#figure-agreements_in_time .js-plotly-plot").forEach(listen);
  new MutationObserver(look).observe(document.documentElement, { childList: true, subtree: true });
})();
