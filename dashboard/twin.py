"""What stands beside a chart: its menu, and its table twin, in which every mark of the chart can be reached with the keyboard."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import dash_mantine_components as dmc
import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboard.export.browser import NO_BROWSER, ready
from dashboard.export.native import native
from dashboard.figures import Figure, Plot
from dashboard.locale import Say, mark
from dashboard.marks import code_of, mark_of
from dashboard.pages import Context
from dashboard.query.chosen import COUNT, LINES, rows_of
from dashboard.traced import address
from dashboard.written import written

MENU, TABLE = mark("Menu of the chart"), mark("Table")
AS_CSV, AS_XLSX = mark("Data (CSV)"), mark("Data (XLSX)")
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
MORE_ROWS = mark("The first {shown} of {all} rows; the CSV file has all of them.")
BEHIND = mark("Show the records behind this number")
_MOST_ROWS = 60


def card_menu(figure: Figure, context: Context, plot: Plot) -> Component:
    """Return the button that opens the menu of a chart: what it counts, its records, its link, and the files that it can become.

    Where nothing can draw, the files that need it are grey, and a line says why.
    """
    say = context.say
    items: list[Component] = []
    if figure.definition:
        items.append(dmc.MenuItem(say(DEFINITION), href=f"{context.link('/definitions')}#{figure.definition}"))
    if figure.counts:
        items.append(dmc.MenuItem(say(RECORDS), href=address(context.selection, figure.id)))
    items.append(dmc.MenuItem(say(COPY), **{"data-act": "copy", "data-figure": figure.id}))
    grey = frozenset() if ready() else _drawn(plot, say)
    items += [
        dmc.MenuItem(say(text), disabled=True)
        if suffix in grey
        else dmc.MenuItem(say(text), href=_file(figure, context, suffix) + more, target="_blank")
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


def twin(figure: Figure, frame: pd.DataFrame, context: Context) -> Component:
    """Return the table of the figure, folded: assets/twins.js builds it when the reader opens it.

    What names a row opens the menu of its mark, its number leads to the records. As components, the tables that hardly anybody opens would
    cost more than the charts: the renderer of Dash took 15 s for those of the overview on a busy machine (4.4.1).
    """
    say, part = context.say, frame.head(_MOST_ROWS)
    whole = figure.table(part if figure.by_row else frame, say)
    shown = whole.head(_MOST_ROWS)
    rows = rows_of(part) if figure.by_row or len(frame) == len(whole) else []
    every = int(frame[LINES].iloc[0]) if LINES in frame and len(frame) else len(frame) if figure.by_row else len(whole)
    lines = list(shown.itertuples(index=False, name=None))
    data = {
        "figure": figure.id,
        "caption": say(figure.question),
        "heads": [str(name) for name in shown.columns],
        "numbers": [bool(pd.api.types.is_numeric_dtype(shown.dtypes.iloc[i])) for i in range(shown.shape[1])],
        "rows": [[_said(value, say) for value in values] for values in lines],
        "keys": [[value if _is_number(value) else "" for value in values] for values in lines],
        "marks": [_mark(figure, context, row) for row in rows],
        "behind": say(BEHIND),
        "more": say(MORE_ROWS, shown=len(lines), all=say.number(every)) if every > len(lines) else "",
        "files": [[say(text), _file(figure, context, suffix)] for text, suffix in ((AS_CSV, "csv"), (AS_XLSX, "xlsx"))],
    }
    body = html.Div(className="twin-body", **{"data-table": written(data).decode()})
    return html.Details([html.Summary(say(TABLE)), body], className="twin")


def _mark(figure: Figure, context: Context, row: Mapping[str, Any]) -> list[str]:
    """Return the mark of a row, the code that a click on it adds, and the address of its records where there are any."""
    mark_ = mark_of(row) if figure.counts else ""
    return [mark_, _code(figure, row), address(context.selection, figure.id, mark_) if row.get(COUNT) else ""] if mark_ else []


def _file(figure: Figure, context: Context, suffix: str) -> str:
    query = context.selection.to_query().removeprefix("?")
    return f"/export/{figure.id}.{suffix}?{query}{'&' if query else ''}lang={context.say.language}"


def _code(figure: Figure, row: Mapping[str, Any]) -> str:
    """Return the code that a click on the row's mark adds to the selection."""
    column = "year" if figure.click == "since" else figure.click if figure.click in row else "code"
    return code_of(row.get(column)) if figure.click else ""


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and value == value


def _said(value: Any, say: Say) -> str:
    if value is None or value is pd.NA or value != value:
        return ""
    if isinstance(value, float):
        return say.number(round(value, 2))
    # Whole numbers stand as they are: 2019 is mostly a year, and thousands are rare in these tables.
    return say.number(value) if isinstance(value, int) and abs(value) >= 10_000 else str(value)
