"""The cells behind a record: file, sheet, cell, header, raw text, and what each text was read as."""

# ruff: noqa: S608 - names come from the contract and from this package, values are parameters

from __future__ import annotations

import duckdb

from dashboard.query.chosen import records
from dashboard.query.registers import Row
from etl.tables import Reading, RecordSource, SourceColumn, SourceRow

#: Records of each kind that the evidence of a country, field or partner names: a browser draws hundreds too slowly, and each
#: record has its own page with all its cells.
MOST_NAMED = 25


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


def corrections(db: duckdb.DuckDBPyConnection, cells: list[str]) -> dict[str, Row]:
    """Return the text that a person put in the place of each of ``cells`` (source row and letter), where one did."""
    found = records(db, f"""
        select * from reading where {Reading.kind} = 'correction' and {Reading.context} = any($cells)
    """, {"cells": cells})  # fmt: skip
    return {row[Reading.context]: row for row in found}


def parts(db: duckdb.DuckDBPyConnection, kind: str, text: str) -> list[Row]:
    """Return the readings of ``kind`` whose text stands in ``text``, the longest first: the parts of a cell that holds several."""
    return records(db, f"""
        select * from reading
        where {Reading.kind} = $kind and {Reading.value} is not null and {Reading.raw} <> ''
          and contains(lower($text), lower({Reading.raw}))
        order by len({Reading.raw}) desc, {Reading.raw}, {Reading.context}
    """, {"kind": kind, "text": text})  # fmt: skip


def mentioned(db: duckdb.DuckDBPyConnection, name: str, code: str) -> int:
    """Return how many records are linked to the partner, country or field (``name``) with this ``code``, proposals too."""
    key = {"partner": "partner_id", "country": "country_code", "field": "field_code"}[name]
    counted = " + ".join(f"(select count(*) from {kind}_{name} where {key} = $code)" for kind in ("agreement", "news", "outcome"))
    return int(records(db, f"select {counted} as n", {"code": code})[0]["n"])


def mentions(db: duckdb.DuckDBPyConnection, name: str, code: str) -> list[Row]:
    """Return every cell that names a partner, country or field (``name``) with this ``code``, by kind and title of the record.

    Columns: those of the link (``raw_text``, ``method``, ``confidence``, ``is_accepted``), ``kind``, ``record_id``, ``title``, and of
    the cell ``file_name``, ``sheet_name``, ``letter``, ``text``, ``written_row``, ``header_text``; these are absent where no cell
    says it: a country that follows from the partner, say. Of each kind of record the first :data:`MOST_NAMED`.
    """
    key = {"partner": "partner_id", "country": "country_code", "field": "field_code"}[name]
    kinds = ("agreement", "outcome", "news")
    links = " union all ".join(
        f"select '{kind}' as kind, l.{kind}_id as record_id, r.title, l.* exclude ({kind}_id, {key})"
        f" from {kind}_{name} l join {kind} r on r.{kind}_id = l.{kind}_id where l.{key} = $code"
        for kind in kinds
    )
    return records(db, f"""
        with link as (select * from ({links})
                      qualify row_number() over (partition by kind order by title, record_id) <= {MOST_NAMED}),
        said as (select {Reading.raw} as said from reading where {Reading.kind} = $name and {Reading.value} = $code
                 union select raw_text from link where method <> 'partner' and method <> 'agreement'),
        own as (select l.*, s.*, unnest(s.{SourceRow.cells}) as cell from link l
                join record_source o on o.{RecordSource.kind} = l.kind and o.{RecordSource.record} = l.record_id
                join source_row s on s.{SourceRow.id} = o.{RecordSource.row}),
        headed as (select o.*, h.{SourceColumn.header}, h.{SourceColumn.published} from own o join source_column h
                on h.{SourceColumn.file} = o.{SourceRow.file} and h.{SourceColumn.sheet} = o.{SourceRow.sheet}
                and h.{SourceColumn.letter} = o.cell.letter and h.{SourceColumn.header_row} < o.{SourceRow.row}
                qualify row_number() over (partition by o.{SourceRow.id}, o.kind, o.record_id, o.cell.letter
                                           order by h.{SourceColumn.header_row} desc) = 1),
        found as (select * from headed where list_contains({SourceColumn.published}, kind || '_{name}.{key}')
                and exists (select 1 from said where said <> '' and contains(lower(cell.text), lower(said))))
        select l.*, f.{SourceRow.file}, f.{SourceRow.sheet}, f.{SourceColumn.header}, f.cell.letter as letter, f.cell.text as text,
               f.cell.row as written_row
        from link l left join found f on f.kind = l.kind and f.record_id = l.record_id
        order by l.kind, l.title, l.record_id, f.{SourceRow.file}, f.{SourceRow.sheet}, written_row, letter
    """, {"name": name, "code": code})  # fmt: skip
