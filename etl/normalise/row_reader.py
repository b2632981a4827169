"""What reading one row needs everywhere: its cells, what is told about them, and one reading for each distinct text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from etl.cells import Values, texts_of
from etl.normalise.date_orders import Orders
from etl.normalise.header_units import HeaderUnits
from etl.readings import Readings, Verdict
from etl.records import Cell, Finding, Read, Row, Said, Severity
from etl.text import clean, fold, literal

#: Free texts, which are shown as they were typed; all others are compared.
_LITERAL = frozenset({"title", "text", "remarks"})
_NOTHING = {"", "-", "–", "—", "n/a", "нет", "нет данных", "не указано", "н/д", "none", "无", "/"}
#: A longer text, or one with a figure in it, says something.
_LONGEST_NOTHING, _FIGURE = 40, re.compile(r"\d")


#: What a cell says: values, and what else its reading found.
Answer = tuple[tuple[Said, ...], Any]
_Heard = tuple[list[Verdict], list[tuple[str, str, str, float]], Any]
_new = tuple.__new__


@dataclass(slots=True)
class SheetMemory:
    """What the rows of one sheet share.

    ``heard`` is what the cells of each column said, by slot and letter and then by text: the verdicts behind it, the values without
    their cell, the rest. ``patterns`` are those of its rows.
    """

    readings: Readings
    orders: Orders
    units: HeaderUnits
    heard: defaultdict[tuple[str, str], dict[str, _Heard]] = field(default_factory=lambda: defaultdict(dict))
    patterns: dict[int, Pattern] = field(default_factory=dict)

    def pattern_of(self, values: Values) -> Pattern:
        """Return what the rows that are filled like ``values`` share."""
        found = self.patterns.get(id(values.places))
        if found is None or found.places is not values.places or found.shape is not values.line.shape:
            found = self.patterns[id(values.places)] = Pattern(values)
        return found


class Pattern:
    """Where the rows of one shape have which source field: nearly every row of a workbook is one of a few patterns."""

    __slots__ = ("places", "shape", "single")

    def __init__(self, values: Values) -> None:
        self.places, self.shape = values.places, values.line.shape
        #: The fields of one cell each: its name, its position, its letter and its type.
        self.single = [
            (name, at[0], self.shape.letters[at[0]], self.shape.types[at[0]])
            for name, at in self.places.items()
            if len(at) == 1 and name not in _LITERAL
        ]


class RowReader:
    """Reads one row; ``refused`` turns true with the first essential cell that is not understood."""

    def __init__(self, row: Row, memory: SheetMemory) -> None:
        self.row = row
        self.kind = row.kind
        self.readings = memory.readings
        self.orders = memory.orders
        self.units = memory.units
        self.findings: list[Finding] = []
        self.refused = False
        self._heard = memory.heard
        self._saying: dict[str, tuple[Cell, ...]] = {}
        values = row.values
        self._values = values
        # Asked for of every field of every row: a plain dictionary answers ten times as fast as a mapping of ours.
        self._filled: Mapping[str, Sequence[Any]] = values
        if isinstance(values, Values):
            self._filled = values.places
            texts, number, saying = values.line.texts, values.line.row, self._saying
            for name, at, letter, kind in memory.pattern_of(values).single:  # made here, without a call for each step
                text = texts[at]
                is_silent = len(text) <= _LONGEST_NOTHING and not text[-1].isdecimal() and _says_nothing(text)
                saying[name] = () if is_silent else (_new(Cell, (letter, text, number, "cell", kind)),)

    def _cells(self, name: str) -> tuple[Cell, ...]:
        """Return the cells that say something for the source field ``name``."""
        if name not in self._filled:
            return ()
        found = self._saying.get(name)
        if found is None:
            found = self._saying[name] = tuple([cell for cell in self._values[name] if not _is_nothing(cell.text)])
        return found

    def _hear(self, slot: str, cell: Cell, read: Callable[[Cell], Answer]) -> Answer:
        """Return what ``read`` gives for ``cell``: where an earlier cell of its column had the same text, what that one gave.

        ``read`` may depend on nothing but the text and the column of the cell. What it told something about is read again each time:
        a finding names its row.
        """
        column = self._heard[slot, cell.letter]
        earlier = column.get(cell.text)
        if earlier is not None:
            verdicts, said, rest = earlier
            for verdict in verdicts:
                verdict.cells += 1
            if len(said) == 1:
                value, raw, rule, sure = said[0]
                return (_new(Said, (value, raw, cell, rule, sure)),), rest
            return tuple([_new(Said, (value, raw, cell, rule, sure)) for value, raw, rule, sure in said]), rest
        told, asked = len(self.findings), list[Verdict]()
        self.readings.asked = asked
        found = read(cell)
        self.readings.asked = None
        if len(self.findings) == told:
            column[cell.text] = (asked, [(each.value, each.raw, each.rule, each.confidence) for each in found[0]], found[1])
        return found

    def _text(self, name: str) -> str:
        found = self._saying.get(name)
        if found is None:
            texts = [text for text in texts_of(self._values, name) if not _is_nothing(text)]
        elif not found:
            return ""
        else:
            texts = [cell.text for cell in found]
        text = texts[0] if len(texts) == 1 else "\n".join(texts)
        return literal(text) if name in _LITERAL else clean(text)

    def _tell(self, severity: Severity, code: str, message: str, advice: str, cell: Cell | None) -> None:
        origin = self.row.origin
        if cell and cell.row != origin.row:  # a merged cell or a ditto mark: the row that is refused must be named, and where to correct
            message += f" (written in row {cell.row})"
        place = (origin.file, origin.sheet, origin.row, cell.letter if cell else None)
        self.findings.append(Finding(severity, code, message, advice, *place, cell.text if cell else None))
        self.refused = self.refused or severity == "error"

    def _said(self, kind: str, raw: str, cell: Cell, normaliser: Callable[[str], Read], context: str = "") -> Said | Verdict:
        verdict = self.readings.read(kind, raw, normaliser, context)
        read = verdict.read
        return verdict if read is None else Said(read.value, raw, cell, read.rule, read.confidence)

    def _parts(self, kind: str, cell: Cell, split: Callable[[str], Iterable[str]]) -> Iterable[str]:
        """Return the texts of a cell that names several; what a person decided about as a whole is one."""
        return (clean(cell.text),) if self.readings.has_rulings and self.readings.ruling(kind, cell.text) else split(cell.text)

    def _order(self, cell: Cell) -> str:
        """Return the order of day and month in the column of ``cell``; it matters only to dates in figures."""
        origin = self.row.origin
        return self.orders.of((origin.file, origin.sheet, cell.letter))

    def _disagree(self, kept: Said, other: Said, why: str) -> None:
        """Tell that two cells of the row contradict each other, and which of them counts."""
        place = f"{kept.cell.letter}{kept.cell.row}", f"{other.cell.letter}{other.cell.row}"
        message = f"{place[1]} says {other.value}, {place[0]} says {kept.value}; {place[0]} counts: {why}"
        self._tell("warning", "conflicting_columns", message, "Correct the cell that is wrong", other.cell)


def _is_nothing(text: str) -> bool:
    return len(text) <= _LONGEST_NOTHING and _says_nothing(text)


@lru_cache(maxsize=65_536)
def _says_nothing(text: str) -> bool:
    if _FIGURE.search(text):
        return False
    return fold(text) in _NOTHING or clean(text) in _NOTHING
