"""Cells of a sheet in another style: only the rows that hold one are looked into, all other bytes stay as they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

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


def column(letters: str) -> int:
    """Return the number of a column, counted from 1.

    >>> column("A"), column("AA"), column("XFD")
    (1, 27, 16384)
    """
    return sum((ord(sign) - 64) * 26**power for power, sign in enumerate(reversed(letters)))


def repainted(xml: bytes, marks: Mapping[int, Sequence[str]], paint: Callable[[int, str, int], int]) -> bytes:
    """Return a sheet in which the cells of ``marks`` (letters by row) have the style that ``paint(row, letter, style)`` gives.

    A cell that is not there yet is put in, empty.

    Raises:
        CannotPatch: rows or cells do not say where they stand.
    """
    prefix = prefix_of(xml, b"worksheet")
    data = re.search(rb"<" + re.escape(prefix) + rb"sheetData\s*(/?)>", xml)
    if not data:
        raise CannotPatch("one of its sheets has no data")
    if data[1]:
        rows = b"".join(_new_row(prefix, row, marks[row], paint) for row in sorted(marks))
        tag = prefix + b"sheetData>"
        return xml[: data.start()] + b"<" + tag + rows + b"</" + tag + xml[data.end() :]
    end = place_of(xml, b"</" + prefix + b"sheetData", data.end())
    pieces: list[bytes] = []
    at, open_rows = data.end(), sorted(marks, reverse=True)
    for found in _rows(prefix).finditer(xml, data.end(), end):
        if not open_rows:
            break
        said = attribute(found[1], b"r")
        if said is None or not said.isdigit():
            raise CannotPatch("the rows of one of its sheets have no numbers")
        number = int(said)
        if number < open_rows[-1]:
            continue
        pieces.append(xml[at : found.start()])
        at = found.start()
        while open_rows and open_rows[-1] < number:
            row = open_rows.pop()
            pieces.append(_new_row(prefix, row, marks[row], paint))
        if open_rows and open_rows[-1] == number:
            close = found.end() if found[2] else place_of(xml, b"</" + prefix + b"row", found.end())
            inside = b"" if found[2] else xml[found.end() : close]
            row = open_rows.pop()
            pieces.append(_row(prefix, found[1], inside, row, marks[row], paint))
            at = close if found[2] else place_of(xml, b">", close) + 1
    pieces.append(xml[at:end])
    pieces += [_new_row(prefix, row, marks[row], paint) for row in reversed(open_rows)]
    return xml[: data.end()] + b"".join(pieces) + xml[end:]


def with_comments(xml: bytes, link: str, relations: str) -> bytes:
    """Return a sheet that names the drawing of its comments, at the place that the order of its parts gives it."""
    prefix = prefix_of(xml, b"worksheet")
    place = tail = place_of(xml, b">", place_of(xml, b"</" + prefix + b"sheetData")) + 1
    for name, _, end in top_level(xml[tail:]):
        if name not in _BEFORE:
            break
        place = tail + end
    added = b"<" + prefix + f'legacyDrawing xmlns:ours="{relations}" ours:id="{link}"/>'.encode()
    return xml[:place] + added + xml[place:]


def drawing_of(xml: bytes) -> str | None:
    """Return the id of the relationship to the drawing of the comments of a sheet."""
    found = re.search(rb"<(?:[\w.-]+:)?legacyDrawing\s([^>]*?)/?>", xml)
    said = re.search(rb"[\w.-]+:id\s*=\s*[\"']([^\"']+)", found[1]) if found else None
    return said[1].decode() if said else None


def _rows(prefix: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"<" + re.escape(prefix) + rb"row((?:\s[^>]*?)?)(/?)>")


def _row(prefix: bytes, attributes: bytes, inside: bytes, row: int, letters: Sequence[str], paint: Callable[[int, str, int], int]) -> bytes:
    tag = re.escape(prefix) + b"c"
    each_cell = re.compile(rb"<" + tag + rb"((?:\s[^>]*?)?)(?:/>|>.*?</" + tag + rb"\s*>)", re.DOTALL)
    style = int(attribute(attributes, b"s") or b"0") if attribute(attributes, b"customFormat") in (b"1", b"true") else 0
    wanted = sorted(letters, key=column, reverse=True)
    pieces: list[bytes] = []
    at = 0
    for cell in each_cell.finditer(inside):
        place = re.fullmatch(rb"([A-Z]{1,3})(\d+)", attribute(cell[1], b"r") or b"")
        if not place or int(place[2]) != row:
            raise CannotPatch("the cells of one of its sheets do not say where they stand")
        pieces.append(inside[at : cell.start()])
        at = cell.start()
        here = place[1].decode()
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


def _new_row(prefix: bytes, row: int, letters: Sequence[str], paint: Callable[[int, str, int], int]) -> bytes:
    return _row(prefix, f' r="{row}"'.encode(), b"", row, letters, paint)


def _new_cell(prefix: bytes, name: str, row: int, style: int, paint: Callable[[int, str, int], int]) -> bytes:
    return b"<" + prefix + f'c r="{name}{row}" s="{paint(row, name, style)}"/>'.encode()
