// Charts that come are drawn in turns, each before a picture of its own, those on the screen first: drawn in one go, the first of nine
// was seen when the last was done. A chart that is only changed is drawn at once, so that a page changes as a whole.
(function () {
  "use strict";
  const waiting = new Map(); // chart -> { figure, told: who waits for it }
  let isDrawing = false;

  // Pixels from the screen; what stands in a view that is not shown comes last.
  function distance(chart) {
    const box = chart.getBoundingClientRect();
    if (!box.width) return Infinity;
    return Math.max(0, box.top - window.innerHeight, -box.bottom);
  }

  // A map waits for its geometry: of those on the screen it comes last.
  const isMap = (chart) => waiting.get(chart).figure.data.some((trace) => /geo|choropleth/.test(trace.type));
  const before = (one, other) => distance(one) - distance(other) || isMap(one) - isMap(other);

  function turn(react) {
    const chart = [...waiting.keys()].reduce((best, each) => (before(each, best) < 0 ? each : best));
    const { figure, told } = waiting.get(chart);
    waiting.delete(chart);
    const drawn = chart.isConnected ? react(chart, figure) : Promise.resolve(chart);
    told.forEach(([done, failed]) => drawn.then(done, failed));
    const next = () => {
      if (![...waiting.keys()].some((each) => !distance(each))) window.cooperationStart.drawn(); // all on the screen are
      if (waiting.size) turn(react); else isDrawing = false;
    };
    // A page in the background gets no pictures. What is on the screen is drawn in two steps, the second of them soon after the first.
    const picture = () => requestAnimationFrame(() => setTimeout(next));
    if (document.hidden) setTimeout(next);
    else if (distance(chart)) picture();
    else requestAnimationFrame(picture);
  }

  function inTurns(plotly) {
    const react = plotly.react;
    plotly.react = (chart, ...given) => {
      // Dash marks the chart and gives the figure as one; print.js and others are not asked to wait.
      if (!chart.classList || !chart.classList.contains("dash-graph--pending") || chart._fullLayout) return react(chart, ...given);
      return new Promise((done, failed) => {
        const told = waiting.has(chart) ? waiting.get(chart).told : [];
        waiting.set(chart, { figure: given[0], told: [...told, [done, failed]] });
        if (isDrawing) return;
        isDrawing = true;
        setTimeout(() => turn(react)); // the others of the page come meanwhile
      });
    };
    return plotly;
  }

  // It declares itself as a variable of the page, which cannot be defined anew, and may be here first. It names itself twice: charts in two
  // rows of turns would go from one into the other and not be drawn.
  let plotly;
  const set = (given) => { if (given !== plotly) plotly = inTurns(given); };
  if (window.Plotly) inTurns(window.Plotly);
  else Object.defineProperty(window, "Plotly", { configurable: true, get: () => plotly, set });
})();
