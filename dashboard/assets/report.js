// The page /report: builds the form that dashboard/pages/report.py describes, starts a job, follows it, shows or fetches what it made.
(function () {
  "use strict";
  const PAUSE = 700;
  let turn = 0; // a newer job, or another page, ends the older one's waiting

  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

  function element(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) if (value !== false) made.setAttribute(name, value === true ? "" : value);
    made.append(...children);
    return made;
  }

  function select(name, label, values, chosen) {
    const box = element("select", { name, id: `report-${name}` });
    for (const [value, text] of values) box.append(element("option", { value, selected: String(value) === String(chosen) }, text));
    return element("div", { class: "report-field" }, element("label", { for: `report-${name}` }, label), box);
  }

  function choices(name, type, legend, values, chosen) {
    const lines = values.map(([value, text, can = true]) =>
      element("label", { class: "report-choice" }, element("input", { type, name, value, checked: chosen(value), disabled: !can }), element("span", {}, text)));
    return element("fieldset", { class: `report-${name}` }, element("legend", {}, legend), ...lines);
  }

  function build(host) {
    if (host.built === host.dataset.report) return;
    host.built = host.dataset.report;
    turn += 1;
    const told = JSON.parse(host.dataset.report);
    const words = told.texts;
    const form = element("form", { class: "report-fields" });
    if (told.years) form.append(select("year", words.year, told.years.map((year) => [year, String(year)]), told.year));
    form.append(select("language", words.language, told.languages, told.language));
    const first = told.formats[0][0];
    form.append(choices("format", "radio", words.format, told.formats, (value) => value === first));
    if (told.sections) form.append(choices("sections", "checkbox", words.sections, told.sections, () => true));
    form.append(element("div", { class: "report-buttons" },
      element("button", { type: "submit", class: "button primary", value: "make" }, words.make),
      element("button", { type: "submit", class: "button", value: "look" }, words.look)));
    const bar = element("progress", { max: "1", value: "0", hidden: true, "aria-label": words.begins });
    const status = element("div", { class: "report-status", role: "status", "aria-live": "polite" });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const look = event.submitter && event.submitter.value === "look";
      start({ told, form, bar, status, look });
    });
    host.replaceChildren(form, bar, status);
  }

  function order({ told, form, look }) {
    const given = new FormData(form);
    const asked = { kind: told.kind, language: given.get("language"), format: look ? "html" : given.get("format"), reader: document.documentElement.lang || "en" };
    if (told.kind !== "report") return { ...asked, code: told.code };
    const sections = given.getAll("sections");
    return { ...asked, year: Number(given.get("year")), sections: sections.length === told.sections.length ? [] : sections, none: sections.length === 0 };
  }

  async function start(job) {
    const { told, form, bar, status, look } = job;
    const words = told.texts;
    const { none, ...asked } = order(job);
    if (none) { say(status, words.none, true); return; }
    const mine = ++turn;
    const buttons = form.querySelectorAll("button");
    buttons.forEach((button) => { button.disabled = true; });
    bar.hidden = false;
    bar.removeAttribute("value");
    say(status, words.begins);
    try {
      const begun = await fetch("/report/jobs", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(asked) });
      const answer = await begun.json();
      if (!begun.ok) { say(status, answer.message || words.away, true); return; }
      const found = await follow(answer.id, asked.reader, mine, (now) => {
        if (now.of > 0 && now.done > 0) bar.value = now.done / now.of;
        say(status, now.part ? fill(words.working, now) : words.begins);
      });
      if (!found) return;
      if (found.state === "failed") say(status, fill(words.failed, found), true);
      else if (look) { show(answer.id, words); say(status, fill(words.ready, found)); } else give(status, answer.id, found, words);
    } catch (error) {
      if (mine === turn) say(status, words.away, true);
    } finally {
      buttons.forEach((button) => { button.disabled = false; });
      bar.hidden = true;
    }
  }

  async function follow(id, language, mine, told) {
    for (;;) {
      if (mine !== turn) return null;
      const answer = await fetch(`/report/jobs/${id}?lang=${language}`);
      if (!answer.ok) throw new Error(String(answer.status));
      const now = await answer.json();
      if (now.state !== "working") return now;
      told(now);
      await new Promise((wake) => setTimeout(wake, PAUSE));
    }
  }

  function say(status, text, isWrong) {
    if (status.textContent === text) return;
    status.classList.toggle("is-wrong", Boolean(isWrong));
    status.replaceChildren(text);
  }

  function give(status, id, found, words) {
    const link = element("a", { href: `/report/files/${id}`, class: "button primary", download: found.file }, fill(words.fetch, found));
    status.classList.remove("is-wrong");
    status.replaceChildren(link);
    link.click();
    link.focus();
  }

  function show(id, words) {
    const place = document.querySelector(".report-preview");
    if (place) place.replaceChildren(element("iframe", { src: `/report/preview/${id}`, title: words.look, sandbox: "" }));
  }

  function look() {
    document.querySelectorAll("[data-report]").forEach(build);
  }
  new MutationObserver(look).observe(document.documentElement, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-report"] });
})();
