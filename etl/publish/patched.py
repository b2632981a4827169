"""The annotated copy of a workbook of Open XML: its parts as they are, but marked cells, styles and comments, and one sheet more."""

from __future__ import annotations

import re
from collections.abc import Iterable

from etl.publish.given import Given
from etl.publish.marks import MOST_COMMENTS, Marks, counted, marks
from etl.publish.problem_sheet import problem_sheet
from etl.publish.xlsx import comments
from etl.publish.xlsx.archive import Packed, packed
from etl.publish.xlsx.book import sheet_name, sheet_xml
from etl.publish.xlsx.cells import repainted
from etl.publish.xlsx.comments import Commented
from etl.publish.xlsx.markup import LINKS, CannotPatch, grown, prefix_of, value_of
from etl.publish.xlsx.package import Package, parsed
from etl.publish.xlsx.palette import Palette
from etl.words import outputs
from etl.words.say import Say

_COLUMNS = re.compile(r" ?\[[A-Z]{1,3}(?::[A-Z]{1,3})?\]$")
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"


class Patched:
    """What the copies of a workbook have in common in all languages; a sheet of 100,000 rows is painted and packed once."""

    def __init__(self, package: Package, given: Given, name: str) -> None:
        """Mark the cells of ``package``, which is the source ``name``.

        Raises:
            CannotPatch: the workbook is put together in an unusual way.
        """
        self._package, self._given, self._name = package, given, name
        self._main = package.called(_target(package, "", "officeDocument", "it names no workbook"))
        self._sheets = _sheets(package, self._main)
        palette = Palette(package, _target(package, self._main, "styles", "it has no styles"))
        places = sorted(place for place in {*given.by_place, *given.refused_of} if place[0] == name and place[1])
        self._called = {sheet: _physical(sheet, self._sheets) for _, sheet in places}
        self._marks = {sheet: marks(given, (name, sheet)) for sheet in self._called}
        self._commented: dict[str, Commented] = {}
        for sheet, found in self._marks.items():
            if found.severities:
                part = self._sheets[self._called[sheet]]
                self._commented[sheet] = mark(package, part, found, palette, self._commented.values())
        self._listed = package.free("xl/worksheets/sheet{n}.xml")
        package.add(self._listed, b"", _SHEET_TYPE)
        self._link = package.link(self._main, "worksheet", self._listed)
        self._styles = palette.own()
        palette.close()
        package.pack()

    def said(self, say: Say) -> Package:
        """Return the copy in the language of ``say``: with its comments, and a last sheet that lists the findings.

        Raises:
            CannotPatch: the workbook is put together in an unusual way.
        """
        package = self._package.copy()
        for sheet, place in self._commented.items():
            comments.say(package, place, self._marks[sheet].comments(say), say(outputs.AUTHOR))
        title = sheet_name(say(outputs.PROBLEMS_SHEET), self._sheets)
        notes = [say(outputs.PATCHED), *capped(self._marks, say)]
        listed = problem_sheet(self._given, self._name, title, self._called, say, notes)
        package.parts[self._listed] = packed(sheet_xml(listed, self._styles))
        package.parts[self._main] = _with_sheet(package.part(self._main), title, self._link)
        return package


def mark(package: Package, part: str, found: Marks, palette: Palette, before: Iterable[Commented] = ()) -> Commented:
    """Paint the marked cells of a sheet, and draw the boxes of their comments; ``before`` are what was commented before."""
    place = comments.commented(package, part, found.commented(), before)
    where = package.called(part)
    sheet = package.parts[where]
    pieces = sheet.unpacked() if isinstance(sheet, Packed) else iter((sheet,))

    def paint(row: int, letter: str, style: int) -> int:
        return palette.marked(style, found.severities[letter, row])

    def ending(tail: bytes, prefix: bytes) -> bytes:
        return comments.drawn(package, place, tail, prefix)

    package.parts[where] = packed(repainted(pieces, found.by_row(), paint, ending))
    return place


def capped(marks_of: dict[str, Marks], say: Say) -> list[str]:
    """Return a note for each sheet in which not every marked cell has a comment."""
    return [
        say(outputs.CAPPED, n=say.number(number), sheet=sheet or "-", most=say.number(MOST_COMMENTS))
        for sheet, number in counted(marks_of).items()
    ]


def _target(package: Package, part: str, kind: str, missing: str) -> str:
    found = next((link.target for link in package.links(part) if link.type == kind), None)
    if found is None:
        raise CannotPatch(missing)
    return found


def _sheets(package: Package, main: str) -> dict[str, str]:
    """Return the part of each sheet by its name."""
    root = parsed(package.part(main))
    links = {link.id: link for link in package.links(main)}
    found = {}
    for each in root.iter():
        if each.tag.rpartition("}")[2] == "sheet":
            link = next((links.get(value) for key, value in each.attrib.items() if key.endswith("}id")), None)
            if link and link.type == "worksheet":
                found[each.get("name", "")] = package.called(link.target)
    return found


def _physical(sheet: str, sheets: Iterable[str]) -> str:
    """Return the sheet of the workbook that ``sheet`` is; one of several tables beside each other is called after its columns too."""
    whole = _COLUMNS.sub("", sheet)
    found = next((each for each in (sheet, whole) if each in sheets), None)
    if found is None:
        raise CannotPatch("a sheet has another name than the one that was read")
    return found


def _with_sheet(xml: bytes, name: str, link: str) -> bytes:
    """Return the part of the workbook with one more sheet in its list."""
    prefix = prefix_of(xml, b"workbook")
    used = [int(each.get("sheetId", "0")) for each in parsed(xml).iter() if each.tag.rpartition("}")[2] == "sheet"]
    entry = b"<" + prefix + b'sheet name="' + value_of(name)
    entry += f'" sheetId="{max(used, default=0) + 1}" xmlns:ours="{LINKS}" ours:id="{link}"/>'.encode()
    xml, _ = grown(xml, prefix, b"sheets", [entry])
    return xml.replace(b"<" + prefix + b'sheets count="' + str(len(used) + 1).encode() + b'"', b"<" + prefix + b"sheets")
