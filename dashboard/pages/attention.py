"""Agreements that ask for a decision: each list with its rule and its number of months.

Four reasons (INDICATORS.md 3.7 and 3.8): the end is near, the last day for notice is near, nothing has happened for long, or it is over
although the work goes on. An agreement stands once, under the first reason that holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dash import html
from dash.development.base_component import Component

from dashboard.indicators.reasons import REASONS as ORDER
from dashboard.locale import mark, mark_plural
from dashboard.pages import Context
from dashboard.pages.lists import status_badge, status_of
from dashboard.pages.names import Row, day, several, title, to
from dashboard.parts import Column, empty, link, table
from dashboard.query import registers, standings
from etl.indicators.attention import DORMANT
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
assert tuple(REASONS) == ORDER
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


@dataclass(frozen=True, slots=True)
class Asking:
    """The ids of the agreements that ask for a decision, for each reason, the first to ask first, and of how many no end is stated."""

    by_reason: Mapping[str, list[str]]
    unknown: int
    silent: int

    @classmethod
    def of(cls, context: Context) -> Asking:
        """Return what asks for a decision within the selection."""
        return cls(standings.asking(context.db, context.selection), *standings.silent(context.db, context.selection))

    def number(self) -> int:
        """Return how many ask for a decision; each has one reason."""
        return sum(map(len, self.by_reason.values()))

    def first(self, context: Context, most: int, reason: str = "") -> list[Due]:
        """Return the first ``most`` of them, of one reason or of all."""
        wanted = [(id_, why) for why, ids in self.by_reason.items() if reason in ("", why) for id_ in ids][:most]
        ids = [id_ for id_, _ in wanted]
        rows = {
            row["id"]: row for row in registers.with_links(context.db, "agreement", registers.of_ids(context.db, "agreement", tuple(ids)))
        }
        active = standings.activities(context.db, ids)
        return [Due(rows[id_], status_of(context, rows[id_]), active[id_][0], why) for id_, why in wanted]


def listed(context: Context, found: Asking) -> Component:
    """Return the first of ``found`` as one list in the order of their dates, or that nothing needs a decision."""
    say, number = context.say, found.number()
    if not number:
        return empty(say.count(NONE, found.unknown))
    more = [link(say.count(MORE, number - MOST), context.link("/agreements") + "#attention")] if number > MOST else []
    return html.Div([_table(context, found.first(context, MOST), say(TITLE)), *more])


def lists_of(context: Context) -> list[Component]:
    """Return one list per reason with its rule, those without any side by side at the end, and what has no stated end."""
    say = context.say
    found = Asking.of(context)
    values = {"days": HORIZON, "months": DORMANT, "date": say.date(context.as_of)}
    made: list[Component] = []
    empty_ones: list[Component] = []
    for reason, (name, rule) in REASONS.items():
        own = found.by_reason[reason]
        head = html.H3(say(COUNTED, reason=say(name), n=say.number(len(own))), id=f"attention-{reason}")
        most = ALL_OF_ONE if context.asked("kind") == reason else MOST_OF_ONE
        nobody = html.P(say(NOBODY[reason], **values), className="muted")
        body = _table(context, found.first(context, most, reason), say(name)) if own else nobody
        cut = [_rest(context, reason, len(own), most)] if len(own) > most else []
        part = html.Div([head, html.P(say(rule, **values), className="note"), body, *cut], className="reason")
        (made if own else empty_ones).append(part)
    made += [html.Div(empty_ones, className="reasons")] if empty_ones else []
    if found.unknown:
        more = f" {say.count(SILENT, found.silent, months=DORMANT)}" if found.silent else ""
        made.append(html.P(say.count(UNKNOWN, found.unknown) + more, className="note"))
    return made


def _rest(context: Context, reason: str, number: int, most: int) -> Component:
    """Return the link to all of a list; where it has more than anybody reads, how many are left."""
    say = context.say
    if most == ALL_OF_ONE:
        return html.P(say.count(MORE, number - most), className="note")
    return link(say(ALL, n=say.number(number)), f"{context.here(kind=reason)}#attention-{reason}")


def _table(context: Context, found: Sequence[Due], caption: str) -> Component:
    say = context.say
    cells = [
        [
            to(context, "agreement", each.row[Agreement.id], title(say, "agreement", each.row)),
            several(context, "partner", each.row["partner"]),
            status_badge(say, each.status),
            _why(context, each),
        ]
        for each in found
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
