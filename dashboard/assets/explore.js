// The menu of a mark: only this, without this, its records, its profile. The server says the words and the addresses.
(function () {
  "use strict";
  const start = window.cooperationStart;
  let pointer = { x: 0, y: 0 };
  let opened = null; // { menu, back }: back gets the focus when the menu closes
  document.addEventListener("pointerdown", (event) => { pointer = { x: event.clientX, y: event.clientY }; }, true);

  // As dcc.Link does it: the page changes without a reload.
  start.go = (href) => {
    const target = new URL(href, location.href);
    const moved = target.pathname !== location.pathname;
    history.pushState({}, "", target.pathname + target.search + target.hash);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
    if (moved) window.scrollTo(0, 0);
  };

  start.element = (tag, properties, children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(properties || {})) name in made && !name.includes("-") ? (made[name] = value) : made.setAttribute(name, value);
    made.append(...(children || []));
    return made;
  };

  function close(refocus) {
    if (!opened) return;
    opened.menu.remove();
    if (refocus && opened.back && opened.back.isConnected) opened.back.focus({ preventScroll: true });
    opened = null;
  }

  function show(answer, at, back) {
    close(false);
    const items = answer.items.map((each) => start.element("a", { href: each.href, textContent: each.text, role: "menuitem", tabIndex: -1, className: "mark-item" }));
    if (!items.length) return;
    const menu = start.element("div", { className: "mark-menu", role: "menu", "aria-label": answer.name }, [
      start.element("div", { className: "mark-name", textContent: answer.name, "aria-hidden": "true" }), ...items]);
    document.body.append(menu);
    const box = menu.getBoundingClientRect();
    menu.style.left = Math.max(8, Math.min(at.x, innerWidth - box.width - 8)) + "px";
    menu.style.top = (at.y + box.height + 12 > innerHeight ? Math.max(8, at.y - box.height - 8) : at.y + 8) + "px";
    opened = { menu, back };
    items[0].focus({ preventScroll: true });
  }

  start.markMenu = async (figure, mark, code, button) => {
    const card = document.getElementById("figure-" + figure);
    const at = button ? { x: button.getBoundingClientRect().left, y: button.getBoundingClientRect().bottom } : Object.assign({}, pointer);
    const given = new URLSearchParams((card && card.dataset.query) || "");
    const more = { mark, code, path: location.pathname, here: location.search, lang: document.documentElement.lang };
    for (const [name, value] of Object.entries(more)) given.set(name, value);
    const answer = await fetch("/marks/" + encodeURIComponent(figure) + "?" + given).catch(() => null);
    if (answer && answer.ok) show(await answer.json(), at, button || (card && card.querySelector(".icon-button")));
  };

  document.addEventListener("click", (event) => {
    const at = (selector) => event.target.closest && event.target.closest(selector);
    const button = at(".mark-button");
    if (button) { start.markMenu(button.dataset.figure, button.dataset.mark, button.dataset.code, button); return; }
    const item = at(".mark-item");
    if (item && !(event.ctrlKey || event.metaKey || event.shiftKey)) {
      event.preventDefault();
      close(true);
      start.go(item.getAttribute("href"));
    } else if (opened && !at(".mark-menu")) close(false);
  });

  document.addEventListener("keydown", (event) => {
    if (!opened) return;
    const items = [...opened.menu.querySelectorAll("[role=menuitem]")];
    const now = items.indexOf(document.activeElement);
    const to = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: items.length - 1 }[event.key];
    if (to !== undefined) { event.preventDefault(); items[(to + items.length) % items.length].focus(); }
    if (event.key === "Escape") { event.preventDefault(); close(true); }
    if (event.key === "Tab") close(true);
  });
  window.addEventListener("resize", () => close(false));
  window.addEventListener("scroll", () => close(false), { passive: true });
})();
