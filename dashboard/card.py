"""The chart card: finding, chart, table twin and menu of one figure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.colours import CARD, CATEGORIES, INK, LINE, MUTED, NIGHT, SEQUENTIAL
from dashboard.figures import Figure, Plot
from dashboard.filters import Selection
from dashboard.locale import Say, mark
from dashboard.pages import Context
from dashboard.parts import empty, link
from dashboard.query.chosen import TOTAL
from dashboard.twin import card_menu, twin
from dashboard.world import TOPOJSON_URL

NOTHING = mark("Nothing to show: no record fits all the filters.")
NO_DATA = mark("Nothing to show yet: there is no such data.")
WITHOUT: dict[str, str] = {
    "country": mark("Without the filter of countries"),
    "field": mark("Without the filter of fields"),
    "type": mark("Without the filter of agreement types"),
    "status": mark("Without the filter of statuses"),
    "partner": mark("Without the filter of partners"),
    "outcome": mark("Without the filter of outcome types"),
    "years": mark("For all years"),
}
LEAVES = mark("{action}: leaves {n}")
WITHOUT_ALL = mark("Reset all filters")

CHART = "chart"
"""``type`` of the pattern ids of all charts; see :func:`chart_id`."""
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Sans CJK SC', sans-serif"


def chart_id(figure: Figure) -> dict[str, str]:
    """Return the id of the figure's chart; ``adds`` tells the click script which part of the address a mark adds to."""
    return {"type": CHART, "id": figure.id, "adds": figure.click}


def chart_card(figure: Figure, context: Context, height: int | None = None) -> Component:
    """Return the card of ``figure`` for the selection of ``context``; the figure is asked once.

    It is drawn in the colours of the light theme; :func:`painted` exchanges them in the finished page.
    """
    say, selection = context.say, context.selection
    frame = figure.ask(context.db, selection)
    finding = figure.finding(frame, say, selection)
    if frame.empty:
        # The same three parts as below: the page keeps its other charts when this one comes or goes.
        head = html.Div([html.Div([html.H2(finding)])], className="card-head")
        parts = [head, html.Div(_nothing(figure, context), className="chart"), None]
        return html.Section(parts, className="card chart-card", id=f"figure-{figure.id}", **{"data-query": selection.to_query()})
    plot = plotted(figure, frame, say, selection)
    tall = figure.tall(frame, plot, height)
    graph = dcc.Graph(
        id=chart_id(figure), figure=plot, config=config(say), responsive=True, style={"height": f"{tall}px"}, clear_on_unhover=True
    )
    head = html.Div(
        [html.Div([html.H2(finding), html.P(figure.subtitle(frame, say, selection), className="note")]), card_menu(figure, context, plot)],
        className="card-head",
    )
    chart = html.Div(
        graph, role="img", className="chart clickable" if figure.click or figure.counts else "chart", **{"aria-label": finding}
    )
    return html.Section(
        [head, chart, twin(figure, context)],
        className="card chart-card",
        id=f"figure-{figure.id}",
        **{"data-query": selection.to_query()},
    )


def plotted(figure: Figure, frame: pd.DataFrame, say: Say, selection: Selection) -> Plot:
    """Return ``figure`` drawn from ``frame``, with the separators of numbers of the language."""
    plot = dict(figure.draw(frame, say, selection))
    plot["layout"] = {"separators": ",\u202f" if say.language == "ru" else ".,"} | plot.get("layout", {})
    return plot


def config(say: Say) -> dict[str, Any]:
    """Return the configuration of every chart: no tool bar, no logo, nothing sent anywhere, the map from here."""
    return {
        "displayModeBar": False, "displaylogo": False, "showSendToCloud": False, "responsive": True, "scrollZoom": False,
        "topojsonURL": TOPOJSON_URL, "locale": say.language, "showTips": False,
    }  # fmt: skip


def _nothing(figure: Figure, context: Context) -> Component:
    """Return the empty state: which filter empties the figure, as links that remove it."""
    say, selection = context.say, context.selection
    parts = selection.parts()
    if not parts:
        return empty(say(NO_DATA))
    left = {part: figure.ask(context.db, selection.without(part)) for part in parts}
    actions = [
        link(_leaves(say, say(WITHOUT[part]), frame), context.here(selection.without(part)), "button")
        for part, frame in left.items()
        if not frame.empty
    ]
    everything = context.here(Selection(counting=selection.counting))
    return empty(say(NOTHING), *actions, link(say(WITHOUT_ALL), everything, "button"))


def _leaves(say: Say, action: str, frame: pd.DataFrame) -> str:
    """Say what would remain, where the figure knows how many records it stands on."""
    return say(LEAVES, action=action, n=say.number(int(frame[TOTAL].iloc[0]))) if TOTAL in frame else action


def themed(plot: Plot, dark: bool = False) -> Plot:
    """Return ``plot`` with the house's template, in the colours of the light or the dark theme."""
    whole = plot | {"layout": {"template": TEMPLATE} | plot.get("layout", {})}
    if not dark:
        return whole
    night: Plot = _exchanged(whole)
    return night


def painted(component: Component, dark: bool) -> Component:
    """Give every chart below ``component`` the template and the colours of the theme, in place."""
    for each in _graphs(component):
        if isinstance(getattr(each, "figure", None), dict):
            each.figure = themed(each.figure, dark)
    return component


def _graphs(component: Component) -> Iterator[dcc.Graph]:
    """Yield the charts in ``component``; Dash's own way through a tree spells out the path to each of a thousand components."""
    waiting: list[Any] = [component]
    while waiting:
        value = waiting.pop()
        if type(value) is dcc.Graph:
            yield value
        elif isinstance(value, (list, tuple)):
            waiting += value
        elif not isinstance(value, str) and (children := getattr(value, "children", None)) is not None:
            waiting.append(children)


_AXIS: dict[str, Any] = {
    "gridcolor": LINE, "linecolor": LINE, "zerolinecolor": LINE, "tickcolor": LINE, "tickfont": {"color": MUTED, "size": 12},
    "title": {"font": {"color": MUTED, "size": 12}}, "automargin": True,
}  # fmt: skip
_RAMP = {"colorscale": SEQUENTIAL}
#: One type scale, no background, our colours: what a figure does not say itself.
TEMPLATE: dict[str, Any] = {
    "layout": {
        "font": {"family": FONT, "size": 12, "color": INK},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "colorway": list(CATEGORIES),
        "colorscale": {"sequential": SEQUENTIAL, "sequentialminus": SEQUENTIAL},
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8, "pad": 4},
        "hoverlabel": {"bgcolor": CARD, "bordercolor": LINE, "font": {"family": FONT, "size": 12, "color": INK}, "align": "left"},
        "legend": {"font": {"color": INK, "size": 12}},
        "xaxis": _AXIS,
        "yaxis": _AXIS,
        "coloraxis": _RAMP,
    },
    "data": {"heatmap": [_RAMP], "choropleth": [_RAMP]},
}
_DATA = frozenset({"x", "y", "z", "lat", "lon", "customdata", "values"})


def _exchanged(value: Any) -> Any:
    """Return ``value`` with every colour of the light theme exchanged for that of the dark one; data is left alone."""
    if isinstance(value, dict):
        # White text stands on a mark, and marks keep their hues.
        kept = _DATA | {"textfont"} if value.get("textfont", {}).get("color") == CARD else _DATA
        return {key: each if key in kept else _exchanged(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_exchanged(each) for each in value]
    return NIGHT.get(value, value) if isinstance(value, str) else value
