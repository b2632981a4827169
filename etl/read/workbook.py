"""An xlsx workbook -> its sheets, in one streaming pass over each.

Why not calamine: it drops what an audit needs (error cells, formulas without a value, hidden rows, number formats), and it lays out the
whole grid, so that one far cell takes all memory. Rows that are written plainly are read by a pattern (:mod:`etl.read.plain`), all
others by the parser. tests/etl/read/test_real_files.py holds this reader against calamine, value by value.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from etl.errors import RefusedFile
from etl.read import xml
from etl.read.container import Package
from etl.read.formats import GENERAL, Format, number_format
from etl.read.grid import MAX_CELLS, Grid
from etl.read.plain import PlainRows
from etl.read.sheet import TOO_MANY, SheetPass, unescape

#: The cells of a larger sheet are counted before they are read: it takes a hundredth of the time.
_LARGE = 64 << 20
_FILLED = (b"</v>", b"</is>")


@dataclass(frozen=True, slots=True)
class Book:
    """What the sheets of a workbook share."""

    strings: list[str]
    formats: list[Format]
    is_1904: bool


def grids(data: bytes) -> list[Grid]:
    """Return the worksheets of a workbook in the order of their tabs.

    Raises:
        RefusedFile: it is protected, unsafe, too large or lacks a part.
    """
    package = Package(data)
    start = _workbook_part(package)
    links = _relations(package, start)
    tags = xml.elements(package.blocks(start))
    book = Book(_strings(package, links), _formats(package, links), _is_1904(tags))
    sheets = [attributes for name, attributes in tags if name == "sheet"]
    left = MAX_CELLS
    read = []
    for sheet in sheets:
        kind, part = links.get(sheet.get("id", ""), ("", ""))
        if not kind:
            name = sheet.get("name", "")[:60]
            raise RefusedFile("unreadable", f"The sheet {name!r} leads to no part of the workbook. Restore the file, or save it anew.")
        if kind != "worksheet":
            continue
        grid = _sheet(package, part, book, left)
        grid.name, grid.hidden = sheet.get("name", ""), sheet.get("state", "visible") != "visible"
        left -= sum(map(len, grid.rows.values()))
        read.append(grid)
    return read


def _sheet(package: Package, part: str, book: Book, left: int) -> Grid:
    if package.size(part) > _LARGE and package.count(part, _FILLED, left) > left:
        raise RefusedFile("too_large", TOO_MANY)
    sheet = SheetPass(book.strings, book.formats, book.is_1904, left)
    plain = PlainRows(sheet.value, sheet.take)
    xml.feed(sheet.parser, plain.rest(package.blocks(part)))
    grid = sheet.grid()
    if sheet.hyperlinks:
        targets = {key: target for key, (_, target) in _relations(package, part, outside=True).items()}
        for (row, letter), key in sheet.hyperlinks.items():
            if key in targets:
                grid.links[row, letter] = targets[key]
    return grid


def _workbook_part(package: Package) -> str:
    found = [part for kind, part in _relations(package, "").values() if kind == "officeDocument"]
    return found[0] if found else "xl/workbook.xml"


def _relations(package: Package, part: str, *, outside: bool = False) -> dict[str, tuple[str, str]]:
    """Return id -> (last word of the type, part) of the relations of ``part``.

    The ``outside`` ones give an address instead of a part; it is shown and never fetched.
    """
    folder, name = posixpath.split(part)
    where = posixpath.join(folder, "_rels", f"{name}.rels")
    if where not in package:
        return {}
    links = {}
    for tag, attributes in xml.elements(package.blocks(where)):
        if tag == "Relationship" and (attributes.get("TargetMode") == "External") == outside:
            target = attributes.get("Target", "")
            if not outside:
                target = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
            links[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], target)
    return links


def _only(links: dict[str, tuple[str, str]], kind: str) -> str | None:
    return next((part for each, part in links.values() if each == kind), None)


def _is_1904(tags: list[tuple[str, xml.Attributes]]) -> bool:
    return any(name == "workbookPr" and attributes.get("date1904") in ("1", "true") for name, attributes in tags)


def _formats(package: Package, links: dict[str, tuple[str, str]]) -> list[Format]:
    """Return the number format of each cell style."""
    part = _only(links, "styles")
    if part is None or part not in package:
        return []
    codes: dict[str, str] = {}
    formats: list[Format] = []
    inside = False
    for name, attributes in xml.elements(package.blocks(part)):
        if name == "numFmt" and not inside:
            codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name in ("cellXfs", "cellStyles", "dxfs"):
            inside = name == "cellXfs"
        elif name == "xf" and inside:
            number = attributes.get("numFmtId", "0")
            formats.append(number_format(int(number), codes.get(number)) if number.isdigit() else GENERAL)
    return formats


def _strings(package: Package, links: dict[str, tuple[str, str]]) -> list[str]:
    """Return the shared strings; the runs of a rich text are joined, its phonetic guide is left out."""
    part = _only(links, "sharedStrings")
    if part is None or part not in package:
        return []
    strings: list[str] = []
    runs: list[str] = []
    new = xml.parser()
    aside = 0

    def start(name: str, _attributes: xml.Attributes) -> None:
        nonlocal aside
        match xml.local(name):
            case "t":
                new.CharacterDataHandler = None if aside else runs.append
            case "rPh":
                aside += 1

    def end(name: str) -> None:
        nonlocal aside
        new.CharacterDataHandler = None
        match xml.local(name):
            case "si":
                strings.append(unescape("".join(runs)))
                runs.clear()
            case "rPh":
                aside -= 1

    new.StartElementHandler, new.EndElementHandler = start, end
    xml.feed(new, package.blocks(part))
    return strings
