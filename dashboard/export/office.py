"""The parts of an Office file: properties of our own, and the same bytes for the same content."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, fromstring, tostring

from dashboard.export.clean import clean

_CUSTOM, _TYPES, _RELATIONS = "docProps/custom.xml", "[Content_Types].xml", "_rels/.rels"
_KIND = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_NAMES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_TIME = (1980, 1, 1, 0, 0, 0)
_CLOCK = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")
_DAY = rb"\g<1>2000-01-01T00:00:00Z\g<3>"
#: Parts that show pictures, how they show them, and to which files their names lead.
_DRAWING = re.compile(r"word/(document|header\d*|footer\d*)\.xml|ppt/slides/slide\d+\.xml|xl/drawings/drawing\d+\.xml")
_FILL, _RECT = re.compile(rb"<\w+:blipFill\b.*?</\w+:blipFill>", re.DOTALL), re.compile(rb"<\w+:srcRect\b[^>]*>")
_EDGE, _TAG = re.compile(rb'\s[ltrb]="(-?\d{1,9})"'), re.compile(rb"<Relationship\b[^>]*>")
_CUT = 500
"""Half a per cent of a side: programs round."""
_MOST = 64 * 1024 * 1024
"""Bytes of a part that is read: no passport needs as many, a bomb does."""


def with_properties(content: bytes, told: Mapping[str, str]) -> bytes:
    """Return the Office file ``content`` with ``told`` as its custom properties, its parts in a fixed order without the time of day."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        parts = {each.filename: book.read(each) for each in book.infolist()}
    if told:
        parts[_CUSTOM] = _properties(told)
        parts[_TYPES] = _told(parts[_TYPES], b"</Types>", b'<Override PartName="/docProps/custom.xml" ContentType="%s"/>' % _KIND.encode())
        relation = b'<Relationship Id="rIdPassport" Type="%s" Target="docProps/custom.xml"/>' % _RELATION.encode()
        parts[_RELATIONS] = _told(parts[_RELATIONS], b"</Relationships>", relation)
    for name in parts:
        if name.startswith("ppt/embeddings/") and name.endswith(".xlsx"):  # the numbers of a chart
            parts[name] = with_properties(parts[name], {})
    if "docProps/core.xml" in parts:
        parts["docProps/core.xml"] = _CLOCK.sub(_DAY, parts["docProps/core.xml"])
    first = [_TYPES, _RELATIONS]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name in [*first, *sorted(parts.keys() - set(first))]:
            book.writestr(zipfile.ZipInfo(name, _TIME), parts[name], zipfile.ZIP_DEFLATED)
    return out.getvalue()


def properties(content: bytes) -> dict[str, str]:
    """Return the custom properties of an Office file that are texts; none where there are none.

    Raises:
        Exception: whatever zip and XML raise where it is no Office file or a damaged one.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        if _CUSTOM not in book.namelist() or book.getinfo(_CUSTOM).file_size > _MOST:
            return {}
        text = book.read(_CUSTOM)
    if b"<!DOCTYPE" in text:  # no entity is needed here, and some of them grow
        raise ValueError("a declaration that does not belong here")
    root = fromstring(text)  # noqa: S314 - without a declaration there are no entities
    return {each.get("name", ""): "".join(each.itertext()) for each in root}


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG in an Office file, and whether a part of it is cut off where it is shown: Office keeps the whole."""

    content: bytes
    is_cropped: bool


def media(content: bytes) -> list[Picture]:
    """Return the PNG pictures of an Office file, by their names."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sizes = {each.filename: each.file_size for each in book.infolist() if each.file_size <= _MOST}
        cropped = {name for part in sizes if _DRAWING.fullmatch(part) for name in _cropped(book, part, sizes)}
        found = sorted(name for name in sizes if "/media/" in name and name.lower().endswith(".png"))
        return [Picture(book.read(name), name in cropped) for name in found]


def _cropped(book: zipfile.ZipFile, part: str, sizes: Collection[str]) -> Iterator[str]:
    """Yield the names of the pictures of which ``part`` shows less than the whole."""
    folder, _, name = part.rpartition("/")
    told = f"{folder}/_rels/{name}.rels"
    tags = _TAG.findall(book.read(told)) if told in sizes else []
    targets = {_attribute(tag, b"Id"): _attribute(tag, b"Target") for tag in tags}
    for fill in _FILL.findall(book.read(part)):
        if any(abs(int(edge)) > _CUT for rect in _RECT.findall(fill) for edge in _EDGE.findall(rect)):
            target = targets.get(_attribute(fill, rb"\w+:embed"), "")
            yield target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")


def _attribute(tag: bytes, name: bytes) -> str:
    found = re.search(rb"\s" + name + rb'="([^"]*)"', tag)
    return found[1].decode("utf-8", "replace") if found else ""


def _properties(told: Mapping[str, str]) -> bytes:
    root = Element("Properties", {"xmlns": _NAMES, "xmlns:vt": _VALUES})
    for at, (name, text) in enumerate(told.items(), 2):  # the first number is taken by the format itself
        each = SubElement(root, "property", {"fmtid": _FORMAT, "pid": str(at), "name": name})
        SubElement(each, "vt:lpwstr").text = clean(text)
    return b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + bytes(tostring(root, "utf-8"))


def _told(part: bytes, end: bytes, line: bytes) -> bytes:
    return part if line in part else part.replace(end, line + end)
