"""The columns of a table -> the source field that each feeds, or the reason why it feeds none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from etl.cells import letters_in, texts_in
from etl.read.grid import Grid, column_of
from etl.read.headers import COUNTER, WEAK_NUMBER, key, similar
from etl.read.layout import Heading, Table
from etl.read.layout import filled as filled_cells
from etl.read.settings import SheetSettings
from etl.records import SOURCE_FIELDS, Finding, HeaderColumn, Kind, Severity

#: Without all columns of a group no figure can be made of a table; which of a group stands in the sheet does not matter.
_EXPECTED: dict[Kind, tuple[tuple[str, ...], ...]] = {
    "agreement": (("partners", "title"), ("signed", "effective")),
    "news": (("title", "text"), ("published",)),
    "outcome": (("title", "type"), ("date",)),
}


@dataclass(frozen=True, slots=True)
class Fed:
    """What a column feeds (``field`` of SOURCE_FIELDS, :data:`COUNTER` or None) and, where none, why."""

    letter: str
    header: str
    field: str | None
    reason: str


def fed(grid: Grid, table: Table, said: SheetSettings) -> list[Fed]:
    """Return all columns of ``table`` in their order, also those that have cells but no header."""
    named = [_fed(heading, table.kind, said) for heading in table.headings]
    strong = any(column.field == "number" for column in named)
    settled = [_settled(column, strong, grid, table) if column.field == WEAK_NUMBER else column for column in named]
    known = {column.letter for column in settled}
    patterns = {letters_in(filled_cells(cells)) for row, cells in grid.rows.items() if table.header < row <= table.last}
    used = {letter for letters in patterns for letter in letters}
    nameless = [_without_header(letter, said) for letter in used - known]
    return sorted(settled + nameless, key=lambda column: column_of(column.letter))


def _fed(heading: Heading, kind: Kind, said: SheetSettings) -> Fed:
    letter, text = heading.letter, heading.text
    leaf = text.rpartition(" / ")[2]
    if any(key(name) in (key(text), key(leaf)) or name == letter for name in said.ignore_columns):
        return Fed(letter, text, None, "ignored by sources.yaml")
    for name, field in said.columns.items():
        if key(name) in (key(text), key(leaf)) or name == letter:
            return Fed(letter, text, field, "") if field in SOURCE_FIELDS[kind] else Fed(letter, text, None, f"no {kind} has {field}")
    field_ = heading.feeds.get(kind)
    if field_ == COUNTER:
        return Fed(letter, text, COUNTER, "running number of the rows")
    return Fed(letter, text, field_, "" if field_ else "unknown header")


def _without_header(letter: str, said: SheetSettings) -> Fed:
    if letter in said.ignore_columns:
        return Fed(letter, "", None, "ignored by sources.yaml")
    return Fed(letter, "", None, "no header")


def _settled(column: Fed, strong: bool, grid: Grid, table: Table) -> Fed:
    if strong or _only_counts(column.letter, grid, table):
        return Fed(column.letter, column.header, COUNTER, "running number of the rows")
    return Fed(column.letter, column.header, "number", "")


def _only_counts(letter: str, grid: Grid, table: Table) -> bool:
    """Say whether the column holds 1, 2, 3 ..., perhaps anew in each section."""
    before = 0
    for row, cells in grid.rows.items():
        letters = letters_in(cells)
        text = texts_in(cells)[letters.index(letter)] if letter in letters else ""
        text = text.strip().rstrip(".")
        if not table.header < row <= table.last or len(cells) < 2 or not text or not text[0].isdigit():
            if table.header < row <= table.last and len(cells) > 3 and text:
                return False
            continue
        if not text.isdecimal() or int(text) not in (1, before + 1):
            return False
        before = int(text)
    return before > 0


def published(columns: list[Fed], table: Table, place: tuple[str, str], filled: Counter[str]) -> Iterator[HeaderColumn]:
    """Yield the columns as they are handed on; a running number feeds nothing."""
    file, sheet = place
    for column in columns:
        feeds = None if column.field == COUNTER else column.field
        count = filled[column.letter]
        reason = column.reason if count or column.field else f"{column.reason} and empty"
        yield HeaderColumn(file, sheet, table.header, column.letter, column.header, table.kind, feeds, reason, count)


def findings(columns: list[Fed], table: Table, place: tuple[str, str], filled: Counter[str]) -> Iterator[Finding]:
    """Yield what is to be said about the columns: unknown and filled, double, missing."""
    file, sheet = place
    for column in columns:
        if column.field is None and column.reason != "ignored by sources.yaml" and filled[column.letter]:
            yield _unknown(column, table, place, filled[column.letter])
    by_field: dict[str, list[Fed]] = {}
    for column in columns:
        if column.field and column.field != COUNTER:
            by_field.setdefault(column.field, []).append(column)
    for field, twins in by_field.items():
        if len(twins) > 1:
            headers = " and ".join(f"{twin.letter} ({twin.header!r})" for twin in twins)
            severity: Severity = "warning" if len({key(twin.header) for twin in twins}) < len(twins) else "note"
            message = f"The columns {headers} all feed {field}; both are kept."
            yield Finding(severity, "duplicate_column", message, _DOUBLE, file, sheet, table.header, twins[1].letter, twins[1].header)
    # Of a table of counts per year it was seen before that it says what it counts.
    for group in () if table.per_year else _EXPECTED[table.kind]:
        if by_field.keys().isdisjoint(group):
            message = f"This table of {table.kind} records has no column for {' or '.join(group)}."
            yield Finding("warning", "missing_column", message, _MISSING, file, sheet, table.header)


_DOUBLE = "If one of them is something else, list it under ignore_columns or columns in sources.yaml."
_MISSING = "If it is there under another name, say so in sources.yaml: columns: {its header: the field}."


def _unknown(column: Fed, table: Table, place: tuple[str, str], filled: int) -> Finding:
    file, sheet = place
    header = repr(column.header) if column.header else "without a header"
    guess = f" Did you mean {near!r}?" if column.header and (near := similar(column.header)) else ""
    message = f"The column {column.letter} {header} is not known; {filled} of its cells are filled and feed nothing.{guess}"
    advice = "Rename the header, or say in sources.yaml what it feeds (columns) or that it is to be left out (ignore_columns)."
    return Finding("warning", "unknown_column", message, advice, file, sheet, table.header, column.letter, column.header)
