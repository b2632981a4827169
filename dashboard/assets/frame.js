// The address is the truth: filters, clicks on marks, language and theme only change the address or the preferences.
(function () {
  "use strict";
  const PARTS = ["country", "field", "type", "status", "partner", "outcome"]; // as CHOSEN in frame.py
  const dash = () => window.dash_clientside;
  const nothing = () => dash().no_update;
  const root = document.documentElement;
  let language = window.cooperationStart.language;
  let touched = false; // the reader's last touch was on a filter and has chosen nothing yet
  const touch = (event) => { touched = Boolean(event.target.closest && event.target.closest("#bar, [role=listbox], [role=option]")); };
  ["pointerdown", "keydown"].forEach((kind) => document.addEventListener(kind, touch, true));
  window.addEventListener("popstate", () => { touched = false; });

  const read = (search) => {
    const given = new URLSearchParams(search || "");
    const all = (name) => [...new Set(given.getAll(name).join(",").split(",").filter(Boolean))].sort();
    const list = (name) => all(name).filter((code) => !code.startsWith("-"));
    const out = (name) => all(name).filter((code) => code.startsWith("-")); // left out: chips show it, boxes do not
    return { given, list, out };
  };
  // Codes hold no comma, so a bare comma separates them: a short address that people can read.
  const write = (given) => {
    const text = given.toString().replace(/%2C/gi, ",");
    return text ? "?" + text : "";
  };
  const put = (given, name, codes) => (codes.length ? given.set(name, [...codes].sort().join(",")) : given.delete(name));
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
  const year = (given, name, otherwise, min, max) => {
    const found = /^\d{4}$/.test(given.get(name) || "") ? Number(given.get(name)) : otherwise;
    return Math.min(Math.max(found, min), max);
  };
  const span = (given, min, max) => {
    const both = [year(given, "since", min, min, max), year(given, "until", max, min, max)];
    return both.sort((a, b) => a - b);
  };

  const cooperation = {
    // Address and preferences -> what the server is asked for.
    ask(path, search, preferences, before) {
      const { given } = read(search);
      if (window.cooperationStart.known.includes(given.get("lang"))) language = given.get("lang");
      else if (preferences && preferences.language) language = preferences.language;
      const theme = preferences && preferences.theme;
      const dark = theme ? theme === "dark" : window.cooperationStart.dark.matches;
      root.dataset.theme = dark ? "dark" : "light";
      given.delete("lang");
      const asked = { path: path || "/", query: write(given), language, dark };
      follow(given);
      return [same(asked, before) ? nothing() : asked, dark ? "dark" : "light"];
    },

    // The answer -> the screen; then what belongs to the document, not to a component.
    place(drawn) {
      if (!drawn) return;
      window.cooperationStart.place(drawn.places);
      requestAnimationFrame(() => window.cooperationStart.guide());
      document.title = drawn.title;
      root.lang = drawn.language;
      const said = document.getElementById("said");
      if (said && said.textContent !== drawn.title) said.textContent = drawn.title;
      // The address, not what was asked: the reader may have gone back meanwhile, and an old value would be taken for a choice.
      requestAnimationFrame(() => { follow(read(window.location.search).given); showCurrentTab(); });
    },

    // A filter was changed by the reader -> the address. A value that only follows the address is no choice: taken for one, an
    // old value that arrives after Back would push its address again, and the two would chase each other for ever.
    filter(...values) {
      const [search] = values.splice(-1);
      const [min, max] = values.splice(-2);
      const [years, counting] = values.splice(-2);
      const { given, list, out } = read(search);
      const before = write(given);
      if (!touched) return nothing();
      PARTS.forEach((name, i) => {
        const codes = values[i] || [];
        if (!same([...codes].sort(), list(name))) put(given, name, [...codes, ...out(name).filter((code) => !codes.includes(code.slice(1)))]);
      });
      if (years && !same(years, span(given, min, max))) {
        years[0] > min ? given.set("since", years[0]) : given.delete("since");
        years[1] < max ? given.set("until", years[1]) : given.delete("until");
      }
      if ((counting || "full") !== (given.get("counting") || "full")) {
        counting === "full" ? given.delete("counting") : given.set("counting", counting);
      }
      const after = write(given);
      if (after === before) return nothing();
      touched = false;
      return after;
    },

    // A click on a mark opens its menu (explore.js); the address changes by what is chosen there.
    click(clicks) {
      const hit = (dash().callback_context.triggered || []).find((each) => each.value && each.value.points);
      if (!hit) return nothing();
      const chart = JSON.parse(hit.prop_id.slice(0, hit.prop_id.lastIndexOf(".")));
      dash().set_props(chart, { clickData: null }); // else a second click on the same mark would be no change
      const point = hit.value.points[0];
      const data = point.customdata || ofCell(chart.id, point);
      const [code, , mark] = Array.isArray(data) ? data : [data];
      if (code || mark) window.cooperationStart.markMenu(chart.id, String(mark || code), String(chart.adds ? code || "" : ""));
      return nothing();
    },
  };
  window.dash_clientside = Object.assign({}, window.dash_clientside, { cooperation });

  // Dash (4.4) leaves out what a cell of a heat map carries: it stands at the cell's row and column.
  function ofCell(figure, point) {
    const plot = document.querySelector("#figure-" + figure + " .js-plotly-plot");
    const trace = plot && plot.data[point.curveNumber];
    if (!trace || !trace.customdata) return [];
    const line = trace.customdata[[...trace.y].indexOf(point.y)];
    return (line && line[[...trace.x].indexOf(point.x)]) || [];
  }

  window.cooperationStart.follow = () => follow(read(window.location.search).given);

  // Lets the filters show what the address says (Back, chips, clicks on marks). Only those that show something else are changed: to draw
  // all boxes anew took a tenth of a second before the server was asked.
  function follow(given) {
    const { list } = read(write(given));
    const change = (id, value) => { if (!same(valueOf(id), value)) dash().set_props(id, { value }); };
    PARTS.forEach((name) => {
      const box = document.getElementById("filter-" + name);
      if (!box || !dash().set_props) return;
      const codes = list(name);
      change("filter-" + name, codes);
      const field = box.closest(".box") || box;
      field.dataset.count = codes.length || "";
    });
    const slider = document.getElementById("filter-years");
    if (slider && dash().set_props) {
      const ends = [...document.querySelectorAll("#filter-years [role=slider]")];
      if (ends.length === 2) {
        const both = span(given, Number(ends[0].getAttribute("aria-valuemin")), Number(ends[1].getAttribute("aria-valuemax")));
        change("filter-years", both);
        document.querySelectorAll(".years-end").forEach((end, i) => { end.textContent = both[i]; });
      }
    }
    if (document.getElementById("filter-counting") && dash().set_props) {
      change("filter-counting", given.get("counting") === "fractional" ? "fractional" : "full");
    }
  }

  // The value of a component as Dash knows it.
  function valueOf(id) {
    const { layout, paths } = window.dash_stores[0].getState();
    const found = (paths.strs[id] || []).reduce((inside, key) => inside && inside[key], layout);
    return found && found.props && found.props.value;
  }

  function showCurrentTab() {
    // dcc.Link knows no aria attributes.
    document.querySelectorAll(".page-tab").forEach((each) => {
      each.matches(".page-tab-here") ? each.setAttribute("aria-current", "page") : each.removeAttribute("aria-current");
    });
    const tab = document.querySelector(".page-tab-here");
    const row = tab && tab.parentElement;
    if (row && row.scrollWidth > row.clientWidth) row.scrollLeft = tab.offsetLeft - row.clientWidth / 2 + tab.clientWidth / 2;
  }

  function prefer(change) {
    let kept = {};
    try { kept = JSON.parse(localStorage.getItem("preferences")) || {}; } catch (error) { kept = {}; }
    dash().set_props("preferences", { data: Object.assign({}, kept, change) });
  }

  function drawer(open) {
    document.body.classList.toggle("drawer-open", open);
    const bar = document.getElementById("bar");
    bar.tabIndex = -1; // not the first select box: it would open at once
    const target = open ? bar : document.querySelector("[data-drawer=open]");
    if (target) target.focus({ preventScroll: true });
  }

  document.addEventListener("click", (event) => {
    const at = (selector) => event.target.closest && event.target.closest(selector);
    const spoken = at("[data-language]");
    if (spoken) {
      language = spoken.dataset.language;
      const { given } = read(location.search);
      if (given.has("lang")) {
        given.delete("lang");
        dash().set_props("address", { search: write(given) });
      }
      prefer({ language });
    }
    if (at("[data-theme-switch]")) prefer({ theme: root.dataset.theme === "dark" ? "light" : "dark" });
    const drawn = at("[data-drawer]");
    if (drawn) drawer(drawn.dataset.drawer === "open");
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && document.body.classList.contains("drawer-open")) drawer(false);
  });
  window.cooperationStart.dark.addEventListener("change", () => prefer({}));
})();
