"""Lists of records as tables for a download: what the page of records shows, with the places in the sources."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import duckdb
import pandas as pd

from dashboard.figures.words import AGREEMENT_TYPES, EVENTS, FATES, KINDS, OUTCOME_TYPES, RECORDS, SEVERITIES, word
from dashboard.locale import Say, mark
from dashboard.query import behind
from dashboard.query.behind import ANY, ROW
from dashboard.query.registers import Row
from dashboard.traced import Traced
from dashboard.units import alone
from etl.tables import Agreement, News, Outcome, Partner, Problem, SourceRow
from etl.words.problems import advice_said, problem_said

ID, KIND, NAME, PARTNERS, COUNTRIES, FIELDS = mark("Id"), mark("Kind"), mark("Title"), mark("Partners"), mark("Countries"), mark("Fields")
TYPE, DATE, ENDS, AMOUNT, UNIT, LINK = mark("Type"), mark("Date"), mark("Ends"), mark("How many"), mark("Unit"), mark("Link")
COUNTS_AS, SOURCES, COUNTRY = mark("Counts as"), mark("Stands in"), mark("Country")
FILE, SHEET, LINE, COLUMN, CELLS, FATE = mark("File"), mark("Sheet"), mark("Row"), mark("Column"), mark("Cells"), mark("What became of it")
SEVERITY, RAW, WRONG, ADVICE = mark("Severity"), mark("As written"), mark("What is wrong"), mark("What to do")
PLACE = mark("{file}, sheet {sheet}, row {row}")
PLACE_OF_TEXT = mark("{file}, row {row}")
_ALL = 1_000_000_000
_COLUMNS: dict[str, Callable[[Say, Row], dict[str, Any]]] = {
    "agreement": lambda say, row: {
        TYPE: word(say, AGREEMENT_TYPES, row[Agreement.type]) if row[Agreement.type] else "",
        DATE: row[Agreement.signed], ENDS: row[Agreement.expires], LINK: row[Agreement.document],
    },
    "outcome": lambda say, row: {
        TYPE: word(say, OUTCOME_TYPES, row[Outcome.type]), DATE: row[Outcome.date], AMOUNT: row[Outcome.count],
        UNIT: alone(say, row[Outcome.count], row[Outcome.unit]),
        LINK: row[Outcome.link],
    },
    "news": lambda say, row: {TYPE: word(say, EVENTS, row[News.event]), DATE: row[News.published], LINK: row[News.link]},
}  # fmt: skip


def as_table(db: duckdb.DuckDBPyConnection, known: Traced, say: Say) -> pd.DataFrame:
    """Return all records of ``known``, one row each, with the reader's column names."""
    if known.kind == ROW:
        return _table(say, [_source_row(say, row) for row in behind.rows_listed(db, known.ids, _ALL)])
    if known.kind == "problem":
        return _table(say, [_problem(say, row) for row in behind.problems_listed(db, known.ids, _ALL)])
    if known.kind == "partner":
        return _table(say, [_partner(say, row) for row in behind.partners_listed(db, known.ids, _ALL)])
    by_kind = behind.kinds_of(known.ids) if known.kind == ANY else {known.kind: known.ids}
    return _table(say, [line for kind, ids in by_kind.items() for line in _records(db, known, kind, ids, say)])


def _table(say: Say, lines: list[dict[str, Any]]) -> pd.DataFrame:
    frame = pd.DataFrame(lines)
    return frame.rename(columns={name: say(name) for name in frame.columns})


def _records(db: duckdb.DuckDBPyConnection, known: Traced, kind: str, ids: list[str], say: Say) -> list[dict[str, Any]]:
    rows, where = behind.listed(db, kind, ids, _ALL), behind.places(db, kind, ids)  # type: ignore[arg-type]  # a kind of record
    table = "outcome" if kind == "planned" else kind
    made = []
    for row in rows:
        line = {ID: row["id"]} | ({KIND: say(RECORDS[table])} if known.kind == ANY else {})
        title = row.get(f"title_{say.language}") or row["title"]
        links = {PARTNERS: _names(say, row["partner"]), COUNTRIES: _names(say, row["country"]), FIELDS: _names(say, row["field"])}
        weight = {COUNTS_AS: known.weights[row["id"]]} if known.weights else {}
        made.append(line | {NAME: title} | links | _COLUMNS[table](say, row) | weight | {SOURCES: _places(say, where.get(row["id"], []))})
    return made


def _names(say: Say, rows: list[Row]) -> str:
    return "; ".join(say.name(row) or str(row.get(Partner.name) or row["code"]) for row in rows)


def _places(say: Say, rows: list[Row]) -> str:
    places = [{"file": row[SourceRow.file], "sheet": row[SourceRow.sheet], "row": row[SourceRow.row]} for row in rows]
    return "; ".join(say(PLACE if place["sheet"] else PLACE_OF_TEXT, **place) for place in places)


def _source_row(say: Say, row: Row) -> dict[str, Any]:
    cells = "; ".join(f"{cell['letter']}{cell['row']}: {cell['text']}" for cell in row[SourceRow.cells])
    place = {FILE: row[SourceRow.file], SHEET: row[SourceRow.sheet], LINE: row[SourceRow.row]}
    return place | {CELLS: cells, FATE: word(say, FATES, row[SourceRow.fate]), ID: row[SourceRow.record]}


def _problem(say: Say, row: Row) -> dict[str, Any]:
    place = {FILE: row[Problem.file], SHEET: row[Problem.sheet], LINE: row[Problem.row], COLUMN: row[Problem.letter]}
    said = {RAW: row[Problem.raw], WRONG: problem_said(say, row), ADVICE: advice_said(say, row)}
    return {SEVERITY: word(say, SEVERITIES, row[Problem.severity])} | place | said


def _partner(say: Say, row: Row) -> dict[str, Any]:
    name = say.name(row) or row[Partner.name]
    return {ID: row["id"], NAME: name, COUNTRY: say.name(row, "country_name"), KIND: word(say, KINDS, row[Partner.kind])}
