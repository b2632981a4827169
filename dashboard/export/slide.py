"""Figures on slides: a chart that PowerPoint draws and lets edit where it has the kind, a picture where it has not."""

from __future__ import annotations

import io
from typing import Any

import pandas as pd
import xlsxwriter
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.enum.dml import MSO_LINE, MSO_PATTERN
from pptx.oxml.xmlchemy import OxmlElement
from pptx.util import Emu, Pt

from dashboard.colours import CARD, INK, LINE, MUTED
from dashboard.export.cautious import OPTIONS
from dashboard.export.native import Native, Series, native
from dashboard.figures import Figure, Plot
from dashboard.locale import Say

Box = tuple[int, int, int, int]
"""Left, top, width and height in EMU."""
_KINDS = {
    ("column", False): XL_CHART_TYPE.COLUMN_CLUSTERED,
    ("column", True): XL_CHART_TYPE.COLUMN_STACKED,
    ("bar", False): XL_CHART_TYPE.BAR_CLUSTERED,
    ("bar", True): XL_CHART_TYPE.BAR_STACKED,
    ("line", False): XL_CHART_TYPE.LINE_MARKERS,
}
FONTS = {"en": "Calibri", "ru": "Calibri", "zh": "Microsoft YaHei"}
_SIZE = Pt(11)
_FEW = 5
"""Up to so many the axis has a line for each: PowerPoint would print 0, 1, 1, 2."""


def add_chart(slide: Any, figure: Figure, frame: pd.DataFrame, plot: Plot, box: Box, say: Say, *, name: str = "", alt: str = "") -> bool:
    """Put ``figure`` on a slide of python-pptx as a native chart; return False, and put nothing, where PowerPoint has no such chart.

    Args:
        slide: where it is put.
        figure: the question.
        frame: the answer; an empty one has no chart.
        plot: the figure as plotly draws it.
        box: left, top, width and height in EMU.
        say: the language of its texts.
        name: the name of the shape: :attr:`dashboard.export.passport.Passport.name`, so that its passport finds it.
        alt: what a screen reader says; the finding.
    """
    made = None if frame.empty else native(plot, say)
    if made is None:
        return False
    data = CategoryChartData(number_format="General")
    data.categories = list(made.categories)
    for each in made.series:
        data.add_series(each.name or say(figure.question), list(each.values))
    shape = slide.shapes.add_chart(_KINDS[made.kind, made.is_stacked], *(Emu(each) for each in box), data)
    shape.name = name or figure.id
    shape._element.nvGraphicFramePr.cNvPr.set("descr", alt or say(figure.question))
    shape.chart.part.chart_workbook.update_from_xlsx_blob(_numbers(made, say(figure.question)))
    _style(shape.chart, made, say.language)
    return True


def _numbers(made: Native, question: str) -> bytes:
    """Return the workbook behind the chart, laid out as python-pptx does it; its own takes a text that begins with = for a formula."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    sheet = book.add_worksheet("Sheet1")
    for row, category in enumerate(made.categories, 1):
        sheet.write_string(row, 0, category)
    for column, series in enumerate(made.series, 1):
        sheet.write_string(0, column, series.name or question)
        for row, value in enumerate(series.values, 1):
            if value is not None:
                sheet.write_number(row, column, value)
    book.close()
    return out.getvalue()


def _style(chart: Any, made: Native, language: str) -> None:
    chart.has_title = False
    chart.font.size, chart.font.color.rgb = _SIZE, _rgb(INK)
    set_font(chart.font, language)
    chart.has_legend = made.has_legend
    if made.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    along, amounts = chart.category_axis, chart.value_axis
    along.format.line.color.rgb = _rgb(LINE)
    along.has_major_gridlines = False
    along.tick_labels.font.color.rgb = _rgb(MUTED)
    along.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    along.reverse_order = made.kind == "bar"
    has_labels = any(each.labels for each in made.series)
    amounts.visible = not has_labels
    amounts.has_major_gridlines = not has_labels
    amounts.minimum_scale = 0
    if not has_labels:
        amounts.major_gridlines.format.line.color.rgb = _rgb(LINE)
        amounts.format.line.fill.background()
        amounts.tick_labels.font.color.rgb = _rgb(MUTED)
        if _are_whole(made):
            if max((value or 0 for each in made.series for value in each.values), default=0) <= _FEW:
                amounts.major_unit, amounts.maximum_scale = 1, _FEW
            amounts.tick_labels.number_format, amounts.tick_labels.number_format_is_linked = "0", False
    plot = chart.plots[0]
    if made.kind != "line":
        plot.gap_width, plot.vary_by_categories = made.gap, False
        plot.overlap = 100 if made.is_stacked else 0
    for drawn, series in zip(plot.series, made.series, strict=True):
        _series(drawn, series, made, language)


def _series(drawn: Any, series: Series, made: Native, language: str) -> None:
    if made.kind == "line":
        drawn.smooth = False
        drawn.format.line.color.rgb, drawn.format.line.width = _rgb(series.colour), Pt(2)
        drawn.format.line.dash_style = MSO_LINE.ROUND_DOT if series.is_dotted else MSO_LINE.SOLID
        drawn.marker.format.fill.solid()
        drawn.marker.format.fill.fore_color.rgb = drawn.marker.format.line.color.rgb = _rgb(series.colour)
        drawn.marker.size = 5
        return
    drawn.invert_if_negative = False
    drawn.format.fill.solid()
    drawn.format.fill.fore_color.rgb = _rgb(series.colour)
    drawn.format.line.color.rgb = _rgb(CARD)
    for at, colour in enumerate(series.colours):
        if colour != series.colour:
            fill = drawn.points[at].format.fill
            fill.solid()
            fill.fore_color.rgb = _rgb(colour)
    for at in series.hatched:
        fill = drawn.points[at].format.fill
        fill.patterned()
        fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
        fill.fore_color.rgb, fill.back_color.rgb = _rgb(series.colour), _rgb(CARD)
    if series.labels:
        _labels(drawn, series, made.is_stacked, language)


def _labels(drawn: Any, series: Series, is_stacked: bool, language: str) -> None:
    """Print the numbers at the ends; where the figure says more than the number, its own words."""
    labels = drawn.data_labels
    labels.show_value, labels.number_format, labels.number_format_is_linked = True, "#,##0.##;;", False
    labels.font.size, labels.font.color.rgb = _SIZE, _rgb(CARD if is_stacked else INK)
    if not is_stacked:
        labels.position = XL_LABEL_POSITION.OUTSIDE_END
    for at, (text, value) in enumerate(zip(series.labels, series.values, strict=True)):
        if text and text != _said(value):
            frame = drawn.points[at].data_label.text_frame
            frame.text = text
            font = frame.paragraphs[0].runs[0].font
            font.size, font.color.rgb = _SIZE, _rgb(CARD if is_stacked else INK)
            set_font(font, language)
            if not is_stacked:
                drawn.points[at].data_label.position = XL_LABEL_POSITION.OUTSIDE_END


def _said(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _are_whole(made: Native) -> bool:
    return all(value is None or float(value).is_integer() for each in made.series for value in each.values)


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour.lstrip("#"))


def set_font(font: Any, language: str) -> None:
    """Set the font of python-pptx for all scripts: PowerPoint keeps another one for Chinese."""
    name = FONTS[language]
    font.name = name
    properties = font._element if hasattr(font, "_element") else font._rPr
    for tag in ("a:ea", "a:cs"):
        element = OxmlElement(tag)
        element.set("typeface", name)
        properties.append(element)
