"""A register of an office, what its people decided, and the refresh of both."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from openpyxl import Workbook

from etl.pipeline.run import Refresh, run
from tests.conftest import AS_OF

HEADER = ["Agreement ID", "Title", "Partner", "Country", "Signed", "Type", "Field"]
ROWS = [
    ["X-1", "First", "TU Graz", "Austria", "2019-03-05", "MoU", "materials science"],
    ["X-2", "Second", "Foobar University", "Nigeria", "2020", "MoU", "дорожная карта"],
    ["X-3", "Third", "University of Foobar", "Nigeria", "2021", "MoU", "materials science"],
    ["X-4", "Fourth", "The Styrians", "Austria", "31.02.2020", "MoU", "materials science"],
    ["X-5", "Fifth", "Foobar University, Lagos campus", "Middle East", "2020", "MoU", "materials science"],
    ["X-6", "Sixth", "The Styrians", "Austria", "2022", "MoU", ""],
]


#: The rows, and one with a country that is no more and left several.
ASKED = [*ROWS, ["X-8", "Eighth", "TU Graz", "Netherlands Antilles", "2020", "MoU", ""]]


def book(raw: Path, rows: list[list[str]] | None = None, name: str = "a.xlsx") -> None:
    raw.mkdir(parents=True, exist_ok=True)
    made = Workbook()
    made.active.title = "S"
    for row in [HEADER, *(rows or ROWS)]:
        made.active.append(row)
    made.save(raw / name)


def decide(raw: Path, name: str, *lines: str, encoding: str = "utf-8") -> None:
    (raw / "decisions").mkdir(parents=True, exist_ok=True)
    (raw / "decisions" / name).write_bytes("\n".join(lines).encode(encoding))


def refresh(tmp: Path) -> Refresh:
    return run(tmp / "raw", tmp / "out", AS_OF)


def rows(done: Refresh, name: str, **where: object) -> list[dict[str, Any]]:
    assert done.folder is not None
    found = pq.read_table(done.folder / f"{name}.parquet").to_pylist()
    return [row for row in found if all(row[column] == value for column, value in where.items())]


def told(done: Refresh, *codes: str) -> list[tuple[str, str | None, int | None]]:
    return [(row["problem_code"], row["file_name"], row["row_number"]) for row in rows(done, "problem") if row["problem_code"] in codes]


ALL_CODES = ("bad_decision", "contradictory_decision", "stale_decision", "unused_decision", "incomplete_answer")
BY = "Anna,2026-11-22,because"


def partner(done: Refresh, agreement: str) -> str:
    (link,) = rows(done, "agreement_partner", agreement_id=agreement)
    return link["partner_id"]
