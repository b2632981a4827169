"""Agreements that ask for a decision: ending soon, or over although the work goes on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dash.development.base_component import Component

from dashboard.locale import mark, mark_plural
from dashboard.pages import Context
from dashboard.pages.lists import status_badge, status_of
from dashboard.pages.names import Row, day, several, title, to
from dashboard.parts import Column, empty, table
from dashboard.query import registers
from etl.indicators.attention import is_lapsed_but_active
from etl.indicators.status import HORIZON, Status
from etl.tables import Agreement

TITLE = mark("Needs attention")
NOTE = mark("Ends or needs a decision within {days} days of {date}, or is over although something happened later")
NONE = mark_plural(
    "Nothing ends within {days} days as far as is known; the end of {n} agreement is not stated.",
    "Nothing ends within {days} days as far as is known; the end of {n} agreements is not stated.",
)
ENDS_ON, LAPSED = mark("ends {date}"), mark("ended {end}, last activity {date}")
DECIDE = mark("decide by {date}")
HEADS = (mark("Agreement"), mark("Partners"), mark("Status"), mark("Why"))


@dataclass(frozen=True, slots=True)
class Due:
    """An agreement that asks for a decision, its status, and the last activity where it is over."""

    row: Row
    status: Status
    activity: str | None = None


def due(context: Context) -> tuple[list[Due], int]:
    """Return what asks for a decision, the first date first, and of how many agreements the end is not stated."""
    rows = registers.terms(context.db, context.selection)
    activity = registers.last_activity(context.db, context.selection)
    found: list[Due] = []
    unknown = 0
    for row in rows:
        status = status_of(context, row)
        unknown += status.code == "end_unknown"
        last = activity.get(row[Agreement.id])
        if status.code == "expiring":
            found.append(Due(row, status))
        elif is_lapsed_but_active(status, last):
            found.append(Due(row, status, last))
    return sorted(found, key=lambda each: (each.status.decide_by or each.status.ends or date.max, each.row[Agreement.id])), unknown


def listed(context: Context, found: Sequence[Due], unknown: int) -> Component:
    """Return the list, or that nothing is known to end."""
    say = context.say
    if not found:
        return empty(say.count(NONE, unknown, days=HORIZON))
    rows = registers.with_links(context.db, "agreement", [dict(each.row) for each in found])
    cells = [
        [
            to(context, "agreement", row[Agreement.id], title(say, "agreement", row)),
            several(context, "partner", row["partner"]),
            status_badge(say, each.status),
            _why(context, each),
        ]
        for row, each in zip(rows, found, strict=True)
    ]
    return table([Column(say(head), main=head == HEADS[0]) for head in HEADS], cells, say(TITLE))


def note(context: Context) -> str:
    """Say what stands in the list."""
    return context.say(NOTE, days=HORIZON, date=context.say.date(context.as_of))


def _why(context: Context, each: Due) -> str:
    say, status = context.say, each.status
    written = each.row[Agreement.expires]
    if each.activity:
        return say(LAPSED, end=day(say, written), date=day(say, each.activity))
    if status.decide_by and status.ends and status.decide_by < status.ends:
        return say(DECIDE, date=say.date(status.decide_by.isoformat()))
    return say(ENDS_ON, date=day(say, written))
