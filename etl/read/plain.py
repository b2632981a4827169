"""The rows of a sheet that are written plainly, each read by one pattern; all else is left to the parser.

The parser calls back five times for each cell, and nine rows of ten need none of it. What is taken here is what the parser would give,
value by value (tests/etl/read/test_plain.py): a row counts as plain only if every ``<`` in it is accounted for.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, compress, zip_longest
from operator import lt
from xml.parsers import expat

from etl.beside import by_two
from etl.cells import CellType, Line, Shape
from etl.errors import RefusedFile
from etl.read import xml

#: Style, type and value of a cell as they are written -> its text and what it is.
Read = Callable[[str, str, str], tuple[str, CellType]]

_ATTRIBUTES = r'(?: [\w:.-]+="[^"<&]*")*'
_ROW = re.compile(rf"\s*<row({_ATTRIBUTES})\s*>")
_NUMBER = re.compile(r' r="([1-9]\d{0,6})"')
_HIDDEN = re.compile(r' hidden="(?:1|true)"')
#: The style, the type and the value of a cell, or nothing in it.
_INSIDE = r"""(?: s="%s")?(?: t="%s")?(?:/>|></c>|><v>%s</v></c>|><is><t(?: xml:space="preserve")?>%s</t></is></c>)"""
_BARE = _INSIDE % (r"\d+", r"\w+", "[^<]*", "[^<]*")
_CELL = re.compile(rf'<c r="([A-Z]{{1,3}})(\d+)"({_BARE})')
_PARTS = re.compile(_INSIDE % (r"(\d+)", r"(\w+)", "([^<]*)", "([^<]*)"))
_DATA, _END = b"<sheetData>", b"</row>"
#: Bytes below a blank that are no characters of XML.
_BLANK = bytes(code for code in range(32) if code not in b"\t\n\r")
#: A declaration of another encoding.
_OTHER = re.compile(rb'(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?encoding=["\'](?!utf-?8["\'])', re.IGNORECASE)
#: Stands between texts that are read in one go: a sign for private use.
_BETWEEN = "\ue000"
#: A row that is longer is read piece by piece; so many distinct cells are remembered with their values.
_LONGEST, _REMEMBERED = 1 << 20, 1 << 16
#: Characters that are read together, and the number of blocks that is worth a second process.
_TOGETHER, _WORTH_TWO = 48 << 20, 16
#: An empty cell: its text and its type.
_EMPTY = "", None
#: A row with more columns is read cell by cell.
_WIDEST = 256
#: The types of the cells of a row; an empty one has none.
_Types = tuple[CellType | None, ...]
#: The number of a row, its shape, the texts of its filled cells, and whether it is hidden.
_Row = tuple[int, Shape, tuple[str, ...], bool]
#: The number of a row as it is written, what else is said of it, and of each cell the letters and the inside.
_Cut = tuple[str, str, tuple[str, ...], Sequence[str | None]]


class PlainRows:
    """Takes the plain rows out of the XML of a sheet.

    ``read(style, kind, text)`` gives the text and the type of a cell; ``add(number, line, is_hidden)`` takes a row.
    """

    def __init__(self, read: Read, add: Callable[[int, Line, bool], None]) -> None:
        self._read, self._add = read, add
        self._known: dict[str | None, tuple[str, CellType | None] | None] = {None: _EMPTY}
        self._shapes: defaultdict[tuple[str, ...], dict[_Types, Shape | None]] = defaultdict(dict)
        self._letters: tuple[str, ...] = ()
        self._whole = _whole(())

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
        waiting, ready = head[start:], _Ready()
        for block in source:
            waiting += block
            end = waiting.rfind(_END) + len(_END)
            if end >= len(_END):
                rows, waiting = waiting[:end], waiting[end:]
                if (text := _plain(rows)) is None:
                    yield from self._rows(ready.taken())
                    yield rows
                    break
                ready.add(text)
                if ready.size >= _TOGETHER:
                    yield from self._rows(ready.taken())
            elif len(waiting) > 8 * _LONGEST:
                break
        else:
            end = waiting.rfind(_END) + len(_END)
            if end >= len(_END) and (text := _plain(waiting[:end])) is not None:
                ready.add(text)
                waiting = waiting[end:]
        yield from self._rows(ready.taken())
        yield waiting
        yield from source

    def _rows(self, texts: list[str]) -> Iterator[bytes]:
        odd: list[str] = []
        blocks = by_two(self._taken_of_all, texts, _WORTH_TWO)
        for row in chain.from_iterable(blocks):
            if isinstance(row, str):
                odd += (row, "</row>")
                continue
            if odd:
                yield "".join(odd).encode()
                odd.clear()
            number, shape, values, is_hidden = row
            if values:
                self._add(number, Line(shape, values, number), is_hidden)
        if odd:
            yield "".join(odd).encode()

    def _taken_of_all(self, texts: Sequence[str]) -> list[list[_Row | str]]:
        """Return of each block of rows what each of its rows is, as it is written where the parser must look at it."""
        found: list[list[_Row | str]] = []
        for text in texts:
            pieces = text.split("</row>")[:-1]
            cut = [self._cut(piece) for piece in pieces]
            self._learn({inside for row in cut if row for inside in row[3] if inside})
            found.append([(row and self._taken(*row)) or piece for piece, row in zip(pieces, cut, strict=True)])
            self._widen({row[2] for row in cut if row})
        return found

    def _cut(self, piece: str) -> _Cut | None:
        """Return a row as its cells are written, None where it is no plain row; a cell that is not there has nothing inside."""
        if len(piece) > _LONGEST:
            return None
        if match := self._whole.fullmatch(piece):
            number, head, *insides = match.groups()
            return number, head, self._letters, insides
        return _cut(piece)

    def _widen(self, met: set[tuple[str, ...]]) -> None:
        """Let the pattern of a whole row have all columns that were met."""
        letters = {letter for each in met for letter in each}.union(self._letters)
        if len(self._letters) < len(letters) <= _WIDEST:
            self._letters = tuple(sorted(letters, key=_column))
            self._whole = _whole(self._letters)

    def _taken(self, number: str, head: str, letters: tuple[str, ...], insides: Sequence[str | None]) -> _Row | None:
        known = self._known
        cells = [known[inside] for inside in insides]
        if None in cells:
            return None
        texts, types = zip(*cells, strict=True) if cells else ((), ())
        shapes = self._shapes[letters]
        if types not in shapes:
            shapes[types] = _shape(letters, types)
        shape = shapes[types]
        if shape is None:
            return None
        if None in types:
            texts = tuple(compress(texts, types))
        return int(number), shape, texts, bool(head and _HIDDEN.search(head))

    def _learn(self, written: set[str]) -> None:
        """Read the cells in ``written`` that are not known yet; known as None is one that the parser must look at."""
        known = self._known
        if len(known) >= _REMEMBERED:
            known.clear()
            known[None] = _EMPTY
        escaped: list[tuple[str, str, str, str]] = []
        for rest in written.difference(known):
            match = _PARTS.fullmatch(rest)
            assert match, rest
            style, kind, value, inline = match.groups()
            raw = value or inline or ""
            if "&" in raw:
                escaped.append((rest, style, kind, raw))
            else:
                known[rest] = self._cell(style, kind, raw)
        plain = _unescaped([raw for *_, raw in escaped])
        for (rest, style, kind, _), text in zip_longest(escaped, plain):
            known[rest] = None if text is None else self._cell(style, kind, text)

    def _cell(self, style: str | None, kind: str | None, raw: str) -> tuple[str, CellType | None] | None:
        try:
            found = self._read(style or "", kind or "n", raw) if raw else _EMPTY
        except RefusedFile:  # the parser says where
            return None
        return found if found[0] else _EMPTY


class _Ready:
    """Blocks of rows that wait to be read together."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self.size = 0

    def add(self, text: str) -> None:
        self._texts.append(text)
        self.size += len(text)

    def taken(self) -> list[str]:
        """Return the blocks that wait; none does then."""
        texts, self._texts, self.size = self._texts, [], 0
        return texts


def _whole(letters: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of a row whose cells stand in the columns of ``letters``, in their order: its number, its head, its insides."""
    cells = "".join(rf'(?:<c r="{letter}\1"({_BARE}))?+' for letter in letters)
    return re.compile(rf'\s*<row r="([1-9]\d{{0,6}})"({_ATTRIBUTES})\s*>{cells}\s*')


def _cut(piece: str) -> _Cut | None:
    """Return any plain row as its cells are written, None where something in it is none of them."""
    head = _ROW.match(piece)
    said = head and _NUMBER.search(head[1])
    if head is None or said is None:
        return None
    cells = _CELL.findall(piece, head.end())
    letters, numbers, insides = zip(*cells, strict=True) if cells else ((), (), ())
    inside = "".join(insides)
    tags, escapes = 1 + len(cells) + inside.count("<"), inside.count("&")
    is_all = piece.count("<") == tags and piece.count("&") == escapes and {said[1]}.issuperset(numbers)
    return (said[1], head[1], letters, insides) if is_all else None


def _shape(letters: Sequence[str], types: _Types) -> Shape | None:
    """Return the shape of a row, None where its cells do not stand in the order of the columns, which the parser puts right."""
    filled = tuple(compress(letters, types))
    columns = list(map(_column, filled))
    is_plain = all(map(lt, columns, columns[1:])) and all(column <= (3, "XFD") for column in columns)
    return Shape(filled, tuple(filter(None, types))) if is_plain else None


def _column(letter: str) -> tuple[int, str]:
    """Return what puts the letters of columns in their order."""
    return len(letter), letter


def _unescaped(texts: list[str]) -> Sequence[str]:
    """Return ``texts`` with what XML writes for a sign put back; nothing where one of them is not written as XML wants it.

    Some programs write each letter that is not English as its number; the parser reads many such texts in one go.
    """
    whole = _BETWEEN.join(texts)
    pieces: list[str] = []
    parser = xml.parser()
    parser.CharacterDataHandler = pieces.append
    try:
        parser.Parse(f"<r>{whole}</r>", True)
    except expat.ExpatError:
        return ()
    found = "".join(pieces).split(_BETWEEN)
    return found if len(found) == len(texts) else ()


def _plain(block: bytes) -> str | None:
    """Return the text of a block of rows, None where it has more than elements and text: a comment, a section, what XML cannot hold."""
    if b"<!" in block or b"<?" in block or len(block.translate(None, _BLANK)) != len(block):
        return None
    try:
        text = block.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if "\ufffe" in text or "\uffff" in text else text
