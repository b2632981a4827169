"""The unit that a header states for the bare numbers below it: "Срок, лет", "Duration (months)"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from etl.normalise.terms import is_length
from etl.records import Cell, HeaderColumn, Origin

_WORD = re.compile(r"[^\W\d_]+")
_BARE = re.compile(r"\d+(?:[.,]\d+)?")


@dataclass(frozen=True, slots=True)
class HeaderUnits:
    """The unit of each column of terms, by file, sheet and letter, in the order of the headers' rows."""

    by_column: dict[tuple[str, str, str], list[tuple[int, str]]]

    @classmethod
    def of(cls, columns: Iterable[HeaderColumn]) -> HeaderUnits:
        """Return the units that the headers of ``columns`` state; a sheet with several tables has several headers in a column."""
        found = defaultdict(list)
        for column in columns:
            if column.feeds == "term":
                found[column.file, column.sheet, column.letter].append((column.header_row, unit(column.header)))
        return cls({key: sorted(units) for key, units in found.items()})

    def of_cell(self, cell: Cell, origin: Origin) -> str:
        """Return the unit that the header above ``cell`` states, empty where it states none."""
        units = self.by_column.get((origin.file, origin.sheet, cell.letter))
        at = bisect_right(units, origin.row, key=lambda pair: pair[0]) if units else 0
        return units[at - 1][1] if units and at else ""


def complete(text: str, unit_of_header: str) -> str:
    """Return ``text`` with the unit of its header where it is a bare number, else as it is.

    >>> complete("5", "лет"), complete("5 years", "лет"), complete("5", "")
    ('5 лет', '5 years', '5')
    """
    return f"{text} {unit_of_header}" if unit_of_header and _BARE.fullmatch(text) else text


def unit(header: str) -> str:
    """Return the one word for a length of time in ``header``, empty where it has none or several.

    >>> unit("Срок, лет"), unit("Duration (months)"), unit("期限（年）"), unit("Term of the agreement")
    ('лет', 'months', '年', '')
    """
    words = [word for word in _WORD.findall(header) if is_length(word)]
    return words[0] if len(words) == 1 else ""
