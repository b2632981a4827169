"""The stream of news: each item with what was understood marked in its text, and, apart, what waits for a person."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from dash import html
from dash.development.base_component import Component

from dashboard.figures.words import COLUMNS, EVENTS, word
from dashboard.locale import mark, mark_plural
from dashboard.pages import Context
from dashboard.pages.names import Row, address, day, title, to
from dashboard.parts import Child, badge, empty, link, section
from dashboard.query import stream
from dashboard.query.chosen import COUNT
from etl.tables import Link, News, Review
from etl.words.types import candidate_said

STREAM, STREAM_NOTE = mark("News"), mark("What was understood is marked: point at it to see as what; below, what follows from it")
ALL_EVENTS, NEWER, OLDER = mark("All events"), mark("Newer"), mark("Older")
SHOWN = mark("{first} to {last} of {all}, the latest first")
NONE = mark("No news item fits the selection.")
UNDERSTOOD: dict[str, str] = {
    "partner": mark("Partner: {name}"),
    "country": mark("Country: {name}"),
    "field": mark("Research field: {name}"),
}
PROPOSED = mark("proposal, not counted")
SPEAKS_OF, REPORTS, NOTHING_MORE = mark("Agreement"), mark("Outcome"), mark("Nothing follows from it in the registers.")
WAITING = mark_plural("{n} proposal waits for a person", "{n} proposals wait for a person")
WAITING_NOTE = mark("None of them counts in any number until somebody accepts it")
HOW = mark("To accept or refuse: run “make review”, answer in the workbook data/raw/decisions/review.xlsx, and run “make etl”.")
FOUND, POSSIBLE = mark("Found in the text"), mark("Possible answers")
FIRST = mark("The first {shown} of {all}; the workbook has all.")
#: The questions about news, as the ETL asks them, in the reader's language.
QUESTIONS: tuple[str, ...] = (
    mark("Does this news speak of this agreement?"),
    mark("Is this an agreement that no register has?"),
    mark("Is this an outcome that no register has?"),
    mark("Is this an organisation that no list has?"),
)
PER_PAGE, _MOST_WAITING = 20, 12


def drawn(context: Context, number: int) -> list[Component]:
    """Return the stream of the selection, ``number`` items in all, and the proposals."""
    return [_stream(context, number), *_waiting(context)]


def _stream(context: Context, number: int) -> Component:
    say = context.say
    known = stream.events(context.db, context.selection)
    event = next((row["code"] for row in known if row["code"] == context.asked("event")), "")
    whole = next((row[COUNT] for row in known if row["code"] == event), number)
    start = _start(context.asked("start"), whole)
    rows = stream.items(context.db, context.selection, event, start, PER_PAGE)
    chips = [_event(context, "", say(ALL_EVENTS), number, not event)]
    chips += [_event(context, row["code"], word(say, EVENTS, row["code"]), row[COUNT], row["code"] == event) for row in known]
    items = html.Ol([_item(context, row) for row in rows], className="stream") if rows else empty(say(NONE))
    said = say(SHOWN, first=say.number(start + 1), last=say.number(start + len(rows)), all=say.number(whole)) if rows else ""
    steps = [
        link(say(text), context.here(start=str(at) if at else ""), "button")
        for text, at in ((NEWER, start - PER_PAGE), (OLDER, start + PER_PAGE))
        if 0 <= at < whole
    ]
    foot = html.Div([html.Span(said, className="note"), *steps], className="stream-foot")
    nav = html.Div(chips, className="event-chips")
    legend = html.P(
        [part for what in UNDERSTOOD for part in (html.Mark(say(COLUMNS[what]), className=f"span-{what}"), " ")], className="note"
    )
    return section(say(STREAM), nav, legend, items, foot, note=say(STREAM_NOTE), id="stream")


def _start(text: str, whole: int) -> int:
    """Return where the page of the stream begins; nonsense, or a place behind the end, is the beginning."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 and int(text) < whole else 0


def _event(context: Context, code: str, name: str, number: int, is_here: bool) -> Component:
    text: list[Child] = [name, " ", html.Span(context.say.number(number), className="muted")]
    return html.Span(link(text, context.here(event=code, start=""), "event-chip"), className="is-here" if is_here else None)


def _item(context: Context, row: Row) -> Component:
    say = context.say
    head = html.Div(
        [html.Span(day(say, row[News.published]), className="timeline-date"), badge(word(say, EVENTS, row[News.event]))],
        className="item-head",
    )
    name = link(spanned(context, row[News.title], row["spans"], News.title), address(context, "news", row["id"]), "item-title")
    text = html.P(spanned(context, row[News.text], row["spans"], News.text), className="item-text") if row[News.text] else None
    return html.Li([head, html.H3(name), text, html.Div(_follows(context, row), className="item-follows")], className="item")


def spanned(context: Context, text: str, spans: Iterable[Row], column: str) -> list[Child]:
    """Return ``text`` with what was understood in ``column`` marked; pointed at, each mark says as what it was understood."""
    own = [span for span in spans if span[Link.span_column] == column]
    return marked(text, own, lambda span: _as_what(context, span))


def _as_what(context: Context, span: Row) -> str:
    said = context.say(UNDERSTOOD[span["what"]], name=title(context.say, span["what"], span))
    return said if span[Link.accepted] else f"{said} ({context.say(PROPOSED)})"


def marked(text: str, spans: Iterable[Row], as_what: Callable[[Row], str] | None = None) -> list[Child]:
    """Return ``text`` with each span marked; of two that overlap the one that begins first is marked, a span outside the text is left out.

    >>> span = {"span_start": 9, "span_end": 13}
    >>> [each if isinstance(each, str) else each.children for each in marked("Talks in Graz", [span])]
    ['Talks in ', 'Graz']
    """
    found: list[Child] = []
    at = 0
    known = [(each[Link.span_start], each[Link.span_end], each) for each in spans if each[Link.span_start] is not None]
    for start, end, span in sorted(known, key=lambda each: (each[0], -(each[1] or 0))):
        if end is None or start < at or end > len(text) or end <= start:
            continue
        said = as_what(span) if as_what else ""
        found += [text[at:start]] if start > at else []
        proposed = "" if span.get(Link.accepted, True) else " is-proposed"
        more = {"title": said, "className": f"span-{span['what']}{proposed}"} if said else {}
        found.append(html.Mark(text[start:end], **more))
        at = end
    return [*found, text[at:]] if at < len(text) else found


def _follows(context: Context, row: Row) -> list[Child]:
    """Return the agreements that the item speaks of and the outcomes that it reports."""
    say = context.say
    found: list[Child] = []
    for tied in row["tied"]:
        label = say(SPEAKS_OF if tied["what"] == "agreement" else REPORTS)
        name = to(context, tied["what"], tied["id"], title(say, tied["what"], tied))
        flag = [" ", badge(say(PROPOSED), "warning")] if not tied[Link.accepted] else []
        found.append(html.Span([html.Span(f"{label}: ", className="muted"), name, *flag], className="item-tie"))
    return found or [html.Span(say(NOTHING_MORE), className="muted")]


def _waiting(context: Context) -> list[Component]:
    say = context.say
    number, rows = stream.waiting(context.db, context.selection, _MOST_WAITING)
    if not number:
        return []
    items = html.Ul([_question(context, row) for row in rows], className="records")
    more = [html.P(say(FIRST, shown=say.number(len(rows)), all=say.number(number)), className="note")] if number > len(rows) else []
    how = html.P(say(HOW), className="message")
    return [section(say.count(WAITING, number), how, items, *more, note=say(WAITING_NOTE), id="proposals")]


def _question(context: Context, row: Row) -> Component:
    say = context.say
    proof = str(row[Review.proof] or row[Review.subject].partition(": ")[2])
    head = [
        html.Div(say(row[Review.question]), className="question"),
        html.Div([html.Span(say(FOUND), className="muted"), " ", html.Mark(proof, className="is-proposed")], className="record-what"),
        html.Div(to(context, "news", row[Review.about], row[News.title]), className="record-what"),
    ]
    answers = html.Ul([html.Li(candidate_said(say, each)) for each in row[Review.candidates][:5]], className="answers")
    return html.Li([html.Div(head, className="record-line"), answers], className="record")
