// Above each table of more than twelve rows: a box that filters its rows as the reader types, and the table as a file.
(function () {
  "use strict";
  const start = window.cooperationStart;
  const MOST_WITHOUT = 12;
  const FORMULA = /^[=+\-@\t\r\n\0＝＋－＠]/; // as dashboard/cells.py has it
  const words = () => { const holder = document.getElementById("words"); return holder ? JSON.parse(holder.dataset.words) : {}; };
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const rowsOf = (scroll) => [...scroll.querySelectorAll("tbody tr")];

  function narrow(tools) {
    const scroll = tools.nextElementSibling;
    const wanted = fold(tools.querySelector("input").value).split(/\s+/).filter(Boolean);
    const rows = rowsOf(scroll);
    let shown = 0;
    for (const row of rows) {
      const text = fold(row.textContent);
      const isHidden = !wanted.every((word) => text.includes(word));
      if (row.hidden !== isHidden) row.hidden = isHidden;
      shown += !row.hidden;
    }
    const said = wanted.length ? words().rows.replace("{shown}", shown).replace("{all}", rows.length) : "";
    const holder = tools.querySelector(".tools-said");
    if (holder.textContent !== said) holder.textContent = said; // each change is looked at again (look.js)
  }

  const text = (cell) => cell.innerText.replace(/\s+/g, " ").trim();
  const number = (cell) => {
    const given = cell.dataset.key ?? text(cell);
    return cell.classList.contains("number") && given !== "" && !Number.isNaN(Number(given)) ? Number(given) : null;
  };

  function content(scroll) {
    const heads = [...scroll.querySelectorAll("thead th")].map(text);
    const rows = rowsOf(scroll).filter((row) => !row.hidden).map((row) => [...row.cells].map((cell) => number(cell) ?? text(cell)));
    return [heads, ...rows];
  }

  function csv(lines) {
    const safe = (cell) => (typeof cell === "string" && FORMULA.test(cell) ? "'" + cell : String(cell));
    const quoted = (cell) => (/[",\r\n]/.test(cell) ? '"' + cell.replace(/"/g, '""') + '"' : cell);
    return new Blob(["\ufeff" + lines.map((line) => line.map((cell) => quoted(safe(cell))).join(",")).join("\r\n") + "\r\n"], { type: "text/csv" });
  }

  // A workbook is a zip of XML files; stored without compression it needs no library. Texts are inline strings: never a formula.
  const escaped = (value) => String(value).replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd]/g, "").replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
  const OFFICE = "http" + "://schemas.openxmlformats.org/"; // names of formats, no addresses: nothing is asked there
  const sheetCell = (value, style) => (typeof value === "number" ? `<c><v>${value}</v></c>` : `<c t="inlineStr" s="${style || (FORMULA.test(value) ? 2 : 0)}"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`);

  function workbook(lines) {
    const rows = lines.map((line, y) => "<row>" + line.map((value) => sheetCell(value, y ? 0 : 1)).join("") + "</row>").join("");
    const main = `xmlns="${OFFICE}spreadsheetml/2006/main"`;
    const parts = {
      "[Content_Types].xml": `<Types xmlns="${OFFICE}package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>`,
      "_rels/.rels": `<Relationships xmlns="${OFFICE}package/2006/relationships"><Relationship Id="rId1" Type="${OFFICE}officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
      "xl/workbook.xml": `<workbook ${main} xmlns:r="${OFFICE}officeDocument/2006/relationships"><sheets><sheet name="Data" sheetId="1" r:id="rId1"/></sheets></workbook>`,
      "xl/_rels/workbook.xml.rels": `<Relationships xmlns="${OFFICE}package/2006/relationships"><Relationship Id="rId1" Type="${OFFICE}officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${OFFICE}officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`,
      "xl/styles.xml": `<styleSheet ${main}><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/><xf fontId="1" applyFont="1"/><xf quotePrefix="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`,
      "xl/worksheets/sheet1.xml": `<worksheet ${main}><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols><col min="1" max="${lines[0].length}" width="28" customWidth="1"/></cols><sheetData>${rows}</sheetData></worksheet>`,
    };
    return new Blob(zip(parts), { type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" });
  }

  function crc(bytes) {
    let sum = -1;
    for (const byte of bytes) {
      sum ^= byte;
      for (let i = 0; i < 8; i++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
    }
    return (sum ^ -1) >>> 0;
  }

  function zip(parts) {
    const made = [], directory = [];
    let at = 0;
    const fields = (...given) => new Uint8Array(given.flatMap(([size, value]) => Array.from({ length: size }, (_, i) => (value >>> (8 * i)) & 255)));
    for (const [name, xml] of Object.entries(parts)) {
      const [title, bytes] = [new TextEncoder().encode(name), new TextEncoder().encode(HEAD + xml)];
      // version, flags (UTF-8), stored, time, date (1980-01-01), crc, size, size, length of the name, no extra field
      const common = [[2, 20], [2, 0x800], [2, 0], [2, 0], [2, 33], [4, crc(bytes)], [4, bytes.length], [4, bytes.length], [2, title.length], [2, 0]];
      const head = fields([4, 0x04034b50], ...common);
      directory.push(fields([4, 0x02014b50], [2, 20], ...common, [2, 0], [2, 0], [2, 0], [4, 0], [4, at]), title);
      made.push(head, title, bytes);
      at += head.length + title.length + bytes.length;
    }
    const size = directory.reduce((sum, each) => sum + each.length, 0);
    const number = Object.keys(parts).length;
    return [...made, ...directory, fields([4, 0x06054b50], [2, 0], [2, 0], [2, number], [2, number], [4, size], [4, at], [2, 0])];
  }

  function save(blob, name) {
    const link = start.element("a", { href: URL.createObjectURL(blob), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  function file(scroll, suffix) {
    const name = (scroll.getAttribute("aria-label") || "table").replace(/[\\/:*?"<>|\s]+/g, "-").slice(0, 60);
    const lines = content(scroll);
    save(suffix === "csv" ? csv(lines) : workbook(lines), name + "." + suffix);
  }

  function toolsFor(scroll) {
    const said = words();
    const field = start.element("input", { type: "search", className: "tools-filter", placeholder: said.filter, "aria-label": said.filter + ": " + scroll.getAttribute("aria-label") });
    const told = scroll.files || (scroll.dataset.files && JSON.parse(scroll.dataset.files)); // of a list that is cut the server has all rows
    const files = told
      ? told.map(([label, href], at) => start.element("a", { href, download: "", className: "tools-file", textContent: at ? said.xlsx : said.csv, title: label }))
      : ["csv", "xlsx"].map((suffix) => start.element("button", { type: "button", className: "tools-file", textContent: said[suffix], "data-file": suffix }));
    const parts = rowsOf(scroll).length > MOST_WITHOUT ? [field] : [start.element("input", { hidden: true })];
    return start.element("div", { className: "tools", lang: document.documentElement.lang }, [...parts, start.element("span", { className: "tools-said note", role: "status" }), ...files]);
  }

  // After each answer: tables that came get their tools, tools whose table is gone go, a filter that is typed still holds.
  start.tools = () => {
    document.querySelectorAll(".tools").forEach((tools) => {
      const next = tools.nextElementSibling;
      const isStale = tools.lang !== document.documentElement.lang;
      if (!next || !next.matches(".table-scroll") || isStale || (rowsOf(next).length > MOST_WITHOUT) === tools.firstElementChild.hidden) {
        if (next && next.matches(".table-scroll")) rowsOf(next).forEach((row) => { row.hidden = false; });
        tools.remove();
      } else narrow(tools);
    });
    document.querySelectorAll("main .table-scroll").forEach((scroll) => {
      const before = scroll.previousElementSibling;
      if (!(before && before.matches(".tools")) && rowsOf(scroll).length > 1) scroll.before(toolsFor(scroll));
    });
  };

  document.addEventListener("input", (event) => { if (event.target.matches(".tools-filter")) narrow(event.target.closest(".tools")); });
  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("[data-file]");
    if (button) file(button.closest(".tools").nextElementSibling, button.dataset.file);
  });
})();
