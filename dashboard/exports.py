"""``/export/<figure>.csv``: the data behind a figure, for the selection of the address."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd
from flask import Flask, Response, abort, request

from dashboard.figures import Figure
from dashboard.filters import Selection
from dashboard.locale import speaker
from dashboard.store import Store

#: What makes a spreadsheet take a text for a formula (OWASP ASVS 1.2.10), with the full-width forms that Excel takes as well.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


def register(server: Flask, store: Store, figures: Sequence[Figure]) -> None:
    """Serve the data of ``figures``."""
    known = {figure.id: figure for figure in figures}

    def export(name: str) -> Response:
        figure, snapshot = known.get(name), store.snapshot()
        if figure is None:
            abort(404)
        if snapshot is None:
            abort(503)
        say = speaker(request.args.get("lang", "en"))
        with snapshot.cursor() as cursor:
            frame = figure.ask(cursor, Selection.from_query(request.query_string.decode("ascii", "replace")))
            text = as_csv(figure.table(frame, say))
        response = Response(text.encode("utf-8-sig"), mimetype="text/csv")
        response.headers["Content-Disposition"] = f'attachment; filename="{figure.id}-{snapshot.as_of}.csv"'
        return response

    server.add_url_rule("/export/<name>.csv", "export", export)


def as_csv(frame: pd.DataFrame) -> str:
    """Return ``frame`` as CSV (RFC 4180) in which no text is a formula.

    >>> as_csv(pd.DataFrame({"a": ["=1+1", "-2", None], "n": [1, 2, -3]}))
    "a,n\\r\\n'=1+1,1\\r\\n'-2,2\\r\\n,-3\\r\\n"
    """
    written = io.StringIO(newline="")
    out = csv.writer(written)
    out.writerow(safe(frame.columns))
    for row in frame.itertuples(index=False, name=None):
        out.writerow(safe(row))
    return written.getvalue()


def safe(cells: Iterable[Any]) -> list[Any]:
    """Return ``cells`` with an apostrophe before every text that a spreadsheet would calculate; what is absent is empty."""
    return [_safe(cell) for cell in cells]


def _safe(cell: Any) -> Any:
    if cell is None or cell is pd.NA or cell != cell:
        return ""
    if not isinstance(cell, str):
        return cell
    clean = cell.encode("utf-8", "replace").decode()  # a lone surrogate cannot be written
    return f"'{clean}" if clean.startswith(_FORMULA) else clean
