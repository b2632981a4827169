// The page's head already loads a plotly.js: when the first chart is drawn before it is there, Dash asks for the same file, not for its own.
(function () {
  "use strict";
  const own = document.querySelector("script[data-plotly]");
  if (own) Object.defineProperty(window, "_dashPlotlyJSURL", { get: () => own.src, set: () => undefined });
})();
