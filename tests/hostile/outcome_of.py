"""One refresh of a raw folder, and whether what became of a case is what it expects."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from etl.pipeline.run import run
from tests.conftest import AS_OF
from tests.hostile.case import At, Case
from tests.hostile.files import GOOD

GOOD_NAME = "good.csv"
_KEY = {"agreement": "agreement_id", "news": "news_id", "outcome": "outcome_id"}
Row = dict[str, Any]


class Tables(dict[str, list[Row]]):
    """The published tables in a folder, each read when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def __missing__(self, name: str) -> list[Row]:
        self[name] = pq.read_table(self._folder / f"{name}.parquet").to_pylist()
        return self[name]


@dataclass(frozen=True)
class Done:
    """The published tables of a refresh."""

    tables: Tables

    def files(self) -> dict[str, Row]:
        return {f["file_name"]: f for f in self.tables["source_file"] if f["file_name"] != GOOD_NAME}

    def rows(self, fate: str) -> dict[At, Row]:
        """Return the source rows of the case with a fate, by number, or by sheet and number where there are sheets of data."""
        found = [r for r in self.tables["source_row"] if r["fate_code"] == fate and r["file_name"] != GOOD_NAME]
        sheets = {r["sheet_name"] for r in self.tables["source_row"] if r["role_code"] == "record" and r["file_name"] != GOOD_NAME}
        return {r["row_number"] if len(sheets) < 2 else (r["sheet_name"], r["row_number"]): r for r in found}

    def record(self, row: Row) -> Row:
        kind = row["record_kind"]
        return next(r for r in self.tables[kind] if r[_KEY[kind]] == row["record_id"])

    def problems(self, row: Row | None = None) -> list[Row]:
        found = [p for p in self.tables["problem"] if p["file_name"] != GOOD_NAME]
        return found if row is None else [p for p in found if all(p[k] == row[k] for k in ("file_name", "sheet_name", "row_number"))]

    def good(self) -> dict[str, list[Row]]:
        """Return everything that comes from the good file, to compare it with a run alone."""
        ids = {r["record_id"] for r in self.tables["source_row"] if r["file_name"] == GOOD_NAME}
        tables = ("agreement", "agreement_partner", "agreement_country", "agreement_field")
        found = {name: [r for r in self.tables[name] if r["agreement_id"] in ids] for name in tables}
        found |= {
            name: [r for r in self.tables[name] if r["file_name"] == GOOD_NAME] for name in ("source_row", "source_column", "source_file")
        }
        return found


def refreshed(raw: Path, out: Path) -> Done:
    """Refresh from ``raw``, beside which the good file is put."""
    (raw / GOOD_NAME).write_text(GOOD, "utf-8")
    folder = run(raw, out, AS_OF).folder
    assert folder is not None
    return Done(Tables(folder))


def wrong(case: Case, done: Done) -> Iterator[str]:
    """Yield what is not as ``case`` expects it."""
    files = done.files()
    if not files:
        yield "the file is not in the list of files"
    expected = {"refuse": "refused", "ignore": "ignored"}.get(case.verdict, "read")
    for file in files.values():
        if file["verdict_code"] != expected:
            yield f"{file['file_name']!r} is {file['verdict_code']} ({file['reason_code']}: {file['message']}), not {expected}"
    if case.verdict == "refuse":
        yield from _refusals(case, done)
    elif case.verdict != "ignore" and case.code and case.code not in {p["problem_code"] for p in done.problems()}:
        yield f"{case.code} is not reported, only {[(p['problem_code'], p['message']) for p in done.problems()]}"
    yield from _rows(case, done)
    yield from _silent(done)


def _refusals(case: Case, done: Done) -> Iterator[str]:
    for name, file in done.files().items():
        told = [p["problem_code"] for p in done.problems() if p["file_name"] == name and p["severity_code"] == "error"]
        if file["reason_code"] != case.code or told != [case.code]:
            yield f"{name!r} is refused as {file['reason_code']} ({file['message']}) and told as {told}, not as {case.code}"


def _rows(case: Case, done: Done) -> Iterator[str]:
    loaded = done.rows("loaded")
    for fate, expected in (("loaded", case.kept.keys()), ("quarantined", case.refused), ("merged", case.merged)):
        if (found := done.rows(fate)).keys() != set(expected):
            told = {at: [(p["problem_code"], p["message"]) for p in done.problems(row)] for at, row in found.items()}
            yield f"{fate} are {told}, not {sorted(expected, key=str)}"
    for at, values in case.kept.items():
        if at in loaded:
            record = done.record(loaded[at])
            yield from (f"row {at}: {name} is {record[name]!r}, not {value!r}" for name, value in values.items() if record[name] != value)
    for at in case.refused & done.rows("quarantined").keys():
        told = {p["problem_code"] for p in done.problems(done.rows("quarantined")[at]) if p["severity_code"] == "error"}
        if case.code and case.code not in told:
            yield f"row {at} is refused as {told}, not as {case.code}"


def _silent(done: Done) -> Iterator[str]:
    """Yield the rows that are lost without a word."""
    for at, row in done.rows("quarantined").items():
        if not any(p["severity_code"] == "error" for p in done.problems(row)):
            yield f"row {at} is refused without a word"
