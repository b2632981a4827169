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

  window.cooperationStart.place = (places) => {
    const store = (window.dash_stores || [])[0];
    const ways = store ? store.getState().paths.strs : {};
    window.cooperationStart.fit(places);
    window.cooperationStart.unsort();
    for (const [name, now] of Object.entries(places)) {
      const text = JSON.stringify(now);
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
