"""The register of agreements."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard import calendars
from dashboard.card import chart_card
from dashboard.figures import agreement_expiry, agreements_by_type, agreements_by_year, agreements_in_time, status_of_agreements
from dashboard.figures.words import AGREEMENTS
from dashboard.locale import mark
from dashboard.pages import Context, Page, attention, due, lists
from dashboard.parts import columns, page_title, section
from dashboard.query import registers

TITLE = mark("{agreements} in the register")
NOTE = mark("An agreement that stands in several registers is counted once")
REGISTER = mark("Register")
CALENDAR = mark("Calendar (.ics)")
CALENDAR_HINT = mark(
    "Ends, renewals and notice deadlines of this selection; subscribe to this address in Outlook, Thunderbird or on a phone"
)


def draw(context: Context, _id: str = "") -> Component:
    """Return the page."""
    say = context.say
    number = registers.size(context.db, context.selection, "agreement")
    rows = registers.register(context.db, context.selection, "agreement")
    calendar = html.A(say(CALENDAR), href=calendars.address(context.selection, say.language), className="button", title=say(CALENDAR_HINT))
    files = lists.whole(context, "agreement", rows, number)
    return html.Div([
        page_title(say(TITLE, agreements=say.count(AGREEMENTS, number)), say(NOTE), [calendar]),
        columns(chart_card(status_of_agreements.FIGURE, context, 320), chart_card(agreement_expiry.FIGURE, context, 320)),
        section(say(attention.TITLE), *attention.lists_of(context), note=attention.note(context), id="attention"),
        *due.listed(context),
        chart_card(agreements_in_time.FIGURE, context),
        columns(chart_card(agreements_by_year.FIGURE, context), chart_card(agreements_by_type.FIGURE, context)),
        section(say(REGISTER), lists.agreements(context, rows, files), note=lists.shown(say, rows, number)),
    ])  # fmt: skip


PAGE = Page("/agreements", mark("Agreements"), draw)
