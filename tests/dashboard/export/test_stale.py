"""One corrected cell of a source: which figures change with it, and what is then said of the files made before."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from dashboard.export import passport
from dashboard.export.chart import SUFFIXES, file_of
from dashboard.export.pictures import SCREEN, Pictures
from dashboard.export.verify import main
from dashboard.export.view import view
from dashboard.figures.registry import FIGURES
from dashboard.filters import Selection
from dashboard.query.prepared import prepare
from dashboard.store import Store
from etl.pipeline.run import run

RAW = Path(__file__).parents[3] / "data" / "raw"


@pytest.fixture(scope="module")
def corrected(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of snapshots after one cell of a source was corrected: the year of an award."""
    raw, out = tmp_path_factory.mktemp("corrected") / "raw", tmp_path_factory.mktemp("published")
    shutil.copytree(RAW, raw)
    shutil.copytree(data, out, dirs_exist_ok=True)
    book = load_workbook(raw / "outcomes.xlsx")
    cell = book["Awards & other"]["A2"]
    assert cell.value == 2019
    cell.value = 2018
    book.save(raw / "outcomes.xlsx")
    run(raw, out, "2026-11-22")
    return out


def test_one_changed_cell_makes_exactly_the_figures_of_the_year_stale(data: Path, corrected: Path) -> None:
    hashes = []
    for folder in (data, corrected):
        found = Store(folder, prepare).snapshot()
        assert found
        with found.cursor() as cursor:
            hashes.append({figure.id: passport.data_hash(figure.ask(cursor, Selection())) for figure in FIGURES})
    stale = {figure.id for figure in FIGURES if hashes[0][figure.id] != hashes[1][figure.id]}
    assert stale == {"outcomes_by_year", "outcomes_each_year", "story"}


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize(("figure", "is_same"), [("outcomes_by_year", False), ("outcomes_by_type", True)])
def test_one_changed_cell_changes_the_bytes_of_the_figures_that_show_it_and_of_no_other(
    corrected: Path, seen: Any, pictures: Pictures, figure: str, is_same: bool, suffix: str
) -> None:
    before, now = seen(figure), Store(corrected, prepare).snapshot()
    assert now
    with now.cursor() as cursor:
        after = view(before.figure, before.selection, before.say, now, cursor)
    assert (replace(after.passport, snapshot=before.passport.snapshot) == before.passport) is is_same
    # Under the passport of before, so that only what is shown can differ.
    files = [file_of([each], suffix, pictures, dpi=SCREEN) for each in (before, replace(after, passport=before.passport))]
    assert (files[0] == files[1]) is is_same


def test_what_changed_is_told(corrected: Path, seen: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = []
    for figure in ("outcomes_by_year", "outcomes_by_type"):
        paths.append(tmp_path / f"{figure}.csv")
        paths[-1].write_bytes(file_of([seen(figure)], "csv", Pictures()))
    assert main([*map(str, paths), "--data", str(corrected), "--json"]) == 1
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert (first["state"], second["state"]) == ("stale", "current")
    assert "+ 2018, Other outcome" in first["reason"]


def test_when_the_old_snapshot_is_gone_the_change_is_still_seen(corrected: Path, seen: Any, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(corrected, folder)
    view = seen("outcomes_by_year")
    shutil.rmtree(folder / "snapshots" / view.passport.snapshot)
    path = tmp_path / "a.csv"
    path.write_bytes(file_of([view], "csv", Pictures()))
    assert main([str(path), "--data", str(folder)]) == 1
