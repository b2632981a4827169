// Shows one of several views of a card (dashboard/views.py). The choice is a part of the address: a link shows the same view.
(function () {
  "use strict";
  const chosen = {}; // name -> code: links that the server makes do not know of views, and a chip must not switch one back
  const phone = window.matchMedia("(max-width: 760px)");

  function read() {
    const told = new URLSearchParams(location.search).get("view") || "";
    return Object.fromEntries(told.split(",").map((each) => each.split(".")).filter((pair) => pair.length === 2));
  }

  function apply() {
    // On a phone the ways are wider than the screen: what scrolls must be reached with keys, too.
    document.querySelectorAll("#figure-country_area_outcome .chart").forEach((chart) => {
      if (phone.matches && chart.tabIndex !== 0) chart.tabIndex = 0;
      if (!phone.matches && chart.tabIndex === 0) chart.removeAttribute("tabindex");
    });
    document.querySelectorAll(".views[data-views]").forEach((group) => {
      const buttons = [...group.querySelectorAll("[data-view]")];
      const first = (phone.matches && buttons.find((each) => each.dataset.phone)) || buttons[0];
      const code = (buttons.find((each) => each.dataset.view === chosen[group.dataset.views]) || first).dataset.view;
      // Only what differs is written: writing is seen by the observer, which calls this.
      buttons.forEach((each) => {
        const pressed = String(each.dataset.view === code);
        if (each.getAttribute("aria-pressed") !== pressed) each.setAttribute("aria-pressed", pressed);
      });
      group.querySelectorAll("[data-view-of]").forEach((each) => {
        const hidden = each.dataset.viewOf !== code;
        if (each.hidden !== hidden) each.hidden = hidden;
      });
    });
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("[data-view]");
    if (!button) return;
    const group = button.closest(".views");
    chosen[group.dataset.views] = button.dataset.view;
    apply();
    const given = new URLSearchParams(location.search);
    given.set("view", Object.entries({ ...read(), [group.dataset.views]: button.dataset.view }).map((pair) => pair.join(".")).join(","));
    window.dash_clientside.set_props("address", { search: "?" + given.toString().replace(/%2C/gi, ",") });
  });
  window.addEventListener("popstate", () => {
    Object.keys(chosen).forEach((each) => delete chosen[each]);
    Object.assign(chosen, read());
    apply();
  });
  phone.addEventListener("change", apply);
  Object.assign(chosen, read());
  new MutationObserver(apply).observe(document.documentElement, { childList: true, subtree: true });
})();
