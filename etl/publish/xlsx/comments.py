"""Comments of a sheet: new ones beside those that are there, which stay; a cell that has one gets ours at its end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from etl.publish.xlsx.cells import column, drawing_of, with_comments
from etl.publish.xlsx.markup import HEAD, LINKS, MAIN, CannotPatch, attribute, grown, prefix_of, text_of
from etl.publish.xlsx.package import Package

_APP = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_NAMES = ("urn:schemas-microsoft-com:vml", "urn:schemas-microsoft-com:office:office", "urn:schemas-microsoft-com:office:excel")
_SHAPE_TYPE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)


@dataclass(frozen=True, slots=True)
class Commented:
    """A sheet whose cells get comments: the part that holds their texts, and the cells that have no box yet."""

    sheet: str
    part: str
    new: list[tuple[str, int]]


def commented(package: Package, sheet: str, cells: Iterable[tuple[str, int]], before: Iterable[Commented] = ()) -> Commented:
    """Give the part ``sheet`` a part for the texts of its ``cells`` (letter and row), where it has none.

    A sheet with several tables gets comments for each of them; ``before`` are those for the others.

    Raises:
        CannotPatch: the comments that are there are written in an unusual way.
    """
    place = next((link.target for link in package.links(sheet) if link.type == "comments"), None)
    if place is None:
        place = package.free("xl/comments{n}.xml")
        empty = f'<comments xmlns="{MAIN}"><authors/><commentList/></comments>'
        package.add(place, HEAD + empty.encode(), _APP)
        package.link(sheet, "comments", place)
    place = package.called(place)
    xml = package.part(place)
    there = _places(xml, prefix_of(xml, b"comments")).union(*(each.new for each in before if each.part == place))
    return Commented(sheet, place, sorted(set(cells) - there))


def say(package: Package, place: Commented, said: Mapping[tuple[str, int], str], author: str) -> None:
    """Put the texts ``said`` on the cells of a sheet.

    Raises:
        CannotPatch: the comments that are there are written in an unusual way.
    """
    package.parts[place.part] = _with_texts(package.part(place.part), said, author)


def drawn(package: Package, place: Commented, tail: bytes, prefix: bytes) -> bytes:
    """Give each new comment its box, without which no program shows it; return what stands behind the rows with the drawing in it.

    Raises:
        CannotPatch: the drawing of the comments that are there is written in an unusual way.
    """
    link = drawing_of(tail)
    name = next((each.target for each in package.links(place.sheet) if each.id == link), None) if link else None
    if name is None:
        name = package.free("xl/drawings/vmlDrawing{n}.vml")
        package.allow("vml", _VML)
        number = int(re.findall(r"\d+", name)[-1])
        package.parts[name] = _empty_drawing(number)
        tail = with_comments(tail, prefix, package.link(place.sheet, "vmlDrawing", name), LINKS)
    name = package.called(name)
    package.parts[name] = _with_boxes(package.part(name), place.new)
    return tail


def _with_texts(xml: bytes, said: Mapping[tuple[str, int], str], author: str) -> bytes:
    prefix = prefix_of(xml, b"comments")
    name = b"<" + prefix + b"author>" + text_of(author) + b"</" + prefix + b"author>"
    xml, number = grown(xml, prefix, b"authors", [name])
    xml = re.sub(rb"(<(?:[\w.-]+:)?authors)\s+count=\"\d+\"", rb"\1", xml)
    there = _places(xml, prefix)
    added = []
    for letter, row in sorted(said, key=lambda each: (each[1], column(each[0]))):
        if (letter, row) in there:
            xml = _longer(xml, prefix, f"{letter}{row}", said[letter, row])
        else:
            start = b"<" + prefix + f'comment ref="{letter}{row}" authorId="{number}">'.encode()
            added.append(
                start + b"<" + prefix + b"text>" + _run(prefix, said[letter, row]) + b"</" + prefix + b"text></" + prefix + b"comment>"
            )
    xml, _ = grown(xml, prefix, b"commentList", added)
    return re.sub(rb"(<(?:[\w.-]+:)?commentList)\s+count=\"\d+\"", rb"\1", xml)


def _places(xml: bytes, prefix: bytes) -> set[tuple[str, int]]:
    found = set()
    for each in re.finditer(rb"<" + re.escape(prefix) + rb"comment\s([^>]*)>", xml):
        place = re.fullmatch(rb"([A-Z]{1,3})(\d+)", attribute(b" " + each[1], b"ref") or b"")
        if not place:
            raise CannotPatch("one of its comments belongs to no cell")
        found.add((place[1].decode(), int(place[2])))
    return found


def _longer(xml: bytes, prefix: bytes, cell: str, text: str) -> bytes:
    tag = re.escape(prefix)
    one = rb"<" + tag + rb"comment\s[^>]*?\bref\s*=\s*[\"']" + cell.encode() + rb"[\"'][^>]*>.*?</" + tag + rb"comment\s*>"
    found = re.search(one, xml, re.DOTALL)
    ends = [each.end() for each in re.finditer(rb"</" + tag + rb"[rt]\s*>", found[0])] if found else []
    if not found or not ends:
        raise CannotPatch("one of its comments is written in an unusual way")
    at = found.start() + ends[-1]
    return xml[:at] + _run(prefix, f"\n\n{text}") + xml[at:]


def _run(prefix: bytes, text: str) -> bytes:
    inside = b"<" + prefix + b"rPr><" + prefix + b'sz val="9"/></' + prefix + b"rPr>"
    whole = inside + b"<" + prefix + b't xml:space="preserve">' + text_of(text) + b"</" + prefix + b"t>"
    return b"<" + prefix + b"r>" + whole + b"</" + prefix + b"r>"


def _empty_drawing(number: int) -> bytes:
    v, o, x = _NAMES
    block = f'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{number}"/></o:shapelayout>'
    return f'<xml xmlns:v="{v}" xmlns:o="{o}" xmlns:x="{x}">{block}</xml>'.encode()


def _with_boxes(xml: bytes, cells: list[tuple[str, int]]) -> bytes:
    end = re.search(rb"</xml\s*>\s*$", xml)
    root = re.match(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?<xml(?=[\s>])([^>]*)>", xml)
    if not end or not root:
        raise CannotPatch("the drawing of its comments is written in an unusual way")
    names = _undeclared(root[1])
    block = re.search(rb"idmap[^>]*\sdata\s*=\s*[\"'](\d+)", xml)
    used = [int(each) for each in re.findall(rb"_x0000_s(\d+)", xml)]
    first = max([*used, 1024 * int(block[1] if block else 1)]) + 1
    boxes = "".join(_box(first + at, letter, row) for at, (letter, row) in enumerate(cells))
    kind = "" if b'"_x0000_t202"' in xml or b"'_x0000_t202'" in xml else _SHAPE_TYPE
    pieces = re.sub(r"<v:(shape|shapetype) ", rf"<v:\1 {names}", kind + boxes)
    return xml[: end.start()] + pieces.encode() + xml[end.start() :]


def _undeclared(attributes: bytes) -> str:
    """Return the declarations of those names of ours that the root of a drawing with ``attributes`` does not declare.

    Excel declares all of them there, openpyxl with lxml none: each shape has its own.
    """
    found = ""
    for prefix, name in zip("vox", _NAMES, strict=True):
        declared = attribute(attributes, f"xmlns:{prefix}".encode())
        if declared is None:
            found += f'xmlns:{prefix}="{name}" '
        elif declared != name.encode():
            raise CannotPatch("the drawing of its comments is written in an unusual way")
    return found


def _box(number: int, letter: str, row: int) -> str:
    at = column(letter)
    anchor = f"{at}, 12, {max(row - 2, 0)}, 4, {at + 4}, 40, {row + 6}, 8"
    return (
        f'<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;width:240pt;height:96pt;visibility:hidden" '
        'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
        '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        f'<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>'
        f"<x:Row>{row - 1}</x:Row><x:Column>{at - 1}</x:Column></x:ClientData></v:shape>"
    )
