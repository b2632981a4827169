"""The address in a passport leads to the page on which the figure stands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dashboard.export.where import PAGES, address
from dashboard.figures import story
from dashboard.figures.registry import FIGURES
from dashboard.filters import Selection
from dashboard.pages.registry import PAGES as REGISTERED
from dashboard.query.prepared import prepare
from dashboard.render import Renderer
from dashboard.store import Store
from dashboard.written import written


@pytest.fixture(scope="module")
def renderer(data: Path) -> Renderer:
    return Renderer(Store(data, prepare), REGISTERED)


def drawn(renderer: Renderer, path: str) -> str:
    asked = {"path": path, "query": "", "language": "en", "dark": False}
    return written(renderer.answer(asked, None)).decode()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_shows_the_figures_that_lead_to_it(renderer: Renderer, path: str) -> None:
    page = drawn(renderer, path)
    assert not [figure for figure in PAGES[path] if f"figure-{figure}" not in page]


def test_the_story_of_a_partner_stands_on_its_own_page(renderer: Renderer, seen: Any) -> None:
    partner = seen("top_partners").frame["code"].iloc[0]
    found = address(story.FIGURE, Selection(partners=(partner,), since=2015))
    assert found == f"/partners/{partner}?since=2015#figure-story"
    assert "figure-story" in drawn(renderer, f"/partners/{partner}")


def test_every_figure_has_a_page() -> None:
    assert {figure for figures in PAGES.values() for figure in figures} == {figure.id for figure in FIGURES} - {"story"}
