// Before the first paint: language and theme of the browser's last visit, so that nothing flashes.
(function () {
  "use strict";
  let kept = {};
  try { kept = JSON.parse(localStorage.getItem("preferences")) || {}; } catch (error) { kept = {}; }
  const asked = new URLSearchParams(location.search).get("lang");
  const browser = (navigator.languages || [navigator.language || "en"]).map((each) => String(each).slice(0, 2).toLowerCase());
  const known = ["en", "ru", "zh"];
  window.cooperationStart = {
    known,
    language: known.includes(asked) ? asked : known.includes(kept.language) ? kept.language : browser.find((each) => known.includes(each)) || "en",
    dark: matchMedia("(prefers-color-scheme: dark)"),
  };
  const dark = kept.theme ? kept.theme === "dark" : window.cooperationStart.dark.matches;
  document.documentElement.lang = window.cooperationStart.language;
  document.documentElement.dataset.theme = dark ? "dark" : "light";
})();
