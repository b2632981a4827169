// Looks at what React has put on the screen: builds the twins that are open, and the tools above tables.
(function () {
  "use strict";
  const start = window.cooperationStart;
  let waiting = false;

  // React puts an answer on the screen when it pleases: what it has put there is looked at before the next picture.
  function look() {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      if (start.twins) start.twins(); // the other scripts come after this one
      if (start.tools) start.tools();
    });
  }
  // A row that says something else than before is a change of a text, not of an element.
  const seen = { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ["data-table"] };
  new MutationObserver(look).observe(document.documentElement, seen);
})();
