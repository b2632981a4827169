"""What the office should know of its own registers: told twice, written in many ways, disagreeing, missing. No selection applies."""

# ruff: noqa: S608 - names come from the contract and from this package, values are parameters

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from dashboard.query.chosen import records
from dashboard.query.quality import SEVERITIES
from dashboard.query.registers import MOST, Row
from etl.tables import Agreement, Partner, Problem, RecordSource, SourceRow


def told_twice(db: duckdb.DuckDBPyConnection) -> list[Row]:
    """Return the agreements that stand in several rows: ``agreement``'s columns and ``places`` (file, sheet, row), titles in order."""
    return records(db, f"""
        with place as (
            select r.{RecordSource.record} as id, list({{file: s.{SourceRow.file}, sheet: s.{SourceRow.sheet}, line: s.{SourceRow.row}}}
                   order by r.{RecordSource.primary} desc, s.{SourceRow.file}, s.{SourceRow.sheet}, s.{SourceRow.row}) as places
            from record_source r join source_row s on s.{SourceRow.id} = r.{RecordSource.row}
            where r.{RecordSource.kind} = 'agreement' group by 1 having count(*) > 1)
        select a.*, p.places from agreement a join place p on p.id = a.{Agreement.id} order by a.{Agreement.title}, a.{Agreement.id}
        limit {MOST}
    """)  # fmt: skip


def many_names(db: duckdb.DuckDBPyConnection) -> list[Row]:
    """Return the partners that are written in several ways, those with most forms first: ``partner``'s columns."""
    return records(db, f"""
        select * from partner where len({Partner.forms}) > 1 order by len({Partner.forms}) desc, {Partner.name}, {Partner.id} limit {MOST}
    """)  # fmt: skip


def of_codes(db: duckdb.DuckDBPyConnection, codes: Sequence[str]) -> list[Row]:
    """Return the findings of ``codes``, errors first, then in the order of the codes, of file, sheet and row."""
    return records(db, f"""
        select * from problem where {Problem.code} = any($codes)
        order by list_position({list(SEVERITIES)}, {Problem.severity}), list_position($codes, {Problem.code}), {Problem.file} nulls last,
                 {Problem.sheet}, {Problem.row}, {Problem.letter}, {Problem.id}
        limit {MOST}
    """, {"codes": list(codes)})  # fmt: skip
