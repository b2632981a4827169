"""What fits a question, by kind, with the words that fit marked; typing errors and the script do not matter."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from dashboard.figures.words import AGREEMENT_TYPES, AGREEMENTS, COUNTRIES, EVENTS, FIELDS, NEWS, OUTCOME_TYPES, OUTCOMES, PARTNERS, word
from dashboard.locale import mark
from dashboard.pages import Context, Page
from dashboard.pages.names import address, title
from dashboard.parts import Child, empty, link, page_title, section
from dashboard.query import texts
from dashboard.search import Hit, Index, Indexes, marked
from dashboard.store import Snapshot
from etl.tables import Agreement, News, Outcome

PATH = "/search"
TITLE, ASK = mark("{n} results for “{question}”"), mark("Search partners, agreements, news and outcomes")
NOTE = mark("In all records, whatever the filters; typing errors and the script do not matter")
HOW = mark("Type a name, a word of a title or the number of an agreement, in any of the three languages.")
NOT_READY = mark("The search in this data is still being prepared. Try again in a minute.")
NOTHING = mark("Nothing found for “{question}”. Try fewer words, or another spelling.")
MORE, BACK = mark("Show all {n}"), mark("All kinds")
KINDS = {"partner": PARTNERS, "country": COUNTRIES, "field": FIELDS, "agreement": AGREEMENTS, "news": NEWS, "outcome": OUTCOMES}
_FEW, _MOST = 8, 200
_AROUND = 70
_INDEXES = Indexes()


def draw(context: Context, _id: str = "") -> Component:
    """Return the page."""
    say, question = context.say, " ".join(context.asked("q").split())
    if not question:
        return html.Div([page_title(say(ASK), say(NOTE)), _box(context, ""), section(say(ASK), empty(say(HOW)))])
    index = _INDEXES.of(context.snapshot_id, lambda: texts.searched(context.db))
    if index is None:
        return html.Div([page_title(say(ASK), say(NOTE)), _box(context, question), section(say(ASK), empty(say(NOT_READY)))])
    hits = index.find(question)
    groups = {kind: [hit for hit in hits if hit.document.kind == kind] for kind in KINDS}
    best = sorted((kind for kind in KINDS if groups[kind]), key=lambda kind: groups[kind][0].order)
    shown = [context.asked("kind")] if groups.get(context.asked("kind")) else best
    head = page_title(say(TITLE, n=say.number(len(hits)), question=question[:80]), say(NOTE))
    if not hits:
        return html.Div(
            [head, _box(context, question), section(say(ASK), empty(say(NOTHING, question=question[:80]), html.Span(say(HOW))))]
        )
    return html.Div([head, _box(context, question), *(_group(context, kind, groups[kind], len(shown) == 1 < len(best)) for kind in shown)])


def begin(snapshot: Snapshot) -> Future[Index]:
    """Let the index of a snapshot be made before somebody searches."""
    with snapshot.cursor() as cursor:
        return _INDEXES.begin(snapshot.id, lambda: texts.searched(cursor))


def _box(context: Context, question: str) -> Component:
    """Return the box of the phone, whose header has no room for one."""
    field = dmc.TextInput(
        value=question, placeholder=context.say(ASK), className="search-field", size="md", **{"aria-label": context.say(ASK)}
    )
    return html.Div(field, className="phone-only search-page-box", role="search", **{"aria-label": context.say(ASK)})


def _group(context: Context, kind: str, hits: Sequence[Hit], is_alone: bool) -> Component:
    say = context.say
    shown = hits[: _MOST if is_alone else _FEW]
    items = html.Ul([_result(context, hit) for hit in shown], className="results")
    more = [link(say(MORE, n=say.number(len(hits))), context.here(kind=kind))] if len(hits) > len(shown) and not is_alone else []
    back = [link(say(BACK), context.here(kind=""))] if is_alone else []
    return section(say.count(KINDS[kind], len(hits)), items, *more, *back, id=f"found-{kind}")


def _result(context: Context, hit: Hit) -> Component:
    """Return a result: its name, and where the name does not show why it was found, the text that does."""
    say, row, kind = context.say, hit.document.row, hit.document.kind
    name = title(say, kind, row)
    parts = [link(_marked(marked(name, hit.words)), address(context, kind, str(row["id"])))]
    if what := _what(context, hit):
        parts.append(html.Span(what, className="note"))
    if not any(is_wanted for _, is_wanted in marked(name, hit.words)):
        parts += [html.Div(_because(text, hit.words), className="note because") for text in _proofs(hit)[:1]]
    return html.Li(parts)


def _proofs(hit: Hit) -> list[str]:
    return [text for text, _ in hit.document.texts if any(is_wanted for _, is_wanted in marked(text, hit.words))]


def _marked(pieces: Sequence[tuple[str, bool]]) -> Child:
    return html.Span([html.Mark(text) if is_wanted else text for text, is_wanted in pieces])


def _because(text: str, wanted: frozenset[str]) -> list[Child]:
    """Return the part of a text around the first word that fits."""
    pieces = marked(text, wanted)
    first = next(at for at, (_, is_wanted) in enumerate(pieces) if is_wanted)
    before = pieces[first - 1][0] if first else ""
    shown = pieces[first : first + 6]
    head = f"…{before[-_AROUND:]}" if len(before) > _AROUND else before
    tail = [(piece if is_wanted or len(piece) <= _AROUND else f"{piece[:_AROUND]}…", is_wanted) for piece, is_wanted in shown]
    return [head, _marked(tail)]


def _what(context: Context, hit: Hit) -> str:
    say, row, kind = context.say, hit.document.row, hit.document.kind
    known = {"agreement": (Agreement.signed, AGREEMENT_TYPES, Agreement.type), "outcome": (Outcome.date, OUTCOME_TYPES, Outcome.type),
             "news": (News.published, EVENTS, News.event)}.get(kind)  # fmt: skip
    if not known:
        return ""
    date, vocabulary, code = known
    parts = (say.date(row[date]), word(say, vocabulary, row[code]) if row[code] else "")
    return " · ".join(part for part in parts if part)


PAGE = Page(PATH, mark("Search"), draw, in_menu=False)
