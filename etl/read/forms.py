"""A form that holds one record, its labels below each other and its values beside them: told, because a record is a row."""

from __future__ import annotations

from etl.read.grid import Grid
from etl.read.headers import COUNTER, Feeds, feeds, kind_of
from etl.read.layout import filled
from etl.read.settings import SheetSettings
from etl.records import Cell, Finding

#: A form is short, and has at least so many labels.
_MOST_ROWS, _FEWEST_LABELS = 60, 4
_ADVICE = "Write the labels into one row as headers and the values into the row below them; then every further record is one more row."


def told(grid: Grid, said: SheetSettings, file: str) -> Finding | None:
    """Return what is to be said of ``grid`` if it is a form, None where it is none; nothing of a form is read."""
    if said.header_row or not is_form(grid):
        return None
    labels = {cells[0].text.strip(): cells[1].text.strip() for cells in map(filled, grid.rows.values()) if len(cells) > 1}
    written = "; ".join(f"{label}: {value}" for label, value in list(labels.items())[:6])
    message = f"The sheet holds a record as a form, each label with its value beside it, and was not read: {written[:300]}"
    first = next(row for row, cells in grid.rows.items() if len(filled(cells)) > 1)
    return Finding("error", "form_layout", message, _ADVICE, file, grid.name, first, grid.rows[first][0].letter)


def is_form(grid: Grid) -> bool:
    """Tell whether the first column holds the labels of a record, each once, most of them known and of one kind."""
    if not 0 < len(grid.rows) <= _MOST_ROWS:
        return False
    lines = [cells for row in grid.rows.values() if len(cells := filled(row)) > 1]
    labels = [_known(cells[0]) for cells in lines]
    known = [each for each in labels if each]
    names = [cells[0].text.strip().casefold() for cells in lines]
    if len(known) < _FEWEST_LABELS or len(known) * 3 < len(lines) * 2 or len(set(names)) < len(names):
        return False
    kind = kind_of(known, "", "")
    fields = [each[kind] for each in known if kind and kind in each and each[kind] != COUNTER]
    values = [cells[1] for cells in lines]
    return len(set(fields)) >= _FEWEST_LABELS and sum(bool(_known(value)) for value in values) * 2 < len(values)


def _known(cell: Cell) -> Feeds:
    return feeds(cell.text.strip().rstrip(":") if cell.type == "text" and len(cell.text) < 120 else "")
