"""Where the cells stand that wait for an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache

from etl.normalise import countries, fields
from etl.records import Cell, Origin, Row
from etl.text import clean

#: Kind of text -> the source fields whose cells hold it.
_FEEDS = {
    "field": ("fields", "fields_areas"),
    "country": ("countries",),
    "agreement_type": ("type", "title"),
    "outcome_type": ("type",),
}
_SPLIT: dict[str, Callable[[str], Iterable[str]]] = {"field": fields.split, "country": countries.split}
#: More places than this help nobody to find the first.
MOST = 20


def place(origin: Origin, cell: Cell | None = None) -> str:
    """Return where a cell stands, as a person finds it.

    >>> place(Origin("a.xlsx", "2024", 7), Cell("C", "x", 7)), place(Origin("a.csv", "", 3))
    ('a.xlsx, 2024, C7', 'a.csv, row 3')
    """
    where = f"{cell.letter}{cell.row}" if cell and cell.letter else f"row {origin.row}"
    return ", ".join(part for part in (origin.file, origin.sheet, where) if part)


def places(rows: Iterable[Row], asked: Iterable[tuple[str, str]]) -> Mapping[tuple[str, str], list[str]]:
    """Return the first places of each text that is ``asked`` about, given as kind and text."""
    found: dict[tuple[str, str], list[str]] = {key: [] for key in asked}
    kinds = sorted({kind for kind, _ in found if kind in _FEEDS})
    parts = cache(_parts)
    for row in rows if kinds else ():
        if row.role != "record":
            continue
        for kind in kinds:
            for cell in (cell for name in _FEEDS[kind] for cell in row.values.get(name, ())):
                for text in parts(kind, cell.text):
                    here = found.get((kind, text))
                    if here is not None and len(here) < MOST and (said := place(row.origin, cell)) not in here:
                        here.append(said)
    return found


def _parts(kind: str, text: str) -> tuple[str, ...]:
    whole = clean(text)
    return tuple(dict.fromkeys((whole, *(_SPLIT[kind](text) if kind in _SPLIT else ()))))
