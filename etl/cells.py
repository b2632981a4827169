"""The cells of a row: one each where a stage asks for it, one line of texts for all of them while nobody does.

A workbook has millions of cells, and most are only passed on. A :class:`Line` holds the texts of a row and shares its letters and
types with all rows of its shape; its cells are made when they are looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple, overload

_new = tuple.__new__
CellType = Literal["text", "number", "date", "bool", "error", "uncached"]


class Cell(NamedTuple):
    """One cell as text, and the place where that text is written.

    ``row`` differs from the row that uses it when the cell was merged down, is a ditto mark, the label of a group of rows, the heading
    of a section or a header that speaks of every row; ``how`` then says which. A corrected cell has the text that a person put in its
    place.
    """

    letter: str
    text: str
    row: int
    how: Literal["cell", "merged", "ditto", "group", "section", "header", "corrected"] = "cell"
    type: CellType = "text"


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """What rows of one pattern share: the letters and the types of their filled cells, from left to right."""

    letters: tuple[str, ...]
    types: tuple[CellType, ...]


class Line(Sequence[Cell]):
    """The cells of one row, each filled with more than blanks and written in that row."""

    __slots__ = ("row", "shape", "texts")

    def __init__(self, shape: Shape, texts: Sequence[str], row: int) -> None:
        self.shape, self.texts, self.row = shape, texts, row

    def __len__(self) -> int:
        return len(self.texts)

    def __iter__(self) -> Iterator[Cell]:
        row, shape = self.row, self.shape
        return iter(
            [
                _new(Cell, (letter, text, row, "cell", kind))
                for letter, text, kind in zip(shape.letters, self.texts, shape.types, strict=True)
            ]
        )

    @overload
    def __getitem__(self, at: int) -> Cell: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Cell]: ...

    def __getitem__(self, at: int | slice) -> Cell | Sequence[Cell]:
        if isinstance(at, slice):
            return list(self)[at]
        return Cell(self.shape.letters[at], self.texts[at], self.row, "cell", self.shape.types[at])

    def __eq__(self, other: object) -> bool:
        return list(self) == list(other) if isinstance(other, Sequence) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(list(self))


class Values(Mapping[str, tuple[Cell, ...]]):
    """The cells of a line by source field; ``places`` are their positions in it, shared by all rows of a shape."""

    __slots__ = ("line", "places")

    def __init__(self, line: Line, places: Mapping[str, tuple[int, ...]]) -> None:
        self.line, self.places = line, places

    def __len__(self) -> int:
        return len(self.places)

    def __iter__(self) -> Iterator[str]:
        return iter(self.places)

    def __contains__(self, name: object) -> bool:
        return name in self.places

    def __getitem__(self, name: str) -> tuple[Cell, ...]:
        line, places = self.line, self.places[name]
        letters, types = line.shape.letters, line.shape.types
        if len(places) == 1:  # nearly always; made without the call that checks the number of its parts
            at = places[0]
            return (_new(Cell, (letters[at], line.texts[at], line.row, "cell", types[at])),)
        return tuple([_new(Cell, (letters[at], line.texts[at], line.row, "cell", types[at])) for at in places])

    def __repr__(self) -> str:
        return repr(dict(self))

    def texts(self, name: str) -> list[str]:
        """Return the texts of the cells for ``name``; none where it is not filled."""
        texts = self.line.texts
        return [texts[at] for at in self.places.get(name, ())]


def texts_in(cells: Sequence[Cell]) -> Sequence[str]:
    """Return the texts of ``cells`` from left to right."""
    return cells.texts if isinstance(cells, Line) else [cell.text for cell in cells]


def letters_in(cells: Sequence[Cell]) -> tuple[str, ...]:
    """Return the letters of ``cells`` from left to right."""
    return cells.shape.letters if isinstance(cells, Line) else tuple([cell.letter for cell in cells])


def types_in(cells: Sequence[Cell]) -> Sequence[CellType]:
    """Return the types of ``cells`` from left to right."""
    return cells.shape.types if isinstance(cells, Line) else [cell.type for cell in cells]


def texts_of(values: Mapping[str, tuple[Cell, ...]], name: str) -> list[str]:
    """Return the texts of the cells for the source field ``name`` without making the cells where they are not made yet."""
    return values.texts(name) if isinstance(values, Values) else [cell.text for cell in values.get(name, ())]


def texts_among(rows: Iterable[Mapping[str, tuple[Cell, ...]]]) -> set[str]:
    """Return every text that stands in ``rows`` of values once, and with it what else stands in their lines."""
    found: set[str] = set()
    for values in rows:
        if isinstance(values, Values):
            found.update(values.line.texts)
        else:
            found.update([cell.text for cells in values.values() for cell in cells])
    return found


def texts_under(name: str, rows: Iterable[Mapping[str, tuple[Cell, ...]]]) -> set[str]:
    """Return every text that stands in ``rows`` of values for the source field ``name`` once."""
    found: set[str] = set()
    for values in rows:
        if isinstance(values, Values):
            for at in values.places.get(name, ()):
                found.add(values.line.texts[at])
        else:
            found.update([cell.text for cell in values.get(name, ())])
    return found


@cache
def letter_of(column: int) -> str:
    """Return the letter of a column counted from 1.

    >>> letter_of(1), letter_of(26), letter_of(27), letter_of(702), letter_of(16384)
    ('A', 'Z', 'AA', 'ZZ', 'XFD')
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
