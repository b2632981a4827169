"""Columns that name the same partners, each in a language of its own: 'Партнёр' beside 'Partner (EN)'.

A register in two languages names one partner twice in each row. Read as two, it would double the partners of every agreement.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations
from typing import NamedTuple

from etl.records import Cell, HeaderColumn, Record
from etl.reference import rows
from etl.text import fold

#: Where the parts of a header end: '(EN)', 'Partner / EN', 'Partner, EN'.
_PARTS = re.compile(r"[()\[\]（）【】\n/|,:_]|\s[-–—]\s")
_FIGURES = re.compile(r"\d+")


class Named(NamedTuple):
    """A name in a cell, and the language of its column, empty where the header says none."""

    name: str
    cell: Cell
    language: str


def language(header: str) -> str:
    """Return the language in which a header says that its column is written; empty where it says none, or several.

    >>> language("Partner (EN)"), language("Партнёр на английском языке"), language("合作院校（中文）"), language("Partner")
    ('en', 'en', 'zh', '')
    >>> language("Партнёр (рус., англ.)"), language("English-speaking partner")
    ('', '')
    """
    said = {found for part in _PARTS.split(header) if (found := _at_end(fold(part)))}
    return min(said) if len(said) == 1 else ""


def _at_end(folded: str) -> str:
    words = folded.split()
    endings = (" ".join(words[start:]) for start in range(len(words)))
    found = next((ending for ending in endings if ending in _marks()), "")
    # Chinese has no spaces between a word and what is said of it.
    return _marks().get(found, "") or next((said for mark, said in _marks().items() if mark >= "\u3400" and folded.endswith(mark)), "")


@cache
def _marks() -> Mapping[str, str]:
    return {fold(row["mark"]): row["language"] for row in rows("header_languages")}


class PartnerColumns:
    """The columns of partners of all tables; of each table those that name the same partners."""

    def __init__(self, columns: Iterable[HeaderColumn]) -> None:
        tables: dict[tuple[str, str, int], list[HeaderColumn]] = defaultdict(list)
        for column in columns:
            if column.feeds == "partners":
                tables[column.file, column.sheet, column.header_row].append(column)
        self._tables: dict[tuple[str, str], list[tuple[int, list[dict[str, str]]]]] = defaultdict(list)
        for (file, sheet, header), of_table in sorted(tables.items()):
            self._tables[file, sheet].append((header, _alike(of_table)))
        self.are_any = any(alike for of_sheet in self._tables.values() for _, alike in of_sheet)

    def pairs(self, record: Record, names_in: Callable[[str], Sequence[str]]) -> Iterator[tuple[Named, Named]]:
        """Yield the names in two cells of a row that stand for one partner; ``names_in`` takes a cell apart.

        Cells that name different numbers of partners do not tell who is who.
        """
        for languages in self._alike(record) if self.are_any else ():
            cells = [said for said in record.partners if said.cell.letter in languages]
            for one, two in combinations(cells, 2):
                left, right = names_in(one.raw), names_in(two.raw)
                if len(left) == len(right):
                    for name, other in zip(left, right, strict=True):
                        yield Named(name, one.cell, languages[one.cell.letter]), Named(other, two.cell, languages[two.cell.letter])

    def _alike(self, record: Record) -> list[dict[str, str]]:
        origin = record.row.origin
        tables = self._tables.get((origin.file, origin.sheet), ())
        return next((alike for header, alike in reversed(tables) if header < origin.row), [])


def _alike(columns: Sequence[HeaderColumn]) -> list[dict[str, str]]:
    """Return columns that name the same partners, by letter with their language: of one number ('Partner 2'), no two in one language."""
    numbered: dict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
    for column in columns:
        numbered[tuple(_FIGURES.findall(column.header))][column.letter] = language(column.header)
    return [languages for languages in numbered.values() if 1 < len(languages) == len(set(languages.values()))]
