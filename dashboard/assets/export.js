// The menu of a chart: image, drawing, link. The image carries title and subtitle, on white, whatever the theme.
(function () {
  "use strict";
  const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
  const plain = (text) => text.replace(/[&<>]/g, (each) => ESCAPES[each]);
  const text = (card, selector) => (card.querySelector(selector) || {}).textContent || "";

  // A Chinese character is as wide as two letters, and a line may break after it unless a sign follows that must not begin a line.
  const WIDE = "\\u2e80-\\u303f\\u3040-\\u9fff\\uf900-\\ufaff\\uff00-\\uffef";
  const PIECES = new RegExp(`[（“《]*[${WIDE}][，。；：、）”》！？]*|[^\\s${WIDE}]+|\\s+`, "gu");
  const wide = (text) => [...text].reduce((sum, each) => sum + (new RegExp(`[${WIDE}]`, "u").test(each) ? 2 : 1), 0);

  // A text to lines about `most` letters wide: plotly does not break lines itself.
  function lines(words, most) {
    const made = [""];
    for (const piece of words.match(PIECES) || []) {
      if (wide(made[made.length - 1] + piece.trim()) > most && made[made.length - 1]) made.push("");
      made[made.length - 1] += made[made.length - 1] ? piece : piece.trimStart();
    }
    return made.map((line) => line.trim());
  }

  // The dark theme's colours -> the light theme's, as the server exchanged them (data-day on <html> is set by the page).
  function day(value, colours) {
    if (Array.isArray(value)) return value.map((each) => day(each, colours));
    if (value && typeof value === "object" && !ArrayBuffer.isView(value)) {
      return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, day(each, colours)]));
    }
    return typeof value === "string" && colours[value] ? colours[value] : value;
  }

  async function save(card, format) {
    const chart = card.querySelector(".js-plotly-plot");
    if (!chart || !window.Plotly) return;
    const holder = document.querySelector("[data-day]");
    const dark = document.documentElement.dataset.theme === "dark";
    const colours = dark && holder ? JSON.parse(holder.dataset.day) : {};
    const width = 1000;
    const title = lines(text(card, "h2"), 84);
    const note = lines([text(card, ".note"), text(document, ".footer-source")].filter(Boolean).join(" · "), 130);
    const top = 24 + title.length * 26 + note.length * 18;
    const layout = day(JSON.parse(JSON.stringify(chart.layout)), colours);
    const margin = Object.assign({}, layout.margin);
    const height = chart.clientHeight + top + 16;
    layout.margin = Object.assign(margin, { t: (margin.t || 8) + top, b: (margin.b || 8) + 16, l: Math.max(margin.l || 0, 24), r: Math.max(margin.r || 0, 24) });
    Object.assign(layout, {
      width, height, autosize: false, paper_bgcolor: "#ffffff",
      title: {
        text: title.map(plain).join("<br>"), x: 0, xref: "container", xanchor: "left", y: 1, yref: "container", yanchor: "top", automargin: false,
        pad: { l: 24, t: 20 }, font: { size: 20, color: "#1B2430" },
        subtitle: { text: note.map(plain).join("<br>"), font: { size: 13, color: "#5B6675" } },
      },
    });
    const data = day(JSON.parse(JSON.stringify(chart.data)), colours);
    const config = Object.assign({}, chart._context, { staticPlot: true });
    const image = await window.Plotly.toImage({ data, layout, config }, { format, width, height, scale: format === "png" ? 2 : 1 });
    const link = document.createElement("a");
    link.href = image;
    link.download = card.id.replace("figure-", "") + "-" + new Date().toISOString().slice(0, 10) + "." + format;
    link.click();
  }

  async function copy(address) {
    try {
      await navigator.clipboard.writeText(address);
    } catch (error) { // no secure context: the old way
      const field = Object.assign(document.createElement("textarea"), { value: address });
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
    }
  }

  window.cooperationStart.copy = copy;

  document.addEventListener("click", (event) => {
    const item = event.target.closest && event.target.closest("[data-act]");
    if (!item) return;
    const card = document.getElementById("figure-" + item.dataset.figure);
    if (item.dataset.act === "copy") copy(location.href.split("#")[0] + "#figure-" + item.dataset.figure);
    else if (card) save(card, item.dataset.act);
  });
})();
