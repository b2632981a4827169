"""Which outcome came of which agreement, and how long each agreement has waited for its first one: INDICATORS.md 3.8.

An outcome that an accepted link ties to agreements came of these. One that is tied to none came of the agreement with which it shares most
partners, then most fields, then the one signed last. In both cases only within the window: from the day in force to the end, plus a lag by
type. What certainly lies before the day in force is "before signing" and no event. Unsharp dates are taken at the middle of what
they can mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from dashboard.indicators.survival import Ending
from etl.indicators.calendar import plus_months, span
from etl.indicators.status import Terms, status
from etl.tables import Agreement

Row = Mapping[str, Any]
LAGS: dict[str, int] = {"joint_publication": 24}
"""Months after the end in which an outcome of this type still counts; 0 for all others."""
LONGEST = max(LAGS.values())
MONTH = 365.2425 / 12
"""Days of a month on average."""

When = Literal["before", "within", "after", "undated"]


@dataclass(frozen=True, slots=True)
class Wait:
    """How long one agreement was seen (months), what ended that, and how many of its outcomes lie outside the window or have no date."""

    id: str
    type: str | None
    months: float
    ending: Ending
    before: int = 0
    after: int = 0
    undated: int = 0
    first: str | None = None


def middle(iso: str) -> date:
    """Return the day in the middle of what an ISO prefix can mean.

    >>> middle("2023"), middle("2023-11-14")
    (datetime.date(2023, 7, 2), datetime.date(2023, 11, 14))
    """
    first, last = span(iso)
    return first + timedelta(days=(last - first).days // 2)


def start(row: Row) -> str | None:
    """Return from when an agreement is in force, as sharp as it is known; by default from its signature."""
    return row[Agreement.effective] or row[Agreement.signed] if row[Agreement.signed] else None


def closes(row: Row, as_of: date) -> date | None:
    """Return the last day of an agreement that is over or will be, under the latest reading; nothing where no end is known."""
    found = status(Terms.of(row), as_of)
    return found.ends


def when(row: Row, code: str, day: str | None, as_of: date) -> When:
    """Tell where the outcome of type ``code`` lies to the window of the agreement ``row``."""
    begins, ends = start(row), closes(row, as_of)
    if not day or not begins:
        return "undated"
    first, last = span(day)
    if last < span(begins)[0]:
        return "before"
    return "after" if ends and first > plus_months(ends, LAGS.get(code, 0)) else "within"


def attributed(claims: Iterable[Row], as_of: date) -> dict[str, list[Row]]:
    """Return agreement -> the claims (rows of :func:`dashboard.query.portfolio.claims`) of the outcomes that are taken for its own."""
    by_outcome: dict[str, list[Row]] = {}
    for claim in claims:
        by_outcome.setdefault(claim["record_id"], []).append(claim)
    found: dict[str, list[Row]] = {}
    for rivals in by_outcome.values():
        for claim in [each for each in rivals if each["is_tied"]] or _most_specific(rivals, as_of):
            found.setdefault(claim["id"], []).append(claim)
    return found


def _most_specific(rivals: list[Row], as_of: date) -> list[Row]:
    """Return the one agreement that an outcome tied to none is given to: of those whose window holds it."""
    fitting = [each for each in rivals if when(each, each["code"], each["day"], as_of) == "within"]
    order = sorted(fitting, key=lambda each: each["id"])
    return [max(order, key=lambda each: (each["partners"], each["fields"], each[Agreement.signed]))] if order else []


def waits(agreements: Iterable[Row], own: Mapping[str, Sequence[Row]], as_of: date) -> list[Wait]:
    """Return the wait of each agreement that was signed and is in force or was; the others cannot be placed in time.

    ``own`` are the claims of each agreement as :func:`attributed` gives them.

    The event is the first outcome within the window. An agreement whose only outcomes have no date is left out as well: its wait is
    unknown.
    One whose window has closed without an outcome ends otherwise: none can come any more.
    """
    found = []
    for row in agreements:
        begins = start(row)
        if begins is None or span(begins)[0] > as_of:
            continue
        found.append(_wait(row, middle(begins), own.get(row["id"], ()), as_of))
    return found


def _wait(row: Row, begins: date, own: Iterable[Row], as_of: date) -> Wait:
    places = [(when(row, each["code"], each["day"], as_of), each["day"]) for each in own]
    within = [day for place, day in places if place == "within"]
    before, after, undated = (sum(place == each for place, _ in places) for each in ("before", "after", "undated"))
    first = min(within, key=lambda day: (middle(day), day), default=None)
    ends = closes(row, as_of)
    shut = plus_months(ends, LONGEST) if ends else None
    if first:
        until, ending = middle(first), "event"
    elif shut and shut < as_of:
        until, ending = shut, "other"
    else:
        until, ending = as_of, "open"
    months = max(0.0, (until - begins).days / MONTH)
    return Wait(row["id"], row[Agreement.type], months, ending, before, after, undated, first)  # type: ignore[arg-type]
