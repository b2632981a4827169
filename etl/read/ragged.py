"""Rows of a text file that have more or fewer cells than their header: a lost or bare delimiter shifts their cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from etl.read.grid import column_of
from etl.records import Cell, Finding

DELIMITERS = (";", ",", "\t", "|")
#: Excel leaves out the delimiters at the end of rows whose last cells are empty, in blocks of 16 rows: that is a habit, no damage.
_BLOCK = 16


def in_another_delimiter(cells: Sequence[Cell], columns: int) -> bool:
    """Say whether a row is one cell because its delimiters are not those of the file; ``columns`` is the width of the header.

    >>> in_another_delimiter([Cell("A", "E-1;Exchange;TU Graz", 3)], 3), in_another_delimiter([Cell("A", "Physics; chemistry", 3)], 3)
    (True, False)
    """
    return len(cells) == 1 and columns > 2 and max(cells[0].text.count(sign) for sign in DELIMITERS) >= max(2, columns - 2)


class Widths:
    """The numbers of cells of the rows of one table, against its header up to column ``right``, the last that feeds being ``needed``."""

    def __init__(self, widths: Mapping[int, int], rows: Sequence[int], right: int, needed: int) -> None:
        self.widths, self.right, self.needed = widths, right, needed
        short = sum(widths.get(row, needed) < needed for row in rows)
        self.is_habit = short >= _BLOCK or short * 2 > max(len(rows), 2)

    def finding(self, file: str, row: int, cells: Sequence[Cell]) -> Finding | None:
        """Return what is wrong with the width of a record, an error that refuses it or a warning; None when nothing is."""
        last, width = cells[-1], self.widths.get(row, self.needed)
        if column_of(last.letter) > self.right:
            message = (
                f"Record {row} has {column_of(last.letter)} cells, the header has {self.right}: a delimiter inside a text shifts its cells."
            )
            advice = "Put the text with the delimiter into double quotes."
            return Finding("error", "ragged_row", message, advice, file, "", row, last.letter, last.text)
        if width >= self.needed:
            return None
        message = f"Record {row} has only {width} cells, the header has {self.right}: it is cut off, or a delimiter is missing."
        advice = "Complete the row."
        return Finding("warning" if self.is_habit else "error", "ragged_row", message, advice, file, "", row, last.letter, last.text)
