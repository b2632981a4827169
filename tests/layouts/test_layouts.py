"""Every layout gives exactly its records, each with the cells it was read from, and exactly its findings; no row is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from . import beside, cells, files, headings
from .harness import Layout, told

LAYOUTS = [*beside.LAYOUTS, *headings.LAYOUTS, *cells.LAYOUTS, *files.LAYOUTS]


@pytest.mark.parametrize("layout", LAYOUTS, ids=[layout.why for layout in LAYOUTS])
def test_a_layout_is_read_or_named(layout: Layout, tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    layout.write(tmp_path / "raw")
    assert told(tmp_path / "raw", tmp_path / "out") == layout.lines


def test_there_are_enough_of_them_and_each_once() -> None:
    assert len({layout.why for layout in LAYOUTS}) == len(LAYOUTS) >= 45
