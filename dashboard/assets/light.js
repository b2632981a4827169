// Builds the lists and tables that dashboard/light.py sent as trees, the twins that are open, and the tools above tables.
(function () {
  "use strict";
  const start = window.cooperationStart;
  let waiting = false;

  function node(tree) {
    if (!Array.isArray(tree)) return document.createTextNode(tree);
    const [tag, attributes, children] = tree;
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) if (value !== false) made.setAttribute(name, value === true ? "" : value);
    made.append(...children.map(node));
    return made;
  }

  start.trees = () => document.querySelectorAll("[data-tree]").forEach((host) => {
    if (host.built === host.dataset.tree) return;
    const focused = host.contains(document.activeElement) ? [...host.querySelectorAll("a, button")].indexOf(document.activeElement) : -1;
    host.built = host.dataset.tree;
    host.replaceChildren(...JSON.parse(host.dataset.tree).map(node));
    if (focused >= 0) [...host.querySelectorAll("a, button")][focused]?.focus({ preventScroll: true }); // who unfolds with the keyboard goes on there
  });

  // React puts an answer on the screen when it pleases: what it has put there is looked at before the next picture.
  function look() {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      start.trees();
      if (start.twins) start.twins(); // the other scripts come after this one
      if (start.tools) start.tools();
    });
  }
  new MutationObserver(look).observe(document.documentElement, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-tree", "data-table"] });
})();
