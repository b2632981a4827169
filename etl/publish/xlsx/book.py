"""A new workbook of texts and whole numbers: no cell of it is ever a formula, and the same content gives the same bytes.

Written as XML and not with openpyxl, which takes ten times as long for a sheet of a hundred thousand rows (docs/adr/0013).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple, TypeAlias

from etl.cells import letter_of
from etl.heights import LINE, height
from etl.publish.xlsx.archive import packed
from etl.publish.xlsx.cells import column
from etl.publish.xlsx.markup import HEAD, LINKS, MAIN, escaped, value_of
from etl.publish.xlsx.package import Package

#: Fill of a cell by severity, readable with black text.
FILLS: dict[str, str] = {"error": "FFFFC7CE", "warning": "FFFFE699", "note": "FFDDEBF7"}
#: Styles of a new workbook in the order of its ``cellXfs``: fill, font, number format (49: text), wrapped, quoted.
_STYLES: dict[str, tuple[int, int, int, bool, bool]] = {
    "plain": (0, 0, 0, False, False), "text": (0, 0, 0, True, False), "head": (5, 1, 0, True, False), "title": (0, 3, 0, False, False),
    "raw": (0, 0, 49, True, False), "quoted": (0, 0, 49, True, True), "link": (0, 2, 0, True, False), "dim": (0, 4, 0, True, False),
    "error": (2, 0, 49, True, False), "warning": (3, 0, 49, True, False), "note": (4, 0, 49, True, False),
    "error_quoted": (2, 0, 49, True, True), "warning_quoted": (3, 0, 49, True, True), "note_quoted": (4, 0, 49, True, True),
}  # fmt: skip
_INDEX = {name: at for at, name in enumerate(_STYLES)}
_FONTS = (
    b'<font><sz val="11"/><name val="Calibri"/></font>', b'<font><b/><sz val="11"/><name val="Calibri"/></font>',
    b'<font><u/><sz val="11"/><color rgb="FF0563C1"/><name val="Calibri"/></font>', b'<font><b/><sz val="14"/><name val="Calibri"/></font>',
    b'<font><sz val="11"/><color rgb="FF595959"/><name val="Calibri"/></font>',
)  # fmt: skip
_FORMULA = frozenset(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))
_BAD_IN_A_NAME = re.compile(r"[\\/?*\[\]:\x00-\x1f\ud800-\udfff\ufffe\uffff]")
_APP = "application/vnd.openxmlformats-officedocument.spreadsheetml"
#: The part of a new workbook that lists its sheets, and how many rows are put together at a time.
CONTENTS, _BLOCK = "xl/workbook.xml", 1000


class Value(NamedTuple):
    """A cell with its style; ``link`` leads to a place of the workbook, as in ``'Sheet'!B2``."""

    content: str | int | None
    style: str = "text"
    link: str = ""


Content: TypeAlias = Value | str | int | None


@dataclass(slots=True)
class Sheet:
    """One sheet: lines of cells from column A on. ``sparse`` rows have a number and cells by letter and follow each other downwards."""

    name: str
    lines: Iterable[Sequence[Content]] = ()
    sparse: Iterable[tuple[int, Iterable[tuple[str, Content]]]] = ()
    widths: Sequence[float] = ()
    frozen: str = ""
    filtered: str = ""
    landscape: bool = True


def raw(text: str, severity: str = "") -> Value:
    """Return a text of a source as it stands, to be corrected and copied: it stays a text even when somebody edits it.

    >>> raw("=1+1").style, raw("2023-11").style, raw("@x", "error").style
    ('quoted', 'raw', 'error_quoted')
    """
    quoted = text.lstrip(" ")[:1] in _FORMULA
    return Value(text, f"{severity}_quoted" if severity and quoted else severity or ("quoted" if quoted else "raw"))


def sheet_name(wanted: str, taken: Iterable[str]) -> str:
    """Return a name that a sheet may have and none of ``taken`` has.

    >>> sheet_name("2024/05: [list]", ["2024-05- -list-"]), sheet_name("", [])
    ('2024-05- -list- (2)', 'Sheet')
    """
    used = {each.casefold() for each in taken}
    bare = _BAD_IN_A_NAME.sub("-", wanted).strip().strip("'")[:31].strip("'") or "Sheet"
    number, name = 2, bare
    while name.casefold() in used or name.casefold() == "history":
        name, number = f"{bare[: 31 - len(f' ({number})')]} ({number})", number + 1
    return name


def book(sheets: Sequence[Sheet]) -> Package:
    """Return the parts of a workbook of ``sheets``, in their order."""
    package = Package({"[Content_Types].xml": HEAD + _TYPES})
    package.add(CONTENTS, b"", f"{_APP}.sheet.main+xml")
    package.link("", "officeDocument", CONTENTS)
    for number, sheet in enumerate(sheets, 1):
        package.add(sheet_part(number), packed(sheet_xml(sheet)), f"{_APP}.worksheet+xml")
        package.link(CONTENTS, "worksheet", sheet_part(number))
    package.add("xl/styles.xml", _styles(), f"{_APP}.styles+xml")
    package.link(CONTENTS, "styles", "xl/styles.xml")
    package.parts[CONTENTS] = contents(sheets)
    return package


def sheet_part(number: int) -> str:
    """Return the name of the part of a sheet, counted from 1."""
    return f"xl/worksheets/sheet{number}.xml"


def contents(sheets: Sequence[Sheet]) -> bytes:
    """Return the part that lists the sheets of a new workbook."""
    listed = [b'<sheet name="' + value_of(sheet.name) + f'" sheetId="{at}" r:id="rId{at}"/>'.encode() for at, sheet in enumerate(sheets, 1)]
    wide = b"".join(_filter_name(sheet, at) for at, sheet in enumerate(sheets) if sheet.filtered)
    names = b"<definedNames>" + wide + b"</definedNames>" if wide else b""
    start = f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><bookViews><workbookView/></bookViews>'.encode()
    return HEAD + start + b"<sheets>" + b"".join(listed) + b"</sheets>" + names + b"</workbook>"


def _filter_name(sheet: Sheet, index: int) -> bytes:
    """Name the range of a filter: LibreOffice and older Excel show no arrows without it."""
    first, _, last = sheet.filtered.partition(":")
    place = "'" + sheet.name.replace("'", "''") + "'!" + ":".join(re.sub(r"([A-Z]+)(\d+)", r"$\1$\2", each) for each in (first, last))
    return f'<definedName name="_xlnm._FilterDatabase" localSheetId="{index}" hidden="1">'.encode() + value_of(place) + b"</definedName>"


def sheet_xml(sheet: Sheet, styles: dict[str, int] | None = None) -> Iterator[bytes]:
    """Yield the part of one sheet piece by piece; ``styles`` are the indices of the styles in the workbook that it joins."""
    index = styles or _INDEX
    links: list[bytes] = []
    yield HEAD + f'<worksheet xmlns="{MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'.encode()
    yield _view(sheet.frozen) + b'<sheetFormatPr defaultRowHeight="15"/>' + _columns(sheet.widths) + b"<sheetData>"
    rows = _rows(sheet, index, links)
    while block := b"".join(islice(rows, _BLOCK)):
        yield block
    yield b"</sheetData>"
    yield f'<autoFilter ref="{sheet.filtered}"/>'.encode() if sheet.filtered else b""
    yield b"<hyperlinks>" + b"".join(links) + b"</hyperlinks>" if links else b""
    yield b'<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>'
    page = f'<pageSetup orientation="{"landscape" if sheet.landscape else "portrait"}" fitToWidth="1" fitToHeight="0"/>'.encode()
    yield page + b"</worksheet>"


def _rows(sheet: Sheet, index: Mapping[str, int], links: list[bytes]) -> Iterator[bytes]:
    numbered = ((at, ((letter_of(i), cell) for i, cell in enumerate(line, 1))) for at, line in enumerate(sheet.lines, 1))
    for number, cells in sheet.sparse or numbered:
        line = [(name, cell) for name, cell in cells if cell is not None]
        written = "".join([_cell(f"{name}{number}", cell, index, links) for name, cell in line])
        high = "" if sheet.sparse else _high(line, sheet.widths)
        yield f'<row r="{number}"{high}>{written}</row>'.encode()


def _high(line: Iterable[tuple[str, Content]], widths: Sequence[float]) -> str:
    """Return the height of a row with a wrapped text that needs more than one line."""
    values = ((column(name), cell if isinstance(cell, Value) else Value(cell)) for name, cell in line)
    texts = [
        (value.content, widths[at - 1])
        for at, value in values
        if at <= len(widths) and isinstance(value.content, str) and _STYLES.get(value.style, _STYLES["text"])[3]
    ]
    points = height(texts)
    return f' ht="{points}" customHeight="1"' if points > LINE else ""


def _cell(place: str, cell: Content, index: Mapping[str, int], links: list[bytes]) -> str:
    content, style, link = cell if isinstance(cell, Value) else (cell, "text", "")
    if link:
        links.append(f'<hyperlink ref="{place}" location="'.encode() + value_of(link) + b'"/>')
    if content is None or content == "":
        return f'<c r="{place}" s="{index[style]}"/>'
    if isinstance(content, int):
        return f'<c r="{place}" s="{index[style]}"><v>{content}</v></c>'
    return f'<c r="{place}" s="{index[style]}" t="inlineStr"><is><t xml:space="preserve">{escaped(content)}</t></is></c>'


def _view(frozen: str) -> bytes:
    if not frozen:
        return b'<sheetViews><sheetView workbookViewId="0"/></sheetViews>'
    split = re.fullmatch(r"([A-Z]+)(\d+)", frozen)
    assert split
    x = column(split[1]) - 1
    y = int(split[2]) - 1
    pane = "bottomRight" if x and y else "bottomLeft" if y else "topRight"
    across, down = (f' xSplit="{x}"' if x else ""), (f' ySplit="{y}"' if y else "")
    view = f'<pane{across}{down} topLeftCell="{frozen}" activePane="{pane}" state="frozen"/><selection pane="{pane}"/>'
    return f'<sheetViews><sheetView workbookViewId="0">{view}</sheetView></sheetViews>'.encode()


def _columns(widths: Sequence[float]) -> bytes:
    if not widths:
        return b""
    each = (f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>' for at, width in enumerate(widths, 1))
    return f"<cols>{''.join(each)}</cols>".encode()


def style_xml(fill: int, font: int, form: int, wrapped: bool, quoted: bool) -> bytes:
    """Return one style of a cell."""
    signs = ' quotePrefix="1"' if quoted else ""
    inside = f'<alignment vertical="top"{" wrapText=" + chr(34) + "1" + chr(34) if wrapped else ""}/>'
    applied = 'applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1"'
    return f'<xf numFmtId="{form}" fontId="{font}" fillId="{fill}" borderId="0" xfId="0" {applied}{signs}>{inside}</xf>'.encode()


def fill_xml(colour: str) -> bytes:
    """Return one solid fill."""
    return f'<fill><patternFill patternType="solid"><fgColor rgb="{colour}"/><bgColor indexed="64"/></patternFill></fill>'.encode()


def _styles() -> bytes:
    fills = [b'<fill><patternFill patternType="none"/></fill>', b'<fill><patternFill patternType="gray125"/></fill>']
    fills += [fill_xml(colour) for colour in (*FILLS.values(), "FFE7E9ED")]
    xfs = [style_xml(*each) for each in _STYLES.values()]
    return b"".join(
        [
            HEAD,
            f'<styleSheet xmlns="{MAIN}">'.encode(),
            f'<fonts count="{len(_FONTS)}">'.encode(), *_FONTS, b"</fonts>",
            f'<fills count="{len(fills)}">'.encode(), *fills, b"</fills>",
            b'<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>',
            b'<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
            f'<cellXfs count="{len(xfs)}">'.encode(), *xfs, b"</cellXfs>",
            b'<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
        ]
    )  # fmt: skip


_TYPES = (
    b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    b'<Default Extension="xml" ContentType="application/xml"/></Types>'
)
