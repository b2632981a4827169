"""Pieces of SpreadsheetML as bytes: escaped texts, attributes, and lists that take one more."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from xml.sax.saxutils import escape

from etl.errors import EtlError

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
#: The longest text of a cell (Excel specifications and limits).
MOST_IN_A_CELL = 32_767
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPECIAL = re.compile(f"{_ILLEGAL.pattern}|[&<>\r]|_x")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NEVER_WRITTEN = (b"<!--", b"<![CDATA[", b"<!DOCTYPE", b"<!ENTITY")


class CannotPatch(EtlError):
    """A workbook that is put together in a way that is not changed in place; a copy is written from its rows instead."""


def visible(text: str) -> str:
    """Return ``text`` as a cell can hold it: a sign that XML forbids shows as one, what is too long ends with how much was cut.

    >>> visible("a" + chr(1) + "b"), len(visible("a" * 40000)), visible("a" * 40000)[-12:]
    ('a�b', 32753, 'aa … [+7257]')
    """
    shown = _ILLEGAL.sub("\ufffd", text.replace("\r\n", "\n"))
    units = shown.encode("utf-16-le")  # a cell counts a sign beyond the basic plane twice
    if len(units) <= 2 * MOST_IN_A_CELL:
        return shown
    kept = units[: 2 * (MOST_IN_A_CELL - 24)].decode("utf-16-le", "ignore")
    return f"{kept} … [+{len(shown) - len(kept)}]"


def text_of(text: str) -> bytes:
    """Return ``text`` as the content of an element."""
    return escaped(text).encode()


def escaped(text: str) -> str:
    """Return ``text`` as the content of an element; ``_x0041_`` stays what it is and does not become a letter (ECMA-376, 22.9.2.19).

    >>> escaped("a<b _x0041_")
    'a&lt;b _x005F_x0041_'
    """
    if 2 * len(text) <= MOST_IN_A_CELL and not _SPECIAL.search(text):
        return text  # as nearly every text of a source
    return escape(_LOOKS_ESCAPED.sub("_x005F_", visible(text)), {"\r": "&#13;"})


def value_of(text: str) -> bytes:
    """Return ``text`` as the value of an attribute, without its quotes."""
    return escape(visible(text), {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}).encode()


def prefix_of(xml: bytes, root: bytes) -> bytes:
    """Return the namespace prefix of the root element with its colon, or nothing.

    Raises:
        CannotPatch: the part is not UTF-8, has another root or namespace, or holds comments, CDATA or declarations.

    >>> prefix_of(b'<x:sst xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>', b"sst")
    b'x:'
    """
    found = re.match(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>)?\s*<((?:[\w.-]+:)?)" + root + rb"(?=[\s/>])([^>]*)>", xml)
    if not found or any(sign in xml for sign in _NEVER_WRITTEN):
        raise CannotPatch(f"its part {root.decode()} is written in an unusual way")
    declared = re.search(rb"encoding\s*=\s*[\"']([\w-]+)", xml[: found.start(1)])
    if declared and declared[1].lower() not in (b"utf-8", b"us-ascii"):
        raise CannotPatch(f"its part {root.decode()} is not UTF-8")
    wanted = rb"xmlns" + (rb":" + found[1][:-1] if found[1] else rb"") + rb"\s*=\s*[\"']" + re.escape(MAIN.encode()) + rb"[\"']"
    if not re.search(wanted, found[2]):
        raise CannotPatch("it is written in the strict form of Open XML")
    return found[1]


def place_of(xml: bytes, sign: bytes, start: int = 0) -> int:
    """Return where ``sign`` stands in ``xml`` from ``start`` on.

    Raises:
        CannotPatch: nowhere.
    """
    found = xml.find(sign, start)
    if found < 0:
        raise CannotPatch(f"one of its parts has no {sign.decode()}")
    return found


def attribute(attributes: bytes, name: bytes) -> bytes | None:
    """Return the value of an attribute as it stands."""
    found = _attribute(name).search(attributes)
    return (found[1] if found[1] is not None else found[2]) if found else None


def with_attribute(attributes: bytes, name: bytes, value: bytes) -> bytes:
    """Return ``attributes`` with one of them set."""
    return _attribute(name).sub(b"", attributes).rstrip() + b" " + name + b'="' + value + b'"'


@cache
def _attribute(name: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"(?:^|\s+)" + name + rb"\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


def grown(xml: bytes, prefix: bytes, name: bytes, items: Sequence[bytes]) -> tuple[bytes, int]:
    """Return ``xml`` with ``items`` at the end of its list ``name``, and the index of the first of them.

    Raises:
        CannotPatch: there is no such list.
    """
    tag = re.escape(prefix) + name
    found = re.search(rb"<" + tag + rb"((?:\s[^>]*?)?)(?:/>|>(.*?)</" + tag + rb"\s*>)", xml, re.DOTALL)
    if not found:
        raise CannotPatch(f"it has no list of {name.decode()}")
    inside = found[2] or b""
    count = len(top_level(inside))
    attributes = with_attribute(found[1], b"count", str(count + len(items)).encode())
    whole = b"<" + prefix + name + attributes + b">" + inside + b"".join(items) + b"</" + prefix + name + b">"
    return xml[: found.start()] + whole + xml[found.end() :], count


_TAG = re.compile(rb"<(/?)([\w.:-]+)((?:\s+[\w.:-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*)\s*(/?)>")


def top_level(xml: bytes) -> list[tuple[bytes, int, int]]:
    """Return the elements that stand side by side in ``xml``: name without prefix, start and end.

    >>> top_level(b"<a><b/></a><x:c/>")
    [(b'a', 0, 11), (b'c', 11, 17)]
    """
    found, depth, start, name = [], 0, 0, b""
    for tag in _TAG.finditer(xml):
        closes, alone = bool(tag[1]), bool(tag[4])
        if depth == 0 and closes:
            break
        if depth == 0:
            start, name = tag.start(), tag[2].rpartition(b":")[2]
        depth += 0 if alone else -1 if closes else 1
        if depth == 0:
            found.append((name, start, tag.end()))
    return found
