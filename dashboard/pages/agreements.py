"""The register of agreements."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.card import chart_card
from dashboard.figures import agreement_expiry, agreements_by_type, agreements_by_year, status_of_agreements
from dashboard.figures.words import AGREEMENTS
from dashboard.locale import mark
from dashboard.pages import Context, Page, attention, lists
from dashboard.parts import columns, page_title, section
from dashboard.query import registers

TITLE = mark("{agreements} in the register")
NOTE = mark("An agreement that stands in several registers is counted once")
REGISTER = mark("Register")


def draw(context: Context, _id: str = "") -> Component:
    """Return the page."""
    say = context.say
    number = registers.size(context.db, context.selection, "agreement")
    rows = registers.register(context.db, context.selection, "agreement")
    due, unknown = attention.due(context)
    return html.Div([
        page_title(say(TITLE, agreements=say.count(AGREEMENTS, number)), say(NOTE)),
        columns(chart_card(status_of_agreements.FIGURE, context, 320), chart_card(agreement_expiry.FIGURE, context, 320)),
        section(say(attention.TITLE), attention.listed(context, due, unknown), note=attention.note(context), id="attention"),
        columns(chart_card(agreements_by_year.FIGURE, context), chart_card(agreements_by_type.FIGURE, context)),
        section(say(REGISTER), lists.agreements(context, rows), note=lists.shown(say, rows, number)),
    ])  # fmt: skip


PAGE = Page("/agreements", mark("Agreements"), draw)
