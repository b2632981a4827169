"""Figures in a workbook: the words, a chart that Excel draws, the table, and what each of its columns means."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from dashboard.cells import FORMULA
from dashboard.colours import CARD, INK, LINE, MUTED
from dashboard.export.clean import clean
from dashboard.export.lines import lines
from dashboard.export.native import Native, Series, native
from dashboard.export.seal import sheet_name
from dashboard.export.view import View
from dashboard.locale import mark

COLUMN, MEANING, UNIT = mark("Column"), mark("Meaning"), mark("Unit")
CHART_DATA = mark("Data of the chart")
NO_NATIVE = mark("Office programs have no chart of this kind: it is a picture, and the table below has its numbers.")
NO_CHART = mark("Office programs have no chart of this kind: the table below has its numbers.")
_ROWS_OF_CHART, _ROW_PIXELS = 20, 20
_WIDEST, _NARROWEST, _TEXT = 46, 10, 32767
_PIXELS_OF_LETTER = 7
_LEAST_COLUMNS = 6
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "nan_inf_to_errors": False,
}


def book() -> tuple[Any, io.BytesIO]:
    """Return an empty workbook of XlsxWriter and where its bytes come once it is closed; no text in it becomes a formula or a link."""
    out = io.BytesIO()
    return xlsxwriter.Workbook(out, _OPTIONS), out


def add(workbook: Any, view: View, picture: bytes | None = None) -> str:
    """Add a sheet with ``view`` to a workbook of XlsxWriter and return its name.

    Args:
        workbook: where it is added; made by :func:`book`.
        view: the figure.
        picture: a PNG that stands where Excel has no chart of that kind.
    """
    name = sheet_name(view.passport)
    sheet = workbook.add_worksheet(name)
    looks = _Looks(workbook)
    heads, rows = [column.head for column in view.columns], list(view.table.itertuples(index=False, name=None))
    widths = _widths(heads, rows)
    for at, width in enumerate(widths):
        sheet.set_column(at, at, width)
    across = sum(widths)
    made = None if view.frame.empty else native(view.plot, view.say)
    at = _words(sheet, looks, view, widths, made, picture)
    top = at + (_ROWS_OF_CHART + 1 if made or picture else 0)
    last = len(widths) - 1
    for column, head in enumerate(heads):
        sheet.write_string(top, column, clean(head), looks.head)
    for row, cells in enumerate(rows, top + 1):
        for column, cell in enumerate(cells):
            looks.write(sheet, row, column, cell)
    if rows:
        sheet.autofilter(top, 0, top + len(rows), len(heads) - 1)
    end = _meanings(sheet, looks, view, top + len(rows) + 2, widths)
    if made:
        _chart(workbook, sheet, looks, made, view, (at, top), last + 2, across)
    elif picture:
        _picture(sheet, picture, at, across, view.finding)
    sheet.set_portrait()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.print_area(0, 0, end, last)
    sheet.set_footer("&C&P / &N")
    return name


class _Looks:
    """The formats of a workbook: Excel keeps one of each."""

    def __init__(self, workbook: Any) -> None:
        wrapped = {"text_wrap": True, "valign": "top", "font_color": INK}
        self.title = workbook.add_format(wrapped | {"bold": True, "font_size": 14})
        self.note = workbook.add_format(wrapped | {"font_color": MUTED, "font_size": 10})
        self.head = workbook.add_format(wrapped | {"bold": True, "bottom": 1, "bottom_color": LINE})
        self.text = workbook.add_format(wrapped)
        self.quoted = workbook.add_format(wrapped | {"quote_prefix": True})

    def write(self, sheet: Any, row: int, column: int, cell: Any) -> None:
        """Write a number as a number, a text as a text, whatever it looks like, and nothing for what is absent."""
        if cell is None or cell != cell:
            return
        if isinstance(cell, (int, float)) and not isinstance(cell, bool):
            sheet.write_number(row, column, cell)
            return
        text = clean(cell)[:_TEXT]
        sheet.write_string(row, column, text, self.quoted if text.lstrip(" ").startswith(FORMULA) else self.text)


def _words(sheet: Any, looks: _Looks, view: View, widths: Sequence[float], made: Native | None, picture: bytes | None) -> int:
    """Write title and notes over the whole width; return the row below them."""
    missing = "" if made or view.frame.empty else view.say(NO_NATIVE if picture else NO_CHART)
    texts = [
        (view.finding, looks.title, 14),
        *((each, looks.note, 10) for each in (*view.notes, view.source, view.passport.short, missing)),
    ]
    row = 0
    for text, look, size in texts:
        if text:
            _line(sheet, row, text, look, widths, size)
            row += 1
    return row + 1


def _line(sheet: Any, row: int, text: str, look: Any, widths: Sequence[float], size: float) -> None:
    """Write a text over as many columns as the table has, as high as it needs to be."""
    high = len(lines(text, sum(widths) * _PIXELS_OF_LETTER, size * 1.2)) or 1
    sheet.set_row(row, (size + 4.5) * high)
    sheet.merge_range(row, 0, row, len(widths) - 1, "", look)
    sheet.write_string(row, 0, clean(text)[:_TEXT], look)


def _widths(heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[float]:
    """Return the widths of the columns in letters; a narrow table gets empty ones, so that its words have room."""
    found = []
    for at, head in enumerate(heads):
        longest = max([len(head) + 3, *(len(clean(row[at])) + 2 for row in rows[:500])])
        found.append(float(min(_WIDEST, max(_NARROWEST, longest))))
    return found + [14.0] * (_LEAST_COLUMNS - len(found))


def _meanings(sheet: Any, looks: _Looks, view: View, top: int, widths: Sequence[float]) -> int:
    """Write what each column means and its unit; return the last row."""
    say, last = view.say, len(widths) - 1
    sheet.write_string(top, 0, say(COLUMN), looks.head)
    sheet.write_string(top, 1, say(UNIT), looks.head)
    sheet.merge_range(top, 2, top, last, say(MEANING), looks.head)
    rest, first = sum(widths[2:]), widths[0]
    for row, column in enumerate(view.columns, top + 1):
        sheet.write_string(row, 0, clean(column.head), looks.text)
        sheet.write_string(row, 1, column.unit, looks.text)
        sheet.merge_range(row, 2, row, last, column.meaning, looks.text)
        high = max(len(lines(column.meaning, rest * _PIXELS_OF_LETTER, 15)), len(lines(column.head, first * _PIXELS_OF_LETTER, 15)))
        sheet.set_row(row, 15 * max(1, high))
    return top + len(view.columns)


def _chart(workbook: Any, sheet: Any, looks: _Looks, made: Native, view: View, where: tuple[int, int], column: int, across: float) -> None:
    """Write the numbers of the chart beside the table, one row for each category, and the chart above it."""
    place, top = where
    sheet.write_string(top, column, view.say(CHART_DATA), looks.head)
    for at, series in enumerate(made.series, column + 1):
        sheet.write_string(top, at, series.name or clean(view.say(view.figure.question)), looks.head)
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
    chart.set_size({"width": _pixels(across), "height": _ROWS_OF_CHART * _ROW_PIXELS})
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


def _picture(sheet: Any, picture: bytes, row: int, across: float, alt: str) -> None:
    from PIL import Image

    with Image.open(io.BytesIO(picture)) as image:
        wide, high = image.size
        dots = image.info.get("dpi", (96, 96))[0]
    scale = min(_ROWS_OF_CHART * _ROW_PIXELS / (high * 96 / dots), _pixels(across) / (wide * 96 / dots))
    options = {"image_data": io.BytesIO(picture), "x_scale": scale, "y_scale": scale, "description": alt, "object_position": 2}
    sheet.insert_image(row, 0, "figure.png", options)


def _pixels(letters: float) -> int:
    return round(letters * _PIXELS_OF_LETTER + 5 * _LEAST_COLUMNS)
