"""Cells of a file for a spreadsheet: no text is ever calculated."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

#: What makes a spreadsheet take a text for a formula (OWASP ASVS 1.2.10), with the full-width forms that Excel takes as well.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


def safe(cells: Iterable[Any]) -> list[Any]:
    """Return ``cells`` with an apostrophe before every text that a spreadsheet would calculate; what is absent is empty."""
    return [_safe(cell) for cell in cells]


def _safe(cell: Any) -> Any:
    if cell is None or cell is pd.NA or cell != cell:
        return ""
    if not isinstance(cell, str):
        return cell
    clean = cell.encode("utf-8", "replace").decode()  # a lone surrogate cannot be written
    return f"'{clean}" if clean.startswith(FORMULA) else clean
