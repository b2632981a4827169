"""What is in force on a day: the stock, as the status of INDICATORS.md 3.7 on that day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from dashboard.indicators.series import last_whole_year, open_year
from etl.indicators.calendar import span
from etl.indicators.status import IN_FORCE, Terms, status
from etl.tables import Agreement

IN_STOCK, NO_END = "in_force", "end_unknown"
"""In force as far as the dates tell, and signed but without a stated end: never added together."""


def standing(row: Mapping[str, Any], day: date) -> str | None:
    """Return whether an agreement is in force on ``day``, has no stated end, or is neither (None).

    ``row`` has ``starts``, ``ends``, ``stops``, ``replaced`` (ISO prefixes; an empty ``replaced`` is a successor without a date) and the
    columns of ``agreement`` on renewal. Of an unsharp date the last day counts, as in the status of today.

    >>> row = dict(starts="2019", ends="2022-06", stops=None, replaced=None, is_open_ended=False, has_auto_renewal=False, term_months=None,
    ...            notice_months=None)
    >>> [standing(row, date(year, 12, 31)) for year in (2018, 2019, 2021, 2022)]
    [None, 'in_force', 'in_force', None]
    >>> standing(row | {"ends": None}, date(2030, 12, 31)), standing(row | {"replaced": "2021"}, date(2021, 12, 31))
    ('end_unknown', None)
    """
    replaced = row["replaced"]
    terms = Terms(
        row["starts"], row["starts"], row["ends"], bool(row[Agreement.open_ended]), bool(row[Agreement.auto_renewal]),
        row[Agreement.term], row[Agreement.notice], row["stops"],
        superseded=replaced is not None and (not replaced or span(replaced)[1] <= day),
    )  # fmt: skip
    code = status(terms, day, 0).code
    return IN_STOCK if code in IN_FORCE else code if code == NO_END else None


def days(first: int, as_of: str) -> list[date]:
    """Return the last days of the years from ``first`` on, and the as-of date where its year is not over.

    >>> [day.isoformat() for day in days(2024, "2026-11-22")]
    ['2024-12-31', '2025-12-31', '2026-11-22']
    """
    found = [date(year, 12, 31) for year in range(first, last_whole_year(as_of) + 1)]
    return [*found, date.fromisoformat(as_of)] if open_year(as_of) else found


def stock(rows: Iterable[Mapping[str, Any]], as_of: str) -> list[tuple[date, int, int]]:
    """Return for each day how many are in force and of how many the end is not stated; nothing where no agreement has begun."""
    terms = list(rows)
    years = [int(str(row["starts"])[:4]) for row in terms]
    if not years or min(years) > int(as_of[:4]):
        return []
    found = []
    for day in days(min(years), as_of):
        counted: Counter[str | None] = Counter()
        for row, year in zip(terms, years, strict=True):
            if year <= day.year:
                counted[standing(row, day)] += int(row.get("n", 1))
        found.append((day, counted[IN_STOCK], counted[NO_END]))
    return found
