"""From an address to everything on the screen; the answers are kept as long as their snapshot is shown."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping, Sequence
from typing import Any, cast
from urllib.parse import unquote

import duckdb
import orjson
from dash import html
from dash.development.base_component import Component

from dashboard import frame
from dashboard.access.callbacks import Forged
from dashboard.card import painted
from dashboard.filters import Selection, own_parts
from dashboard.fold import folded
from dashboard.locale import LANGUAGES, Say, mark, speaker
from dashboard.options import Options, options
from dashboard.pages import Context, Page
from dashboard.parts import empty, link, page_title
from dashboard.query.click import Click, Known
from dashboard.store import Snapshot, Store
from dashboard.written import Kept, written

log = logging.getLogger(__name__)

NO_SUCH_PAGE = mark("There is no page at this address.")
TO_OVERVIEW = mark("To the overview")
NOTHING_YET = mark("No data has been published yet")
HOW = mark("Put the workbooks into data/raw, run this command, and reload the page:")
FAILED = mark("This page could not be drawn.")
FAILED_HOW = mark(
    "The other pages still work. Try it without the filters; if it fails again, tell who runs the server: its log says what went wrong."
)
WITHOUT_FILTERS = mark("This page without filters")
NO_SUCH_HOW = mark("The address may be mistyped, or of an older version. Search with / or start from the overview.")
_MOST_KEPT = 48 * 1024 * 1024  # bytes
_LONGEST = {"path": 1000, "query": 8000}


class Asked:
    """What the browser asks for, read and checked."""

    def __init__(self, data: object) -> None:
        """Read the value of the store ``asked``.

        Raises:
            Forged: it is not what assets/frame.js writes.
        """
        if not isinstance(data, dict) or data.keys() != {"path", "query", "language", "dark"}:
            raise Forged("asked")
        if not all(isinstance(data[name], str) and len(data[name]) <= most for name, most in _LONGEST.items()):
            raise Forged("path or query")
        if data["language"] not in LANGUAGES or not isinstance(data["dark"], bool):
            raise Forged("language or theme")
        self.path = "/" + str(data["path"]).strip("/")
        self.selection = Selection.from_query(data["query"])
        self.given = own_parts(data["query"])
        self.language = str(data["language"])
        self.dark: bool = data["dark"]


class Renderer:
    """Draws the page of an address."""

    def __init__(self, store: Store, pages: Sequence[Page]) -> None:
        """Remember where the data and the pages are; ``reached`` are the ids that callbacks know, they stay components."""
        self._store, self._pages = store, pages
        self.reached: frozenset[str] = frozenset()
        self._options: tuple[str, Options] | None = None
        self._kept = Kept(_MOST_KEPT)
        self._said: dict[str, Any] = {}
        self._known: tuple[str, dict[str, Known]] = ("", {})

    def answer(self, data: object, shown: object) -> list[Any]:
        """Return what stands in each place of the frame (the filter bar only when it changes), and which filter bar that is.

        Raises:
            Forged: the values are not of our page.
        """
        asked = Asked(data)
        say, snapshot = speaker(asked.language), self._store.snapshot()
        if snapshot is None:
            return self._without_data(say)
        bar_key = f"{snapshot.id}|{asked.language}"
        key = (snapshot.id, asked.path, asked.selection, asked.given, asked.language, asked.dark)
        header, chips, content, footer, title = self._drawn(key, snapshot, asked)
        has_bar = isinstance(shown, dict) and shown.get("bar") == bar_key
        notes = frame.messages(self._notes(asked.selection, say), say, asked.path)
        places = {frame.HEADER: header, frame.CHIPS: chips, frame.MESSAGES: notes, frame.CONTENT: content, frame.FOOTER: footer}
        if not has_bar:
            places[frame.BAR] = frame.bar(self._offered(snapshot), asked.selection, say)
        return [{"places": places, "title": title, "language": asked.language}, {"bar": bar_key}]

    def _drawn(self, key: tuple[Any, ...], snapshot: Snapshot, asked: Asked) -> list[orjson.Fragment]:
        """Return header, chips, content, footer and title as they are sent."""

        def make() -> tuple[bytes, ...]:
            return tuple(written(folded(part, self.reached)) for part in self._draw(snapshot, asked))

        return [orjson.Fragment(part) for part in self._kept.get(snapshot.id, key, make)]

    def warm(self, seconds: float = 10.0) -> None:
        """Draw the pages without a filter, which are asked for most and take longest, before somebody waits for them."""
        started = time.monotonic()
        pages = [page.path for page in self._pages if page.in_menu]
        wanted = [(path, language, dark) for dark in (False, True) for language in LANGUAGES for path in pages[: 1 if dark else None]]
        for path, language, dark in wanted:
            if time.monotonic() - started > seconds:
                return
            self.answer({"path": path, "query": "", "language": language, "dark": dark}, None)

    def _draw(self, snapshot: Snapshot, asked: Asked) -> list[Any]:
        say, offered = speaker(asked.language), self._offered(snapshot)
        page, thing = self._page(asked.path)
        with snapshot.cursor() as cursor:
            click = Click(cursor, snapshot.prepared, self._known_of(snapshot.id))
            db = cast(duckdb.DuckDBPyConnection, click)
            context = Context(db, snapshot.id, snapshot.as_of, asked.selection, say, asked.path, asked.given, self._store.folder)
            content = self._content(page, thing, context)
            click.share()
        title = say(frame.TAB_TITLE, page=say(page.title), name=say(frame.NAME)) if page else say(frame.NAME)
        painted(content, asked.dark)
        chips = frame.chips(context, self._names(snapshot, say))
        return [frame.header(context, offered, self._pages), chips, content, frame.footer(context), title]

    def _content(self, page: Page | None, thing: str, context: Context) -> Component:
        say = context.say
        if page is None:
            return html.Div([page_title(say(NO_SUCH_PAGE)), empty(say(NO_SUCH_HOW), link(say(TO_OVERVIEW), context.link("/"), "button"))])
        try:
            # A fragment per page: another page is built anew, the same page is updated in place.
            return html.Div(page.draw(context, thing), className="page")
        except Exception:  # the frame and the other pages must go on; the log has the whole story
            log.exception("page %s could not be drawn", page.path)
            bare = link(say(WITHOUT_FILTERS), context.link(context.path, Selection()), "button")
            return html.Div([page_title(say(FAILED)), empty(say(FAILED_HOW), bare, link(say(TO_OVERVIEW), "/", "button"))])

    def _page(self, path: str) -> tuple[Page | None, str]:
        """Return the page of ``path`` and the id at its end: ``/countries/CHN`` is ``/countries/<id>``, or ``/countries`` with an id."""
        by_path = {page.path: page for page in self._pages}
        if path in by_path:
            return by_path[path], ""
        head, _, last = path.rpartition("/")
        page = by_path.get(f"{head}/<id>") or (by_path.get(head) if head else None)
        return page, unquote(last)[:200]

    def _known_of(self, snapshot_id: str) -> dict[str, Known]:
        """Return what earlier clicks on this snapshot have left."""
        known = self._known
        if known[0] != snapshot_id:
            known = self._known = (snapshot_id, {})
        return known[1]

    def _names(self, snapshot: Snapshot, say: Say) -> Mapping[str, Mapping[str, str]]:
        """Return code -> name of all that can be chosen; ten thousand partners are not named anew by every click."""
        said = self._said  # a snapshot that arrives meanwhile exchanges the whole
        if said.get("") != snapshot.id:
            said = self._said = {"": snapshot.id}
        if say.language not in said:
            said[say.language] = self._offered(snapshot).names(say)
        return cast(Mapping[str, Mapping[str, str]], said[say.language])

    def _offered(self, snapshot: Snapshot) -> Options:
        known = self._options
        if known is None or known[0] != snapshot.id:
            with snapshot.cursor() as cursor:
                known = self._options = (snapshot.id, options(cursor))
        return known[1]

    def _notes(self, selection: Selection, say: Say) -> list[tuple[str, str]]:
        notes = [("plain", say(frame.IGNORED, parts=say.listed(selection.ignored[:5])))] if selection.ignored else []
        if trouble := self._store.trouble:
            notes.insert(0, ("warning", f"{say(frame.STALE)} {say(trouble.reason, **trouble.values)}"))
        return notes

    def _without_data(self, say: Say) -> list[Any]:
        trouble = self._store.trouble
        reason = say(trouble.reason, **trouble.values) if trouble else ""
        top = html.Div([html.Span(say(frame.NAME), className="brand"), frame.languages(say)], className="top-row wrap")
        page = html.Div([html.H1(say(NOTHING_YET)), html.P(reason), html.P(say(HOW)), html.Pre("make etl")], className="card empty-house")
        places = {name: [] for name in frame.PLACES} | {frame.HEADER: [top], frame.CONTENT: page}
        return [{"places": places, "title": say(frame.NAME), "language": say.language}, {"bar": ""}]
