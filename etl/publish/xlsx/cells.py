"""Cells of a sheet in another style: only the rows that hold one are looked into, all other bytes stay as they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache

from etl.publish.xlsx.markup import CannotPatch, attribute, place_of, prefix_of, top_level, with_attribute

#: What stands before the drawings of comments in a sheet, in its order (CT_Worksheet, ECMA-376 part 1, 18.3.1.99).
_BEFORE = frozenset(
    (
        b"sheetPr", b"dimension", b"sheetViews", b"sheetFormatPr", b"cols", b"sheetData", b"sheetCalcPr", b"sheetProtection",
        b"protectedRanges", b"scenarios", b"autoFilter", b"sortState", b"dataConsolidate", b"customSheetViews", b"mergeCells",
        b"phoneticPr", b"conditionalFormatting", b"dataValidations", b"hyperlinks", b"printOptions", b"pageMargins", b"pageSetup",
        b"headerFooter", b"rowBreaks", b"colBreaks", b"customProperties", b"cellWatches", b"ignoredErrors", b"smartTags", b"drawing",
    )
)  # fmt: skip
#: Where the rows begin, and how long a tag may be that says so.
_DATA, _LONGEST_TAG = re.compile(rb"<((?:[\w.-]+:)?)sheetData\s*(/?)>"), 256


@cache
def column(letters: str) -> int:
    """Return the number of a column, counted from 1.

    >>> column("A"), column("AA"), column("XFD")
    (1, 27, 16384)
    """
    return sum((ord(sign) - 64) * 26**power for power, sign in enumerate(reversed(letters)))


def repainted(
    pieces: Iterable[bytes],
    marks: Mapping[int, Sequence[str]],
    paint: Callable[[int, str, int], int],
    ending: Callable[[bytes, bytes], bytes] = lambda tail, _prefix: tail,
) -> Iterator[bytes]:
    """Yield a sheet in which the cells of ``marks`` (letters by row) have the style that ``paint(row, letter, style)`` gives.

    The sheet comes and goes piece by piece: one of 100,000 rows has 100 MB, and nobody needs it whole. A cell that is not there yet is
    put in, empty. ``ending`` is asked for what stands behind the rows, given what does now and the prefix of the names.

    Raises:
        CannotPatch: rows or cells do not say where they stand.
    """
    text = _Text(pieces)
    data = text.upto(_DATA)
    if not data:
        raise CannotPatch("one of its sheets has no data")
    alone, start, prefix = bool(data[2]), data.start(), data[1]
    head = text.taken(data.end())
    if prefix_of(head, b"worksheet") != prefix:
        raise CannotPatch("one of its sheets has no data")
    tag = prefix + b"sheetData>"
    yield head[:start] + b"<" + tag if alone else head
    rows = _Rows(prefix, marks, paint)
    if not alone:
        yield from map(rows.painted, text.until(b"</" + prefix + b"sheetData", b"<" + prefix + b"row"))
    yield rows.left()
    rest = text.rest()
    end = 0 if alone else place_of(rest, b">") + 1
    yield (b"</" + tag if alone else rest[:end]) + ending(rest[end:], prefix)


class _Text:
    """A part that comes piece by piece: what came and was not taken yet."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._held = bytearray()

    def _more(self) -> bool:
        """Hold one more piece.

        Raises:
            CannotPatch: it holds a comment, CDATA or a declaration.
        """
        piece = next(self._pieces, None)
        if piece is None:
            return False
        start = max(len(self._held) - 1, 0)
        self._held += piece
        if self._held.find(b"!", start) >= 0 and self._held.find(b"<!", start) >= 0:  # one sign is looked for ten times as fast as two
            raise CannotPatch("one of its sheets is written in an unusual way")
        return True

    def upto(self, sign: re.Pattern[bytes]) -> re.Match[bytes] | None:
        """Return where ``sign`` is found first; it and what stands before are held, and the match is good until they are taken."""
        start = 0
        while not (found := sign.search(self._held, start)):
            start = max(len(self._held) - _LONGEST_TAG, 0)
            if not self._more():
                return None
        return found

    def taken(self, size: int) -> bytes:
        """Return what comes first and hold it no more."""
        found = bytes(memoryview(self._held)[:size])
        del self._held[:size]
        return found

    def until(self, end: bytes, cut: bytes) -> Iterator[bytes]:
        """Take what stands before ``end``, in blocks that begin at a ``cut``.

        Raises:
            CannotPatch: there is no such end.
        """
        start = 0
        while (at := self._held.find(end, start)) < 0:
            if (last := self._held.rfind(cut)) > 0:
                yield self.taken(last)
            start = max(len(self._held) - len(end), 0)
            if not self._more():
                raise CannotPatch(f"one of its parts has no {end.decode()}")
        yield self.taken(at)

    def rest(self) -> bytes:
        """Return all that was not taken yet."""
        while self._more():
            pass
        return self.taken(len(self._held))


class _Rows:
    """The rows of a sheet from top to bottom, and what is to be marked in those that did not come yet."""

    def __init__(self, prefix: bytes, marks: Mapping[int, Sequence[str]], paint: Callable[[int, str, int], int]) -> None:
        self._prefix, self._marks, self._paint = prefix, marks, paint
        self._open = sorted(marks, reverse=True)
        self._start = re.compile(rb"<" + re.escape(prefix) + rb"row((?:\sr=\"(\d+)\"(?=[\s/>]))?(?:\s[^>]*?)?)(/?)>")

    def painted(self, block: bytes) -> bytes:
        """Return ``block``, which holds whole rows, with its marks."""
        prefix, pieces, at = self._prefix, [], 0
        for found in self._start.finditer(block):
            if not self._open:
                break
            number = int(found[2]) if found[2] else _number(found[1])
            if number < self._open[-1]:
                continue
            pieces.append(block[at : found.start()])
            at = found.start()
            while self._open and self._open[-1] < number:
                pieces.append(self._new())
            if self._open and self._open[-1] == number:
                close = found.end() if found[3] else place_of(block, b"</" + prefix + b"row", found.end())
                inside = b"" if found[3] else block[found.end() : close]
                row = self._open.pop()
                pieces.append(_row(prefix, found[1], inside, row, self._marks[row], self._paint))
                at = close if found[3] else place_of(block, b">", close) + 1
        return b"".join([*pieces, block[at:]]) if pieces else block

    def left(self) -> bytes:
        """Return new rows for the marks that no row came for."""
        return b"".join(self._new() for _ in range(len(self._open)))

    def _new(self) -> bytes:
        row = self._open.pop()
        return _row(self._prefix, f' r="{row}"'.encode(), b"", row, self._marks[row], self._paint)


def _number(attributes: bytes) -> int:
    said = attribute(attributes, b"r")
    if said is None or not said.isdigit():
        raise CannotPatch("the rows of one of its sheets have no numbers")
    return int(said)


def with_comments(tail: bytes, prefix: bytes, link: str, relations: str) -> bytes:
    """Return what stands behind the rows of a sheet with the drawing of its comments, where the order of the parts wants it."""
    place = 0
    for name, _, end in top_level(tail):
        if name not in _BEFORE:
            break
        place = end
    added = b"<" + prefix + f'legacyDrawing xmlns:ours="{relations}" ours:id="{link}"/>'.encode()
    return tail[:place] + added + tail[place:]


def drawing_of(xml: bytes) -> str | None:
    """Return the id of the relationship to the drawing of the comments of a sheet."""
    found = re.search(rb"<(?:[\w.-]+:)?legacyDrawing\s([^>]*?)/?>", xml)
    said = re.search(rb"[\w.-]+:id\s*=\s*[\"']([^\"']+)", found[1]) if found else None
    return said[1].decode() if said else None


def _row(prefix: bytes, attributes: bytes, inside: bytes, row: int, letters: Sequence[str], paint: Callable[[int, str, int], int]) -> bytes:
    style = int(attribute(attributes, b"s") or b"0") if attribute(attributes, b"customFormat") in (b"1", b"true") else 0
    wanted = sorted(letters, key=column, reverse=True)
    number = str(row).encode()
    pieces: list[bytes] = []
    at = 0
    for cell in _cells(prefix).finditer(inside):
        if not wanted:
            break
        here = _letters(cell, number)
        if column(here) < column(wanted[-1]):
            continue
        pieces.append(inside[at : cell.start()])
        at = cell.start()
        while wanted and column(wanted[-1]) < column(here):
            pieces.append(_new_cell(prefix, wanted.pop(), row, style, paint))
        if wanted and wanted[-1] == here:
            wanted.pop()
            now = paint(row, here, int(attribute(cell[1], b"s") or b"0"))
            rest = inside[cell.end(1) : cell.end()]
            pieces.append(b"<" + prefix + b"c" + with_attribute(cell[1], b"s", str(now).encode()) + rest)
            at = cell.end()
    pieces.append(inside[at:])
    pieces += [_new_cell(prefix, name, row, style, paint) for name in reversed(wanted)]
    # ``spans`` is a hint for the program that loads the row; with a cell beyond it the hint would be wrong.
    kept = re.sub(rb"\sspans\s*=\s*(?:\"[^\"]*\"|'[^']*')", b"", attributes)
    return b"<" + prefix + b"row" + kept + b">" + b"".join(pieces) + b"</" + prefix + b"row>"


@cache
def _cells(prefix: bytes) -> re.Pattern[bytes]:
    """Return what finds cells: their attributes, and the letters and the row of a cell that begins with its place, as most do."""
    tag = re.escape(prefix) + b"c"
    return re.compile(rb"<" + tag + rb"((?:\sr=\"([A-Z]{1,3})(\d+)\"(?=[\s/>]))?(?:\s[^>]*?)?)(?:/>|>.*?</" + tag + rb"\s*>)", re.DOTALL)


def _letters(cell: re.Match[bytes], row: bytes) -> str:
    if cell[3] == row:
        return cell[2].decode()
    place = re.fullmatch(rb"([A-Z]{1,3})(\d+)", attribute(cell[1], b"r") or b"")
    if not place or place[2] != row:
        raise CannotPatch("the cells of one of its sheets do not say where they stand")
    return place[1].decode()


def _new_cell(prefix: bytes, name: str, row: int, style: int, paint: Callable[[int, str, int], int]) -> bytes:
    return b"<" + prefix + f'c r="{name}{row}" s="{paint(row, name, style)}"/>'.encode()
