"""One sheet -> all its rows with their roles, its columns, and what is to be said about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from etl.cells import Line, letter_of, letters_in
from etl.read import columns
from etl.read.forms import is_form
from etl.read.grid import Grid, Merge, column_of
from etl.read.group_labels import group_labels
from etl.read.headers import COUNTER, key, words
from etl.read.hints import headers_seen
from etl.read.layout import Table, filled, tables
from etl.read.ragged import Widths, in_another_delimiter
from etl.read.records_of import RecordMaker
from etl.read.roles import Lone, is_as_of, is_total
from etl.read.settings import SheetSettings
from etl.records import Cell, Finding, HeaderColumn, Origin, Role, Row

#: A longer run of empty rows inside a sheet is named once instead of listed row by row.
MAX_BLANKS = 10_000
#: What stands in the column of a year in which nothing was counted.
_NONE = frozenset({"0", "-", "–", "—"})
#: One for all rows without values; a plain dict, so that a row can be pickled.
_NO_VALUES: Mapping[str, tuple[Cell, ...]] = {}


@dataclass(slots=True)
class SheetRead:
    """What one sheet gave; ``tables`` counts its tables, none in a sheet of prose."""

    rows: list[Row] = field(default_factory=list)
    columns: list[HeaderColumn] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    tables: int = 0


def read_sheet(grid: Grid, file: str, said: SheetSettings, *, is_text: bool = False) -> SheetRead:
    """Return every row of ``grid`` from 1 to the last used one exactly once, in order."""
    reader = _SheetReader(grid, file, said, is_text)
    if said.ignore:
        reader.all_as("hidden_by_choice")
    elif not said.header_row and is_form(grid):
        reader.all_as("note")
    elif found := tables(grid, said, file):
        reader.read(found)
    elif _is_of_template(grid):
        reader.all_as("note")
    else:
        reader.prose()
    return reader.done


def _is_of_template(grid: Grid) -> bool:
    """Say whether ``grid`` is a sheet of the template that explains or lists and holds no record, which nobody need be told."""
    return key(next((cells[0].text for cells in grid.rows.values()), "")) in words("template")


class _SheetReader:
    def __init__(self, grid: Grid, file: str, said: SheetSettings, is_text: bool) -> None:
        self.grid, self.file, self.said, self.is_text = grid, file, said, is_text
        self.done = SheetRead()
        self.across = {merge.top: merge for merge in grid.merges if merge.right > merge.left}
        self.beside: dict[int, list[Merge]] = {}
        for merge in grid.merges:
            if merge.right > merge.left:
                self.beside.setdefault(merge.top, []).append(merge)
        self.next = 1

    def find(self, finding: Finding) -> None:
        self.done.findings.append(finding)

    def note(self, code: str, message: str, advice: str, row: int | None = None, raw: str | None = None) -> None:
        self.find(Finding("note", code, message, advice, self.file, self.grid.name, row, None, raw))

    def add(self, row: int, role: Role, cells: Iterable[Cell] = ()) -> None:
        kept = cells if isinstance(cells, Line) else tuple(cells)
        self.append(Row(Origin(self.file, self.grid.name, row), kept, role, row in self.grid.hidden_rows, values=_NO_VALUES))

    def append(self, row: Row) -> None:
        """Append ``row`` after the blank rows that precede it."""
        gap = row.origin.row - self.next
        if gap > MAX_BLANKS:
            message = f"The rows {self.next} to {row.origin.row - 1} are empty and are not listed one by one."
            self.note("blank_rows", message, "Delete the empty rows, or what stands alone below them.", self.next)
        elif gap:
            for number in range(self.next, row.origin.row):
                blank = Row(Origin(self.file, self.grid.name, number), (), "blank", number in self.grid.hidden_rows, values=_NO_VALUES)
                self.done.rows.append(blank)
        self.done.rows.append(row)
        self.next = row.origin.row + 1

    def all_as(self, role: Role) -> None:
        for row, cells in self.grid.rows.items():
            self.add(row, role if filled(cells) else "blank", cells)

    def prose(self) -> None:
        self.all_as("note")
        if not self.grid.rows:
            return
        if any(len(filled(cells)) > 2 for cells in self.grid.rows.values()):
            message = f"The sheet {self.grid.name!r} has columns, but no header that is known ({''.join(headers_seen([self.grid]))})."
            advice = "If it holds records, name kind, header_row and columns of the sheet in sources.yaml; else ignore it there."
            self.find(Finding("warning", "no_header", message, advice, self.file, self.grid.name))
        else:
            message = f"No table was found in the sheet {self.grid.name!r}; its {len(self.grid.rows)} rows are kept as notes."
            self.note("no_data", message, "If it holds data, name its header_row and kind in sources.yaml.")

    def read(self, found: list[Table]) -> None:
        self.done.tables = len(found)
        done = 0
        for at, table in enumerate(found):
            start = self.heads_from(table, done)
            self.above(done, start, table, first=at == 0)
            for row in self.between(start - 1, table.first - 1):
                dated = any(is_as_of(cell.text) for cell in self.cells(row))
                self.add(row, "as_of" if dated else self.blank_or("title", row), self.grid.rows[row])
            for row in self.between(table.first - 1, table.header):
                self.add(row, self.blank_or("header", row), self.grid.rows[row])
            end = self.heads_from(found[at + 1], table.header) - 1 if at + 1 < len(found) else table.last
            section = self.title_of(start, table) if at else ""
            _TableReader(self, table, end, section).read()
            done = end
        self.hidden()

    def blank_or(self, role: Role, row: int) -> Role:
        return role if self.cells(row) else "blank"

    def cells(self, row: int) -> Sequence[Cell]:
        return filled(self.grid.rows.get(row, ()))

    def between(self, after: int, last: int) -> list[int]:
        """Return the used rows after ``after`` up to ``last``."""
        if last - after < len(self.grid.rows):
            return [row for row in range(after + 1, last + 1) if row in self.grid.rows]
        return [row for row in self.grid.rows if after < row <= last]

    def heads_from(self, table: Table, done: int) -> int:
        """Return the first of the title rows over ``table``: rows with little in them, with no row of a table between."""
        start = table.first
        for row in reversed(self.between(done, table.first - 1)):
            if len(self.cells(row)) > (2 if done == 0 else 1):
                break
            start = row
        return start

    def title_of(self, start: int, table: Table) -> str:
        cells = [cell for row in self.between(start - 1, table.first - 1) for cell in self.cells(row)]
        texts = [cell.text.strip() for cell in cells if not is_as_of(cell.text)]
        return texts[-1] if texts else ""

    def above(self, done: int, start: int, table: Table, *, first: bool) -> None:
        """Add the rows above the titles of the first table; full ones may be a table whose header nobody knows."""
        if not first:
            return
        rows = self.between(done, start - 1)
        for row in rows:
            self.add(row, self.blank_or("note", row), self.grid.rows[row])
        if full := [row for row in rows if len(self.cells(row)) > 2]:
            message = f"{len(full)} rows from row {full[0]} on stand above the first known header (row {table.header}) and were not read."
            advice = "If they are records, name the header_row of the sheet in sources.yaml, or rename its headers."
            self.find(Finding("error", "no_header", message, advice, self.file, self.grid.name, full[0]))

    def hidden(self) -> None:
        """Say what is hidden and was read all the same."""
        if self.grid.hidden:
            self.note("hidden_sheet", f"The hidden sheet {self.grid.name!r} was read.", "Ignore it in sources.yaml if it is not to count.")
        rows = [row.origin.row for row in self.done.rows if row.hidden and row.role == "record"]
        for _, run in groupby(enumerate(rows), lambda pair: pair[1] - pair[0]):
            numbers = [row for _, row in run]
            which = f"Row {numbers[0]} is" if len(numbers) == 1 else f"Rows {numbers[0]} to {numbers[-1]} are"
            self.note("hidden_row", f"{which} hidden and counted as any other.", "Delete what is not to count.", numbers[0])
        for column in self.done.columns:
            if self.grid.hidden_columns and self.grid.is_hidden_column(column.letter) and column.filled:
                message = f"The hidden column {column.letter} {column.header!r} was read."
                advice = "List it under ignore_columns in sources.yaml if it is not to count."
                place = (self.file, self.grid.name, column.header_row, column.letter)
                self.find(Finding("note", "hidden_column", message, advice, *place, column.header))


class _TableReader:
    """Reads the rows below one header up to ``end``."""

    def __init__(self, sheet: _SheetReader, table: Table, end: int, section: str) -> None:
        self.sheet, self.table, self.end, self.section = sheet, table, end, section
        self.fed = columns.fed(sheet.grid, table, sheet.said)
        self.fields = {column.letter: column.field or "" for column in self.fed}
        feeding = {column.letter: column.field for column in self.fed if column.field and column.field != COUNTER}
        labels = group_labels(sheet.grid, table, self.fed)
        self.maker = RecordMaker(sheet.grid, sheet.file, table.kind, feeding, end, table.implied, labels)
        self.first_letter = table.headings[0].letter
        self.right = max(column_of(heading.letter) for heading in table.headings)
        self.needed = max((column_of(letter) for letter in feeding), default=0)

    def read(self) -> None:
        rows = self.sheet.between(self.table.header, self.end)
        self.widths = Widths(self.sheet.grid.widths, [r for r in rows if self.sheet.cells(r)], self.right, self.needed)
        last_full = next((row for row in reversed(rows) if self.is_full(self.sheet.cells(row))), 0)
        for row in rows:
            self.row(row, is_last=row > last_full)
        place = (self.sheet.file, self.sheet.grid.name)
        done = self.sheet.done
        filled_cells = self.maker.counted()
        done.columns += columns.published(self.fed, self.table, place, filled_cells)
        done.findings += columns.findings(self.fed, self.table, place, filled_cells)
        done.findings += self.maker.findings

    @staticmethod
    def is_full(cells: Sequence[Cell]) -> bool:
        return len(cells) > 1 and not is_total(cells)

    def row(self, row: int, *, is_last: bool) -> None:
        raw = self.sheet.grid.rows[row]
        cells = filled(raw)
        role = self.role(row, cells, is_last=is_last)
        if role == "record":
            record = self.maker.record(row, cells, self.section)
            if record:
                self.sheet.append(record)
                self.shape(row, cells)
                return
            self.no_record(row, cells)
            role = "note"
        if role in ("section", "total"):
            self.maker.end_group()
        if role == "section":
            self.section = cells[0].text.strip()
        elif role == "total":
            text = " | ".join(cell.text for cell in cells)
            self.sheet.note("summary_row", f"Row {row} sums up and is no record: {text[:200]}", "Nothing to do.", row, text)
        self.sheet.add(row, role, raw)

    def role(self, row: int, cells: Sequence[Cell], *, is_last: bool) -> Role:
        if not cells:
            return "blank"
        if is_total(cells):
            return "total"
        if self.sheet.is_text and in_another_delimiter(cells, len(self.table.headings)):
            return "record"
        if len(cells) > 1:
            return "record" if self.counts(cells) else "blank"
        cell = cells[0]
        wide = self.sheet.across.get(row)
        is_across = wide is not None and wide.right - wide.left + 1 >= max(2, 0.6 * len(self.table.headings))
        is_first = column_of(cell.letter) <= column_of(self.first_letter)
        return Lone(cell, self.fields.get(cell.letter, ""), self.table.kind, is_first, is_across, is_last).role

    def counts(self, cells: Sequence[Cell]) -> bool:
        """Say whether the row counts something in the year of its table; where a table has no year, every row does."""
        year = self.table.per_year
        return not year or any(cell.letter == year and cell.text.strip() not in _NONE for cell in cells)

    def no_record(self, row: int, cells: Sequence[Cell]) -> None:
        text = " | ".join(cell.text for cell in cells)
        if all(self.fields.get(cell.letter) == COUNTER for cell in cells):
            return
        message = f"Row {row} has cells, but none that tells which {self.table.kind} it is; it was not read: {text[:200]}"
        advice = "Write a number, a title or a partner into it, or delete the row."
        self.sheet.find(Finding("error", "missing_required", message, advice, self.sheet.file, self.sheet.grid.name, row, None, text[:500]))

    def shape(self, row: int, cells: Sequence[Cell]) -> None:
        """Say of a record that its cells do not stand where its columns are."""
        found = self.widths.finding(self.sheet.file, row, cells) if self.sheet.is_text else self.merged_across(row, cells)
        if found:
            self.sheet.find(found)

    def merged_across(self, row: int, cells: Sequence[Cell]) -> Finding | None:
        """Refuse a record in which one cell is merged over several columns: which of them it fills is not known."""
        for merge in self.sheet.beside.get(row, ()):
            letters = set(letters_in(cells))
            empty = [letter for letter in self.maker.fields if merge.left < column_of(letter) <= merge.right and letter not in letters]
            if empty and letter_of(merge.left) in letters & self.maker.fields.keys():
                text = next(cell.text for cell in cells if cell.letter == letter_of(merge.left))
                message = (
                    f"The cell {letter_of(merge.left)}{row} is merged over the columns up to {empty[-1]}; what they hold is not known."
                )
                place = (self.sheet.file, self.sheet.grid.name, row, letter_of(merge.left), text)
                return Finding("error", "merged_cell", message, "Unmerge the cells and fill in each of them.", *place)
        return None
