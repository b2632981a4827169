"""What stands beside a chart: its menu, and its table twin, in which every mark of the chart can be reached with the keyboard."""

from __future__ import annotations

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from dashboard.elements import element
from dashboard.export.browser import NO_BROWSER, ready
from dashboard.export.native import native
from dashboard.figures import Figure, Plot
from dashboard.locale import Say, mark
from dashboard.pages import Context
from dashboard.traced import address
from dashboard.twin_table import AS_CSV, AS_XLSX, file, place

MENU, TABLE = mark("Menu of the chart"), mark("Table")
#: What the menu offers -> the suffix of the file, and more of its address.
FILES: tuple[tuple[str, str, str], ...] = (
    (mark("Image (PNG)"), "png", "&size=screen"),
    (mark("Image for print (PNG, 300 dpi)"), "png", ""),
    (mark("Drawing (SVG)"), "svg", ""),
    (mark("Page (PDF)"), "pdf", ""),
    (mark("Slide (PPTX)"), "pptx", ""),
    (AS_XLSX, "xlsx", ""),
    (AS_CSV, "csv", ""),
    (mark("Data (JSON)"), "json", ""),
)
COPY, DEFINITION, RECORDS = mark("Copy link"), mark("What is counted"), mark("Show the records")


def card_menu(figure: Figure, context: Context, plot: Plot) -> Component:
    """Return the button that opens the menu of a chart: what it counts, its records, its link, and the files that it can become.

    Where nothing can draw, the files that need it are grey, and a line says why.
    """
    say = context.say
    items: list[Component] = []
    if figure.definition:
        items.append(element(dmc.MenuItem, say(DEFINITION), href=f"{context.link('/definitions')}#{figure.definition}"))
    if figure.counts:
        items.append(element(dmc.MenuItem, say(RECORDS), href=address(context.selection, figure.id)))
    items.append(element(dmc.MenuItem, say(COPY), **{"data-act": "copy", "data-figure": figure.id}))
    grey = frozenset() if ready() else _drawn(plot, say)
    items += [
        element(dmc.MenuItem, say(text), disabled=True)
        if suffix in grey
        else element(dmc.MenuItem, say(text), href=file(figure, context.selection, say.language, suffix) + more, target="_blank")
        for text, suffix, more in FILES
    ]
    items += [dmc.MenuLabel(say(NO_BROWSER), className="menu-why")] if grey else []
    button = html.Button("⋯", type="button", className="icon-button", **{"aria-label": say(MENU)})
    return dmc.Menu(
        [dmc.MenuTarget(button, boxWrapperProps={"className": "menu-target"}), dmc.MenuDropdown(items)],
        position="bottom-end",
        shadow="none",
        transitionProps={"duration": 0},
    )


def _drawn(plot: Plot, say: Say) -> frozenset[str]:
    """Return the kinds of files that this figure cannot become without a browser."""
    return frozenset({"png", "svg", "pdf"} if native(plot, say) else {"png", "svg", "pdf", "pptx"})


def twin(figure: Figure, context: Context) -> Component:
    """Return the place of the figure's table, folded: assets/twins.js asks for it (:mod:`dashboard.twin_table`) when it is opened.

    Hardly anybody opens one, and to make those of a page costs the server as much as to draw its charts.
    """
    asked = place(figure, context.selection, context.say.language, context.snapshot_id)
    return html.Details([html.Summary(context.say(TABLE)), html.Div(className="twin-body", **{"data-table": asked})], className="twin")
