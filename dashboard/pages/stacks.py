"""Blocks that stand below each other, and plain lists."""

from __future__ import annotations

from collections.abc import Iterable

from dash import html
from dash.development.base_component import Component

from dashboard.parts import Child


def stacked(*children: Child) -> Component:
    """Return ``children`` below each other, with the same space between them as between cards."""
    return html.Div(list(children), style={"display": "grid", "gap": "16px", "alignContent": "start"})


def bullets(items: Iterable[Child | list[Child]]) -> Component:
    """Return ``items`` as a list with bullets inside the card."""
    return html.Ul([html.Li(item) for item in items], style={"paddingLeft": "20px"})
