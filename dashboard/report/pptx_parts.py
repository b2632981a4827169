"""Texts, tables and feet on slides: sizes that fit, fonts of three scripts, the language of each run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.xmlchemy import OxmlElement
from pptx.util import Emu, Pt

from dashboard.export.lines import lines
from dashboard.report.document import Cell, TableBlock
from dashboard.report.docx_parts import LANGUAGES
from dashboard.report.house import House
from dashboard.report.labels import shown

POINT = 12_700
"""EMU of a point."""
_CELL, _ROW, _MARGINS = 11, 24, 14.4
"""Points of the letters in a table, of the lowest row, and of the margins beside a text."""
_SPACING, _SURE = 1.2, 0.9
"""Height of a line in sizes of its font, and the share of a width that is counted on: an Office program may take another font."""
Box = tuple[int, int, int, int]
"""Left, top, width and height in EMU."""


class Pen:
    """Writes in the fonts and colours of the house, in one language."""

    def __init__(self, house: House, language: str, own_fonts: bool) -> None:
        """Use the fonts of the house where ``own_fonts``, else those of the template."""
        self._house, self._language, self._own_fonts = house, language, own_fonts

    def box(self, slide: Any, box: Box, name: str) -> Any:
        """Return a new text box without margins."""
        shape = slide.shapes.add_textbox(*(Emu(each) for each in box))
        shape.name = name
        frame = shape.text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        return shape

    def run(self, paragraph: Any, text: str, size: float, colour: str, bold: bool = False) -> None:
        """Add a run; ``colour`` is a word of the house (``ink``, ``muted``, ``accent``)."""
        run = paragraph.add_run()
        run.text = text
        self._look(run.font, run._r.get_or_add_rPr(), size, colour, bold)

    def lines(self, frame: Any, texts: Sequence[tuple[str, float, str, bool]], gap: float = 6) -> None:
        """Fill a text frame: one paragraph for each text with size, colour and weight."""
        for at, (text, size, colour, bold) in enumerate(texts):
            paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
            paragraph.space_after = Pt(gap)
            self.run(paragraph, text, size, colour, bold)

    def number(self, slide: Any, box: Box) -> None:
        """Add the number of the slide, as a field."""
        shape = self.box(slide, box, "Slide number")
        paragraph = shape.text_frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.RIGHT
        field = OxmlElement("a:fld")
        field.set("id", "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}")
        field.set("type", "slidenum")
        properties = OxmlElement("a:rPr")
        properties.set("sz", "1000")
        field.append(properties)
        text = OxmlElement("a:t")
        text.text = "‹#›"
        field.append(text)
        paragraph._p.append(field)

    def table(self, slide: Any, block: TableBlock, box: Box, say: Any, most: int) -> int:
        """Put the first rows of a table on a slide, at most ``most`` and as many as ``box`` holds; return how many."""
        rows = _fitting_rows(block, box, say, most)
        shape = slide.shapes.add_table(len(rows) + 1, len(block.heads), *(Emu(each) for each in box))
        shape.name = block.caption[:60]
        shape._element.nvGraphicFramePr.cNvPr.set("descr", block.caption)
        table = shape.table
        shares = block.widths or [1 / len(block.heads)] * len(block.heads)
        for column, share in zip(table.columns, shares, strict=True):
            column.width = Emu(int(box[2] * share))
        for at, texts in enumerate((block.heads, *rows)):
            table.rows[at].height = Emu(_ROW * POINT)
            for column, text in enumerate(texts):
                self._cell(table.cell(at, column), shown(text, say), at == 0, block.numeric[column])
        for name in ("bandRow",):
            table._tbl.tblPr.set(name, "0")
        return len(rows)

    def _cell(self, cell: Any, text: str, is_head: bool, is_number: bool) -> None:
        cell.fill.background()
        cell.margin_top = cell.margin_bottom = Emu(3 * POINT)
        cell.vertical_anchor = MSO_ANCHOR.TOP
        paragraph = cell.text_frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.RIGHT if is_number else PP_ALIGN.LEFT
        self.run(paragraph, text, _CELL, "ink", is_head)
        line = OxmlElement("a:lnB")
        line.set("w", str(POINT if is_head else POINT // 2))
        fill, colour = OxmlElement("a:solidFill"), OxmlElement("a:srgbClr")
        colour.set("val", (self._house.ink if is_head else self._house.line).lstrip("#").upper())
        fill.append(colour)
        line.append(fill)
        cell._tc.get_or_add_tcPr().insert(0, line)

    def _look(self, font: Any, properties: Any, size: float, colour: str, bold: bool) -> None:
        font.size, font.bold = Pt(size), bold
        font.color.rgb = RGBColor.from_string(getattr(self._house, colour).lstrip("#").upper())
        properties.set("lang", LANGUAGES[self._language])
        if self._own_fonts:
            font.name = self._house.latin
            for tag, name in (("a:ea", self._house.cjk), ("a:cs", self._house.latin)):
                element = OxmlElement(tag)
                element.set("typeface", name)
                properties.append(element)


def tall(texts: Sequence[tuple[str, float, str, bool]], width: int, gap: float) -> int:
    """Return how high :meth:`Pen.lines` comes out in a box of ``width`` EMU, rather more than less.

    >>> tall([("short", 10.0, "ink", False)], 9_000_000, 2) < tall([("long " * 90, 10.0, "ink", False)], 9_000_000, 2)
    True
    """
    return round(sum(len(lines(text, width / POINT * _SURE, size)) * size * _SPACING + gap for text, size, _, _ in texts) * POINT)


def _fitting_rows(block: TableBlock, box: Box, say: Any, most: int) -> list[tuple[Cell, ...]]:
    """Return the first rows that fit into the height of the box below the heads."""
    shares = block.widths or [1 / len(block.heads)] * len(block.heads)
    inner = [(box[2] * share / POINT - _MARGINS) * _SURE for share in shares]

    def high(texts: Sequence[Cell]) -> float:
        most_lines = max(len(lines(shown(text, say), width, _CELL)) for text, width in zip(texts, inner, strict=True))
        return max(_ROW, most_lines * _CELL * _SPACING + 6)

    left, found = box[3] / POINT - high(block.heads), list[tuple[Cell, ...]]()
    for row in block.rows[:most]:
        left -= high(row)
        if left < 0 and found:
            break
        found.append(row)
    return found


def fitting(text: str, width: int, sizes: Sequence[float], most: int) -> float:
    """Return the largest of ``sizes`` (points, the largest first) at which ``text`` takes at most ``most`` lines of ``width`` EMU.

    >>> fitting("short", 9_000_000, (28, 20), 1), fitting("long " * 60, 9_000_000, (28, 20), 1)
    (28, 20)
    """
    return next((size for size in sizes if len(lines(text, width / POINT, size)) <= most), sizes[-1])
