"""Which agreements ask for a decision: what ends, and what is over although the work goes on."""

from __future__ import annotations

from datetime import date

from etl.indicators.calendar import plus_months, span
from etl.indicators.status import IN_FORCE, Status

DORMANT = 24
"""Months without any sign of life after which an agreement in force counts as dormant."""


def ends_within(found: Status, as_of: date, months: int) -> bool:
    """Tell whether the last day for a decision (notice, else the end) lies from ``as_of`` to ``months`` calendar months later, inclusive.

    >>> ends_within(Status("active", frozenset(), date(2027, 5, 22), date(2027, 5, 22)), date(2026, 11, 22), 6)
    True
    """
    return found.decide_by is not None and as_of <= found.decide_by <= plus_months(as_of, months)


def is_lapsed_but_active(found: Status, last_activity: str | None) -> bool:
    """Tell whether an agreement is certainly over, and something certainly happened in it after its last day.

    ``last_activity`` is an ISO prefix: the first day that it can mean counts.
    """
    over = found.code == "expired" and found.is_certain
    return bool(over and found.ends and last_activity and span(last_activity)[0] > found.ends)


def is_dormant(found: Status, begins: str | None, last_activity: str | None, as_of: date, months: int = DORMANT) -> bool:
    """Tell whether an agreement is in force and certainly nothing happened in it within the last ``months``.

    ``begins`` and ``last_activity`` are ISO prefixes: the last day that each can mean counts, so that "2025" is given the benefit
    of the doubt.
    A young agreement is not dormant: what has not lasted ``months`` cannot have been silent for so long.

    >>> old = Status("active", frozenset({"active"}), date(2030, 1, 1))
    >>> is_dormant(old, "2015", "2024-11", date(2026, 11, 22)), is_dormant(old, "2015", "2023", date(2026, 11, 22))
    (False, True)
    """
    if found.code not in IN_FORCE or not begins:
        return False
    silent_since = plus_months(as_of, -months)
    return span(begins)[1] < silent_since and (not last_activity or span(last_activity)[1] < silent_since)
