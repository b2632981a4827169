"""The overview: six numbers, where, when, in what, what came of it, and what needs attention."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.card import chart_card
from dashboard.figures import outcomes_by_year, top_partners
from dashboard.figures.words import AGREEMENTS, COUNTRIES, PARTNERS
from dashboard.indicators.series import change, sparkline
from dashboard.locale import mark, mark_plural
from dashboard.pages import Context, Page, attention, crossings, flows, last_refresh, lists, places
from dashboard.pages.changes import by_year, in_words
from dashboard.parts import columns, link, page_title, section, tile, tiles
from dashboard.query import counts, registers, times
from dashboard.query.chosen import rows_of
from etl.indicators.status import HORIZON
from etl.tables import Agreement

TITLE = mark("{agreements}, {partners}, {countries}")
NOTE = mark("International cooperation as of {date}: what was agreed, with whom, and what came of it")
KNOWN, WITH, WHERE = mark("Agreements"), mark("Partners with an agreement"), mark("Partner countries")
LABS, PAPERS, DUE = mark("Joint laboratories and centres"), mark("Records of joint publications"), mark("Need attention")
STATED = mark_plural("{n} paper stated in them", "{n} papers stated in them")
NONE_STATED = mark("no number of papers stated")
WITHIN = mark("of {n} no end is stated")
BY = mark("by {date}")
DATED, FIRST_KNOWN = mark("{n} with a known year"), mark("first year known of {n}")
IN_FORCE = mark("{n} in force by their dates, {unknown} without a stated end")
LATEST, ALL_NEWS, ALL_AGREEMENTS = mark("Latest news"), mark("All news"), mark("All agreements")
_LABS, _PAPERS = ("joint_lab", "joint_center"), ("joint_publication",)
_LATEST = 8


def draw(context: Context, _id: str = "") -> Component:
    """Return the page."""
    asking = attention.Asking.of(context)
    return html.Div([_head(context), _tiles(context, asking), *_charts(context), *_tables(context, asking)])


def _head(context: Context) -> Component:
    say = context.say
    said = {
        "agreements": say.count(AGREEMENTS, registers.size(context.db, context.selection, "agreement")),
        "partners": say.count(PARTNERS, _met(context, "partner")),
        "countries": say.count(COUNTRIES, _met(context, "country")),
    }
    return page_title(say(TITLE, **said), say(NOTE, date=say.date(context.as_of)))


def _met(context: Context, name: str) -> int:
    return sum(int(row["n"]) for row in registers.first_years(context.db, context.selection, name))


def _tiles(context: Context, asking: attention.Asking) -> Component:
    """Return the six numbers; each leads to its records."""
    say, chosen = context.say, context.selection
    signed = counts.by_year(context.db, chosen, "agreement", Agreement.type)
    years = by_year(rows_of(signed))
    labs = registers.amounts(context.db, chosen, _LABS)
    papers = registers.amounts(context.db, chosen, _PAPERS)
    stated = sum(int(row["amount"] or 0) for row in papers)
    said = say.count(STATED, stated) if stated else say(NONE_STATED)
    by = (date.fromisoformat(context.as_of) + timedelta(days=HORIZON)).isoformat()
    need = tile(
        say(DUE),
        say.number(asking.number()),
        say(WITHIN, n=say.number(asking.unknown)),
        context.link("/agreements") + "#attention",
        of=say(BY, date=say.date(by)),
    )
    return tiles(
        _tile(context, KNOWN, _records(rows_of(signed)), years, context.link("/agreements"), _in_force(context)),
        _met_tile(context, WITH, "partner", "/partners"),
        _met_tile(context, WHERE, "country", "/countries"),
        _tile(context, LABS, _records(labs), by_year(labs), _of_types(context, _LABS), _dated(context, labs)),
        _tile(context, PAPERS, _records(papers), by_year(papers), _of_types(context, _PAPERS), said),
        need,
    )  # fmt: skip


def _met_tile(context: Context, label: str, name: str, path: str) -> Component:
    """Return how many partners or countries there are, and how many of them were first met in the last whole year."""
    rows = registers.first_years(context.db, context.selection, name)
    return _tile(context, label, _records(rows), by_year(rows), context.link(path), _dated(context, rows, FIRST_KNOWN), new=True)


def _dated(context: Context, rows: Iterable[dict[str, Any]], text: str = DATED) -> str:
    """Say of how many records the year is known: they are what the line below shows."""
    known = [row for row in rows if row["year"] is not None]
    return context.say(text, n=context.say.number(_records(known)))


def _in_force(context: Context) -> str:
    """Say how many agreements are in force by their dates, and of how many the end is not stated."""
    found = times.stock_by_year(context.db, context.selection)
    in_force, no_end = found[-1][1:] if found else (0, 0)
    return context.say(IN_FORCE, n=context.say.number(in_force), unknown=context.say.number(no_end))


def _records(rows: Iterable[dict[str, Any]]) -> int:
    return sum(int(row["n"]) for row in rows)


def _tile(context: Context, label: str, number: int, years: dict[int, float], href: str, of: str = "", new: bool = False) -> Component:
    note = in_words(context.say, change(years, context.as_of, context.selection.until), new)
    return tile(context.say(label), context.say.number(number), note, href, sparkline(years, context.as_of), of)


def _of_types(context: Context, types: tuple[str, ...]) -> str:
    """Return the address of the outcomes of ``types`` within the selection."""
    chosen = context.selection
    wanted = [code for code in types if not chosen.outcomes or code in chosen.outcomes] or list(types)
    for code in chosen.outcomes:
        chosen = chosen.minus("outcome", code)
    for code in wanted:
        chosen = chosen.plus("outcome", code)
    return context.link("/outcomes", chosen)


def _charts(context: Context) -> list[Component]:
    return [
        columns(places.shown(context), flows.shown(context)),
        columns(crossings.shown(context), chart_card(outcomes_by_year.FIGURE, context, 460)),
    ]


def _tables(context: Context, asking: attention.Asking) -> list[Component]:
    say = context.say
    latest = registers.register(context.db, context.selection, "news", _LATEST)
    news = section(say(LATEST), lists.headlines(context, latest), link(say(ALL_NEWS), context.link("/news")))
    todo = section(
        say(attention.TITLE),
        attention.listed(context, asking),
        link(say(ALL_AGREEMENTS), context.link("/agreements")),
        note=attention.note(context),
    )
    return [columns(todo, last_refresh.shown(context)), columns(chart_card(top_partners.FIGURE, context), news)]


PAGE = Page("/", mark("Overview"), draw)
