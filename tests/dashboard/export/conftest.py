"""The real data and one browser for all tests of the exports."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dashboard.export.pictures import Pictures
from dashboard.export.view import View, view
from dashboard.figures import Figure
from dashboard.figures.registry import FIGURES
from dashboard.filters import Selection
from dashboard.locale import speaker
from dashboard.query.prepared import prepare
from dashboard.snapshot import Snapshot
from dashboard.store import Store

Seen = Callable[..., View]


@pytest.fixture(scope="session")
def snapshot(data: Path) -> Snapshot:
    found = Store(data, prepare).snapshot()
    assert found
    return found


@pytest.fixture(scope="session")
def pictures() -> Iterator[Pictures]:
    with Pictures() as drawing:
        yield drawing


@pytest.fixture(scope="session")
def seen(snapshot: Snapshot) -> Seen:
    """Return a figure under filters in a language, from the real data."""
    by_id = {figure.id: figure for figure in FIGURES}

    def seen(figure: Figure | str, filters: str = "", language: str = "en") -> View:
        found = by_id[figure] if isinstance(figure, str) else figure
        with snapshot.cursor() as cursor:
            return view(found, Selection.from_query(filters), speaker(language), snapshot, cursor)

    return seen
