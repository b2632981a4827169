"""The styles of a DOCX: page, fonts of three scripts, headings, captions, tables, header and footer.

A template of the office keeps every style that it has; only those that it lacks are made.
"""

from __future__ import annotations

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from dashboard.report import docx_parts as parts
from dashboard.report.document import Document
from dashboard.report.house import House

TEXT_WIDTH = 160.0
"""Millimetres between the margins: the width of a figure in print."""
MARGINS = (20.0, 25.0, 20.0, 25.0)
HEIGHT = 297.0 - MARGINS[0] - MARGINS[2]
"""Millimetres between the upper and the lower margin."""
BRIEF_MARGINS = (14.0, 25.0, 14.0, 25.0)

#: Style -> size in points, bold, space before and after, colour of the house, base; what no template has under that name.
SIZES: dict[str, tuple[float, bool, float, float, str, str]] = {
    "Normal": (10, False, 0, 6, "ink", ""),
    "Title": (30, True, 0, 4, "ink", "Normal"),
    "Subtitle": (18, False, 0, 60, "accent", "Normal"),
    "Heading 1": (19, True, 0, 12, "ink", "Normal"),
    "Heading 2": (11.5, True, 12, 2, "muted", "Normal"),
    "Caption": (8.5, False, 3, 8, "muted", "Normal"),
    "List Bullet": (10, False, 0, 4, "ink", "Normal"),
    "Lead": (11, False, 0, 6, "ink", "Normal"),
    "Finding": (11, True, 0, 4, "ink", "Normal"),
    "Note": (8.5, False, 0, 6, "muted", "Normal"),
    "Picture": (8, False, 0, 0, "ink", "Normal"),
    "Gap": (4, False, 0, 4, "ink", "Normal"),
    "Cover line": (9.5, False, 0, 2, "muted", "Normal"),
    "Contents heading": (19, True, 0, 10, "ink", "Normal"),
    "TOC 1": (10, True, 5, 1, "ink", "Normal"),
    "TOC 2": (9, False, 0, 0.5, "ink", "Normal"),
    "Table head": (8.5, True, 1.5, 1.5, "ink", "Normal"),
    "Table text": (8.5, False, 1.5, 1.5, "ink", "Normal"),
    "Tile label": (8, False, 1, 1, "muted", "Normal"),
    "Tile number": (20, True, 0, 0, "ink", "Normal"),
}
_KEEP = frozenset({"Heading 1", "Heading 2", "Finding", "Picture", "Contents heading", "Table head"})
_BRIEF: dict[str, tuple[float, float, float]] = {
    "Normal": (9.5, 0, 3), "Title": (18, 0, 0), "Subtitle": (11, 0, 3), "Heading 1": (12, 7, 3), "List Bullet": (9.5, 0, 1.5),
    "Table head": (8, 0.6, 0.6), "Table text": (8, 0.6, 0.6), "Tile number": (15, 0, 0), "Cover line": (8.5, 0, 1), "Gap": (3, 0, 2),
}  # fmt: skip


def styled(file: Any, house: House, document: Document) -> None:
    """Give the empty file its page, styles, header and footer, and let it know its language."""
    _defaults(file, house, document)
    has_template = bool(house.docx)
    for name in SIZES:
        _style(file, name, house, document, keep=has_template)
    if not has_template:
        _page(file, document)
    _margins_of_paper(file, document)
    _settings(file, document)


def _defaults(file: Any, house: House, document: Document) -> None:
    defaults = file.styles.element.find(qn("w:docDefaults"))
    properties = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    if not house.docx:
        parts.fonts(properties, house.latin, house.cjk)
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    language = parts.LANGUAGES[document.language]
    properties.append(parts.element("w:lang", val="en-GB" if document.language == "zh" else language, eastAsia="zh-CN", bidi="ar-SA"))


def _style(file: Any, name: str, house: House, document: Document, keep: bool) -> None:
    known = {each.name for each in file.styles}
    if name in known and keep:
        return
    style = file.styles[name] if name in known else file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    size, bold, before, after, colour, base = SIZES[name]
    if document.kind == "brief" and name in _BRIEF:
        size, before, after = _BRIEF[name]
    if base:
        style.base_style = file.styles[base]
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
    style.font.color.rgb = RGBColor.from_string(getattr(house, colour).lstrip("#").upper())
    heading = name.startswith(("Heading", "Title", "Contents"))
    parts.fonts(style.element.get_or_add_rPr(), house.heading if heading else house.latin, house.cjk)
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(before), Pt(after)
    form.line_spacing = 1.0 if name.startswith(("Table", "Tile", "Gap", "Title", "TOC")) else 1.15
    form.keep_with_next = name in _KEEP
    form.widow_control = True
    for rule in style.element.get_or_add_pPr().findall(qn("w:pBdr")):
        style.element.pPr.remove(rule)
    if name == "Heading 1" and document.kind == "report":
        form.page_break_before = True
    if name in ("Heading 1", "Contents heading"):
        _underline(style, house)
    if name.startswith("TOC"):
        form.tab_stops.add_tab_stop(Mm(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        form.left_indent = Mm(6 if name == "TOC 2" else 0)


def _underline(style: Any, house: House) -> None:
    rule = parts.element("w:pBdr")
    rule.append(parts.element("w:bottom", val="single", sz="12", space="4", color=house.accent.lstrip("#")))
    properties = style.element.get_or_add_pPr()
    after = [properties.find(qn(name)) for name in ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")]
    first = next((each for each in after if each is not None), None)
    if first is None:
        properties.append(rule)
    else:
        first.addprevious(rule)


def _page(file: Any, document: Document) -> None:
    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    top, right, bottom, left = BRIEF_MARGINS if document.kind == "brief" else MARGINS
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = Mm(top), Mm(right), Mm(bottom), Mm(left)
    section.header_distance = section.footer_distance = Mm(9)


def _margins_of_paper(file: Any, document: Document) -> None:
    """Fill the footer with what the document is and the number of the page; the cover of a report has none."""
    section = file.sections[0]
    section.different_first_page_header_footer = document.kind == "report"
    line = section.footer.paragraphs[0] if section.footer.paragraphs else section.footer.add_paragraph()
    line.style = file.styles["Note"]
    width = section.page_width - section.left_margin - section.right_margin
    line.paragraph_format.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)
    line.add_run(f"{document.foot}\t")
    parts.field(line, "PAGE", "")
    if document.institution and document.kind == "report":
        head = section.header.paragraphs[0] if section.header.paragraphs else section.header.add_paragraph()
        head.style = file.styles["Note"]
        head.add_run(document.institution)


def _settings(file: Any, document: Document) -> None:
    """Let the file be one of today's Word (else it opens as one of an older version), in the language of the document."""
    settings = file.settings.element
    for each in settings.iter(qn("w:compatSetting")):
        if each.get(qn("w:name")) == "compatibilityMode":
            each.set(qn("w:val"), "15")
    for each in settings.findall(qn("w:themeFontLang")):
        each.set(qn("w:val"), parts.LANGUAGES[document.language])
        each.set(qn("w:eastAsia"), "zh-CN")
