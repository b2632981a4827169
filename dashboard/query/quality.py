"""How far the data can be trusted: the ledger of rows, findings, open questions, what is missing. No selection applies but where said."""

# ruff: noqa: S608 - names come from the contract and from this package, values are parameters

from __future__ import annotations

import duckdb
import pandas as pd

from dashboard.filters import Selection
from dashboard.marks import JOIN, NONE, split
from dashboard.query.chosen import AS_OF, AS_OF_SQL, COUNT, TOTAL, Kind, Params, chosen, frame, linked, records
from dashboard.query.registers import MOST, Row
from etl.tables import Agreement, News, Outcome, Problem, Review, SourceColumn, SourceFile, SourceRow

FATES: tuple[str, ...] = ("loaded", "merged", "quarantined", "not_data")
SEVERITIES: tuple[str, ...] = ("error", "warning", "note")

#: Published columns that a report asks for, by kind, and the links; a record that lacks one cannot be placed.
ASKED: dict[Kind, tuple[str, ...]] = {
    "agreement": (
        Agreement.signed,
        Agreement.expires,
        Agreement.type,
        Agreement.home_unit,
        Agreement.document,
        "partner",
        "country",
        "field",
    ),
    "outcome": (Outcome.date, Outcome.count, Outcome.link, "partner", "country", "field"),
    "news": (News.published, News.text, News.link, "partner", "country", "field"),
}


def run(db: duckdb.DuckDBPyConnection) -> Row:
    """Return the one row of ``run``; empty before the first refresh."""
    found = records(db, "select * from run order by 1 desc limit 1")
    return found[0] if found else {}


def ledger(db: duckdb.DuckDBPyConnection, _selection: Selection) -> pd.DataFrame:
    """Return one row per file and sheet, in that order: ``file_name``, ``sheet_name``, one column per fate, ``n`` (all), ``as_of``."""
    fates = ", ".join(f"count(*) filter ({SourceRow.fate} = '{fate}') as {fate}" for fate in FATES)
    return frame(db, f"""
        select {SourceRow.file}, {SourceRow.sheet}, {fates}, count(*) as {COUNT}, {AS_OF_SQL} as {AS_OF}
        from source_row group by 1, 2 order by 1, 2
    """)  # fmt: skip


def problems_by_file(db: duckdb.DuckDBPyConnection, _selection: Selection) -> pd.DataFrame:
    """Return findings by file, most first: ``file_name`` (absent for findings of no file), one column per severity, ``n``, ``as_of``."""
    severities = ", ".join(f"count(*) filter ({Problem.severity} = '{severity}') as {severity}" for severity in SEVERITIES)
    return frame(db, f"""
        select {Problem.file}, {severities}, count(*) as {COUNT}, {AS_OF_SQL} as {AS_OF} from problem group by 1 order by {COUNT} desc, 1
    """)  # fmt: skip


def problems(db: duckdb.DuckDBPyConnection, most: int = MOST) -> list[Row]:
    """Return the findings, errors first, then by file, sheet and row."""
    return records(db, f"""
        select * from problem order by list_position({list(SEVERITIES)}, {Problem.severity}), {Problem.file} nulls last,
        {Problem.sheet}, {Problem.row}, {Problem.letter}, {Problem.id} limit {int(most)}
    """)  # fmt: skip


def problem_codes(db: duckdb.DuckDBPyConnection) -> list[Row]:
    """Return how many findings each code has, by severity, most first."""
    return records(db, f"""
        select {Problem.severity}, {Problem.code}, count(*) as {COUNT} from problem group by all
        order by list_position({list(SEVERITIES)}, any_value({Problem.severity})), {COUNT} desc, {Problem.code}
    """)  # fmt: skip


def reviews(db: duckdb.DuckDBPyConnection, most: int = MOST) -> list[Row]:
    """Return the questions for a person, those that hold up most cells first."""
    return records(db, f"select * from review order by {Review.cells} desc, {Review.kind}, {Review.subject} limit {int(most)}")


def unknown_columns(db: duckdb.DuckDBPyConnection) -> list[Row]:
    """Return the columns that feed nothing although they are filled, the fullest first."""
    return records(db, f"""
        select * from source_column where {SourceColumn.feeds} is null and {SourceColumn.filled} > 0
        order by {SourceColumn.filled} desc, {SourceColumn.id}
    """)  # fmt: skip


def files(db: duckdb.DuckDBPyConnection) -> list[Row]:
    """Return the input files, the refused ones first."""
    return records(db, f"select * from source_file order by {SourceFile.verdict} <> 'refused', {SourceFile.name}")


def problem_rows(db: duckdb.DuckDBPyConnection, problem_rows_: list[Row]) -> dict[tuple[str, str, int], tuple[str, str]]:
    """Return (file, sheet, row) -> (kind, id) of the records that the rows of ``problem_rows_`` made."""
    places = [
        {"file": row[Problem.file], "line": row[Problem.row]} for row in problem_rows_ if row[Problem.file] and row[Problem.row] is not None
    ]
    if not places:
        return {}
    found = records(db, f"""
        with place as (select distinct place.file as file, place.line as line from (select unnest($places) as place))
        select {SourceRow.file} as file, {SourceRow.sheet} as sheet, {SourceRow.row} as line, {SourceRow.kind} as kind,
               {SourceRow.record} as id from source_row join place on {SourceRow.file} = place.file and {SourceRow.row} = place.line
        where {SourceRow.record} is not null and {SourceRow.kind} is not null
    """, {"places": places})  # fmt: skip
    return {(row["file"], row["sheet"], row["line"]): (row["kind"], row["id"]) for row in found}


def missing(db: duckdb.DuckDBPyConnection, selection: Selection) -> pd.DataFrame:
    """Return how many chosen records lack a value, in the order of ASKED: ``kind``, ``code`` (column or link), ``n``, ``total``, ``as_of``.

    An agreement without an end that is said to be open lacks nothing.
    """
    found = [_missing(db, selection, kind, code) for kind, codes in ASKED.items() for code in codes]
    return pd.DataFrame(found, columns=["kind", "code", COUNT, TOTAL, AS_OF])


def lacking(db: duckdb.DuckDBPyConnection, selection: Selection, mark: str) -> list[str]:
    """Return the records that lack the value of the mark (``agreement~signed_on``), any value without one, as ``kind/id``."""
    wanted = [(kind, str(code)) for kind, codes in ASKED.items() for code in codes if mark in ("", f"{kind}{JOIN}{code}")]
    found: set[str] = set()
    for kind, code in wanted:
        with_, absent, params = _absent(selection, kind, code)
        found |= {f"{kind}/{row['id']}" for row in records(db, f"{with_} select id from chosen where {absent}", params)}
    return sorted(found)


def _absent(selection: Selection, kind: Kind, code: str) -> tuple[str, str, Params]:
    base, params = chosen(kind, selection)
    is_link = code in ("partner", "country", "field")
    part = f", {linked(kind, code)}" if is_link else ""
    absent = "id not in (select id from linked)" if is_link else f"{code} is null"
    if code == Agreement.expires:
        absent += f" and not {Agreement.open_ended}"
    return f"with chosen as ({base}){part}", absent, params


def source_rows(db: duckdb.DuckDBPyConnection, _selection: Selection, mark: str) -> list[str]:
    """Return the ids of the rows with the fate of the mark, or of the sheet (``file~sheet``), or all."""
    file, sheet = split(mark)
    test = (
        "true" if not mark else f"{SourceRow.fate} = $mark" if mark in FATES else f"{SourceRow.file} = $file and {SourceRow.sheet} = $sheet"
    )
    given = {} if not mark else {"mark": mark} if mark in FATES else {"file": file, "sheet": sheet}
    sql = f"select {SourceRow.id} as id from source_row where {test} order by {SourceRow.file}, {SourceRow.sheet}, {SourceRow.row}"
    return [row["id"] for row in records(db, sql, given)]


def problem_ids(db: duckdb.DuckDBPyConnection, _selection: Selection, mark: str) -> list[str]:
    """Return the ids of the findings in a file, of one severity (``file~error``) or of all."""
    file, _, severity = mark.rpartition(JOIN) if mark.rpartition(JOIN)[2] in SEVERITIES else (mark, "", "")
    tests = [f"{Problem.file} is null" if file == NONE else f"{Problem.file} = $file"] if file else []
    tests += [f"{Problem.severity} = $severity"] if severity else []
    given = {name: text for name, text in (("file", file), ("severity", severity)) if text and text != NONE}
    sql = f"select {Problem.id} as id from problem where {' and '.join(tests) or 'true'} order by {Problem.id}"
    return [row["id"] for row in records(db, sql, given)]


def _missing(db: duckdb.DuckDBPyConnection, selection: Selection, kind: Kind, code: str) -> Row:
    with_, absent, params = _absent(selection, kind, code)
    found = records(db, f"""
        {with_} select count(*) filter ({absent}) as {COUNT}, count(*) as {TOTAL}, {AS_OF_SQL} as {AS_OF} from chosen
    """, params)  # fmt: skip
    return {"kind": kind, "code": str(code)} | found[0]
