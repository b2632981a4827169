"""A sheet as the parsers hand it over: only its filled cells, by row, and what is hidden or merged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from etl.errors import RefusedFile
from etl.records import Cell

MAX_ROW, MAX_COLUMN = 1_048_576, 16_384
#: About the filled cells of 200,000 rows; more would not fit into the memory of an office computer.
MAX_CELLS = 3_000_000


class Merge(NamedTuple):
    """A merged range, all four counted from 1 and inclusive."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Grid:
    """One sheet. ``rows`` has an entry for each row with a cell, ascending, its cells in column order.

    ``widths`` counts the cells of each row of a text file, the empty ones as well. ``per_year`` is the column under a year that is read of
    a table with one column per year; empty in any other sheet.
    """

    name: str
    rows: dict[int, Sequence[Cell]] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    links: dict[tuple[int, str], str] = field(default_factory=dict)
    per_year: str = ""
    widths: dict[int, int] = field(default_factory=dict)

    def is_hidden_column(self, letter: str) -> bool:
        """Say whether the column called ``letter`` is hidden."""
        return any(first <= column_of(letter) <= last for first, last in self.hidden_columns)


@cache
def column_of(letter: str) -> int:
    """Return the column, counted from 1, of a letter as Excel writes it.

    Raises:
        RefusedFile: there is no such column, so the sheet cannot be trusted.

    >>> column_of("A"), column_of("XFD")
    (1, 16384)
    """
    number = 0
    for each in letter:
        number = number * 26 + ord(each) - 64 if "A" <= each <= "Z" else MAX_COLUMN + 1
    if not 1 <= number <= MAX_COLUMN:
        raise RefusedFile("unreadable", f"The sheet names a column {letter[:20]!r} that no spreadsheet has. Save the file anew in Excel.")
    return number
