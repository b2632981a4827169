"""Calendar arithmetic, and what an unsharp date can mean."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

#: Months of an EDTF season; a winter lies at both ends of its year, so it can be any day of it.
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (1, 12)}


@lru_cache(maxsize=65536)
def span(iso: str) -> tuple[date, date]:
    """Return the first and the last day that an ISO prefix can mean.

    >>> span("2023-11"), span("2023-11-14")[0] == span("2023-11-14")[1]
    ((datetime.date(2023, 11, 1), datetime.date(2023, 11, 30)), True)
    >>> span("2024")[1], span("2023-21")[0]
    (datetime.date(2024, 12, 31), datetime.date(2023, 3, 1))
    """
    parts = [int(part) for part in iso.split("-")]
    if len(parts) == 3:
        day = date(*parts)
        return day, day
    first, last = (1, 12) if len(parts) == 1 else _SEASONS.get(parts[1], (parts[1], parts[1]))
    return date(parts[0], first, 1), date(parts[0], last, monthrange(parts[0], last)[1])


def plus_months(day: date, months: int) -> date:
    """Return the same day ``months`` later, or the last day of that month where it has no such day.

    >>> plus_months(date(2020, 2, 29), 12), plus_months(date(2024, 8, 31), 6)
    (datetime.date(2021, 2, 28), datetime.date(2025, 2, 28))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_day(start: date, months: int) -> date:
    """Return the last day, inclusive, of a term of ``months`` that begins on ``start``.

    >>> last_day(date(2020, 9, 1), 60)
    datetime.date(2025, 8, 31)
    """
    return plus_months(start, months) - timedelta(days=1)
