"""The table twin of a chart as data, answered when the reader opens it: most readers open none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import pandas as pd
from flask import Flask, Response, abort, request

from dashboard import asked
from dashboard.figures import Figure
from dashboard.filters import Selection
from dashboard.locale import Say, mark
from dashboard.marks import code_of, mark_of
from dashboard.query.chosen import COUNT, LINES, rows_of
from dashboard.query.ways import clicked
from dashboard.store import Store
from dashboard.traced import address
from dashboard.written import written

AS_CSV, AS_XLSX = mark("Data (CSV)"), mark("Data (XLSX)")
MORE_ROWS = mark("The first {shown} of {all} rows; the CSV file has all of them.")
BEHIND = mark("Show the records behind this number")
PATH = "/twins/"
_MOST_ROWS = 60


def register(server: Flask, store: Store, figures: Sequence[Figure]) -> None:
    """Serve the table of each figure, for the snapshot that its chart was drawn from: another would contradict the chart."""
    known = {figure.id: figure for figure in figures}

    def twin(name: str) -> Response:
        figure, snapshot = asked.one_of(known, name), asked.shown(store)
        if snapshot.id != request.args.get("snapshot"):
            abort(409)
        selection, say = asked.selection(), asked.say()
        with snapshot.cursor() as cursor:
            frame = figure.ask(clicked(cursor, snapshot.prepared), selection)
            return Response(written(contents(figure, frame, selection, say)), mimetype="application/json")

    server.add_url_rule(f"{PATH}<name>", "twin", twin)


def place(figure: Figure, selection: Selection, language: str, snapshot_id: str) -> str:
    """Return where the table of a figure is asked for."""
    query = selection.to_query()
    return f"{PATH}{figure.id}{query}{'&' if query else '?'}{urlencode({'lang': language, 'snapshot': snapshot_id})}"


def file(figure: Figure, selection: Selection, language: str, suffix: str) -> str:
    """Return where the figure is asked for as a file."""
    query = selection.to_query().removeprefix("?")
    return f"/export/{figure.id}.{suffix}?{query}{'&' if query else ''}lang={language}"


def contents(figure: Figure, frame: pd.DataFrame, selection: Selection, say: Say) -> dict[str, Any]:
    """Return the table of the figure in words: what names a row opens the menu of its mark, its number leads to the records."""
    part = frame.head(_MOST_ROWS)
    whole = figure.table(part if figure.by_row else frame, say)
    shown = whole.head(_MOST_ROWS)
    rows = rows_of(part) if figure.by_row or len(frame) == len(whole) else []
    every = int(frame[LINES].iloc[0]) if LINES in frame and len(frame) else len(frame) if figure.by_row else len(whole)
    lines = list(shown.itertuples(index=False, name=None))
    return {
        "figure": figure.id,
        "caption": say(figure.question),
        "heads": [str(name) for name in shown.columns],
        "numbers": [bool(pd.api.types.is_numeric_dtype(shown.dtypes.iloc[i])) for i in range(shown.shape[1])],
        "rows": [[_said(value, say) for value in values] for values in lines],
        "keys": [[value if _is_number(value) else "" for value in values] for values in lines],
        "marks": [_mark(figure, selection, row) for row in rows],
        "behind": say(BEHIND),
        "more": say(MORE_ROWS, shown=len(lines), all=say.number(every)) if every > len(lines) else "",
        "files": [[say(text), file(figure, selection, say.language, suffix)] for text, suffix in ((AS_CSV, "csv"), (AS_XLSX, "xlsx"))],
    }


def _mark(figure: Figure, selection: Selection, row: Mapping[str, Any]) -> list[str]:
    """Return the mark of a row, the code that a click on it adds, and the address of its records where there are any."""
    mark_ = mark_of(row) if figure.counts else ""
    return [mark_, _code(figure, row), address(selection, figure.id, mark_) if row.get(COUNT) else ""] if mark_ else []


def _code(figure: Figure, row: Mapping[str, Any]) -> str:
    """Return the code that a click on the row's mark adds to the selection."""
    column = "year" if figure.click == "since" else figure.click if figure.click in row else "code"
    return code_of(row.get(column)) if figure.click else ""


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and value == value


def _said(value: Any, say: Say) -> str:
    if value is None or value is pd.NA or value != value:
        return ""
    if isinstance(value, float):
        return say.number(round(value, 2))
    # Whole numbers stand as they are: 2019 is mostly a year, and thousands are rare in these tables.
    return say.number(value) if isinstance(value, int) and abs(value) >= 10_000 else str(value)
