"""Series by year for number tiles: sparkline and the difference between two whole years."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """The last whole year against the one before; the open year never enters a comparison."""

    year: int
    now: float
    before: float

    @property
    def by(self) -> float:
        """Return the difference."""
        return self.now - self.before


def open_year(as_of: str) -> int | None:
    """Return the year that ``as_of`` lies in unless it is its last day.

    >>> open_year("2026-11-22"), open_year("2026-12-31"), open_year("")
    (2026, None, None)
    """
    return int(as_of[:4]) if as_of and as_of[5:] != "12-31" else None


def last_whole_year(as_of: str) -> int:
    """Return the last calendar year that has ended on ``as_of``."""
    return int(as_of[:4]) - (open_year(as_of) is not None)


def change(years: Mapping[int, float], as_of: str, until: int | None = None) -> Change:
    """Compare the last whole year up to ``until`` with the year before; a year without records counts as 0.

    >>> change({2024: 5, 2025: 3, 2026: 9}, "2026-11-22")
    Change(year=2025, now=3, before=5)
    """
    year = min(last_whole_year(as_of), until or 9999)
    return Change(year, years.get(year, 0), years.get(year - 1, 0))


@dataclass(frozen=True, slots=True)
class Windows:
    """Two spans of three whole years each, one after the other, and how many there were in each."""

    first: int
    last: int
    now: float
    before: float

    @property
    def by(self) -> float:
        """Return the difference."""
        return self.now - self.before


SPAN = 3
"""Years that are compared at once: of few records a single year says little."""


def windows(years: Mapping[int, float], as_of: str, since: int | None = None, until: int | None = None) -> Windows | None:
    """Compare the last three whole years up to ``until`` with the three before; None where ``since`` cuts into them.

    >>> windows({2019: 9, 2021: 4, 2023: 5, 2025: 2, 2026: 9}, "2026-11-22")
    Windows(first=2023, last=2025, now=7, before=4)
    >>> windows({2023: 5}, "2026-11-22", since=2021)
    """
    last = min(last_whole_year(as_of), until or 9999)
    if since and since > last - 2 * SPAN + 1:
        return None
    sums = [sum(years.get(year, 0) for year in range(end - SPAN + 1, end + 1)) for end in (last, last - SPAN)]
    return Windows(last - SPAN + 1, last, sums[0], sums[1])


def sparkline(years: Mapping[int, float], as_of: str, length: int = 10) -> list[float]:
    """Return the last ``length`` whole years, oldest first; a year without records is 0. Empty when there is nothing to draw.

    >>> sparkline({2024: 5, 2025: 3}, "2026-11-22", 4)
    [0.0, 0.0, 5.0, 3.0]
    """
    last = last_whole_year(as_of)
    values = [float(years.get(year, 0)) for year in range(last - length + 1, last + 1)]
    return values if any(values) else []
