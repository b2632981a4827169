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

  function turn(react) {
    const chart = [...waiting.keys()].reduce((best, each) => (distance(each) < distance(best) ? each : best));
    const { figure, told } = waiting.get(chart);
    waiting.delete(chart);
    const drawn = chart.isConnected ? react(chart, figure) : Promise.resolve(chart);
    told.forEach(([done, failed]) => drawn.then(done, failed));
    const next = () => { if (waiting.size) turn(react); else isDrawing = false; };
    // A page in the background gets no pictures.
    if (document.hidden) setTimeout(next);
    else requestAnimationFrame(() => setTimeout(next));
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

  // It declares itself as a variable of the page, which cannot be defined anew, and may be here first.
  let plotly;
  if (window.Plotly) inTurns(window.Plotly);
  else Object.defineProperty(window, "Plotly", { configurable: true, get: () => plotly, set: (given) => { plotly = inTurns(given); } });
})();
