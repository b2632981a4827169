"""What is due in the next two years, day by day: the list behind the columns of the runway."""

from __future__ import annotations

from datetime import date

from dash import html
from dash.development.base_component import Component

from dashboard.figures import agreement_expiry
from dashboard.figures.agreement_expiry import KINDS
from dashboard.locale import mark, mark_plural
from dashboard.pages import Context
from dashboard.pages.names import several, title, to
from dashboard.parts import Child, Column, section, table
from dashboard.query import registers

TITLE = mark("Due by {date}")
NOTE = mark("Ends, renewals and notice deadlines of the next 24 months; a question mark: only the month or the year is known")
HEADS = (mark("Day"), mark("What happens"), mark("Agreement"), mark("Partners"), mark("In days"))
MORE = mark_plural("{n} more in the calendar", "{n} more in the calendar")
MOST = 40


def listed(context: Context) -> list[Component]:
    """Return the section with the list; nothing where nothing is due."""
    say, as_of = context.say, date.fromisoformat(context.as_of)
    shown, number, last = agreement_expiry.first_due(context.db, context.selection, MOST)
    if last is None:
        return []
    rows = registers.of_ids(context.db, "agreement", tuple({each.id for each in shown}))
    linked = {row["id"]: row for row in registers.with_links(context.db, "agreement", rows)}
    cells: list[list[Child | list[Child]]] = [
        [
            say.date(each.day.isoformat()) + ("" if each.is_sharp else " ?"),
            say(KINDS[each.kind]),
            to(context, "agreement", each.id, title(say, "agreement", linked[each.id])),
            several(context, "partner", linked[each.id]["partner"]),
            (each.day - as_of).days,
        ]
        for each in shown
    ]
    keys = [[each.day.isoformat(), "", "", "", ""] for each in shown]
    heads = [Column(say(head), main=i == 2, number=i == 4) for i, head in enumerate(HEADS)]
    name = say(TITLE, date=say.date(last.isoformat()))
    more = [html.P(say.count(MORE, number - MOST), className="note")] if number > MOST else []
    return [section(name, table(heads, cells, name, keys), *more, note=say(NOTE), id="due")]
