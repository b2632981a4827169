"""Corrections of single cells: applied before anything is understood, and only while the cell says what the person saw.

A row is found by its number; where rows were inserted above it, by the record's number or title that the line keeps.
The source row stays as it is written: only what a record takes from it changes.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from etl.decide.lines import Line
from etl.records import Cell, Finding, HeaderColumn, Origin, Row
from etl.text import clean, fold

_LETTER = re.compile(r"[A-Z]{1,3}")


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that a person corrected: where it stands, what is written there and what counts instead."""

    origin: Origin
    letter: str
    old: str
    new: str
    line: Line


@dataclass(slots=True)
class Corrected:
    """The rows with corrected cells, what was changed, and what could not be."""

    rows: list[Row]
    changes: list[Change] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def cells(self) -> frozenset[tuple[str, str, int, str]]:
        """Return file, sheet, row and letter of every cell that was corrected: what was wrong with it is wrong no more."""
        return frozenset((c.origin.file, c.origin.sheet, c.origin.row, c.letter) for c in self.changes)


class _Stale(Exception):
    """What the line expects is not there; the message says what is."""


def correct(rows: Sequence[Row], columns: Iterable[HeaderColumn], lines: Iterable[Line]) -> Corrected:
    """Return ``rows`` with the cells that ``lines`` correct; a line that does not fit the source any more changes nothing."""
    result = Corrected(list(rows))
    given = list(lines)
    if not given:
        return result
    sheets = _Sheets(rows, columns)
    done: dict[tuple[int, str], Line] = {}
    for line in given:
        try:
            at, column = sheets.cell(line)
        except _Stale as error:
            result.findings.append(_stale(line, str(error)))
            continue
        other = done.setdefault((at, column.letter), line)
        if other is not line:
            advice = "Decide which of the two holds and remove the other"
            message = f"Not taken: {other.place} corrects the same cell"
            result.findings.append(line.tell("error", "contradictory_decision", message, advice))
            continue
        _change(at, column, line, result)
    return result


def _stale(line: Line, why: str) -> Finding:
    advice = "Look at the cell; where it is right now, remove this line, else write what the cell says under 'expect'"
    return line.tell("warning", "stale_decision", f"The correction was not applied: {why}", advice)


class _Sheets:
    """Rows that are records, and columns, by file and sheet."""

    def __init__(self, rows: Sequence[Row], columns: Iterable[HeaderColumn]) -> None:
        self.rows = rows
        self.at: dict[tuple[str, str], list[int]] = defaultdict(list)
        self.columns: dict[tuple[str, str], list[HeaderColumn]] = defaultdict(list)
        for index, row in enumerate(rows):
            if row.role == "record":
                self.at[_key(row.origin.file), row.origin.sheet].append(index)
        for column in columns:
            self.columns[_key(column.file), column.sheet].append(column)

    def cell(self, line: Line) -> tuple[int, HeaderColumn]:
        """Return the position of the row and the column that ``line`` is about, where the cell says what the line expects."""
        sheet = self._sheet(line)
        at, why_not = self._row(line, sheet)
        column = self._column(line, sheet, self.rows[at].origin.row)
        if column.feeds is None:
            raise _Stale(f"the column {line['column']!r} is not used, so that a correction in it would change nothing")
        now = text_in(self.rows[at], column.letter)
        if clean(now) != clean(line["expect"]):
            raise _Stale(f"{why_not or 'the cell'} now says {now!r}, not {line['expect']!r}")
        return at, column

    def _sheet(self, line: Line) -> tuple[str, str]:
        file = _key(line["file"])
        sheets = [name for each, name in self.at if each == file]
        if not sheets:
            raise _Stale(f"no record was read from a file called {line['file']!r}")
        wanted = line["sheet"] or (sheets[0] if len(sheets) == 1 else "")
        found = [name for name in sheets if name == wanted] or [name for name in sheets if fold(name) == fold(wanted)]
        if len(found) != 1:
            raise _Stale(f"{line['file']} has no sheet of records called {wanted!r}; it has: {', '.join(sheets)}")
        return file, found[0]

    def _row(self, line: Line, sheet: tuple[str, str]) -> tuple[int, str]:
        """Return the position of the row, and how to call it where it was found elsewhere than the line says."""
        number = _number(line["row"])
        here = next((at for at in self.at[sheet] if self.rows[at].origin.row == number), None)
        if not line["record"]:
            if here is None:
                raise _Stale(f"row {line['row'] or '(none given)'} is no record")
            return here, ""
        named = [at for at in self.at[sheet] if fold(line["record"]) in names(self.rows[at])]
        if here in named:
            return here if here is not None else named[0], ""
        expected = [at for at in named if self._says(at, line, sheet)]
        for found in (expected, named):
            if len(found) == 1:
                return found[0], f"the cell (now in row {self.rows[found[0]].origin.row})"
        what = "no row" if not named else f"{len(named)} rows"
        raise _Stale(f"{what} of the sheet carry the number or title {line['record']!r}")

    def _says(self, at: int, line: Line, sheet: tuple[str, str]) -> bool:
        column = self._column(line, sheet, self.rows[at].origin.row)
        return clean(text_in(self.rows[at], column.letter)) == clean(line["expect"])

    def _column(self, line: Line, sheet: tuple[str, str], row: int) -> HeaderColumn:
        above = [column for column in self.columns[sheet] if column.header_row < row]
        nearest = max((column.header_row for column in above), default=0)
        there = [column for column in above if column.header_row == nearest]
        wanted = line["column"].strip()
        called = [each for each in there if fold(wanted) in {fold(part) for part in (each.header, *each.header.split(" / "))}]
        feeding = [each for each in there if each.feeds == wanted]
        lettered = [each for each in there if _LETTER.fullmatch(wanted.upper()) and each.letter == wanted.upper()]
        for found in (called, feeding, lettered):
            if len(found) == 1:
                return found[0]
        raise _Stale(f"there is no column {wanted!r}; give its letter or its header as written")


def _key(file: str) -> str:
    return unicodedata.normalize("NFC", file.strip().replace("\\", "/")).casefold()


def _number(text: str) -> int | None:
    plain = text.strip().removesuffix(".0")
    return int(plain) if plain.isdecimal() and len(plain) < 9 else None


def names(row: Row) -> frozenset[str]:
    """Return the folded number and title under which a person knows a record."""
    return frozenset({fold(row.written("number")), fold(row.written("title"))} - {""})


def text_in(row: Row, letter: str) -> str:
    """Return what ``row`` says in the column ``letter``, also where the cell was merged down to it."""
    used = (cell for cells in (row.uncorrected or row.values).values() for cell in cells)
    return next((cell.text for cell in (*row.cells, *used) if cell.letter == letter), "")


def _change(at: int, column: HeaderColumn, line: Line, result: Corrected) -> None:
    row = result.rows[at]
    assert column.feeds is not None
    written = next((c for cells in row.values.values() for c in cells if c.letter == column.letter), None)
    old = text_in(row, column.letter)
    place = written.row if written else row.origin.row
    moved = "" if _number(line["row"]) in (None, row.origin.row) else f"; the record moved from row {line['row']} to row {row.origin.row}"
    # A cell merged over several rows, or written once and dittoed below, is one cell: all that use it are corrected.
    shared = written is not None and place == row.origin.row
    for index, other in enumerate(result.rows) if shared else ((at, row),):
        if (other.origin.file, other.origin.sheet) == (row.origin.file, row.origin.sheet):
            result.rows[index] = _with(other, column, line["new"], place, added=index == at)
    result.changes.append(Change(row.origin, column.letter, old, line["new"], line))
    message = f"Corrected: {old!r} counts as {line['new']!r} ({line.said}){moved}"
    advice = "Correct it in the source as well, then remove the decision"
    origin = row.origin
    result.findings.append(Finding("note", "corrected_cell", message, advice, origin.file, origin.sheet, origin.row, column.letter, old))


def _with(row: Row, column: HeaderColumn, text: str, place: int, *, added: bool) -> Row:
    """Return ``row`` with ``text`` in the cell of ``column`` that stands in row ``place``; an empty cell is filled where ``added``."""
    values: dict[str, tuple[Cell, ...]] = {}
    found = False
    for name, cells in row.values.items():
        kept = []
        for cell in cells:
            mine = cell.letter == column.letter and cell.row == place
            found = found or mine
            kept.append(cell._replace(text=text, how="corrected", type="text") if mine else cell)
        values[name] = tuple(cell for cell in kept if cell.text)
    if not found and not added:
        return row
    if not found and text and column.feeds:
        fresh = Cell(column.letter, text, row.origin.row, "corrected")
        values[column.feeds] = tuple(sorted((*values.get(column.feeds, ()), fresh), key=lambda cell: (len(cell.letter), cell.letter)))
    before = row.values if row.uncorrected is None else row.uncorrected
    return replace(row, values={name: cells for name, cells in values.items() if cells}, uncorrected=before)


def undone(findings: Iterable[Finding], corrected: Corrected) -> list[Finding]:
    """Return ``findings`` without those about a cell that a person corrected."""
    cells = corrected.cells
    return [f for f in findings if (f.file or "", f.sheet or "", f.row or 0, f.letter or "") not in cells]
