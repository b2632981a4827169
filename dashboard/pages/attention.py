"""Agreements that ask for a decision: each list with its rule and its number of months.

Four reasons (INDICATORS.md 3.7 and 3.8): the end is near, the last day for notice is near, nothing has happened for long, or it is over
although the work goes on. An agreement stands once, under the first reason that holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dash import html
from dash.development.base_component import Component

from dashboard.indicators.attribution import start
from dashboard.locale import mark, mark_plural
from dashboard.pages import Context
from dashboard.pages.lists import status_badge, status_of
from dashboard.pages.names import Row, day, several, title, to
from dashboard.parts import Column, empty, link, table
from dashboard.query import portfolio, registers
from etl.indicators.attention import DORMANT, is_dormant, is_lapsed_but_active
from etl.indicators.calendar import span
from etl.indicators.status import HORIZON, Status
from etl.tables import Agreement

TITLE = mark("Needs attention")
NOTE = mark(
    "As of {date}: ends or needs a decision within {days} days, silent for {months} months, or over although something happened later"
)
NONE = mark_plural(
    "Nothing needs a decision as far as is known; the end of {n} agreement is not stated.",
    "Nothing needs a decision as far as is known; the end of {n} agreements is not stated.",
)
#: Reason -> its heading and its rule; in the order in which they are looked for.
REASONS: dict[str, tuple[str, str]] = {
    "notice": (
        mark("Notice deadline"),
        mark("Renews itself; the last day for notice (end minus the period of notice) lies within {days} days of {date}"),
    ),
    "ends": (mark("Ends soon"), mark("The last day lies within {days} days of {date}; it does not renew itself")),
    "lapsed": (mark("Lapsed but active"), mark("Certainly over, and an outcome or a news item tied to it is dated after its last day")),
    "dormant": (
        mark("Dormant"),
        mark("In force for more than {months} months, and no outcome or news tied to it in the last {months} months"),
    ),
}
NOBODY: dict[str, str] = {
    "notice": mark("No deadline for notice within {days} days as far as is known."),
    "ends": mark("Nothing ends within {days} days as far as is known."),
    "lapsed": mark("Nothing is over although the work goes on, as far as is known."),
    "dormant": mark("No agreement that is certainly in force has been silent for {months} months."),
}
UNKNOWN = mark_plural(
    "The end of {n} agreement is not stated: it is neither in force nor over, and stands in none of these lists.",
    "The end of {n} agreements is not stated: they are neither in force nor over, and stand in none of these lists.",
)
SILENT = mark_plural("Of these, {n} has been silent for {months} months.", "Of these, {n} have been silent for {months} months.")
ENDS_ON, LAPSED = mark("ends {date}"), mark("ended {end}, last activity {date}")
DECIDE, MISSED = mark("decide by {date}"), mark("notice was due {date}; renews itself on {end}")
LAST, NEVER = mark("last activity {date}"), mark("no activity known")
HEADS = (mark("Agreement"), mark("Partners"), mark("Status"), mark("Why"))
COUNTED = mark("{reason}: {n}")
ALL = mark("All ({n})")
MORE = mark_plural("{n} more agreement", "{n} more agreements")
MOST = 12
"""Rows of the list on other pages than that of the agreements, which has them all."""

MOST_OF_ONE, ALL_OF_ONE = 12, 300
"""Rows of each list, and of the one that a reader wants all of: with more, a reader filters first."""


@dataclass(frozen=True, slots=True)
class Due:
    """An agreement that asks for a decision, its status, the reason, and the last activity where that matters."""

    row: Row
    status: Status
    activity: str | None = None
    reason: str = "ends"


def due(context: Context) -> tuple[list[Due], int]:
    """Return what asks for a decision, the first date first within each reason, and of how many agreements the end is not stated."""
    found, unknown, _ = _sorted_out(context)
    return found, unknown


def _sorted_out(context: Context) -> tuple[list[Due], int, int]:
    """Return the same, and how many of those without a stated end have been silent."""
    first, last = _activity(context)
    as_of = date.fromisoformat(context.as_of)
    found: list[Due] = []
    unknown = silent = 0
    for row in registers.terms(context.db, context.selection):
        status, id_ = status_of(context, row), row[Agreement.id]
        if status.code == "end_unknown":
            unknown += 1
            silent += is_dormant(Status("active", status.possible), start(row), last.get(id_), as_of)
        if reason := _reason(row, status, (first.get(id_), last.get(id_)), as_of):
            found.append(Due(row, status, first.get(id_) if reason == "lapsed" else last.get(id_), reason))
    return sorted(found, key=_order), unknown, silent


def _activity(context: Context) -> tuple[dict[str, str], dict[str, str]]:
    """Return for each agreement the day of the activity that certainly came last, and of the one that can have come last.

    They differ where a year stands beside a month of it: "2024" can be later than "2024-05", but need not be.
    """
    first, last = dict[str, str](), dict[str, str]()
    for each in portfolio.tied(context.db, context.selection):
        if day_ := each["day"]:
            first[each["id"]] = max(first.get(each["id"], day_), day_, key=lambda iso: span(iso)[0])
            last[each["id"]] = max(last.get(each["id"], day_), day_, key=lambda iso: span(iso)[1])
    return first, last


def _reason(row: Row, status: Status, activity: tuple[str | None, str | None], as_of: date) -> str:
    if status.code == "expiring" or (status.code == "auto_renewed" and _is_near(status, as_of)):
        return "notice" if row[Agreement.auto_renewal] and status.decide_by != status.ends else "ends"
    if is_lapsed_but_active(status, activity[0]):
        return "lapsed"
    return "dormant" if is_dormant(status, start(row), activity[1], as_of) else ""


def _is_near(status: Status, as_of: date) -> bool:
    """Tell whether the next deadline of one that has renewed itself is near; one that is past in this term is past."""
    return status.decide_by is not None and 0 <= (status.decide_by - as_of).days <= HORIZON


def _order(each: Due) -> tuple[int, date, str, str]:
    reasons = list(REASONS)
    when = each.status.decide_by or each.status.ends or date.max
    return reasons.index(each.reason), when, each.activity or "", each.row[Agreement.id]


def listed(context: Context, found: Sequence[Due], unknown: int) -> Component:
    """Return all of ``found`` as one list in the order of their dates, or that nothing needs a decision."""
    say = context.say
    if not found:
        return empty(say.count(NONE, unknown))
    more = [link(say.count(MORE, len(found) - MOST), context.link("/agreements") + "#attention")] if len(found) > MOST else []
    return html.Div([_table(context, found[:MOST], say(TITLE)), *more])


def lists_of(context: Context) -> list[Component]:
    """Return one list per reason with its rule, those without any side by side at the end, and what has no stated end."""
    say = context.say
    found, unknown, silent = _sorted_out(context)
    values = {"days": HORIZON, "months": DORMANT, "date": say.date(context.as_of)}
    made: list[Component] = []
    empty_ones: list[Component] = []
    for reason, (name, rule) in REASONS.items():
        own = [each for each in found if each.reason == reason]
        head = html.H3(say(COUNTED, reason=say(name), n=say.number(len(own))), id=f"attention-{reason}")
        most = ALL_OF_ONE if context.asked("kind") == reason else MOST_OF_ONE
        body = _table(context, own[:most], say(name)) if own else html.P(say(NOBODY[reason], **values), className="muted")
        cut = [_rest(context, reason, len(own), most)] if len(own) > most else []
        part = html.Div([head, html.P(say(rule, **values), className="note"), body, *cut], className="reason")
        (made if own else empty_ones).append(part)
    made += [html.Div(empty_ones, className="reasons")] if empty_ones else []
    if unknown:
        more = f" {say.count(SILENT, silent, months=DORMANT)}" if silent else ""
        made.append(html.P(say.count(UNKNOWN, unknown) + more, className="note"))
    return made


def _rest(context: Context, reason: str, number: int, most: int) -> Component:
    """Return the link to all of a list; where it has more than anybody reads, how many are left."""
    say = context.say
    if most == ALL_OF_ONE:
        return html.P(say.count(MORE, number - most), className="note")
    return link(say(ALL, n=say.number(number)), f"{context.here(kind=reason)}#attention-{reason}")


def _table(context: Context, found: Sequence[Due], caption: str) -> Component:
    say = context.say
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
    keys = [["", "", "", _key(each)] for each in found]
    return table([Column(say(head), main=head == HEADS[0]) for head in HEADS], cells, caption, keys)


def _key(each: Due) -> str:
    when = each.status.decide_by or each.status.ends
    return each.activity or "0" if each.reason == "dormant" else when.isoformat() if when else "9"


def note(context: Context) -> str:
    """Say what stands in the list."""
    return context.say(NOTE, days=HORIZON, months=DORMANT, date=context.say.date(context.as_of))


def _why(context: Context, each: Due) -> str:
    say, status = context.say, each.status
    if each.reason == "dormant":
        return say(LAST, date=day(say, each.activity)) if each.activity else say(NEVER)
    if each.reason == "lapsed":
        return say(LAPSED, end=day(say, each.row[Agreement.expires]), date=day(say, each.activity))
    if each.reason == "notice" and status.decide_by and status.ends:
        said = say.date(status.decide_by.isoformat())
        is_past = status.decide_by < date.fromisoformat(context.as_of)
        return say(MISSED, date=said, end=say.date(status.ends.isoformat())) if is_past else say(DECIDE, date=said)
    return say(
        ENDS_ON, date=say.date(status.ends.isoformat()) if status.renewals and status.ends else day(say, each.row[Agreement.expires])
    )
