"""Rows of the inputs of two snapshots, paired: the same cells, moved or not; changed cells; new; gone.

A row is known by what is written in it, not by where it stands: a file may be renamed, rows inserted, columns moved.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from etl.compare.publication import Publication
from etl.tables import SourceColumn, SourceRow

#: Header (or letter, where there is none) and text of a cell.
Token = tuple[str, str]
#: Roles of rows that are no record but can change what records say, and of those that say nothing to them.
_AROUND, _ORNAMENT = ("header", "section"), ("title", "as_of", "total", "blank", "note")


@dataclass(frozen=True, slots=True)
class Line:
    """A row that has cells: where it stands, what became of it, and a digest of what is written in it."""

    id: str
    place: tuple[str, str, int]
    role: str
    fate: str
    record: tuple[str, str] | None
    content: bytes

    @property
    def speaks(self) -> bool:
        """Tell whether the row is a record or can change one."""
        return self.role not in _ORNAMENT

    @property
    def is_record(self) -> bool:
        """Tell whether the row is a record, also one that was refused or left out."""
        return self.speaks and self.role not in _AROUND


@dataclass(slots=True)
class Pairs:
    """Row of the old snapshot -> the same row of the new one: ``same`` with equal cells, ``changed`` with others."""

    same: dict[str, str] = field(default_factory=dict)
    changed: dict[str, str] = field(default_factory=dict)

    def of(self, old: str) -> str | None:
        """Return the row of the new snapshot that the row ``old`` became."""
        return self.same.get(old) or self.changed.get(old)


class Headers:
    """Header over each cell of the sheets of a snapshot: of several in a sheet the nearest one above counts."""

    def __init__(self, snapshot: Publication) -> None:
        found: defaultdict[tuple[str, str], defaultdict[int, dict[str, dict[str, object]]]] = defaultdict(lambda: defaultdict(dict))
        for column in snapshot.rows("source_column"):
            place = column[SourceColumn.file], column[SourceColumn.sheet]
            found[place][column[SourceColumn.header_row]][column[SourceColumn.letter]] = column
        self._rows = {place: sorted(by_row) for place, by_row in found.items()}
        self._columns: dict[tuple[str, str, int], dict[str, dict[str, object]]] = {}
        for place, by_row in found.items():
            known: dict[str, dict[str, object]] = {}
            for at in self._rows[place]:
                known = known | by_row[at]
                self._columns[*place, at] = known

    def above(self, file: str, sheet: str, row: int) -> Mapping[str, Mapping[str, object]]:
        """Return the row of ``source_column`` over each letter, for the cells of ``row``."""
        rows = self._rows.get((file, sheet), [])
        at = bisect_left(rows, row)
        return self._columns[file, sheet, rows[at - 1]] if at else {}

    def tokens(self, row: Mapping[str, object]) -> tuple[Token, ...]:
        """Return what is written in a row of ``source_row``, sorted: neither its place nor the order of its columns matters."""
        above = self.above(str(row[SourceRow.file]), str(row[SourceRow.sheet]), int(str(row[SourceRow.row])))
        cells: Iterable[Mapping[str, str]] = row[SourceRow.cells]  # type: ignore[assignment]
        heads = {letter: str(column[SourceColumn.header]) for letter, column in above.items()}
        return tuple(sorted((heads.get(cell["letter"], cell["letter"]), cell["text"]) for cell in cells))


def lines(snapshot: Publication, headers: Headers) -> dict[str, Line]:
    """Return the rows of ``snapshot`` that have cells, by their ids."""
    found: dict[str, Line] = {}
    for batch in snapshot.batches("source_row"):
        for row in batch:
            if row[SourceRow.cells]:
                place = row[SourceRow.file], row[SourceRow.sheet], row[SourceRow.row]
                record = (row[SourceRow.kind], row[SourceRow.record]) if row[SourceRow.record] else None
                content = hashlib.blake2b(repr(headers.tokens(row)).encode("utf-8", "surrogatepass"), digest_size=16).digest()
                found[row[SourceRow.id]] = Line(row[SourceRow.id], place, row[SourceRow.role], row[SourceRow.fate], record, content)
    return found


def tokens(snapshot: Publication, headers: Headers, wanted: Collection[str]) -> dict[str, Counter[Token]]:
    """Return what is written in the rows ``wanted``, by their ids."""
    if not wanted:
        return {}
    rows = (row for batch in snapshot.batches("source_row") for row in batch if row[SourceRow.id] in wanted)
    return {row[SourceRow.id]: Counter(headers.tokens(row)) for row in rows}


def same_cells(old: Mapping[str, Line], new: Mapping[str, Line]) -> Pairs:
    """Pair the rows whose cells are equal: first those that stand where they stood, then those that moved, in their order."""
    pairs = Pairs({key: key for key, line in old.items() if key in new and new[key].content == line.content})
    taken = set(pairs.same.values())
    waiting: defaultdict[bytes, list[Line]] = defaultdict(list)
    for line in sorted((line for key, line in new.items() if key not in taken), key=lambda line: line.place, reverse=True):
        waiting[line.content].append(line)
    for line in sorted((line for key, line in old.items() if key not in pairs.same), key=lambda line: line.place):
        if waiting[line.content]:
            pairs.same[line.id] = waiting[line.content].pop().id
    return pairs
