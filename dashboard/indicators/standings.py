"""All that is known of one agreement on the as-of date: worked out once, by the functions that define each part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from dashboard.indicators.attribution import Wait, start, waits
from dashboard.indicators.reasons import activity, is_silent, reason
from dashboard.indicators.runway import due_days
from etl.indicators.calendar import span
from etl.indicators.status import Terms, status
from etl.tables import Agreement

Row = Mapping[str, Any]
STAGES: tuple[str, ...] = ("signed", "in_force", "activity", "outcome")
"""What an agreement can reach, each within the one before."""
AND = "+"
"""Between the kinds of outcomes of one agreement."""


class Standing(NamedTuple):
    """Status, days on which something is due, reason to decide, stage, kinds of outcomes, and the wait for the first of them.

    ``stages`` is how many of :data:`STAGES` were reached; ``kinds`` are the types of its achieved outcomes, each once, in their order;
    ``activity`` is that of the reason; ``waited`` (months) is absent where the agreement cannot be placed in time.
    """

    status_code: str
    is_certain: bool
    end_on: date | None
    renewal_on: date | None
    notice_on: date | None
    begins_on: date | None
    ends_on: date | None
    decide_by: date | None
    reason_code: str
    activity_on: str | None
    is_silent: bool
    stages: int
    kinds: str
    latest_news_on: str | None
    waited: float | None
    ending_code: str | None
    outcomes_before: int
    outcomes_after: int
    outcomes_undated: int


def standing(row: Row, happened: Sequence[Row], own: Sequence[Row], as_of: date) -> Standing:
    """Return the standing of the agreement ``row``.

    Args:
        row: what decides its status, with ``id``.
        happened: the achieved outcomes and the news that are tied to it (:func:`dashboard.query.portfolio.happened`).
        own: the claims of the outcomes that are taken for its own (:func:`dashboard.indicators.attribution.attributed`).
    """
    found, begins, renews = status(Terms.of(row), as_of), start(row), bool(row[Agreement.auto_renewal])
    active = activity(each["day"] for each in happened)
    why = reason(found, renews, begins, active, as_of)
    days = dict(due_days(found, renews))
    wait = _wait(row, own, as_of)
    kinds = sorted({each["code"] for each in happened if each["kind"] == "outcome"})
    return Standing(
        found.code, found.is_certain, days.get("end"), days.get("renewal"), days.get("notice"),
        span(begins)[0] if begins else None, found.ends, found.decide_by, why,
        active[0] if why == "lapsed" else active[1], is_silent(found, begins, active[1], as_of), _stages(row, happened, as_of),
        AND.join(kinds), max((each["day"] for each in happened if each["kind"] == "news" and each["day"]), default=None),
        wait.months if wait else None, wait.ending if wait else None,
        wait.before if wait else 0, wait.after if wait else 0, wait.undated if wait else 0,
    )  # fmt: skip


def _wait(row: Row, own: Sequence[Row], as_of: date) -> Wait | None:
    return next(iter(waits([row], {row["id"]: own}, as_of)), None)


def _stages(row: Row, happened: Sequence[Row], as_of: date) -> int:
    """Return how many stages were reached; what certainly lies before the beginning, and news of the signing itself, is no activity."""
    begins = start(row)
    if not begins:
        return 0
    first = span(begins)[0]
    if first > as_of:
        return 1
    kinds = {
        each["kind"] for each in happened
        if not (each["day"] and span(each["day"])[1] < first) and (each["kind"] == "outcome" or each["code"] != "signing")
    }  # fmt: skip
    return 2 + bool(kinds) + ("outcome" in kinds)
