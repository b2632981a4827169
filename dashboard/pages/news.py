"""The news: all items, and one with what was understood in it, highlighted."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.card import chart_card
from dashboard.figures import news_by_event, news_by_year
from dashboard.figures.words import EVENTS, MORE_OF_IT, NEWS, OUTCOME_TYPES, word
from dashboard.locale import mark
from dashboard.pages import Context, Page, stream
from dashboard.pages.absent import absent
from dashboard.pages.chain import chain
from dashboard.pages.counted import counted
from dashboard.pages.names import day, several, title, to
from dashboard.pages.proof import proof
from dashboard.pages.stacks import stacked
from dashboard.parts import Child, Column, columns, empty, external_link, fact_list, page_title, section, table
from dashboard.query import registers, single
from etl.tables import Agreement, News, Outcome

TITLE = mark("{items} in this selection")
TEXT, UNDERSTOOD = mark("Text"), mark("What was understood")
TEXT_NOTE = mark("What was understood is marked; a proposal waits for a person and never counts")
NO_TEXT, NOT_STATED, OPEN_PAGE = mark("The source has no text, only a headline."), mark("not stated"), mark("Open the page")
DATE, EVENT, PARTNERS, COUNTRY, FIELDS = mark("Date"), mark("Reported event"), mark("Partners"), mark("Country"), mark("Research fields")
SOURCE, TIED = mark("Source"), mark("How it is tied")
ABOUT, REPORTS = mark("Agreements it is about"), mark("Outcomes it reports")
NO_AGREEMENT, NO_OUTCOME = mark("No agreement is tied to this item."), mark("No outcome is tied to this item.")
AGREEMENT, OUTCOME, TYPE, SIGNED = mark("Agreement"), mark("Outcome"), mark("Type"), mark("Signed")


def draw(context: Context, _id: str = "") -> Component:
    """Return the page of all news."""
    say = context.say
    number = registers.size(context.db, context.selection, "news")
    return html.Div([
        page_title(say(TITLE, items=say.count(NEWS, number))),
        columns(chart_card(news_by_year.FIGURE, context, 340), chart_card(news_by_event.FIGURE, context, 340)),
        *stream.drawn(context, number),
    ])  # fmt: skip


def draw_one(context: Context, id_: str = "") -> Component:
    """Return the page of the news item ``id_``."""
    row = single.record(context.db, "news", id_)
    if row is None:
        return absent(context, "news", id_)
    say = context.say
    spans = [link | {"what": name} for name in ("partner", "country", "field") for link in registers.links(context.db, "news", name, [id_])]
    text = html.P(stream.spanned(context, row[News.text], spans, News.text)) if row[News.text] else empty(say(NO_TEXT))
    return html.Div([
        page_title(row[News.title], say(MORE_OF_IT, what=word(say, EVENTS, row[News.event]), more=day(say, row[News.published]))),
        columns(
            stacked(section(say(TEXT), text, note=say(TEXT_NOTE)), section(say(UNDERSTOOD), fact_list(_facts(context, row)))),
            stacked(section(say(ABOUT), _agreements(context, id_)), section(say(REPORTS), _outcomes(context, id_))),
        ),
        chain(context, "news", id_),
        counted(context, "news", id_),
    ])  # fmt: skip


def _facts(context: Context, row: dict[str, Any]) -> list[tuple[str, Child | list[Child]]]:
    say = context.say
    return [
        (say(DATE), day(say, row[News.published])),
        (say(EVENT), word(say, EVENTS, row[News.event])),
        (say(PARTNERS), several(context, "partner", row["partner"]) or say(NOT_STATED)),
        (say(COUNTRY), several(context, "country", row["country"]) or say(NOT_STATED)),
        (say(FIELDS), several(context, "field", row["field"]) or say(NOT_STATED)),
        (say(SOURCE), external_link(say(OPEN_PAGE), row[News.link]) if row[News.link] else None),
    ]


def _agreements(context: Context, id_: str) -> Component:
    say = context.say
    rows = registers.related(context.db, "news_agreement", "news", [id_])
    cells = [
        [day(say, row[Agreement.signed]), to(context, "agreement", row["id"], title(say, "agreement", row)), proof(say, row)]
        for row in rows
    ]
    heads: list[Column | str] = [say(SIGNED), Column(say(AGREEMENT), main=True), say(TIED)]
    return table(heads, cells, say(ABOUT)) if cells else empty(say(NO_AGREEMENT))


def _outcomes(context: Context, id_: str) -> Component:
    say = context.say
    rows = registers.related(context.db, "news_outcome", "news", [id_])
    cells = [
        [
            day(say, row[Outcome.date]),
            to(context, "outcome", row["id"], row[Outcome.title]),
            word(say, OUTCOME_TYPES, row[Outcome.type]),
            proof(say, row),
        ]
        for row in rows
    ]
    heads: list[Column | str] = [say(DATE), Column(say(OUTCOME), main=True), say(TYPE), say(TIED)]
    return table(heads, cells, say(REPORTS)) if cells else empty(say(NO_OUTCOME))


PAGE = Page("/news", mark("News"), draw)
ONE_PAGE = Page("/news/<id>", mark("News item"), draw_one, in_menu=False)
