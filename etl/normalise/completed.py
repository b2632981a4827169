"""Rows as they are read -> rows that hold what stands elsewhere: in the headings above them, or several facts in one cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from etl.cells import texts_of, texts_under
from etl.normalise.clauses import FIELDS, clauses
from etl.normalise.headings import with_headings
from etl.records import Cell, Finding, Input, Row

_ADVICE = "Nothing, if that is right; a column for each says it without a doubt."


def completed(given: Input) -> Input:
    """Return ``given`` with every record completed, and with what there is to tell about that."""
    told: list[Finding] = []
    several = _several(given.rows)
    rows, findings = with_headings(_apart(row, told) if several and _says(row, several) else row for row in given.rows)
    return replace(given, rows=rows, findings=(*given.findings, *findings, *told))


def _several(rows: Iterable[Row]) -> Mapping[str, set[str]]:
    """Return the texts that say several dates, by the field of their column."""
    agreements = [row.values for row in rows if row.role == "record" and row.kind == "agreement"]
    found = {field: {text for text in texts_under(field, agreements) if len(text) > 4 and clauses(text, field)} for field in FIELDS}
    return {field: texts for field, texts in found.items() if texts}


def _says(row: Row, several: Mapping[str, set[str]]) -> bool:
    if row.role != "record" or row.kind != "agreement":
        return False
    return any(not texts.isdisjoint(texts_of(row.values, field)) for field, texts in several.items())


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
