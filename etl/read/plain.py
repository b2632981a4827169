"""The rows of a sheet that are written plainly, each read by one pattern; all else is left to the parser.

The parser calls back five times for each cell, and nine rows of ten need none of it. What is taken here is what the parser would give,
value by value (tests/etl/read/test_plain.py): a row counts as plain only if every ``<`` in it is accounted for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from operator import lt

from etl.cells import CellType, Line, Shape

#: Style, type and value of a cell as they are written -> its text and what it is.
Read = Callable[[str, str, str], tuple[str, CellType]]

_ROW = re.compile(r'\s*<row((?: [\w:.-]+="[^"<&]*")*)\s*>')
_NUMBER = re.compile(r' r="([1-9]\d{0,6})"')
_HIDDEN = re.compile(r' hidden="(?:1|true)"')
#: The style, the type and the value of a cell, or nothing in it.
_INSIDE = r"""(?: s="%s")?(?: t="%s")?(?:/>|></c>|><v>%s</v></c>|><is><t(?: xml:space="preserve")?>%s</t></is></c>)"""
_CELL = re.compile(r'<c r="([A-Z]{1,3})(\d+)"(' + _INSIDE % (r"\d+", r"\w+", "[^<]*", "[^<]*") + ")")
_PARTS = re.compile(_INSIDE % (r"(\d+)", r"(\w+)", "([^<]*)", "([^<]*)"))
_DATA, _END = b"<sheetData>", b"</row>"
#: Bytes below a blank that are no characters of XML.
_BLANK = bytes(code for code in range(32) if code not in b"\t\n\r")
#: No characters of XML, though they can be written in UTF-8.
_NONE = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
#: A declaration of another encoding.
_OTHER = re.compile(rb'(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?encoding=["\'](?!utf-?8["\'])', re.IGNORECASE)
#: A row that is longer is read piece by piece; so many distinct cells are remembered with their values.
_LONGEST, _REMEMBERED = 1 << 20, 1 << 16


class PlainRows:
    """Takes the plain rows out of the XML of a sheet.

    ``read(style, kind, text)`` gives the text and the type of a cell; ``add(number, line, is_hidden)`` takes a row.
    """

    def __init__(self, read: Read, add: Callable[[int, Line, bool], None]) -> None:
        self._read, self._add = read, add
        self._known: dict[str, tuple[str, CellType, int]] = {}
        self._shapes: dict[tuple[object, ...], Shape | None] = {}

    def rest(self, blocks: Iterable[bytes]) -> Iterator[bytes]:
        """Yield what the parser must see of ``blocks``, in its order; the plain rows are taken when it has seen all before them."""
        source = iter(blocks)
        head = b""
        for block in source:
            head += block
            if _DATA in head or len(head) > _LONGEST:
                break
        start = head.find(_DATA) + len(_DATA)
        before = head[:start]
        if start < len(_DATA) or b"<worksheet" not in before or b"<!" in before or b"\x00" in before or _OTHER.match(before):
            yield head
            yield from source
            return
        yield before
        waiting = head[start:]
        for block in source:
            waiting += block
            end = waiting.rfind(_END) + len(_END)
            if end >= len(_END):
                ready, waiting = waiting[:end], waiting[end:]
                if (text := _plain(ready)) is None:
                    yield ready
                    break
                yield from self._rows(text)
            elif len(waiting) > 8 * _LONGEST:
                break
        else:
            end = waiting.rfind(_END) + len(_END)
            if end >= len(_END) and (text := _plain(waiting[:end])) is not None:
                yield from self._rows(text)
                waiting = waiting[end:]
        yield waiting
        yield from source

    def _rows(self, text: str) -> Iterator[bytes]:
        odd: list[str] = []
        for piece in text.split("</row>")[:-1]:
            taken = self._taken(piece)
            if taken is None:
                odd.append(piece)
                odd.append("</row>")
            else:
                if odd:
                    yield "".join(odd).encode()
                    odd.clear()
                if taken[1]:
                    self._add(*taken)
        if odd:
            yield "".join(odd).encode()

    def _taken(self, piece: str) -> tuple[int, Line, bool] | None:
        """Return number and cells of the row that ``piece`` is, None where the parser must look at it."""
        head = _ROW.match(piece)
        said = _NUMBER.search(head[1]) if head else None
        if head is None or said is None or "&" in piece or len(piece) > _LONGEST:
            return None
        number = said[1]
        known = self._known
        letters: list[str] = []
        texts: list[str] = []
        types: list[CellType] = []
        tags = 1
        for letter, row, rest in _CELL.findall(piece, head.end()):
            found = known.get(rest)
            if found is None:
                found = self._cell(rest)
            text, kind, opened = found
            tags += opened
            if row != number:
                return None
            if text:
                letters.append(letter)
                texts.append(text)
                types.append(kind)
        if tags != piece.count("<"):
            return None
        shape = self._shape(letters, types)
        return None if shape is None else (int(number), Line(shape, texts, int(number)), bool(_HIDDEN.search(head[1])))

    def _cell(self, rest: str) -> tuple[str, CellType, int]:
        match = _PARTS.fullmatch(rest)
        assert match, rest
        style, kind, value, inline = match.groups()
        raw = value or inline or ""
        text, type_ = self._read(style or "", kind or "n", raw) if raw else ("", "text")
        tags = 1 + rest.count("<")
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        found = self._known[rest] = (text, type_, tags)
        return found

    def _shape(self, letters: list[str], types: list[CellType]) -> Shape | None:
        """Return the shape of a row, None where its cells do not stand in the order of the columns, which the parser puts right."""
        key = (*letters, *types)
        if key not in self._shapes:
            columns = [(len(letter), letter) for letter in letters]
            is_plain = all(map(lt, columns, columns[1:])) and all(column <= (3, "XFD") for column in columns)
            self._shapes[key] = Shape(tuple(letters), tuple(types)) if is_plain else None
        return self._shapes[key]


def _plain(block: bytes) -> str | None:
    """Return the text of a block of rows, None where it has more than elements and text: a comment, a section, what XML cannot hold."""
    if b"<!" in block or b"<?" in block or len(block.translate(None, _BLANK)) != len(block) or any(sign in block for sign in _NONE):
        return None
    try:
        return block.decode("utf-8")
    except UnicodeDecodeError:
        return None
