"""A heat map of rows and columns in the order of their totals, with a number in each cell and, if it has any, bars at its edges."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from dashboard.colours import INK, OTHERS, SEQUENTIAL
from dashboard.figures import Plot, layouts
from dashboard.figures.cell_texts import lettered
from dashboard.plain import plain, short

REST = ""
"""The code of the row or column of all others."""
_LEAST, _LEAST_ROWS = 6, 3
"""Columns and rows that there is room for at least: a single cell must not fill the card."""
_AROUND = 130
"""Pixels of the slanted names above the cells and of the bars below them."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its number, what stands in it, the sentence of the hover, and the mark of the records that make the number."""

    number: float
    label: str
    hover: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """A bar at the edge: its length, what stands at its end, and the sentence of the hover."""

    number: float
    label: str
    hover: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows and columns as code -> name in their order, and the cells by both codes; a cell that is absent is blank, not zero."""

    rows: Mapping[str, str]
    columns: Mapping[str, str]
    cells: Mapping[tuple[str, str], Cell]
    row_edges: Sequence[Edge] = ()
    column_edges: Sequence[Edge] = ()
    look: Mapping[str, Any] = field(default_factory=lambda: {"colorscale": SEQUENTIAL, "zmin": 0})
    names: int = 30


def draw(matrix: Matrix) -> Plot:
    """Draw the first row at the top and the first column at the left; a click gives the code of the column."""
    if not matrix.cells:
        return layouts.nothing()
    grid = [[matrix.cells.get((row, column)) for column in matrix.columns] for row in matrix.rows]
    trace = {
        "type": "heatmap", "z": [[cell.number if cell else None for cell in line] for line in grid],
        "x": list(range(len(matrix.columns))), "y": list(range(len(matrix.rows))), "xgap": 2, "ygap": 2, "showscale": False,
        "hoverongaps": False, "hovertemplate": "%{customdata[1]}<extra></extra>",
        "customdata": [[[column, plain(cell.hover), cell.mark] if cell else ["", "", ""]
                        for column, cell in zip(matrix.columns, line, strict=True)] for line in grid],
    } | dict(matrix.look)  # fmt: skip
    traces = lettered(trace, [[plain(cell.label) if cell else "" for cell in line] for line in grid])
    if matrix.row_edges:
        traces += [_right(matrix), _below(matrix)]
    return {"data": traces, "layout": _layout(matrix)}


def fitting(height: int, rows: int) -> Callable[[pd.DataFrame, Plot], int]:
    """Return what tells how high a matrix must be that is ``height`` pixels high with ``rows`` rows: a row keeps its height."""
    each = (height - _AROUND) / rows

    def fits(_frame: pd.DataFrame, plot: Plot) -> int:
        drawn = len(plot["data"][0]["y"]) if plot["data"] else _LEAST_ROWS
        return round(_AROUND + each * max(drawn, _LEAST_ROWS))

    return fits


def _bars(edges: Sequence[Edge]) -> dict[str, Any]:
    return {
        "type": "bar", "text": [plain(edge.label) for edge in edges], "textposition": "outside", "cliponaxis": False,
        "textfont": {"size": 10, "color": INK}, "textangle": 0, "marker": {"color": OTHERS, "opacity": 0.55}, "width": 0.62,
        # A share is no number of records: a click on a bar chooses nothing.
        "customdata": [["", plain(edge.hover)] for edge in edges],
        "hovertemplate": "%{customdata[1]}<extra></extra>",
    }  # fmt: skip


def _right(matrix: Matrix) -> dict[str, Any]:
    bars = _bars(matrix.row_edges)
    numbers = [edge.number for edge in matrix.row_edges]
    return bars | {"orientation": "h", "x": numbers, "y": list(range(len(numbers))), "xaxis": "x2", "yaxis": "y"}


def _below(matrix: Matrix) -> dict[str, Any]:
    numbers = [edge.number for edge in matrix.column_edges]
    return _bars(matrix.column_edges) | {"x": list(range(len(numbers))), "y": numbers, "xaxis": "x", "yaxis": "y2"}


def _layout(matrix: Matrix) -> layouts.Layout:
    x = layouts.quiet_axis(
        tickmode="array", tickvals=list(range(len(matrix.columns))), ticktext=[short(each, 16) for each in matrix.columns.values()],
        side="top", tickangle=-40, range=[-0.5, max(len(matrix.columns), _LEAST) - 0.5],
    )  # fmt: skip
    y = layouts.quiet_axis(
        tickmode="array", tickvals=list(range(len(matrix.rows))), ticktext=[short(each, matrix.names) for each in matrix.rows.values()],
        range=[max(len(matrix.rows), _LEAST_ROWS) - 0.5, -0.5],
    )  # fmt: skip
    margin = {"l": 8, "r": 8, "t": 8, "b": 4, "pad": 4}
    if not matrix.row_edges:
        return layouts.layout(xaxis=x, yaxis=y, margin=margin)
    hidden = {"visible": False, "fixedrange": True, "zeroline": False}
    # The bars stand beside the last column and below the last row, however few there are.
    right = 0.88 * min(1.0, len(matrix.columns) / _LEAST)
    top = 1 - 0.86 * min(1.0, len(matrix.rows) / _LEAST_ROWS)
    x, y = x | {"range": [-0.5, len(matrix.columns) - 0.5]}, y | {"range": [len(matrix.rows) - 0.5, -0.5]}
    most = max(*(edge.number for edge in matrix.row_edges), *(edge.number for edge in matrix.column_edges), 1e-9)
    return layouts.layout(
        xaxis=x | {"domain": [0, right], "anchor": "y"}, yaxis=y | {"domain": [top, 1], "anchor": "x"}, bargap=0.3,
        xaxis2=hidden | {"domain": [right + 0.005, right + 0.12], "anchor": "y", "range": [0, most * 1.5]},
        yaxis2=hidden | {"domain": [top - 0.14, top - 0.015], "anchor": "x", "range": [most * 1.45, 0]}, margin=margin,
    )  # fmt: skip
