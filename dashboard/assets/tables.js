// Tables: a click on a heading sorts the rows, a second one turns the order round.
(function () {
  "use strict";
  const key = (cell) => cell.dataset.key ?? cell.textContent.trim();
  const number = (text) => (/^[−-]?[\d\s\u00a0\u202f.,]+%?$/.test(text) ? Number(text.replace(/[\s\u00a0\u202f%]/g, "").replace("−", "-").replace(",", ".")) : NaN);

  function compare(a, b) {
    if (!a || !b) return a ? -1 : b ? 1 : 0; // what is absent stands last
    const [x, y] = [number(a), number(b)];
    return Number.isNaN(x) || Number.isNaN(y) ? a.localeCompare(b, document.documentElement.lang) : x - y;
  }

  // Rows go back to where React drew them before it draws again.
  window.cooperationStart.unsort = () => {
    document.querySelectorAll(".table th[aria-sort]").forEach((heading) => {
      heading.removeAttribute("aria-sort");
      const body = heading.closest("table").tBodies[0];
      body.append(...[...body.rows].sort((a, b) => a.drawn - b.drawn));
      for (const row of body.rows) delete row.drawn;
    });
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest(".table .sort");
    if (!button) return;
    const heading = button.closest("th");
    const column = [...heading.parentElement.children].indexOf(heading);
    const turn = heading.getAttribute("aria-sort") === "ascending" ? -1 : 1;
    for (const other of heading.parentElement.children) other.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", turn === 1 ? "ascending" : "descending");
    const body = heading.closest("table").tBodies[0];
    [...body.rows].forEach((row, i) => { row.drawn ??= i; });
    const rows = [...body.rows].map((row) => [key(row.cells[column]), row]);
    rows.sort(([a], [b]) => (a && b ? turn : 1) * compare(a, b));
    body.append(...rows.map(([, row]) => row));
  });
})();
