"""A raw folder with everything that a source can hold, one real refresh of it, and what its outputs are made from."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from etl.pipeline.run import Refresh, run
from etl.publish.given import Given
from etl.tables import Problem, SourceColumn, SourceFile, SourceRow

AS_OF = "2026-11-22"
HEAD = ("Agreement ID", "Title", "Partner", "Country", "Signed", "Expires", "Type", "Field", "Status", "Phone")
ROWS = (
    ("A-1", "Memorandum with TU Wien", "TU Wien", "Austria", "2023-11-14", "2028-11-14", "Memorandum", "Physics", "active", "1"),
    ("A-2", "=cmd|calc", "TU Graz", "Takatukaland", "2023", "2027", "Memorandum", "Physics", "active", "2"),
    ("A-3", "<script>alert(1)</script> & co", "Charles University", "Czechia", "soon", "2027", "Memorandum", "Physics", "active", None),
    (
        "A-4",
        "Agreement of the future",
        "Tsinghua University",
        "China",
        "2099-01-01",
        "2100-01-01",
        "Agreement",
        "Chemistry",
        "active",
        None,
    ),
    ("A-5", "Joint work", "Peking University", "China", "2020-01-01", None, "Agreement", "Chemistry", "active", None),
)


def register(path: Path) -> None:
    """Write a workbook with styles, a formula, a comment, a chart, rules and a hidden row."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Реестр 2024"
    for row in (HEAD, *ROWS):
        sheet.append(list(row))
    sheet["B3"].data_type = "s"
    sheet["A2"].font = Font(bold=True, color="FF112233")
    sheet["E4"].fill, sheet["E4"].number_format = PatternFill("solid", start_color="FF00FF00"), "@"
    sheet["E4"].comment = Comment("what an office wrote", "Office")
    sheet["N2"] = "=SUM(1,2)"
    sheet.column_dimensions["B"].width = 41
    sheet.row_dimensions[6].hidden = True
    sheet.freeze_panes = "A2"
    rule = DataValidation("list", formula1='"active,expired"')
    rule.add("I2:I9")
    sheet.add_data_validation(rule)
    sheet.conditional_formatting.add("J2:J9", CellIsRule("equal", ["1"], fill=PatternFill("solid", end_color="FFFF0000")))
    other = book.create_sheet("Chart")
    for number in range(5):
        other.append([f"x{number}", number])
    other.merge_cells("F1:G2")
    chart = BarChart()
    chart.add_data(Reference(other, min_col=2, min_row=1, max_row=5))
    other.add_chart(chart, "D5")
    book.save(path)


def fill(raw: Path) -> None:
    """Put the sources into ``raw``."""
    raw.mkdir(parents=True)
    register(raw / "agreements.xlsx")
    lines = (
        "Outcome ID,Agreement ID,Year,Metric,Value",
        "O1,A-1,2023,Joint publications,many",
        "O2,A-1,2024,=cmd|calc,3",
        "O3,A-1,2024,Grants,4",
    )
    (raw / "outcomes.csv").write_text("\n".join(lines), "utf-8")
    (raw / "broken.xlsx").write_bytes(b"PK\x03\x04 nothing")


@dataclass(frozen=True)
class Made:
    """A refresh, the folder of its sources, and their hashes before it."""

    raw: Path
    folder: Path
    refresh: Refresh
    before: dict[str, str]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """One refresh of everything."""
    raw, out = tmp_path_factory.mktemp("made") / "raw", tmp_path_factory.mktemp("processed")
    fill(raw)
    before = hashes(raw)
    refresh = run(raw, out, AS_OF)
    assert refresh.folder
    return Made(raw, refresh.folder, refresh, before)


def hashes(folder: Path) -> dict[str, str]:
    """Return the hash of each file below ``folder`` by its path."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def given_of(made: Made, **changes: Any) -> Given:
    """Return what the outputs of a refresh were made from, with other rows where ``changes`` has them."""

    def rows(name: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = pq.read_table(made.folder / f"{name}.parquet").to_pylist()
        return found

    whole = rows("source_row")
    parts = {"raw": made.raw, "run": rows("run")[0], "files": rows("source_file"), "columns": rows("source_column"), "rows": whole,
             "refused": [row for row in whole if row[SourceRow.fate] == "quarantined"], "problems": rows("problem"),
             "reviews": rows("review")}  # fmt: skip
    lines = [(s.file, s.name, s.read, s.loaded, s.merged, s.quarantined, s.not_data) for s in made.refresh.sheets]
    return Given(**(parts | changes), sheets=lines)


def problem(file: str, sheet: str, row: int | None, letter: str | None, severity: str = "error", **more: Any) -> dict[str, Any]:
    """Return a row of ``problem``."""
    told = {
        Problem.code: "bad_date",
        Problem.message: "Not understood as a date: not a date: 'x'",
        Problem.advice: "Write a date",
        Problem.raw: "x",
    }
    place = {Problem.severity: severity, Problem.file: file, Problem.sheet: sheet, Problem.row: row, Problem.letter: letter}
    return {Problem.id: f"{file}{sheet}{row}{letter}", **told, **place, **more}


def one_file(path: Path, problems: list[dict[str, Any]], rows: list[dict[str, Any]] | None = None, sheet: str = "S") -> Given:
    """Return what the outputs of one file with one sheet are made from."""
    file = {SourceFile.name: path.name, SourceFile.sha256: hashlib.sha256(path.read_bytes()).hexdigest(), SourceFile.sheets: [sheet],
            SourceFile.verdict: "read", SourceFile.kind: path.suffix.lstrip("."), SourceFile.message: None, SourceFile.rows: 1}  # fmt: skip
    whole = rows if rows is not None else [source_row(path.name, sheet, 1, A="x")]
    column = {SourceColumn.file: path.name, SourceColumn.sheet: sheet, SourceColumn.letter: "A", SourceColumn.header_row: 1,
              SourceColumn.header: "A", SourceColumn.filled: 1, SourceColumn.feeds: "title", SourceColumn.reason: None}  # fmt: skip
    refused = [row for row in whole if row[SourceRow.fate] == "quarantined"]
    return Given(path.parent, {}, [file], [column], whole, refused, problems, [])


def source_row(file: str, sheet: str, row: int, fate: str = "loaded", **cells: str) -> dict[str, Any]:
    """Return a row of ``source_row`` with its cells by letter."""
    found = [{"letter": letter, "text": text, "row": row} for letter, text in cells.items()]
    return {SourceRow.file: file, SourceRow.sheet: sheet, SourceRow.row: row, SourceRow.cells: found, SourceRow.fate: fate}


def rezipped(path: Path, change: Callable[[str, bytes], bytes | None], added: dict[str, bytes] | None = None) -> None:
    """Write a workbook again with each part changed; None leaves a part out."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (parts | (added or {})).items():
            if (new := change(name, content)) is not None:
                archive.writestr(name, new)
    path.write_bytes(out.getvalue())
