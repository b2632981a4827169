"""Answers that are no page: a figure (``/export/<id>.csv``), the records behind a mark (``/records.xlsx``), its menu (``/marks/<id>``)."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence

import pandas as pd
from flask import Flask, Response, abort, jsonify, request

from dashboard.cells import safe
from dashboard.figures import Figure
from dashboard.filters import Selection
from dashboard.locale import Say, mark, speaker
from dashboard.mark_menu import MarkAsked, menu
from dashboard.query import behind, registers
from dashboard.record_tables import as_table
from dashboard.store import Connection, Store
from dashboard.traced import KINDS, NAMED, Traced, traced
from dashboard.workbook import TYPE, workbook
from etl.tables import Partner

Answer = Callable[[Connection, Say], tuple[str, pd.DataFrame, list[str]]]
"""From a snapshot and a language to the name of the file, its table, and what the table shows."""
MOST_NAMED = 100_000
NO_FIGURE = mark("All records of this kind")
SHOWS = mark("{what} · as of {date} · snapshot {id}")


def register(server: Flask, store: Store, figures: Sequence[Figure]) -> None:
    """Serve the data of ``figures`` and the records behind their marks, as CSV and as workbooks, and the menu of each mark."""
    known = {figure.id: figure for figure in figures}

    def export(name: str, suffix: str) -> Response:
        figure = known.get(name)
        if figure is None:
            abort(404)
        return _file(store, suffix, lambda db, say: _of_figure(db, say, figure))

    def records(suffix: str) -> Response:
        return _file(store, suffix, lambda db, say: _of_records(db, say, known.get(request.args.get("figure", ""))))

    def marks(name: str) -> Response:
        figure, snapshot = known.get(name), store.snapshot()
        if figure is None:
            abort(404)
        if snapshot is None:
            abort(503)
        with snapshot.cursor() as cursor:
            asked = MarkAsked.of(request.args, request.query_string.decode("ascii", "replace"))
            return jsonify(menu(cursor, figure, asked, speaker(request.args.get("lang", "en"))))

    for suffix in ("csv", "xlsx"):
        server.add_url_rule(f"/export/<name>.{suffix}", f"export_{suffix}", export, defaults={"suffix": suffix})
        server.add_url_rule(f"/records.{suffix}", f"records_{suffix}", records, defaults={"suffix": suffix})
    server.add_url_rule("/marks/<name>", "marks", marks)


def _of_figure(db: Connection, say: Say, figure: Figure) -> tuple[str, pd.DataFrame, list[str]]:
    selection = _selection()
    frame = figure.ask(db, selection)
    return figure.id, figure.table(frame, say), [figure.finding(frame, say, selection), figure.subtitle(frame, say, selection)]


def _of_records(db: Connection, say: Say, figure: Figure | None) -> tuple[str, pd.DataFrame, list[str]]:
    selection = _selection()
    if request.args.get("kind") == NAMED:
        named = [row[Partner.id] for row in registers.partners(db, selection, MOST_NAMED)]
        return "records-partner", as_table(db, Traced("partner", named), say), [say(NO_FIGURE)]
    if figure is None or not figure.counts:
        kind = request.args.get("kind", "")
        kind = kind if kind in KINDS else "agreement"
        found = Traced(kind, behind.behind(db, kind, "", selection, ""))
        return f"records-{kind}", as_table(db, found, say), [say(NO_FIGURE)]
    found = traced(db, figure, selection, request.args.get("mark", "")[:200], say)
    return f"records-{figure.id}", as_table(db, found, say), [" · ".join(part for part in (say(figure.question), found.name) if part)]


def _selection() -> Selection:
    return Selection.from_query(request.query_string.decode("ascii", "replace"))


def _file(store: Store, suffix: str, answer: Answer) -> Response:
    snapshot, say = store.snapshot(), speaker(request.args.get("lang", "en"))
    if snapshot is None:
        abort(503)
    with snapshot.cursor() as cursor:
        name, table, notes = answer(cursor, say)
    if suffix == "csv":
        response = Response(as_csv(table).encode("utf-8-sig"), mimetype="text/csv")
    else:
        shows = say(SHOWS, what=" · ".join(notes), date=say.date(snapshot.as_of), id=snapshot.id)
        rows = table.astype(object).where(table.notna(), None).itertuples(index=False, name=None)
        response = Response(workbook([str(each) for each in table.columns], rows, [shows]), mimetype=TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{snapshot.as_of}.{suffix}"'
    return response


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
