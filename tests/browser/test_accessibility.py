"""axe-core on every page, in every language, light and dark, at a desk and on a phone: no violation of WCAG 2.2 AA or of good practice."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from dashboard.locale import LANGUAGES
from dashboard.pages.registry import PAGES
from tests.browser.conftest import Visit, _visit

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SIZES = {"desk": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}
#: Lists with a page for each record: the first link of the list leads to one.
LISTS = ("/countries", "/fields", "/partners", "/agreements", "/outcomes", "/news")


def violations(page: Page) -> list[str]:
    """Return what axe finds, one line per element."""
    page.evaluate(AXE)
    found: dict[str, Any] = page.evaluate("(tags) => axe.run(document, { runOnly: tags })", RULES)
    return [
        f"{each['id']}: {node['html'][:200]} ({'; '.join(check['message'] for check in [*node['any'], *node['all'], *node['none']])[:200]})"
        for each in found["violations"]
        for node in each["nodes"]
    ]


def addresses(visit: Visit) -> list[str]:
    """Return every page of the menu and one record of each list."""
    found = [page.path for page in PAGES if "<" not in page.path]
    for path in LISTS:
        visit.go(path)
        link = visit.page.locator(f"main a[href^='{path}/']").first
        if link.count():
            found.append((link.get_attribute("href") or path).split("?")[0])
    return [*found, "/nowhere", "/?country=CHN&since=2018", "/agreements?country=AUS&field=6"]


@pytest.fixture
def looking(chromium: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """A browser of the size and theme of the test that lets axe in: the policy of the page forbids what is not its own."""
    size, theme = request.param
    context = chromium.new_context(viewport=SIZES[size], color_scheme=theme, bypass_csp=True, reduced_motion="reduce", locale="en-GB")
    yield _visit(context, address)
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "looking", [("desk", "light"), ("desk", "dark"), ("phone", "light")], indirect=True, ids=lambda case: "-".join(case)
)
def test_axe_finds_nothing_on_any_page(looking: Visit, language: str) -> None:
    wrong = []
    for path in addresses(looking):
        page = looking.go(f"{path}{'&' if '?' in path else '?'}lang={language}")
        wrong += [f"{path}: {line}" for line in violations(page)]
    assert wrong == []
