// Draws what dashboard/fold.py has folded: elements and links, without a Dash component for each of them.
(function () {
  "use strict";
  const { createElement } = window.React;

  // As dcc.Link does: the address changes, the page stays.
  function follow(event) {
    const link = event.currentTarget;
    if (event.metaKey || event.shiftKey || event.altKey || event.ctrlKey || (link.target && link.target !== "_self")) return;
    event.preventDefault();
    window.history.pushState({}, "", link.getAttribute("href"));
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
    window.scrollTo(0, 0);
  }

  function drawn(node) {
    if (node === null || typeof node !== "object") return node;
    const { t: tag, p: props, c: children } = node;
    const all = Object.assign({}, props);
    if (all.href) all.href = window.dash_clientside.clean_url(all.href);
    if (tag === "link") all.onClick = follow;
    const inside = Array.isArray(children) ? children.flat(Infinity) : children === undefined ? [] : [children];
    return createElement(tag === "link" ? "a" : tag, all, ...inside.map(drawn));
  }

  window.cooperation = { Plain: (props) => drawn(props.tree) };
})();
