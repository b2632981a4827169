// Saved views, keys, first-visit lines, and what is said when the server is gone. The words come from the server (#words).
(function () {
  "use strict";
  const start = window.cooperationStart;
  const words = start.words = () => { const holder = document.getElementById("words"); return holder ? JSON.parse(holder.dataset.words) : {}; };
  const kept = (name, otherwise) => { try { return JSON.parse(localStorage.getItem(name)) || otherwise; } catch (error) { return otherwise; } };
  const keep = (name, value) => { try { localStorage.setItem(name, JSON.stringify(value)); } catch (error) { /* private window: not kept */ } };
  const say = start.tell = (text) => { const said = document.getElementById("said"); if (said) said.textContent = text; };
  const isTyping = (target) => target.closest && target.closest("input, textarea, select, [contenteditable], [role=combobox], [role=slider], dialog");
  const address = () => location.pathname + location.search;

  function dialog(title, children) {
    const old = document.querySelector("dialog.panel");
    if (old) old.remove();
    const shut = start.element("button", { type: "button", className: "icon-button", textContent: "×", "aria-label": words().close });
    const head = start.element("div", { className: "panel-head" }, [start.element("h2", { id: "panel-title", textContent: title }), shut]);
    const made = start.element("dialog", { className: "panel", "aria-labelledby": "panel-title" }, [head, ...children]);
    shut.addEventListener("click", () => made.close());
    made.addEventListener("click", (event) => { if (event.target === made) made.close(); });
    made.addEventListener("close", () => made.remove());
    document.body.append(made);
    made.showModal();
    return made;
  }

  function help() {
    const rows = words().keys.map(([key, text]) => start.element("div", {}, [start.element("dt", {}, [start.element("kbd", { textContent: key })]), start.element("dd", { textContent: text })]));
    dialog(words().help, [start.element("dl", { className: "keys" }, rows)]);
  }

  const button = (text, act, label) => {
    const made = start.element("button", { type: "button", className: "button", textContent: text });
    if (label) made.setAttribute("aria-label", text + ": " + label);
    made.addEventListener("click", act);
    return made;
  };
  const copied = (made) => { const text = made.textContent; made.textContent = words().copied; say(words().copied); setTimeout(() => { made.textContent = text; }, 1500); };

  function listed(place) {
    const said = words();
    const all = kept("views", []);
    const items = all.map((view, at) => {
      const link = start.element("a", { href: view.address, textContent: view.name, className: "view-name" });
      link.addEventListener("click", (event) => { event.preventDefault(); place.closest("dialog").close(); start.go(view.address); });
      const copy = button(said.copy, () => { start.copy(location.origin + view.address); copied(copy); }, view.name);
      const gone = button(said.delete, () => { keep("views", all.filter((_, i) => i !== at)); listed(place); place.querySelector("button, input")?.focus(); }, view.name);
      return start.element("li", {}, [link, copy, gone]);
    });
    place.replaceChildren(all.length ? start.element("ul", { className: "views" }, items) : start.element("p", { className: "note", textContent: said.noViews }));
  }

  function views() {
    const said = words();
    const place = start.element("div", {});
    const field = start.element("input", { type: "text", maxLength: 80, required: true, className: "view-field", "aria-label": said.name, placeholder: said.name, value: document.querySelector("main h1")?.textContent.slice(0, 80) || "" });
    const form = start.element("form", { className: "view-form" }, [field, start.element("button", { type: "submit", className: "button primary", textContent: said.save })]);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const name = field.value.trim();
      if (!name) return;
      keep("views", [{ name, address: address() }, ...kept("views", []).filter((view) => view.name !== name)].slice(0, 100));
      listed(place);
    });
    const copy = button(said.copyPage, () => { start.copy(location.origin + address()); copied(copy); });
    dialog(said.views, [start.element("p", { className: "note", textContent: said.viewsNote }), form, place, copy]);
    listed(place);
    field.focus();
    field.select();
  }

  function search(field) {
    const given = new URLSearchParams(location.search);
    ["figure", "mark", "open", "kind", "q", "event", "start"].forEach((name) => given.delete(name));
    const question = field.value.trim();
    if (question) given.set("q", question);
    start.go("/search" + (given.size ? "?" + given.toString().replace(/%2C/gi, ",") : ""));
  }

  document.addEventListener("click", (event) => {
    const at = (selector) => event.target.closest && event.target.closest(selector);
    if (at("[data-panel=help]")) help();
    if (at("[data-panel=views]")) views();
    const read = at("[data-hint-close]");
    if (read) {
      keep("hints", [...kept("hints", []), read.dataset.hintClose]);
      read.closest("[data-hint]").hidden = true;
      document.getElementById("main").focus({ preventScroll: true });
    }
    if (at("[data-again]")) location.reload();
  });
  document.addEventListener("keydown", (event) => {
    const field = event.target.closest && event.target.closest(".search-field");
    if (field && event.key === "Enter") { event.preventDefault(); search(field.matches("input") ? field : field.querySelector("input")); return; }
    if (field && event.key === "Escape") event.target.blur();
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (event.key === "/") {
      const box = [...document.querySelectorAll(".search-field input, input.search-field")].find((each) => each.offsetParent);
      event.preventDefault();
      if (box) { box.focus(); box.select(); } else start.go("/search" + location.search);
    }
    if (event.key === "?") { event.preventDefault(); help(); }
    if (event.key === "v") { event.preventDefault(); views(); }
  });

  // After each answer: a line that was not taken away yet is shown.
  start.guide = () => {
    const read = kept("hints", []);
    document.querySelectorAll("[data-hint]").forEach((line) => { line.hidden = read.includes(line.dataset.hint); });
  };

  // The server is gone: Dash says so only in the console.
  const asked = window.fetch;
  window.fetch = async (...given) => {
    const isOurs = String(given[0] && given[0].url || given[0]).includes("/_dash-update-component");
    let answer = null;
    try {
      answer = await asked(...given);
      if (isOurs) lost(answer.status >= 500);
      return answer;
    } catch (error) {
      if (isOurs) lost(true);
      throw error;
    }
  };
  function lost(is) {
    const old = document.getElementById("lost");
    if (!is) { if (old) old.remove(); return; }
    if (old) return;
    const said = words();
    document.body.append(start.element("div", { id: "lost", className: "lost", role: "alert" }, [
      start.element("p", { textContent: said.lost || "" }), start.element("button", { type: "button", className: "button", "data-again": "", textContent: said.again || "↻" })]));
  }
})();
