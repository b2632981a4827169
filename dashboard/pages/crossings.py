"""In what, with whom: fields by country, areas by country, and how far each pair is from what is expected."""

from __future__ import annotations

from dash.development.base_component import Component

from dashboard.card import chart_card
from dashboard.figures import area_by_country, field_by_country, specialisation
from dashboard.locale import mark
from dashboard.pages import Context
from dashboard.views import View, views

VIEW, FIELDS, AREAS, INDEX = mark("View"), mark("Fields"), mark("Areas"), mark("Index")


def shown(context: Context) -> Component:
    """Return the three matrices as views of one card; on a phone the areas come first."""
    say = context.say
    return views(
        "matrix",
        say(VIEW),
        View("fields", say(FIELDS), chart_card(field_by_country.FIGURE, context)),
        View("areas", say(AREAS), chart_card(area_by_country.FIGURE, context), for_phones=True),
        View("index", say(INDEX), chart_card(specialisation.FIGURE, context)),
    )
