"""Columns whose cell stands on the first row of a group only, and is meant for all rows of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from etl.read.columns import Fed
from etl.read.grid import Grid
from etl.read.headers import COUNTER
from etl.read.layout import Table, filled
from etl.read.roles import is_total

#: What offices group a register by. A number of an agreement is none of it: where it is missing, none may be known.
_GROUPING = frozenset({"countries", "home_unit", "type", "partners", "city", "signed", "published", "date", "areas", "fields"})
_FEWEST = 2


def group_labels(grid: Grid, table: Table, fed: Sequence[Fed]) -> tuple[str, ...]:
    """Return the letters of the columns of group labels, the outer group first.

    They are the leftmost columns, as long as each is filled in the first row, empty in at least as many rows as filled, and never
    repeats a label of the same group: who writes a label twice does not leave it out either.
    """
    first = next((column for column in fed if column.field != COUNTER), None)
    if first is None or first.field not in _GROUPING:
        return ()
    lines = list(_lines(grid, table))
    found: list[str] = []
    for column in fed:
        if column.field == COUNTER:
            continue
        if column.field not in _GROUPING or not _is_label(column.letter, found, lines):
            break
        found.append(column.letter)
    return tuple(found)


def _lines(grid: Grid, table: Table) -> Iterator[dict[str, str]]:
    """Yield the texts by letter of each row of several cells below the header that is no total."""
    for row, cells in grid.rows.items():
        if table.header < row <= table.last and len(own := filled(cells)) > 1 and not is_total(own):
            yield {cell.letter: cell.text.strip() for cell in own}


def _is_label(letter: str, outer: Sequence[str], lines: Sequence[dict[str, str]]) -> bool:
    written = [line.get(letter, "") for line in lines]
    labels = [text for text in written if text]
    if len(lines) <= _FEWEST or not written[0] or len(labels) * 2 > len(written):
        return False
    seen: set[str] = set()
    for line in lines:
        if any(each in line for each in outer):
            seen.clear()
        if (text := line.get(letter, "")) in seen and text:
            return False
        seen.add(text)
    return True
