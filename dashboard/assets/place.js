// Puts an answer on the screen by changing only what differs from the one before: charts are redrawn in place, nothing flickers,
// what is open stays open. (When a callback replaces children, Dash 4.4 builds all of them anew, charts included.)
(function () {
  "use strict";
  const before = {}; // name of the place -> what stands there, as JSON: plotly writes into the objects it is given
  const isComponent = (value) => value !== null && typeof value === "object" && value.props && value.type && value.namespace;

  function same(a, b) {
    if (a === b) return true;
    if (typeof a !== "object" || typeof b !== "object" || a === null || b === null || Array.isArray(a) !== Array.isArray(b)) return false;
    const names = Object.keys(a);
    return names.length === Object.keys(b).length && names.every((name) => name in b && same(a[name], b[name]));
  }

  // Collects [path, props to set] that make `old` into `now`; false when it is another component altogether.
  function differences(old, now, path, found) {
    if (old.type !== now.type || old.namespace !== now.namespace || !same(old.props.id, now.props.id)) return false;
    const changed = {};
    for (const name of new Set([...Object.keys(old.props), ...Object.keys(now.props)])) {
      const [a, b] = [old.props[name], now.props[name]];
      if (name === "children") {
        const inside = [];
        if (children(a, b, [...path, "props", "children"], inside)) found.push(...inside);
        else changed.children = b ?? null;
      } else if (!same(a, b)) changed[name] = b ?? null;
    }
    if (Object.keys(changed).length) found.push([path, changed]);
    return true;
  }

  function children(a, b, path, found) {
    if (isComponent(a) && isComponent(b)) return differences(a, b, path, found);
    if (!Array.isArray(a) || !Array.isArray(b)) return same(a ?? null, b ?? null);
    if (a.length !== b.length) return false;
    return a.every((each, i) => (isComponent(each) && isComponent(b[i]) ? differences(each, b[i], [...path, i], found) : same(each, b[i])));
  }

  // The boxes of the filters are a third of the work of a first visit: they come when the charts on the screen are drawn, where they stand
  // in one row, for which there is room from the beginning, or beside the page.
  const aside = window.matchMedia("(max-width: 760px), (min-width: 1366px)");
  let later;
  const start = window.cooperationStart;
  start.drawn = () => { const now = later; later = undefined; if (now) now(); };

  window.cooperationStart.place = (places) => {
    const store = (window.dash_stores || [])[0];
    const ways = store ? store.getState().paths.strs : {};
    window.cooperationStart.fit(places);
    window.cooperationStart.unsort();
    const isFirst = before.content === undefined;
    for (const [name, now] of Object.entries(places)) {
      const text = JSON.stringify(now);
      if (name === "bar") later = undefined;
      if (name === "bar" && isFirst && aside.matches && before.content.includes('"type":"Graph"')) {
        later = () => {
          before.bar = text;
          window.dash_clientside.set_props("bar", { children: now });
          requestAnimationFrame(start.follow); // the address may say something else by now
        };
        setTimeout(start.drawn, 2000); // whatever becomes of the charts
        continue;
      }
      if (text === before[name]) continue;
      const found = [];
      const path = [...(ways[name] || []), "props", "children"];
      const fits = before[name] !== undefined && ways[name] && children(JSON.parse(before[name]), now, path, found);
      before[name] = text;
      if (fits) found.forEach(([where, props]) => window.dash_clientside.set_props(where, props));
      else window.dash_clientside.set_props(name, { children: now });
    }
    // The address names a card: Dash draws after the browser has looked for it.
    const place = location.pathname + location.hash;
    if (location.hash.length > 1 && window.cooperationStart.scrolled !== place) {
      window.cooperationStart.scrolled = place;
      setTimeout(() => { const card = document.getElementById(location.hash.slice(1)); if (card) card.scrollIntoView(); }, 400);
    }
  };
})();
