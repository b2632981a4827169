"""Sheets as bytes and back: how the process that parses a file tells what it found, and how that is remembered.

A sheet repeats itself: each distinct text and each pattern of columns is told once, the rows as numbers of them. After one line of JSON
stand the numbers of all sheets, four bytes each: those of the rows of a sheet, of their patterns, of their texts.
"""

from __future__ import annotations

import json
import sys
from array import array
from collections import defaultdict
from collections.abc import Sequence
from itertools import count
from typing import Any

from etl.cells import Cell, CellType, Line, Shape, letters_in, texts_in, types_in
from etl.read.grid import Grid, Merge
from etl.read.parse import Parsed

_TYPES: tuple[CellType, ...] = ("text", "number", "date", "bool", "error", "uncached")
_SIGN: dict[str, str] = {kind: kind[0] for kind in _TYPES}
_KIND = {kind[0]: kind for kind in _TYPES}
#: Unsigned numbers of four bytes.
_CODE = "I"


def encode(parsed: Parsed) -> bytes:
    """Return ``parsed`` as bytes."""
    numbers = array(_CODE)
    told = {"encoding": parsed.encoding, "sheets": [_told(grid, numbers) for grid in parsed.grids]}
    head = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return b"".join((head, b"\n", _portable(numbers).tobytes()))


def decode(answer: bytes) -> Parsed:
    """Return what :func:`encode` made of it.

    Raises:
        ValueError, KeyError, IndexError: it did not.
    """
    end = answer.index(b"\n")
    told = json.loads(answer[:end].decode("utf-8", "surrogatepass"))
    numbers = array(_CODE)
    numbers.frombytes(memoryview(answer)[end + 1 :])
    return Parsed([_grid(sheet, _portable(numbers)) for sheet in told["sheets"]], told["encoding"])


def _portable(numbers: array[int]) -> array[int]:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def _told(grid: Grid, numbers: array[int]) -> dict[str, Any]:
    """Return what is told of ``grid`` in words, and add to ``numbers`` those of its rows, their patterns, and then all their texts."""
    patterns: defaultdict[tuple[tuple[str, ...], tuple[str, ...]], int] = defaultdict(count().__next__)
    of_shape: dict[Shape, int] = {}
    of_rows: list[int] = []
    written: list[str] = []
    for cells in grid.rows.values():
        if isinstance(cells, Line):
            shape = cells.shape
            if (pattern := of_shape.get(shape, -1)) < 0:
                pattern = of_shape[shape] = patterns[shape.letters, shape.types]
        else:
            pattern = patterns[letters_in(cells), tuple(types_in(cells))]
        of_rows.append(pattern)
        written += texts_in(cells)
    start = len(numbers)
    texts: defaultdict[str, int] = defaultdict(count().__next__)
    for each in (grid.rows, of_rows, map(texts.__getitem__, written)):
        numbers.extend(each)
    return {
        "name": grid.name,
        "hidden": grid.hidden,
        "texts": list(texts),
        "patterns": [(letters, "".join([_SIGN[kind] for kind in types])) for letters, types in patterns],
        "at": (start, len(grid.rows), len(written)),
        "merges": grid.merges,
        "hidden_rows": sorted(grid.hidden_rows),
        "hidden_columns": grid.hidden_columns,
        "links": [(row, letter, target) for (row, letter), target in grid.links.items()],
        "widths": list(grid.widths.items()),
    }


def _grid(told: dict[str, Any], numbers: array[int]) -> Grid:
    return Grid(
        told["name"],
        _rows(told, numbers),
        [Merge(*merge) for merge in told["merges"]],
        told["hidden"],
        set(told["hidden_rows"]),
        [(first, last) for first, last in told["hidden_columns"]],
        {(row, letter): target for row, letter, target in told["links"]},
        widths=dict(told["widths"]),
    )


def _rows(told: dict[str, Any], numbers: array[int]) -> dict[int, Sequence[Cell]]:
    texts: list[str] = told["texts"]
    shapes = [Shape(tuple(letters), tuple(_KIND[sign] for sign in signs)) for letters, signs in told["patterns"]]
    sizes = [len(shape.letters) for shape in shapes]
    blank = set(filter(str.isspace, texts))
    start, size, length = told["at"]
    patterns = numbers[start + size : start + 2 * size]
    written = [texts[at] for at in numbers[start + 2 * size : start + 2 * size + length]]
    rows: dict[int, Sequence[Cell]] = {}
    end = 0
    for number, pattern in zip(numbers[start : start + size], patterns, strict=True):
        begin, end = end, end + sizes[pattern]
        line = Line(shapes[pattern], written[begin:end], number)
        rows[number] = list(line) if blank and not blank.isdisjoint(line.texts) else line
    if end != length:
        raise ValueError(f"the texts of {told['name']!r} are not as many as its cells")
    return rows
