"""The same data make the same bytes in another process, with other clocks and other orders of sets."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import orjson
import pytest

from dashboard.card import plotted
from dashboard.export import steady
from dashboard.export.chart import SUFFIXES
from dashboard.written import written

ROOT = Path(__file__).parents[3]
#: A flow whose widths are sums of fractions, bars that Office draws, and a map.
FIGURES = ("country_area_outcome", "agreements_by_year", "agreements_on_map")
MAKING = """
import sys
from pathlib import Path
from dashboard.export.chart import FOR_SEVERAL, SUFFIXES, file_of
from dashboard.export.pictures import SCREEN, Pictures
from dashboard.export.view import view
from dashboard.figures.registry import FIGURES
from dashboard.filters import Selection
from dashboard.locale import speaker
from dashboard.query.prepared import prepare
from dashboard.store import Store

data, out, *names = sys.argv[1:]
snapshot, known = Store(Path(data), prepare).snapshot(), {figure.id: figure for figure in FIGURES}
with snapshot.cursor() as cursor, Pictures() as pictures:
    views = [view(known[name], Selection(counting="fractional"), speaker("ru"), snapshot, cursor) for name in names]
    for suffix in SUFFIXES:
        made = file_of(views if suffix in FOR_SEVERAL else views[:1], suffix, pictures, dpi=SCREEN)
        Path(out, f"a.{suffix}").write_bytes(made)
"""
#: There is always a day between the clocks of the two.
PLACES = (
    {"PYTHONHASHSEED": "1", "TZ": "Etc/GMT+12", "LC_ALL": "C.UTF-8"},
    {"PYTHONHASHSEED": "2", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
)


@pytest.fixture(scope="module")
def twice(data: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, bytes]]:
    """The files of the same figures, made by two processes."""
    found = []
    for place in PLACES:
        out = tmp_path_factory.mktemp("made")
        subprocess.run([sys.executable, "-c", MAKING, data, out, *FIGURES], cwd=ROOT, env=os.environ | place, check=True)
        found.append({suffix: (out / f"a.{suffix}").read_bytes() for suffix in SUFFIXES})
    return found


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_two_processes_make_the_same_bytes(twice: list[dict[str, bytes]], suffix: str) -> None:
    first, second = (made[suffix] for made in twice)
    assert first == second


def test_the_numbers_of_a_drawing_do_not_tell_in_which_order_they_were_added(seen: Any) -> None:
    view = seen("country_area_outcome")
    added = orjson.loads(written(plotted(view.figure, view.frame, view.say, view.selection)))
    assert added != view.plot == steady.plot(added)
