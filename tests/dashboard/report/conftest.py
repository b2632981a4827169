"""The real data for all tests of the report, and a small report in three languages in all five formats."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.locale import speaker
from dashboard.query import prepared
from dashboard.report import content, making, outline
from dashboard.report.content import Order
from dashboard.report.document import Document
from dashboard.report.house import House
from dashboard.report.painting import Painting
from dashboard.snapshot import Snapshot
from dashboard.store import Store

YEAR = 2024
#: One figure of each sort: a map, native bars, native stacks, a flow, native lines, one of another year, and one with nothing to draw.
SMALL = outline.of({
    "sections": [
        "cover", "contents", "summary",
        {"section": "geography", "figures": ["agreements_on_map", "countries_ranking"], "tables": ["countries"]},
        {"section": "agreements", "figures": ["agreements_by_year", {"agreements_in_force": "all"}], "tables": ["agreements"]},
        {"section": "outcomes", "figures": ["country_area_outcome"], "tables": ["outcomes"]},
        {"section": "expiring", "tables": ["due"]},
        {"section": "data", "tables": ["files"]},
        {"section": "quality", "figures": [{"row_ledger": "all"}, {"country_ranks": "year"}]},
    ]
})  # fmt: skip


@pytest.fixture(scope="session")
def snapshot(data: Path) -> Snapshot:
    found = Store(data, prepared.prepare).snapshot()
    assert found is not None
    return found


@pytest.fixture(scope="session", params=["en", "ru", "zh"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def painting() -> Iterator[Painting]:
    """One browser for all that is drawn."""
    with Painting() as found:
        yield found


@pytest.fixture(scope="session")
def order(language: str) -> Order:
    return Order(YEAR, language, SMALL)


@pytest.fixture(scope="session")
def document(snapshot: Snapshot, order: Order) -> Document:
    return content.report(snapshot, order, House())


@pytest.fixture(scope="session")
def files(snapshot: Snapshot, order: Order, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The small report in every format, written as the command writes it."""
    folder = tmp_path_factory.mktemp("files")
    paths = {suffix: folder / f"report-{order.language}.{suffix}" for suffix in outline.FORMATS}
    found = making.made(snapshot, order, House(), list(paths.values()), speaker(order.language))
    assert [each.trouble for each in found] == [""] * len(paths)
    return paths
