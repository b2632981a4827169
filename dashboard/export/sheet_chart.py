"""The chart of a sheet, drawn by Excel from numbers that stand beside the table."""

from __future__ import annotations

from typing import Any

from dashboard.colours import CARD, INK, LINE, MUTED
from dashboard.export.looks import Looks
from dashboard.export.native import Native, Series
from dashboard.export.view import View
from dashboard.locale import mark

CHART_DATA = mark("Data of the chart")


def put(
    workbook: Any, sheet: Any, looks: Looks, made: Native, view: View, where: tuple[int, int], column: int, size: tuple[int, int]
) -> None:
    """Write the numbers of the chart from ``column`` on, one row for each category, and the chart above the table.

    ``where`` are the rows of the chart and of the table's head, ``size`` is that of the chart in pixels.
    """
    place, top = where
    looks.write(sheet, top, column, view.say(CHART_DATA), "head")
    for at, series in enumerate(made.series, column + 1):
        looks.write(sheet, top, at, series.name or view.say(view.figure.question), "head")
        for row, value in enumerate(series.values, top + 1):
            looks.write(sheet, row, at, value)
    for row, category in enumerate(made.categories, top + 1):
        looks.write(sheet, row, column, category)
    kind = {"type": made.kind} | ({"subtype": "stacked"} if made.is_stacked else {})
    chart = workbook.add_chart(kind)
    last, name = top + len(made.categories), sheet.get_name()
    for at, series in enumerate(made.series, column + 1):
        chart.add_series(
            {"name": [name, top, at], "categories": [name, top + 1, column, last, column], "values": [name, top + 1, at, last, at]}
            | _look(series, made)
        )
    _axes(chart, made)
    chart.set_size({"width": size[0], "height": size[1]})
    sheet.insert_chart(place, 0, chart, {"description": view.finding, "object_position": 2})


def _look(series: Series, made: Native) -> dict[str, Any]:
    if made.kind == "line":
        line = {"color": series.colour, "width": 2} | ({"dash_type": "round_dot"} if series.is_dotted else {})
        return {"line": line, "marker": {"type": "circle", "size": 5, "fill": {"color": series.colour}, "border": {"color": series.colour}}}
    points: list[Any] = [{"fill": {"color": each}} if each != series.colour else None for each in series.colours]
    points = points or [None] * len(series.values)
    for at in series.hatched:
        points[at] = {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": series.colour, "bg_color": CARD}}
    look: dict[str, Any] = {
        "fill": {"color": series.colour},
        "border": {"color": CARD},
        "gap": made.gap,
        "overlap": 100 if made.is_stacked else 0,
    }
    if any(points):
        look["points"] = points
    if series.labels:
        custom = [{"value": text} if text else {"delete": True} for text in series.labels]
        place = {} if made.is_stacked else {"position": "outside_end"}
        look["data_labels"] = {"value": True, "custom": custom, "font": {"color": CARD if made.is_stacked else INK}} | place
    return look


def _axes(chart: Any, made: Native) -> None:
    has_labels = any(each.labels for each in made.series)
    font = {"num_font": {"color": MUTED}}
    along = font | {"line": {"color": LINE}, "major_gridlines": {"visible": False}, "label_position": "low", "reverse": made.kind == "bar"}
    grid = {"visible": not has_labels, "line": {"color": LINE}}
    amounts = font | {"min": 0, "visible": not has_labels, "line": {"none": True}, "major_gridlines": grid}
    is_flat = made.kind == "bar"  # x is the axis that lies
    chart.set_x_axis(amounts if is_flat else along)
    chart.set_y_axis(along if is_flat else amounts)
    chart.set_title({"none": True})
    chart.set_legend({"position": "top"} if made.has_legend else {"none": True})
