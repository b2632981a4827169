"""Exports with a row of headers: Scopus and OpenAlex as CSV, Web of Science with tabs."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from etl.errors import RefusedFile
from etl.publications.entry import Entry

#: Lines and characters of one record at most; beyond that a quote was left open.
_MOST_LINES, _MOST_CHARACTERS = 400, 8 << 20
_OPEN = "a quote is not closed; the rows below it were read on their own"
csv.field_size_limit(16 << 20)


class Table:
    """The header of an export and how many cells of each column are filled; known once the first entry was taken."""

    def __init__(self) -> None:
        self.header: list[str] = []
        self.filled: Counter[int] = Counter()

    def entries(self, rows: Iterable[tuple[int, list[str], str]], used: set[str]) -> Iterator[Entry]:
        """Yield an entry for each row below the header; of its cells those whose header, in lower case, is in ``used``."""
        number = 0
        kept: list[tuple[int, str]] = []
        for line, cells, fault in rows:
            number += 1
            if not self.header:
                self.header = [cell.strip() for cell in cells]
                kept = [(at, name) for at, name in enumerate(self.header) if name.casefold() in used]
                continue
            if not any(cells) and not fault:
                number -= 1
                continue
            self.filled.update(at for at, cell in enumerate(cells) if cell)
            fields = {name: text for at, name in kept if at < len(cells) and (text := cells[at].strip())}
            yield Entry(number, line, fields, fault=fault or self._ragged(cells))

    def _ragged(self, cells: Sequence[str]) -> str:
        short = len(cells) < len(self.header) // 2
        return f"the row has {len(cells)} cells, the header {len(self.header)}" if short else ""


def tabbed(lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, list[str], str]]:
    """Yield line, cells and fault of each row; Web of Science writes quotes as they are, so they mean nothing."""
    for number, line in lines:
        yield number, line.rstrip("\r\n").split("\t"), ""


def quoted(lines: Iterable[tuple[int, str]], delimiter: str) -> Iterator[tuple[int, list[str], str]]:
    """Yield line, cells and fault of each row of a CSV; a quote that is never closed costs its own row, not those below."""
    waiting = _Rewindable(lines)
    for number, line in waiting:
        if line.count('"') % 2 == 0:
            yield number, _cut([line], delimiter), ""
            continue
        record = [line]
        closed, size = False, len(line)
        while not closed and len(record) < _MOST_LINES and size < _MOST_CHARACTERS and (more := waiting.take()):
            record.append(more[1])
            size += len(more[1])
            closed = more[1].count('"') % 2 == 1
        if closed:
            yield number, _cut(record, delimiter), ""
        else:
            waiting.back([(number + at, text) for at, text in enumerate(record) if at])
            yield number, _cut([line.replace('"', "")], delimiter), _OPEN


def _cut(record: Sequence[str], delimiter: str) -> list[str]:
    if delimiter not in record[0] and '"' not in record[0]:
        return [record[0].rstrip("\r\n")]
    try:
        return next(csv.reader(record, delimiter=delimiter), [])
    except csv.Error as error:
        raise RefusedFile("unreadable", f"A row cannot be cut into cells: {error}. Export the works anew.") from error


class _Rewindable:
    """Lines that can be given back."""

    def __init__(self, lines: Iterable[tuple[int, str]]) -> None:
        self._lines = iter(lines)
        self._again: list[tuple[int, str]] = []

    def __iter__(self) -> Iterator[tuple[int, str]]:
        while line := self.take():
            yield line

    def take(self) -> tuple[int, str] | None:
        return self._again.pop() if self._again else next(self._lines, None)

    def back(self, lines: list[tuple[int, str]]) -> None:
        self._again += reversed(lines)
