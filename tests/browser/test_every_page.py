"""Every page in every language, at a desk and on a phone, light and dark: opened once, then turned, and all that holds everywhere is asked.

It says everything in its language, it fits the screen, it tells the console nothing and asks nobody else, and axe-core finds no violation
of WCAG 2.2 AA or of good practice. A page follows the theme and the size of its screen while it is open, so one visit shows all four.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from dashboard.locale import LANGUAGES, catalogue
from dashboard.pages.registry import PAGES
from tests.browser.axe import OF_COLOUR, RULES, violations
from tests.browser.conftest import LOCALES, Visit, _visit
from tests.browser.saying import HAN, SAID, SCRIPTS, in_english, told
from tests.browser.test_figures import rows

#: A record of each kind; of outcomes and news the first, their ids are not for people.
RECORDS = ["/countries/CHN", "/fields/2.5", "/partners/org-tu-graz", "/agreements/AGR-0010", "/outcomes/<id>", "/news/<id>"]
OTHERS = ["/nowhere", "/?country=CHN&since=2018", "/agreements?country=AUS&field=6"]
#: The screens and themes of a visit, and the rules that are asked there: what a phone lays out in another way does not depend on colours.
TURNS: list[tuple[str, Literal["light", "dark"], list[str]]] = [
    ("desk", "light", RULES), ("desk", "dark", OF_COLOUR), ("phone", "dark", RULES), ("phone", "light", []),
]  # fmt: skip
#: How far the page is wider than the screen, and the elements that reach beyond it.
BEYOND = """() => {
  const [has, may] = [document.documentElement.scrollWidth, document.documentElement.clientWidth];
  const out = has > may ? [...document.querySelectorAll("main *")].filter((each) => each.getBoundingClientRect().right > may + 1) : [];
  return has > may ? `${has} of ${may}: ` + out.slice(0, 5).map((each) => each.outerHTML.slice(0, 120)).join(" | ") : "";
}"""
ADDRESSES = [*(page.path for page in PAGES if "<" not in page.path), *RECORDS, *OTHERS]


@pytest.fixture(scope="module")
def travellers(chromium: Browser, address: str) -> Iterator[dict[str, Visit]]:
    """A browser for each language, with what it keeps from page to page."""
    contexts = {
        code: chromium.new_context(viewport={"width": 1440, "height": 900}, locale=name, color_scheme="light", reduced_motion="reduce")
        for code, name in LOCALES.items()
    }
    yield {code: _visit(context, address) for code, context in contexts.items()}
    for context in contexts.values():
        context.close()


def said_wrongly(page: Page, language: str, data: frozenset[str]) -> list[str]:
    """Return what the page says in another language than its own."""
    said = page.evaluate(SAID)
    assert len(said) > 30
    if language != "en":
        lines = [page.title(), *page.locator(".chart-card h2, .chart-card .card-head .note, nav a").all_inner_texts()]
        return in_english(said, language, data) + [line for line in lines if line and not SCRIPTS[language].search(line)]
    ours = set(said) - data
    texts = {form for code in SCRIPTS for each in catalogue(code).values() for form in ([each] if isinstance(each, str) else each)}
    foreign = {text for text in texts & ours if any(script.search(text) for script in SCRIPTS.values())}
    # Other names of a partner stand in one line; the names of the languages are written in themselves.
    pieces = {piece for text in ours for piece in text.split("; ")} - data - {"中", "中文"}
    return sorted(foreign | {text for text in pieces if HAN.search(text)})


def path_of(place: str, data: Path) -> str:
    kind = {"/outcomes/<id>": "outcome", "/news/<id>": "news"}.get(place)
    return place.replace("<id>", min(row[f"{kind}_id"] for row in rows(data, kind))) if kind else place


@pytest.mark.parametrize("place", ADDRESSES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_whole_in_each_language_on_each_screen_in_each_theme(
    travellers: dict[str, Visit], data: Path, language: str, place: str
) -> None:
    visit = travellers[language]
    visit.wrong.clear()
    visit.turn("desk", "light")
    page = visit.go(path_of(place, data))
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("main h1").inner_text().strip()
    assert said_wrongly(page, language, told(data)) == []
    found = []
    for size, theme, rules in TURNS:
        visit.turn(size, theme)
        if wide := page.evaluate(BEYOND):
            found.append(f"{size}, {theme}: scrolls sideways, {wide}")
        # Every text is judged in one language, light at a desk and dark on a phone; in the others the colours are the same.
        every_text = language == "en" and rules is RULES
        found += [f"{size}, {theme}: {line}" for line in violations(page, rules, by_look=not every_text)] if rules else []
    assert found == []
    assert visit.wrong == []
