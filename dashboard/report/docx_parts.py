"""What python-docx has no words for: fields, bookmarks, links inside a document, fonts of East Asia, and languages."""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

LANGUAGES = {"en": "en-GB", "ru": "ru-RU", "zh": "zh-CN"}
_THEMES = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")


def element(tag: str, /, **attributes: str) -> Any:
    """Return an element such as ``w:jc`` with attributes of the same namespace."""
    made = OxmlElement(tag)
    for key, text in attributes.items():
        made.set(qn(f"w:{key}"), text)
    return made


def fonts(properties: Any, latin: str, cjk: str) -> None:
    """Give run properties one font for Latin and Cyrillic and one for Chinese; those of a theme would win over both."""
    found = properties.find(qn("w:rFonts"))
    if found is None:
        found = element("w:rFonts")
        properties.insert(0, found)
    for theme in _THEMES:
        found.attrib.pop(qn(f"w:{theme}"), None)
    for key, name in (("ascii", latin), ("hAnsi", latin), ("cs", latin), ("eastAsia", cjk)):
        found.set(qn(f"w:{key}"), name)


def field(paragraph: Any, instruction: str, shown: str, dirty: bool = False) -> None:
    """Add a field with the result that it has now; a dirty one is worked out again when Word opens the file."""
    _mark(paragraph, "begin", dirty)
    run = paragraph.add_run()
    code = element("w:instrText")
    code.set(qn("xml:space"), "preserve")
    code.text = f" {instruction} "
    run._r.append(code)
    _mark(paragraph, "separate")
    paragraph.add_run(shown)
    _mark(paragraph, "end")


def field_begin(paragraph: Any, instruction: str) -> None:
    """Open a field whose result reaches over several paragraphs."""
    _mark(paragraph, "begin")
    code = element("w:instrText")
    code.set(qn("xml:space"), "preserve")
    code.text = f" {instruction} "
    paragraph.add_run()._r.append(code)
    _mark(paragraph, "separate")


def field_end(paragraph: Any) -> None:
    """Close the field."""
    _mark(paragraph, "end")


def _mark(paragraph: Any, kind: str, dirty: bool = False) -> None:
    run = paragraph.add_run()
    run._r.append(element("w:fldChar", fldCharType=kind, **({"dirty": "true"} if dirty else {})))


def bookmark(paragraph: Any, name: str, number: int) -> None:
    """Let others refer to the paragraph."""
    start = element("w:bookmarkStart", id=str(number), name=name)
    properties = paragraph._p.pPr
    at = 0 if properties is None else list(paragraph._p).index(properties) + 1
    paragraph._p.insert(at, start)
    paragraph._p.append(element("w:bookmarkEnd", id=str(number)))


def linked(paragraph: Any, anchor: str) -> Any:
    """Move the runs of the paragraph into a link to a bookmark; return the link."""
    link = element("w:hyperlink", anchor=anchor, history="1")
    for run in [child for child in paragraph._p if child.tag == qn("w:r")]:
        link.append(run)
    paragraph._p.append(link)
    return link


def shade(cell: Any, colour: str) -> None:
    """Give a cell a background."""
    cell._tc.get_or_add_tcPr().append(element("w:shd", val="clear", color="auto", fill=colour.lstrip("#")))


def borders(table: Any, line: str, head: str) -> None:
    """Give a table lines between its rows and a stronger one below its head."""
    properties = table._tbl.tblPr
    for old in properties.findall(qn("w:tblBorders")):
        properties.remove(old)
    made = element("w:tblBorders")
    for side, size, colour in (("top", 0, line), ("bottom", 4, line), ("insideH", 4, line)):
        made.append(element(f"w:{side}", val="single" if size else "nil", sz=str(size), space="0", color=colour.lstrip("#")))
    properties.append(made)
    for cell in table.rows[0].cells:
        own = element("w:tcBorders")
        own.append(element("w:bottom", val="single", sz="8", space="0", color=head.lstrip("#")))
        cell._tc.get_or_add_tcPr().append(own)


def heading_row(row: Any) -> None:
    """Say that the row is the head of its table: it is repeated on each page, and a reader of the screen announces it."""
    properties = row._tr.get_or_add_trPr()
    properties.append(element("w:cantSplit"))
    properties.append(element("w:tblHeader"))


def whole_row(row: Any) -> None:
    """Keep a row on one page."""
    row._tr.get_or_add_trPr().append(element("w:cantSplit"))
