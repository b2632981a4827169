// plotly.js with the trace types that figures may draw and no other: a third of the packaged one. `scatter` is part of the core.
// dashboard/shell.py (TRACES) lists the same; a test draws every figure and compares.
const Plotly = require("plotly.js/lib/core");

Plotly.register([
  require("plotly.js/lib/bar"),
  require("plotly.js/lib/scattergeo"),
  require("plotly.js/lib/heatmap"),
  require("plotly.js/lib/choropleth"),
  require("plotly.js/lib/sankey"),
  require("plotly.js/lib/treemap"),
]);

module.exports = Plotly;
