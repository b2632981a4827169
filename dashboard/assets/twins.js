// The table twin of a chart, asked for and built when it is opened; what names a row opens the menu of its mark, its number leads to the records.
(function () {
  "use strict";
  const start = window.cooperationStart;
  const element = (...given) => start.element(...given);

  function cell(data, y, x, first) {
    const made = element("td", { className: data.numbers[x] ? "number" : "", "data-label": data.heads[x] });
    const [text, key, mark] = [data.rows[y][x], data.keys[y][x], data.marks[y] || []];
    if (key !== "") made.dataset.key = key;
    if (mark[0] && x === 0 && !data.numbers[0]) {
      made.append(element("button", { type: "button", className: "mark-button", textContent: text, "data-mark": mark[0], "data-code": mark[1], "data-figure": data.figure, "aria-haspopup": "menu" }));
    } else if (mark[2] && x === first) {
      made.append(element("a", { href: mark[2], textContent: text, title: data.behind, className: "link inside" }));
    } else made.textContent = text;
    return made;
  }

  function build(body, data) {
    const first = data.numbers.indexOf(true);
    const heads = data.heads.map((head, x) => element("th", { scope: "col", className: data.numbers[x] ? "number" : "" }, [element("button", { type: "button", className: "sort", textContent: head })]));
    const rows = data.rows.map((row, y) => element("tr", {}, row.map((_, x) => cell(data, y, x, first))));
    const table = element("table", { className: "table" }, [
      element("caption", { className: "sr-only", textContent: data.caption }), element("thead", {}, [element("tr", {}, heads)]), element("tbody", {}, rows)]);
    const scroll = element("div", { className: "table-scroll", role: "region", tabIndex: 0, "aria-label": data.caption }, [table]);
    scroll.files = data.files; // the server's files have all rows
    body.replaceChildren(scroll, ...(data.more ? [element("p", { className: "note", textContent: data.more })] : []));
    start.tools();
  }

  // A sentence where the table would be, with what can be done; screen readers are told it.
  function say(body, text, does, act) {
    const button = does ? [element("button", { type: "button", className: "button", textContent: does, onclick: act })] : [];
    body.replaceChildren(element("p", { className: "note", textContent: text }), ...button);
    start.tell(text);
  }

  // Asks for the table of an open twin; an older one stays, dimmed, until the new one is there.
  async function ask(body, again) {
    const address = body.dataset.table;
    if (body.asked === address) return;
    body.asked = address;
    const said = start.words();
    if (body.querySelector("table")) body.setAttribute("aria-busy", "true");
    else say(body, said.loading);
    const answer = await fetch(address).catch(() => null);
    const data = answer && answer.ok ? await answer.json().catch(() => null) : null;
    if (body.asked !== address) return; // the reader has filtered meanwhile
    body.removeAttribute("aria-busy");
    if (data) {
      build(body, data);
      start.tell("");
      if (again) body.querySelector(".table-scroll").focus();
    }
    else if (answer && answer.status === 409) say(body, said.newer, said.reload, () => location.reload());
    else say(body, said.notLoaded, said.again, () => { body.asked = ""; ask(body, true); });
  }

  start.twins = () => document.querySelectorAll(".twin[open] > .twin-body[data-table]").forEach((body) => ask(body));
  document.addEventListener("toggle", (event) => { if (event.target.matches(".twin[open]")) start.twins(); }, true);
  // Links made here are no components: they go the way of the components.
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a.inside");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    start.go(link.getAttribute("href"));
  });
})();
