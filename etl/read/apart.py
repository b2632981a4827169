"""What a sheet holds -> grids that are one thing each: tables beside each other, and tables with one column per year.

A record stands in one row and has one fate. Where a row says several things, each gets a sheet of its own in the account of rows,
called after the columns it is read from.
"""

from __future__ import annotations

from collections.abc import Sequence

from etl.read import blocks, forms
from etl.read.grid import Grid
from etl.read.layout import Header, headers_of, is_of_counts, years_of
from etl.read.settings import FileSettings, SheetSettings
from etl.records import Finding

_ADVICE = "Nothing, if that is right; a table with the columns Year, Metric and Value says the same without a doubt."


def tables(grids: Sequence[Grid], said: FileSettings, file: str) -> tuple[list[Grid], list[Finding]]:
    """Return the grids to read, in the order of their sheets, and what is to be said about those that were taken apart."""
    found: list[Grid] = []
    findings: list[Finding] = []
    for grid in grids:
        of_sheet = said.sheet(grid.name)
        if of_sheet.ignore:
            found.append(grid)
            continue
        if form := forms.told(grid, of_sheet, file):
            findings.append(form)
        parts, told = blocks.beside(grid, of_sheet, file)
        findings += told
        for part in parts:
            yearly, told = _by_year(part, of_sheet, file)
            found += yearly
            findings += told
    return found, findings


def _by_year(grid: Grid, said: SheetSettings, file: str) -> tuple[list[Grid], list[Finding]]:
    """Return one grid for each column under a year, the first under the name of the sheet; the others hold that table alone."""
    headers = headers_of(grid, said)
    at = next((index for index, header in enumerate(headers) if years_of(header)), None)
    if at is None:
        return [grid], []
    wide = headers[at]
    letters = years_of(wide)
    if not is_of_counts(wide, grid, said, file):
        return [grid], [_untold(grid, wide, letters, file)]
    last = max(grid.rows)
    bottom = next((header.first - 1 for header in headers[at + 1 :] if years_of(header) != letters), last)
    rest = [_of_year(grid, wide, letter, letters, bottom) for letter in letters[1:]]
    grid.per_year = letters[0]
    _drop(grid, letters[0], letters, wide.last, bottom)
    names = ", ".join(part.name for part in rest)
    message = (
        f"The columns {letters[0]} to {letters[-1]} are one per year: each filled cell was read as a record of its year, which its header "
        f"says; an empty cell, a dash or 0 is none. The rows of the later years are listed under {names}."
    )
    return [grid, *rest], [Finding("note", "year_columns", message, _ADVICE, file, grid.name, wide.last, letters[0])]


def _untold(grid: Grid, header: Header, letters: Sequence[str], file: str) -> Finding:
    message = (
        f"The columns {letters[0]} to {letters[-1]} of the table in row {header.last} are one per year, but nothing says what they count, "
        "so the table was not read."
    )
    advice = "Add a column Metric that says what is counted (publications, grants ...), or name the sheet after it."
    return Finding("error", "year_columns", message, advice, file, grid.name, header.last, letters[0])


def _of_year(grid: Grid, header: Header, letter: str, letters: Sequence[str], bottom: int) -> Grid:
    part = Grid(f"{grid.name} [{letter}]".strip(), merges=grid.merges, hidden=grid.hidden, hidden_rows=grid.hidden_rows)
    part.hidden_columns, part.links, part.per_year = grid.hidden_columns, grid.links, letter
    part.rows = {row: cells for row, cells in grid.rows.items() if header.first <= row <= bottom}
    _drop(part, letter, letters, header.last, bottom)
    return part


def _drop(grid: Grid, kept: str, letters: Sequence[str], header: int, bottom: int) -> None:
    """Leave out the cells of the other years below the header."""
    others = frozenset(letters) - {kept}
    for row, cells in grid.rows.items():
        if header < row <= bottom and any(cell.letter in others for cell in cells) and not _repeats(grid, header, row):
            grid.rows[row] = [cell for cell in cells if cell.letter not in others]


def _repeats(grid: Grid, header: int, row: int) -> bool:
    return [cell.text for cell in grid.rows.get(header, [])] == [cell.text for cell in grid.rows[row]]
