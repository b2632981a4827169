"""Figures as data: CSV for a spreadsheet, JSON for a program; both with the words that belong to the numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import orjson
import pandas as pd

from dashboard.cells import safe
from dashboard.export import seal
from dashboard.export.clean import clean
from dashboard.export.view import View
from dashboard.written import written

NOTE = "# "
"""Begins a line of a CSV file that is no data."""


def as_csv(frame: pd.DataFrame) -> str:
    """Return ``frame`` as CSV (RFC 4180) in which no text is a formula.

    >>> as_csv(pd.DataFrame({"a": ["=1+1", "-2", None], "n": [1, 2, -3]}))
    "a,n\\r\\n'=1+1,1\\r\\n'-2,2\\r\\n,-3\\r\\n"
    """
    return lines([list(frame.columns), *frame.itertuples(index=False, name=None)])


def lines(rows: Iterable[Sequence[Any]]) -> str:
    """Return ``rows`` as lines of CSV: no text is calculated, none has a letter that no program can show."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for row in rows:
        writer.writerow(safe(clean(cell) if isinstance(cell, str) else cell for cell in row))
    return out.getvalue()


def csv_of(view: View) -> bytes:
    """Return the table of a figure for a spreadsheet (UTF-8 with a mark at its beginning), and below it what it shows and its passport."""
    notes = [view.finding, *view.notes, *_meanings(view), view.source]
    text = as_csv(view.table) + lines([NOTE + " ".join(note.split())] for note in notes if note)
    return seal.written(text.encode("utf-8-sig"), "csv", [view.passport])


def json_of(view: View) -> bytes:
    """Return the table of a figure, the meaning and unit of its columns, what it shows, its plotly figure and its passport."""
    told = {
        "question": view.say(view.figure.question),
        "finding": view.finding,
        "subtitle": view.subtitle,
        "filters": view.filters,
        "counting": view.rule,
        "source": view.source,
        "columns": [{"name": clean(each.head), "meaning": each.meaning, "unit": each.unit} for each in view.columns],
        "rows": [[clean(cell) if isinstance(cell, str) else cell for cell in row] for row in view.table.itertuples(index=False, name=None)],
        "figure": orjson.loads(written(view.plot)),
    }
    return seal.written(written(told), "json", [view.passport])


def _meanings(view: View) -> list[str]:
    return [f"{each.head}: {each.meaning}{f' ({each.unit})' if each.unit else ''}" for each in view.columns]
