"""What is due of each agreement and when: its end, the last day for notice, or its renewal. A pure function of the records and a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from etl.indicators.calendar import last_day, plus_months
from etl.indicators.status import Terms, status
from etl.tables import Agreement

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


def decisions(rows: Iterable[Mapping[str, Any]], as_of: date, until: date) -> list[Decision]:
    """Return what is due from ``as_of`` to ``until``, both inclusive, the first day first.

    An agreement that renews itself stands at the last day for notice of its present term and at the last day of that term, after which it
    goes on; any other that is in force stands at its end. Unsharp dates count at their last day.
    """
    found = []
    for row in rows:
        known = status(Terms.of(row), as_of)
        if known.ends is None or known.code in _OVER:
            continue
        decide_by = known.decide_by or known.ends
        sharp = row[Agreement.expires_precision] == "day"
        days: list[tuple[date, Kind]] = [(known.ends, "renewal" if row[Agreement.auto_renewal] else "end")]
        if row[Agreement.auto_renewal] and decide_by < known.ends:
            days.append((decide_by, "notice"))
        found += [Decision(day, row[Agreement.id], kind, sharp) for day, kind in days if as_of <= day <= until]
    return sorted(found)
