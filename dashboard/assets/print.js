// Paper: charts as wide as the page and in the colours of the day, and a footer that says what is shown and as of when.
(function () {
  "use strict";
  const WIDTH = 700; // pixels between the margins of A4
  const TALLEST = 340; // two charts on a page
  const text = (selector) => [...document.querySelectorAll(selector)].map((each) => each.textContent.trim()).filter(Boolean);
  let before = [];

  function day(value, colours) {
    if (Array.isArray(value)) return value.map((each) => day(each, colours));
    if (value && typeof value === "object" && !ArrayBuffer.isView(value)) {
      return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, day(each, colours)]));
    }
    return typeof value === "string" && colours[value] ? colours[value] : value;
  }

  function footer() {
    const said = [...text(".chips .chip-name"), ...text(".footer > .wrap")].join(" · ");
    document.documentElement.style.setProperty("--printed", JSON.stringify(said));
  }

  window.addEventListener("beforeprint", () => {
    footer();
    const holder = document.querySelector("[data-day]");
    const colours = document.documentElement.dataset.theme === "dark" && holder ? JSON.parse(holder.dataset.day) : {};
    before = [...document.querySelectorAll(".js-plotly-plot")].map((chart) => [chart, chart.data, chart.layout]);
    for (const [chart, data, layout] of before) {
      const size = { width: WIDTH, height: Math.min(chart.clientHeight, TALLEST), autosize: false };
      window.Plotly.react(chart, day(data, colours), Object.assign(day(layout, colours), size));
    }
  });
  window.addEventListener("afterprint", () => {
    for (const [chart, data, layout] of before) {
      window.Plotly.react(chart, data, Object.assign({}, layout, { autosize: true, width: undefined, height: undefined }));
    }
    before = [];
  });
})();
