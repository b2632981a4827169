"""What stands at the address of a record that does not exist."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.locale import mark
from dashboard.pages import Context
from dashboard.pages.names import FOLDERS
from dashboard.parts import empty, link, page_title

TITLE = mark("There is no such record here")
WHY = mark("Nothing is known under “{id}”. It may have been merged with another record or renamed in the sources since the link was made.")
BACK: dict[str, str] = {
    "agreement": mark("All agreements"),
    "outcome": mark("All outcomes"),
    "news": mark("All news"),
    "partner": mark("All partners"),
    "country": mark("All countries"),
    "field": mark("All fields"),
}


def absent(context: Context, kind: str, id_: str) -> Component:
    """Return a page that says so and leads back to the list."""
    say = context.say
    back = link(say(BACK[kind]), context.link(FOLDERS[kind]), "button")
    return html.Div([page_title(say(TITLE)), empty(say(WHY, id=id_[:80]), back)])
