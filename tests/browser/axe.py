"""What axe-core finds against WCAG 2.2 AA and good practice, and texts that are chosen to stand for all that are painted like them."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
#: All rules; and those whose answer depends on the theme, for a page on the same screen in the other one.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_COLOUR = ["color-contrast", "link-in-text-block"]
#: Of what passes axe need not tell the elements: a fifth of its time.
RUN = "(rules) => axe.run(document, { runOnly: rules, resultTypes: ['violations'] }).then((found) => found.violations)"
#: The contrast of a text, which is two thirds of the time, follows from its look: what it and all around it are painted with, and
#: whether it is cut off there. A table has a thousand texts of six looks, so the first and the last of each look are judged.
RUN_BY_LOOK = """async (rules) => {
  const PAINT = ["color", "backgroundColor", "backgroundImage", "opacity", "fontSize", "fontWeight", "textShadow", "filter", "position"];
  const known = new Map([[null, { paint: "", edge: null }]]);
  const seen = (each) => {
    if (!known.has(each)) {
      const { paint, edge } = seen(each.parentElement), style = getComputedStyle(each);
      const cuts = style.overflowX !== "visible" || style.overflowY !== "visible";
      known.set(each, {
        paint: [paint, ...PAINT.map((name) => style[name])].join("/"), edge: cuts ? each.getBoundingClientRect() : edge,
      });
    }
    return known.get(each);
  };
  const looks = new Map();
  for (const each of document.body.querySelectorAll("*")) {
    const says = each.placeholder || [...each.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    if (!says) continue;
    const { paint, edge } = seen(each), box = each.getBoundingClientRect();
    const cut = edge && (box.top < edge.top || box.bottom > edge.bottom || box.left < edge.left || box.right > edge.right);
    const look = `${paint} ${each.localName === "input"} ${cut}`;
    looks.set(look, [...(looks.get(look) || []), each]);
  }
  const chosen = [...looks.values()].flatMap((each) => [...new Set([each[0], each.at(-1)])]);
  const resultTypes = ["violations"], contrast = "color-contrast";
  const judged = await axe.run({ include: chosen }, { runOnly: [contrast], resultTypes });
  const runOnly = rules.filter((each) => each !== contrast);
  const others = await axe.run(document, { runOnly, rules: { [contrast]: { enabled: false } }, resultTypes });
  return [...judged.violations, ...others.violations];
}"""


def violations(page: Page, rules: list[str], *, by_look: bool) -> list[str]:
    """Return what axe finds under ``rules``, one line per element; ``by_look`` judges the contrast of a few texts of each look."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found: list[dict[str, Any]] = page.evaluate(RUN_BY_LOOK if by_look else RUN, rules)
    return [
        f"{each['id']}: {node['html'][:200]} ({'; '.join(check['message'] for check in [*node['any'], *node['all'], *node['none']])[:200]})"
        for each in found
        for node in each["nodes"]
    ]
