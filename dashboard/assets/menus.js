// Mantine says on the box around a menu's button that it opens a menu; a box is no button, so a screen reader hears it from the button.
(function () {
  "use strict";
  const NAMES = ["aria-haspopup", "aria-expanded", "aria-controls"];
  new MutationObserver(() => {
    document.querySelectorAll(".menu-target[aria-expanded], .menu-target[aria-haspopup]").forEach((box) => {
      const button = box.querySelector("button");
      if (!button) return;
      for (const name of NAMES) {
        if (box.hasAttribute(name)) button.setAttribute(name, box.getAttribute(name));
        box.removeAttribute(name);
      }
    });
  }).observe(document.documentElement, { subtree: true, childList: true, attributes: true, attributeFilter: ["aria-expanded"] });
})();
