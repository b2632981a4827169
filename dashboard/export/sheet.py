"""Figures in a workbook: the words, a chart that Excel draws, the table, and what each of its columns means."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from dashboard.export import sheet_chart
from dashboard.export.cautious import OPTIONS
from dashboard.export.clean import clean
from dashboard.export.lines import lines
from dashboard.export.looks import Looks
from dashboard.export.native import Native, native
from dashboard.export.seal import sheet_name
from dashboard.export.view import View
from dashboard.locale import mark

COLUMN, MEANING, UNIT = mark("Column"), mark("Meaning"), mark("Unit")
NO_NATIVE = mark("Office programs have no chart of this kind: it is a picture, and the table below has its numbers.")
NO_CHART = mark("Office programs have no chart of this kind: the table below has its numbers.")
_ROWS_OF_CHART, _ROW_PIXELS = 20, 20
_WIDEST, _NARROWEST = 46, 10
_PIXELS_OF_LETTER, _SIZE = 7, 13
"""Pixels of a letter, of which the width of a column is counted, and the size that makes a letter as wide."""
_LEAST_COLUMNS = 6


def book() -> tuple[Any, io.BytesIO]:
    """Return an empty workbook of XlsxWriter and where its bytes come once it is closed; no text in it becomes a formula or a link."""
    out = io.BytesIO()
    return xlsxwriter.Workbook(out, OPTIONS), out


def add(workbook: Any, view: View, picture: bytes | None = None) -> str:
    """Add a sheet with ``view`` to a workbook of XlsxWriter and return its name.

    Args:
        workbook: where it is added; made by :func:`book`.
        view: the figure.
        picture: a PNG that stands where Excel has no chart of that kind.
    """
    name = sheet_name(view.passport)
    sheet = workbook.add_worksheet(name)
    looks = Looks(workbook)
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
        looks.write(sheet, top, column, head, "head")
    for row, cells in enumerate(rows, top + 1):
        # Not every program works out how high a row must be for its texts.
        high = max(
            (len(lines(clean(cell), width * _PIXELS_OF_LETTER, _SIZE)) for cell, width in zip(cells, widths, strict=False)), default=1
        )
        if high > 1:
            sheet.set_row(row, 15 * high)
        for column, cell in enumerate(cells):
            looks.write(sheet, row, column, cell)
    if rows:
        sheet.autofilter(top, 0, top + len(rows), len(heads) - 1)
    end = _meanings(sheet, looks, view, top + len(rows) + 2, widths)
    if made:
        size = _pixels(across), _ROWS_OF_CHART * _ROW_PIXELS
        sheet_chart.put(workbook, sheet, looks, made, view, (at, top), last + 2, size)
    elif picture:
        _picture(sheet, picture, at, across, view.finding)
    sheet.set_portrait()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.print_area(0, 0, end, last)
    sheet.set_footer("&C&P / &N")
    return name


def _words(sheet: Any, looks: Looks, view: View, widths: Sequence[float], made: Native | None, picture: bytes | None) -> int:
    """Write title and notes over the whole width; return the row below them."""
    missing = "" if made or view.frame.empty else view.say(NO_NATIVE if picture else NO_CHART)
    texts = [
        (view.finding, "title", 14),
        *((each, "note", 10) for each in (*view.notes, view.source, view.passport.short, missing)),
    ]
    row = 0
    for text, look, size in texts:
        if text:
            _line(sheet, looks, row, text, look, widths, size)
            row += 1
    return row + 1


def _line(sheet: Any, looks: Looks, row: int, text: str, look: str, widths: Sequence[float], size: float) -> None:
    """Write a text over as many columns as the table has, as high as it needs to be."""
    high = len(lines(text, sum(widths) * _PIXELS_OF_LETTER, size * 1.2)) or 1
    sheet.set_row(row, (size + 4.5) * high)
    looks.merged(sheet, row, (0, len(widths) - 1), text, look)


def _widths(heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[float]:
    """Return the widths of the columns in letters; a narrow table gets empty ones, so that its words have room."""
    found = []
    for at, head in enumerate(heads):
        longest = max([len(head) + 3, *(len(clean(row[at])) + 2 for row in rows[:500])])
        found.append(float(min(_WIDEST, max(_NARROWEST, longest))))
    return found + [14.0] * (_LEAST_COLUMNS - len(found))


def _meanings(sheet: Any, looks: Looks, view: View, top: int, widths: Sequence[float]) -> int:
    """Write what each column means and its unit; return the last row."""
    say, last = view.say, len(widths) - 1
    looks.write(sheet, top, 0, say(COLUMN), "head")
    looks.write(sheet, top, 1, say(UNIT), "head")
    looks.merged(sheet, top, (2, last), say(MEANING), "head")
    rest, first = sum(widths[2:]), widths[0]
    for row, column in enumerate(view.columns, top + 1):
        looks.write(sheet, row, 0, column.head)
        looks.write(sheet, row, 1, column.unit)
        looks.merged(sheet, row, (2, last), column.meaning, "text")
        high = max(len(lines(column.meaning, rest * _PIXELS_OF_LETTER, 15)), len(lines(column.head, first * _PIXELS_OF_LETTER, 15)))
        sheet.set_row(row, 15 * max(1, high))
    return top + len(view.columns)


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
