"""What is due of an agreement and when: its end, the last day for notice, or its renewal. A pure function of its status."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from etl.indicators.calendar import last_day, plus_months
from etl.indicators.status import Status

Kind = Literal["end", "notice", "renewal"]
DECISIONS: tuple[Kind, ...] = ("end", "notice", "renewal")
_OVER = frozenset({"expired", "terminated", "superseded"})


@dataclass(frozen=True, slots=True, order=True)
class Decision:
    """One day on which something is due of the agreement ``id``; ``is_sharp`` says that the written end is a day, not a month or a year."""

    day: date
    id: str
    kind: Kind
    is_sharp: bool


def horizon(as_of: date, months: int) -> date:
    """Return the last day of the month that lies ``months`` after that of ``as_of``.

    >>> horizon(date(2026, 11, 22), 24)
    datetime.date(2028, 11, 30)
    """
    return last_day(plus_months(as_of.replace(day=1), months), 1)


def due_days(known: Status, renews: bool) -> list[tuple[Kind, date]]:
    """Return what is due of an agreement with the status ``known``, and when; nothing where no end is known or it is over.

    One that renews itself stands at the last day for notice of its present term and at the last day of that term, after which it goes on;
    any other that is in force stands at its end. Unsharp dates count at their last day.
    """
    if known.ends is None or known.code in _OVER:
        return []
    days: list[tuple[Kind, date]] = [("renewal" if renews else "end", known.ends)]
    if renews and known.decide_by and known.decide_by < known.ends:
        days.append(("notice", known.decide_by))
    return days
