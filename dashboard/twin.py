"""What stands beside a chart: its menu, and its table twin, in which every mark of the chart can be reached with the keyboard."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import dash_mantine_components as dmc
import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboard.figures import Figure
from dashboard.locale import Say, mark
from dashboard.marks import code_of, mark_of
from dashboard.pages import Context
from dashboard.parts import link
from dashboard.query.chosen import COUNT, rows_of
from dashboard.tables import Cell, Column, table
from dashboard.traced import address

MENU, TABLE = mark("Menu of the chart"), mark("Table")
AS_PNG, AS_SVG, AS_CSV, AS_XLSX = mark("Image (PNG)"), mark("Drawing (SVG)"), mark("Data (CSV)"), mark("Data (XLSX)")
COPY, DEFINITION, RECORDS = mark("Copy link"), mark("What is counted"), mark("Show the records")
MORE_ROWS = mark("The first {shown} of {all} rows; the CSV file has all of them.")
BEHIND = mark("Show the records behind this number")
_MOST_ROWS = 60


def card_menu(figure: Figure, context: Context) -> Component:
    """Return the button that opens the menu of a chart: what it counts, its records, its data, its link, its picture."""
    say = context.say
    query = context.selection.to_query().removeprefix("?")
    file = f"/export/{figure.id}.{{}}?{query}{'&' if query else ''}lang={say.language}"
    items: list[Component] = []
    if figure.definition:
        items.append(dmc.MenuItem(say(DEFINITION), href=f"{context.link('/definitions')}#{figure.definition}"))
    if figure.counts:
        items.append(dmc.MenuItem(say(RECORDS), href=address(context.selection, figure.id)))
    items += [dmc.MenuItem(say(text), href=file.format(suffix), target="_blank") for text, suffix in ((AS_CSV, "csv"), (AS_XLSX, "xlsx"))]
    acts = ((COPY, "copy"), (AS_PNG, "png"), (AS_SVG, "svg"))
    items += [dmc.MenuItem(say(text), **{"data-act": act, "data-figure": figure.id}) for text, act in acts]
    button = html.Button("⋯", type="button", className="icon-button", **{"aria-label": say(MENU)})
    return dmc.Menu(
        [dmc.MenuTarget(button, boxWrapperProps={"className": "menu-target"}), dmc.MenuDropdown(items)],
        position="bottom-end",
        shadow="none",
        transitionProps={"duration": 0},
    )


def twin(figure: Figure, frame: pd.DataFrame, context: Context) -> Component:
    """Return the table of the figure; what names a row opens the menu of its mark, its number leads to the records."""
    say, whole = context.say, figure.table(frame, context.say)
    shown = whole.head(_MOST_ROWS)
    numbers = [pd.api.types.is_numeric_dtype(shown.dtypes.iloc[i]) for i in range(shown.shape[1])]
    heads = [Column(str(name), number=number) for name, number in zip(shown.columns, numbers, strict=True)]
    rows = rows_of(frame.head(_MOST_ROWS)) if len(frame) == len(whole) else []
    lines = [
        _line(figure, context, values, rows[at] if rows else {}, numbers)
        for at, values in enumerate(shown.itertuples(index=False, name=None))
    ]
    keys = [[value if _is_number(value) else "" for value in values] for values in shown.itertuples(index=False, name=None)]
    more = [html.P(say(MORE_ROWS, shown=len(lines), all=say.number(len(whole))), className="note")] if len(whole) > len(lines) else []
    return html.Details([html.Summary(say(TABLE)), table(heads, lines, say(figure.question), keys), *more], className="twin")


def _line(figure: Figure, context: Context, values: tuple[Any, ...], row: Mapping[str, Any], numbers: list[bool]) -> list[Cell]:
    say = context.say
    cells: list[Cell] = [_said(value, say) for value in values]
    mark_ = mark_of(row) if figure.counts and row else ""
    if not mark_:
        return cells
    if not numbers[0]:
        own = {"data-mark": mark_, "data-code": _code(figure, row), "data-figure": figure.id, "aria-haspopup": "menu"}
        cells[0] = html.Button(cells[0], type="button", className="mark-button", **own)
    if row.get(COUNT) and True in numbers:
        at = numbers.index(True)
        cells[at] = html.Span(link(str(cells[at]), address(context.selection, figure.id, mark_)), title=say(BEHIND))
    return cells


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
