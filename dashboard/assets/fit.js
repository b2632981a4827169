// Charts for the screen they stand on: larger type on a projector, fewer ticks on a phone. Done before they are drawn, not after.
(function () {
  "use strict";
  const LARGER = 1.35;
  const isProjector = () => window.innerWidth >= 1800;
  const isPhone = () => window.innerWidth <= 760;

  function larger(value, name) {
    if (Array.isArray(value)) return value.map((each) => larger(each, ""));
    if (!value || typeof value !== "object") return value;
    const inside = Object.entries(value).map(([key, each]) => [key, larger(each, key)]);
    const made = Object.fromEntries(inside);
    if (/font$/i.test(name) && typeof made.size === "number") made.size *= LARGER;
    return made;
  }

  function fitted(props) {
    const figure = props.figure;
    if (!figure || !figure.layout) return;
    if (isProjector()) {
      // The data first: texts on marks have fonts too, and no data has a key that ends in "font".
      props.figure = Object.assign({}, figure, { data: larger(figure.data, ""), layout: larger(figure.layout, "") });
      const height = parseFloat((props.style || {}).height);
      if (height) props.style = Object.assign({}, props.style, { height: Math.round(height * 1.2) + "px" });
    } else if (isPhone() && !figure.data.some((trace) => trace.type === "heatmap")) {
      for (const [name, axis] of Object.entries(figure.layout)) {
        // The titles of panels stand side by side.
        if (name === "annotations" && figure.layout.xaxis3) axis.forEach((each) => { each.font = Object.assign({}, each.font, { size: 9.5 }); });
        else if (/^[xy]axis\d*$/.test(name) && axis && !axis.tickvals && axis.type !== "category") figure.layout[name] = Object.assign({ nticks: 5 }, axis);
      }
    }
  }

  // Walks an answer and changes its charts in place.
  window.cooperationStart.fit = function fit(value) {
    if (Array.isArray(value)) value.forEach(fit);
    else if (value && typeof value === "object") {
      if (value.type === "Graph" && value.props) fitted(value.props);
      else if (value.type !== "Plain") Object.values(value.props || value).forEach(fit);
    }
  };
})();
