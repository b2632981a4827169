"""When: what was signed in each year (flow) and what was in force at its end (stock)."""

from __future__ import annotations

from dash.development.base_component import Component

from dashboard.card import chart_card
from dashboard.figures import agreements_by_year, agreements_in_force
from dashboard.locale import mark
from dashboard.pages import Context
from dashboard.views import View, views

VIEW, FLOW, STOCK = mark("View"), mark("Signed"), mark("In force")


def shown(context: Context, height: int | None = None) -> Component:
    """Return flow and stock as two views of one card."""
    say = context.say
    return views(
        "flow",
        say(VIEW),
        View("signed", say(FLOW), chart_card(agreements_by_year.FIGURE, context, height)),
        View("stock", say(STOCK), chart_card(agreements_in_force.FIGURE, context, height)),
    )
