"""Rows as they are read -> rows that hold what stands elsewhere: in the headings above them, or several facts in one cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from etl.cells import texts_of
from etl.normalise.clauses import FIELDS, clauses
from etl.normalise.headings import with_headings
from etl.records import Cell, Finding, Input, Row

_ADVICE = "Nothing, if that is right; a column for each says it without a doubt."


def completed(given: Input) -> Input:
    """Return ``given`` with every record completed, and with what there is to tell about that."""
    told: list[Finding] = []
    rows, findings = with_headings(_apart(row, told) if _says_several(row) else row for row in given.rows)
    return replace(given, rows=rows, findings=(*given.findings, *findings, *told))


def _says_several(row: Row) -> bool:
    if row.role != "record" or row.kind != "agreement":
        return False
    return any(len(text) > 4 and clauses(text, field) for field in FIELDS for text in texts_of(row.values, field))


def _parts(row: Row) -> Iterator[tuple[str, Cell, dict[str, str]]]:
    """Yield each cell of ``row`` that says several dates, with the field of its column and its parts."""
    for field in FIELDS:
        for cell in row.values.get(field, ()):
            if cell.type == "text" and len(cell.text) > 4 and (found := clauses(cell.text, field)):
                yield field, cell, dict(found)


def _apart(row: Row, told: list[Finding]) -> Row:
    """Return ``row`` with each part of such a cell under its own field; ``told`` grows by what there is to say about that."""
    told += _told(row)
    values = dict(row.values)
    changed = False
    for field, cell, parts in _parts(row):
        changed = True
        values[field] = tuple(each for each in values[field] if each != cell)
        for role, text in parts.items():
            part = cell._replace(text=text)
            values[role] = (*values.get(role, ()), part)
    if not changed:
        return row
    return replace(row, values={field: cells for field, cells in values.items() if cells}, uncorrected=row.uncorrected or row.values)


def _told(row: Row) -> Iterator[Finding]:
    for _, cell, parts in _parts(row):
        said = ", ".join(f"{role} {text!r}" for role, text in parts.items())
        origin = row.origin
        message = f"The cell says several things and was read as {said}."
        yield Finding("note", "several_facts", message, _ADVICE, origin.file, origin.sheet, origin.row, cell.letter, cell.text)
