"""Answers that are no page: a figure as a file (``/export/<id>.<suffix>``), the records behind a mark, and the menu of a mark."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

import pandas as pd
from flask import Flask, Response, jsonify, request

from dashboard import asked
from dashboard.export.chart import SUFFIXES, TYPES, file_of
from dashboard.export.pictures import PRINT, SCREEN, MissingGlyphs, NoBrowser, NoPicture
from dashboard.export.queue import TOO_MANY, Queue, TooMany
from dashboard.export.tables import as_csv
from dashboard.export.view import View, view
from dashboard.export.workbook import TYPE, workbook
from dashboard.figures import Figure
from dashboard.locale import Say, mark
from dashboard.mark_menu import MarkAsked, menu
from dashboard.query import behind, registers
from dashboard.record_tables import as_table
from dashboard.store import Connection, Snapshot, Store
from dashboard.traced import KINDS, NAMED, Traced, traced
from etl.tables import Partner

log = logging.getLogger(__name__)

Answer = Callable[[Connection, Say], tuple[str, pd.DataFrame, list[str]]]
"""From a snapshot and a language to the name of the file, its table, and what the table shows."""
MOST_NAMED = 100_000
NO_FIGURE = mark("All records of this kind")
SHOWS = mark("{what} · as of {date} · snapshot {id}")
SIZES: dict[str, int] = {"print": PRINT, "screen": SCREEN}
_LATER = 60
"""Seconds after which a reader who was sent away may come again."""


def register(server: Flask, store: Store, figures: Sequence[Figure], queue: Queue | None = None) -> None:
    """Serve ``figures`` as files, the records behind their marks as CSV and as workbooks, and the menu of each mark."""
    known, shared = {figure.id: figure for figure in figures}, queue or Queue()

    def export(name: str, suffix: str) -> Response:
        figure = asked.one_of(known, name)
        return _exported(shared, asked.shown(store), figure, suffix)

    def records(suffix: str) -> Response:
        return _file(store, suffix, lambda db, say: _of_records(db, say, known.get(request.args.get("figure", ""))))

    def marks(name: str) -> Response:
        figure = asked.one_of(known, name)
        with asked.shown(store).cursor() as cursor:
            mark_ = MarkAsked.of(request.args, request.query_string.decode("ascii", "replace"))
            return jsonify(menu(cursor, figure, mark_, asked.say()))

    for suffix in SUFFIXES:
        server.add_url_rule(f"/export/<name>.{suffix}", f"export_{suffix}", export, defaults={"suffix": suffix})
    for suffix in ("csv", "xlsx"):
        server.add_url_rule(f"/records.{suffix}", f"records_{suffix}", records, defaults={"suffix": suffix})
    server.add_url_rule("/marks/<name>", "marks", marks)


def _exported(queue: Queue, snapshot: Snapshot, figure: Figure, suffix: str) -> Response:
    """Return the file of a figure; where it cannot be drawn, a sentence that says why and what to do."""
    say, selection = asked.say(), asked.selection()
    dpi = SIZES.get(request.args.get("size", ""), PRINT)
    with snapshot.cursor() as cursor:
        shown: View = view(figure, selection, say, snapshot, cursor)
    key = (figure.id, selection.to_query(), say.language, suffix, dpi if suffix == "png" else 0)
    try:
        content = queue.get(snapshot.id, key, lambda pictures: file_of([shown], suffix, pictures, dpi=dpi))
    except TooMany:
        return _refused(say(TOO_MANY))
    except (NoBrowser, MissingGlyphs, NoPicture) as error:
        log.warning("%s.%s: %s", figure.id, suffix, error)
        return _refused(error.said(say))
    response = Response(content, mimetype=TYPES[suffix])
    response.headers["Content-Disposition"] = f'attachment; filename="{figure.id}-{snapshot.as_of}.{suffix}"'
    return response


def _refused(sentence: str) -> Response:
    response = Response(sentence, 503, mimetype="text/plain")
    response.headers["Retry-After"] = str(_LATER)
    return response


def _of_records(db: Connection, say: Say, figure: Figure | None) -> tuple[str, pd.DataFrame, list[str]]:
    selection = asked.selection()
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


def _file(store: Store, suffix: str, answer: Answer) -> Response:
    snapshot, say = asked.shown(store), asked.say()
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
