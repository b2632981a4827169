"""Where: the map, and the same numbers with a tile of one size for every country."""

from __future__ import annotations

from dash.development.base_component import Component

from dashboard.card import chart_card
from dashboard.figures import agreements_on_map, countries_by_region
from dashboard.locale import mark
from dashboard.pages import Context
from dashboard.views import View, views

VIEW, MAP, REGIONS = mark("View"), mark("Map"), mark("By region")


def shown(context: Context, height: int | None = None) -> Component:
    """Return the map and the regions as two views of one card; ``height`` is that of the map."""
    say = context.say
    return views(
        "where",
        say(VIEW),
        View("map", say(MAP), chart_card(agreements_on_map.FIGURE, context, height)),
        View("regions", say(REGIONS), chart_card(countries_by_region.FIGURE, context)),
    )
