"""The cells behind a record: file, sheet, cell, header, raw text, and what each text was read as."""

# ruff: noqa: S608 - names come from the contract and from this package, values are parameters

from __future__ import annotations

import duckdb

from dashboard.query.chosen import records
from dashboard.query.registers import Row
from etl.tables import Reading, RecordSource, SourceColumn, SourceRow


def sources(db: duckdb.DuckDBPyConnection, kind: str, id_: str) -> list[Row]:
    """Return the rows that made the record, the one that gave the title first: ``source_row`` without cells, and ``is_primary``."""
    return records(db, f"""
        select s.* exclude ({SourceRow.cells}), r.{RecordSource.primary} from record_source r
        join source_row s on s.{SourceRow.id} = r.{RecordSource.row}
        where r.{RecordSource.kind} = $kind and r.{RecordSource.record} = $id
        order by r.{RecordSource.primary} desc, s.{SourceRow.file}, s.{SourceRow.sheet}, s.{SourceRow.row}
    """, {"kind": kind, "id": id_})  # fmt: skip


def cells(db: duckdb.DuckDBPyConnection, kind: str, id_: str) -> list[Row]:
    """Return every filled cell of the rows that made the record, in the order of :func:`sources` and of the columns.

    Columns: those of the row, ``letter``, ``text``, ``written_row`` (where the text really stands: another row for a merged cell or a
    ditto mark), ``is_primary``, and of the header above it ``header_text``, ``feeds``, ``published_columns``; absent where there is none.
    """
    return records(db, f"""
        with own as (
            select s.*, r.{RecordSource.primary} from record_source r join source_row s on s.{SourceRow.id} = r.{RecordSource.row}
            where r.{RecordSource.kind} = $kind and r.{RecordSource.record} = $id),
        cell as (select * exclude ({SourceRow.cells}), unnest({SourceRow.cells}) as cell from own)
        select c.* exclude (cell), c.cell.letter, c.cell.text, c.cell.row as written_row,
               h.{SourceColumn.header}, h.{SourceColumn.feeds}, h.{SourceColumn.published}
        from cell c left join source_column h
             on h.{SourceColumn.file} = c.{SourceRow.file} and h.{SourceColumn.sheet} = c.{SourceRow.sheet}
             and h.{SourceColumn.letter} = c.cell.letter and h.{SourceColumn.header_row} < c.{SourceRow.row}
        qualify row_number() over (partition by c.{SourceRow.id}, c.cell.letter order by h.{SourceColumn.header_row} desc nulls last) = 1
        order by c.{RecordSource.primary} desc, c.{SourceRow.file}, c.{SourceRow.sheet}, c.{SourceRow.row},
                 len(c.cell.letter), c.cell.letter
    """, {"kind": kind, "id": id_})  # fmt: skip


def readings(db: duckdb.DuckDBPyConnection, texts: list[str]) -> list[Row]:
    """Return what each of ``texts`` was read as, by kind, text and context."""
    return records(db, f"""
        select * from reading where {Reading.raw} = any($texts) order by {Reading.kind}, {Reading.raw}, {Reading.context}
    """, {"texts": texts})  # fmt: skip


def parts(db: duckdb.DuckDBPyConnection, kind: str, text: str) -> list[Row]:
    """Return the readings of ``kind`` whose text stands in ``text``, the longest first: the parts of a cell that holds several."""
    return records(db, f"""
        select * from reading
        where {Reading.kind} = $kind and {Reading.value} is not null and {Reading.raw} <> ''
          and contains(lower($text), lower({Reading.raw}))
        order by len({Reading.raw}) desc, {Reading.raw}, {Reading.context}
    """, {"kind": kind, "text": text})  # fmt: skip
