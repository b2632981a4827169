"""The real registers, edited as people edit them, refreshed and compared; and the dashboard counts what the comparison counts."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from dashboard.figures import status_of_agreements
from dashboard.filters import Selection
from dashboard.query import counts, registers
from dashboard.query.chosen import rows_of
from dashboard.query.prepared import prepare
from dashboard.store import load
from etl.compare.publication import opened
from etl.compare.records import records
from etl.indicators.definitions import PUBLICATION, measured
from etl.indicators.facts import Portfolio
from etl.pipeline.run import Refresh, run
from tests.conftest import RAW, ROOT

BOOK, CYRILLIC = "agreements.xlsx", "новости.csv"


@pytest.fixture(scope="module")
def edited(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of two snapshots: as it is, and with a cell changed, a row removed, one added, a file renamed, a later day."""
    raw, out = (tmp_path_factory.mktemp(name) for name in ("raw", "out"))
    shutil.copytree(RAW, raw, dirs_exist_ok=True)
    shutil.copytree(data, out, dirs_exist_ok=True)
    book = load_workbook(raw / BOOK)
    sheet = book["Agreements"]
    at = {str(row[0].value): row[0].row for row in sheet.iter_rows() if row[0].value}
    sheet.cell(at["AGR-0002"], 6).value = "2020"
    last = max(row for name, row in at.items() if name.startswith("AGR-"))
    sheet.insert_rows(last + 1)
    added = ("AGR-0999", "Agreement with the University of Malta", "University of Malta", "Malta", "cooperation agreement", "2026-03-04")
    for column, text in enumerate(added, 1):
        sheet.cell(last + 1, column).value = text
    book.save(raw / BOOK)
    (raw / CYRILLIC).rename(raw / "news in Russian.csv")
    outcomes = load_workbook(raw / "outcomes.xlsx")
    outcomes["Awards & other"].delete_rows(2)
    outcomes.save(raw / "outcomes.xlsx")
    run(raw, out, "2027-11-22")
    return out


def told(out: Path, *more: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "etl", "diff", "--out", str(out), *more], capture_output=True, text=True, cwd=ROOT, check=True
    )
    return done.stdout


@pytest.fixture(scope="module")
def difference(edited: Path) -> dict[str, Any]:
    return dict(json.loads(told(edited, "--json")))


def test_each_edit_of_the_real_files_is_found_with_its_part(difference: dict[str, Any]) -> None:
    by_id = {record["id"]: record for record in difference["records"]}
    assert (by_id["AGR-0002"]["what"], by_id["AGR-0002"]["part"]) == ("changed", "corrected")
    assert (by_id["AGR-0999"]["what"], by_id["AGR-0999"]["part"]) == ("new", "new")
    assert [r["kind"] for r in difference["records"] if r["what"] == "removed" and r["part"] == "removed"] == ["outcome"]
    signed = next(each for each in by_id["AGR-0002"]["attributes"] if each["name"] == "signed_on")
    assert (signed["old"], signed["new"]) == ("2016-04-21", "2020")
    assert [cell["text"] for cell in (*signed["old_cells"], *signed["new_cells"])] == ["2016-04-21", "2020"]
    assert difference["same_code"]


def test_the_renamed_file_gives_no_new_record(difference: dict[str, Any]) -> None:
    files = {each["name"]: each for each in difference["files"]}
    assert (files["news in Russian.csv"]["what"], files["news in Russian.csv"]["before"]) == ("renamed", CYRILLIC)
    assert not [r for r in difference["records"] if r["kind"] == "news" and r["what"] != "changed"]


def test_the_parts_of_every_real_number_add_up(difference: dict[str, Any]) -> None:
    moved = {(each["id"], each["code"]): each for each in difference["indicators"] if any(each["parts"].values())}
    for each in difference["indicators"]:
        assert sum(map(Fraction, each["parts"].values())) == Fraction(each["change"]) == Fraction(each["new"]) - Fraction(each["old"])
    assert moved["countries", ""]["parts"]["new"] == 1
    assert moved["agreements_by_year", "2016"]["parts"] == {"as_of": 0, "removed": 0, "rule": 0, "corrected": -1, "new": 0}
    assert moved["outcomes", ""]["parts"]["removed"] == -1


def test_the_text_tells_the_same_in_both_languages(edited: Path) -> None:
    for language, words in (
        ("en", ("Countries of agreements", "AGR-0999", "renamed from")),
        ("ru", ("Страны соглашений", "переименован из")),
    ):
        text = told(edited, "--lang", language)
        assert all(word in text for word in words)
        assert CYRILLIC in text


def test_the_dashboard_counts_what_the_comparison_counts(real: Refresh) -> None:
    assert real.folder is not None
    snapshot = opened(real.folder)
    facts = {key: record.fact for key, record in records(snapshot).items()}
    ours = measured(Portfolio(facts, date.fromisoformat(snapshot.as_of)))
    db = load(real.folder, prepare).cursor()
    everything = Selection()
    assert ours["agreements", ""] == registers.size(db, everything, "agreement")
    assert ours["outcomes", ""] == registers.size(db, everything, "outcome")
    assert ours["planned", ""] == registers.size(db, everything, "planned")
    for name, plural in (("partner", "partners"), ("country", "countries"), ("field", "fields")):
        assert ours[plural, ""] == sum(row["n"] for row in registers.first_years(db, everything, name))
    papers = registers.amounts(db, everything, (PUBLICATION,))
    assert ours["publications", ""] == sum(row["n"] for row in papers)
    assert ours["papers", ""] == sum(row["amount"] or 0 for row in papers)
    assert _of(ours, "agreements_by_status") == _by(rows_of(status_of_agreements.ask(db, everything)))
    for kind in ("agreement", "outcome", "news"):
        plural = kind if kind == "news" else f"{kind}s"
        for by, ask in (("country", counts.by_country), ("field", counts.by_field)):
            theirs = rows_of(ask(db, everything, kind))  # type: ignore[arg-type]
            assert _of(ours, f"{plural}_by_{by}") == _by(theirs)
            shares = _of(ours, f"{plural}_by_{by}_share")
            assert {row["code"] or "": row["share"] for row in theirs} == pytest.approx({code: float(n) for code, n in shares.items()})
    db.close()


def _of(values: Any, indicator: str) -> dict[str, Fraction]:
    return {code: n for (name, code), n in values.items() if name == indicator and n}


def _by(rows: Iterable[dict[str, Any]]) -> dict[str, int]:
    return {row["code"] or "": row["n"] for row in rows}
