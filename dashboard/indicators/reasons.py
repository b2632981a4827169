"""Why an agreement asks for a decision: INDICATORS.md 3.7 and 3.8. It has one reason, the first that holds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from etl.indicators.attention import is_dormant, is_lapsed_but_active
from etl.indicators.calendar import span
from etl.indicators.status import HORIZON, Status

REASONS: tuple[str, ...] = ("notice", "ends", "lapsed", "dormant")
"""In the order in which they are looked for."""


def activity(days: Iterable[str | None]) -> tuple[str | None, str | None]:
    """Return of ISO prefixes the one that certainly came last, and the one that can have come last.

    They differ where a year stands beside a month of it: "2024" can be later than "2024-05", but need not be.

    >>> activity(["2024", None, "2024-05"])
    ('2024-05', '2024')
    """
    known = [day for day in days if day]
    certain = max(known, key=lambda iso: span(iso)[0], default=None)
    return certain, max(known, key=lambda iso: span(iso)[1], default=None)


def reason(found: Status, renews: bool, begins: str | None, active: tuple[str | None, str | None], as_of: date) -> str:
    """Return the reason, or nothing; ``begins`` is the first day in force, ``active`` is of :func:`activity`, all ISO prefixes."""
    if found.code == "expiring" or (found.code == "auto_renewed" and _is_near(found, as_of)):
        return "notice" if renews and found.decide_by != found.ends else "ends"
    if is_lapsed_but_active(found, active[0]):
        return "lapsed"
    return "dormant" if is_dormant(found, begins, active[1], as_of) else ""


def is_silent(found: Status, begins: str | None, last: str | None, as_of: date) -> bool:
    """Tell whether nothing has happened for long in an agreement whose end is not stated."""
    return found.code == "end_unknown" and is_dormant(Status("active", found.possible), begins, last, as_of)


def _is_near(found: Status, as_of: date) -> bool:
    """Tell whether the next deadline of one that has renewed itself is near; one that is past in this term is past."""
    return found.decide_by is not None and 0 <= (found.decide_by - as_of).days <= HORIZON
