"""From a mark of a figure to its records: what the list, the download, the menu of a mark and the tests have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import duckdb
import pandas as pd

from dashboard.figures import Figure
from dashboard.figures.agreements_in_force import IN_FORCE, UNSTATED_END
from dashboard.figures.sentences import OTHERS
from dashboard.figures.words import FATES, SEVERITIES
from dashboard.filters import Selection
from dashboard.indicators.stock import IN_STOCK, NO_END
from dashboard.locale import Say
from dashboard.marks import JOIN, REST, mark_of, split
from dashboard.query import behind
from dashboard.query.chosen import SHARE, Kind, rows_of

PATH = "/records"
_RECORDS: tuple[Kind, ...] = ("agreement", "outcome", "planned", "news")
KINDS: tuple[str, ...] = (*_RECORDS, "partner")
"""Kinds of which all records of a selection can be asked for."""
NAMED = "named"
"""Kind of a file that holds every partner that any record of the selection names; ``partner`` are those of its agreements."""
LINKED = ("country", "field", "partner")


@dataclass(frozen=True, slots=True)
class Traced:
    """The records behind a mark: their kind, their ids, what the mark is called, and what each gives under fractional counting."""

    kind: str
    ids: list[str]
    name: str = ""
    weights: dict[str, float] = field(default_factory=dict)


def address(selection: Selection, figure: str, mark: str = "") -> str:
    """Return the address of the records behind a mark of a figure, or behind the whole figure, under a selection.

    >>> address(Selection(since=2020), "top_partners", "org-tub")
    '/records?since=2020&figure=top_partners&mark=org-tub'
    """
    query = selection.to_query()
    own = urlencode({"figure": figure} | ({"mark": mark} if mark else {}), safe=f",{JOIN}")
    return f"{PATH}{query}{'&' if query else '?'}{own}"


def traced(db: duckdb.DuckDBPyConnection, figure: Figure, selection: Selection, mark: str, say: Say) -> Traced:
    """Return what stands behind ``mark`` of ``figure`` under ``selection``; all that the figure counts where the mark is empty."""
    found = ids(db, figure, selection, mark)
    name = named(figure, figure.ask(db, selection), say, mark) if mark else ""
    weights = _weights(db, figure, selection, mark, found) if selection.counting == "fractional" and mark else {}
    return Traced(figure.counts, found, name, weights)


def ids(db: duckdb.DuckDBPyConnection, figure: Figure, selection: Selection, mark: str) -> list[str]:
    """Return the ids of the records; none for a figure that counts no records."""
    if figure.records:
        return figure.records(db, selection, mark)
    return behind.behind(db, figure.counts, figure.click, selection, mark) if figure.counts else []


def named(figure: Figure, frame: pd.DataFrame, say: Say, mark: str) -> str:
    """Return what the table of the figure calls the mark: ``China``, ``2023 · Grant``."""
    first, second = split(mark)
    rows = rows_of(frame)
    at = next((at for at, row in enumerate(rows) if mark_of(row) == mark), None)
    if at is not None:
        twin = figure.table(frame, say)
        if len(twin) == len(rows):  # a table that sums up has no row for each mark
            cells = twin.iloc[at]
            return " · ".join(str(cell) for cell in cells if cell and isinstance(cell, str))
    if second == REST:
        return f"{first} · {say(OTHERS, n='…')}"
    row = rows[at] if at is not None else {}
    return " · ".join(_said(code, row, say) for code in (first, second) if code)


_WORDS = FATES | SEVERITIES | {IN_STOCK: IN_FORCE, NO_END: UNSTATED_END}


def _said(code: str, row: Mapping[str, Any], say: Say) -> str:
    """Return a code of a mark in words: those of its vocabulary, or the name that stands beside it in the row."""
    if code in _WORDS:
        return say(_WORDS[code])
    return (say.name(row) if code == row.get("code") else "") or code


def _weights(db: duckdb.DuckDBPyConnection, figure: Figure, selection: Selection, mark: str, found: list[str]) -> dict[str, float]:
    if figure.counts not in _RECORDS or SHARE not in figure.ask(db, selection):
        return {}
    kind = next(each for each in _RECORDS if each == figure.counts)
    names = ("field", "country") if JOIN in mark else (figure.click,) if figure.click in LINKED else ()
    each = [behind.weights(db, kind, name, found) for name in names]
    made = dict.fromkeys(found, 1.0)
    for weights in each:
        made = {id_: weight * weights.get(id_, 1.0) for id_, weight in made.items()}
    return made if names else {}
