"""Which of day and month stands first in a column: voted by the dates of it that can be read in one way only.

25/03/2021 can only be day first, 03/25/2021 only month first; 03/04/2021 says nothing and takes the order of the others.
Dates with dots do not vote: they are day first everywhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from etl.normalise.dates.scan import prepare

_FIGURES = re.compile(r"(?<![\d/-])(\d{1,2})([/-])(\d{1,2})\2(?:\d{4}|\d{2})(?![\d/-])")
#: One vote in ten against the others is a slip; more, and the column is mixed.
_SLIPS = 0.1


@dataclass(frozen=True, slots=True)
class Vote:
    """How many dates of a column can only be day first, only month first, or either; an example of each that decides."""

    day_first: int = 0
    month_first: int = 0
    either: int = 0
    example: str = ""

    @property
    def order(self) -> str:
        """Return dmy, mdy, mixed, or nothing where no date decides.

        >>> vote(["25/03/2021", "03/04/2021"]).order, vote(["03/25/2021"]).order, vote(["03/04/2021"]).order
        ('dmy', 'mdy', '')
        >>> vote(["25/03/2021", "03/25/2021"]).order
        'mixed'
        """
        votes = self.day_first + self.month_first
        if not votes:
            return ""
        if min(self.day_first, self.month_first) > _SLIPS * votes:
            return "mixed"
        return "dmy" if self.day_first > self.month_first else "mdy"

    def __add__(self, other: Vote) -> Vote:
        sums = (self.day_first + other.day_first, self.month_first + other.month_first, self.either + other.either)
        return Vote(*sums, self.example or other.example)


def vote(texts: Iterable[str] | Counter[str]) -> Vote:
    """Return how the dates in figures among ``texts`` vote, given one by one or with their number; other texts say nothing."""
    day_first = month_first = either = 0
    example = ""
    for text, cells in Counter(texts).items():
        match = _FIGURES.search(prepare(text))
        if not match:
            continue
        first, second = int(match[1]), int(match[3])
        if first == second or max(first, second) > 31 or not min(first, second):
            continue
        if first > 12 >= second or second > 12 >= first:
            day_first += cells * (first > 12)
            month_first += cells * (second > 12)
            example = example or text
        elif max(first, second) <= 12:
            either += cells
    return Vote(day_first, month_first, either, example)
