"""Marks: the code by which an address names one bar, cell, symbol or row of a figure.

A mark is a code of the figure's frame (``CHN``), two of them joined (``2023~exchange_agreement``), or ``none`` for what names no code.
A chart carries it in ``customdata``: third where it differs from the code that a click adds to the selection, which stands first.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

NONE = "none"
REST = "rest"
"""The grey stack of all codes without a hue."""
JOIN = "~"
#: Columns of a frame that make its marks, the first that a frame has: (``year``, ``code``) before ``code`` alone.
_COLUMNS: tuple[tuple[str, ...], ...] = (
    ("year", "code"),
    ("field", "country"),
    ("kind", "code"),
    ("file_name", "sheet_name"),
    ("file_name",),
    ("month",),
    ("code",),
)


def code_of(value: Any) -> str:
    """Return a code as a mark spells it.

    >>> code_of("CHN"), code_of(2023.0), code_of(None)
    ('CHN', '2023', 'none')
    """
    if value is None or value is pd.NA or value != value:
        return NONE
    return str(int(value)) if isinstance(value, float) else str(value)


def mark_of(row: Mapping[str, Any] | pd.Series) -> str:
    """Return the mark of a row of a frame, or nothing where its columns make none.

    >>> mark_of({"year": 2023, "code": None}), mark_of({"code": "CHN"}), mark_of({"name": "a.xlsx"})
    ('2023~none', 'CHN', '')
    """
    columns = next((each for each in _COLUMNS if all(name in row for name in each)), ())
    return JOIN.join(code_of(row[name]) for name in columns)


def split(mark: str) -> tuple[str, str]:
    """Return the two codes of a mark, the second empty where there is one only.

    >>> split("2023~none"), split("CHN")
    (('2023', 'none'), ('CHN', ''))
    """
    first, _, second = mark.partition(JOIN)
    return first, second
