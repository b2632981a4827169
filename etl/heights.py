"""How high a row of a spreadsheet must be for its wrapped texts: programs that only convert a workbook do not work it out."""

from __future__ import annotations

from collections.abc import Iterable

LINE = 15
#: A row is no higher than this many lines: one long text must not push all others off the screen.
_MOST_LINES = 12
#: Signs of 11 points that fit into one unit of a column's width, as a word that moves to the next line leaves room behind it.
_SIGNS = 0.95


def height(cells: Iterable[tuple[str, float]]) -> int:
    """Return the height in points of a row of ``cells``, each a text and the width of its column.

    >>> height([("short", 30), ("two\\nlines", 30)]), height([("x" * 100, 20)]), height([])
    (30, 90, 15)
    """
    lines = max((_lines(text, width) for text, width in cells), default=1)
    return LINE * min(lines, _MOST_LINES)


def _lines(text: str, width: float) -> int:
    room = max(int(width * _SIGNS), 1)
    if len(text) <= room and "\n" not in text:
        return 1
    return sum(max(-(-len(line) // room), 1) for line in text.split("\n"))
