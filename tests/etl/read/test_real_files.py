"""The real files of data/raw are read to the last row and column."""

from __future__ import annotations

import csv
import datetime
import hashlib
import os
import pickle
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from etl.read import inputs, read, settings
from etl.read.workbook import grids
from etl.records import SOURCE_FIELDS, Input

ROOT = Path(__file__).parents[3]
RAW = ROOT / "data" / "raw"
ROLES = ("title", "as_of", "header", "section", "total", "blank", "note")
with (ROOT / "tests/cases/rows_of_the_real_sheets.csv").open(encoding="utf-8", newline="") as file:
    COUNTS = list(csv.DictReader(file))


@pytest.fixture(scope="module")
def real() -> Input:
    return read(RAW)


@pytest.mark.parametrize("expected", COUNTS, ids=[f"{each['file']}-{each['sheet']}" for each in COUNTS])
def test_every_row_has_the_role_that_a_person_gives_it(real: Input, expected: dict[str, str]) -> None:
    rows = [row for row in real.rows if (row.origin.file, row.origin.sheet) == (expected["file"], expected["sheet"])]
    roles = Counter(row.role for row in rows)
    records = [row.origin.row for row in rows if row.role == "record"]
    assert [row.origin.row for row in rows] == list(range(1, int(expected["rows"]) + 1))
    assert {role: roles[role] for role in ROLES} == {role: int(expected[role]) for role in ROLES}
    assert len(records) == int(expected["records"])
    assert (min(records, default=0), max(records, default=0)) == (int(expected["first_record"]), int(expected["last_record"]))


def test_every_column_of_the_real_files_is_understood(real: Input) -> None:
    assert [column for column in real.columns if column.feeds not in SOURCE_FIELDS[column.kind]] == []


def test_no_real_file_is_refused_and_nothing_worse_than_a_note_is_said(real: Input) -> None:
    assert {(each.name, each.verdict) for each in real.files if each.verdict != "ignored"} == {
        (name, "read") for name in {r["file"] for r in COUNTS}
    }
    assert {finding.severity for finding in real.findings} == {"note"}
    assert sum(file.rows for file in real.files) == len(real.rows)


def test_what_is_merged_repeated_or_hidden_is_read_and_noted(real: Input) -> None:
    by_id = {row.origin.id: row for row in real.rows}
    merged = by_id["agreements.xlsx#Agreements#14"].values["countries"]
    ditto = by_id["реестр_договоров.xlsx#Реестр#38"].values["countries"]
    assert [(cell.letter, cell.row, cell.how, cell.text) for cell in merged] == [("D", 13, "merged", "Germany")]
    assert [(cell.letter, cell.row, cell.how, cell.text) for cell in ditto] == [("D", 37, "ditto", "Китай")]
    assert by_id["outcomes.xlsx#Projects & grants#16"].text("date") == "2015"
    assert by_id["agreements.xlsx#Agreements#38"].hidden
    assert by_id["реестр_договоров.xlsx#Реестр#6"].section == "I. Страны СНГ"
    assert {finding.code for finding in real.findings} == {"summary_row", "merged_cell", "hidden_row", "no_data", "ditto_mark"}


def test_a_date_is_no_finer_than_its_cell_shows(real: Input) -> None:
    by_id = {row.origin.id: row for row in real.rows}
    assert by_id["agreements.xlsx#Agreements#26"].text("signed") == "2015-04"
    assert by_id["agreements.xlsx#Agreements#6"].text("signed") == "2016-04-21"


@pytest.mark.parametrize("path", sorted(RAW.glob("*.xlsx")), ids=lambda path: path.name)
def test_the_values_are_those_of_calamine(path: Path) -> None:
    book = CalamineWorkbook.from_path(path)
    for grid in grids(path.read_bytes()):
        theirs = {}
        for row, line in enumerate(book.get_sheet_by_name(grid.name).to_python(skip_empty_area=False), 1):
            for column, value in enumerate(line):
                if value != "":
                    theirs[row, "ABCDEFGHIJKL"[column]] = value
        ours = {(row, cell.letter): cell for row, cells in grid.rows.items() for cell in cells}
        assert ours.keys() == theirs.keys()
        for place, cell in ours.items():
            value = theirs[place]
            if isinstance(value, datetime.date):
                assert value.isoformat().startswith(cell.text)
            elif isinstance(value, float):
                assert float(cell.text) == value
            else:
                assert cell.text == value


def test_reading_twice_gives_the_same(real: Input) -> None:
    assert read(RAW) == real


@pytest.mark.parametrize("seed", ["0", "1", "2"])
def test_the_result_does_not_depend_on_the_seed_of_hashes(real: Input, seed: str) -> None:
    program = (
        "import hashlib, pathlib, sys, etl.read as r; print(hashlib.sha256(repr(r.read(pathlib.Path(sys.argv[1]))).encode()).hexdigest())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Shanghai", "LC_ALL": "C", "PYTHONUTF8": "1"}
    done = subprocess.run([sys.executable, "-c", program, RAW], capture_output=True, text=True, check=True, env=environment, cwd=ROOT)
    assert done.stdout.strip() == hashlib.sha256(repr(real).encode()).hexdigest()


def test_what_was_read_can_be_kept_for_the_next_refresh(real: Input) -> None:
    assert pickle.loads(pickle.dumps(real)) == real


def test_each_file_ticks_once_in_order() -> None:
    ticks: list[str] = []
    read(RAW, ticks.append)
    assert ticks == [path.name for path in inputs(RAW)] == sorted(ticks)
    assert list(settings(RAW)) == ticks
