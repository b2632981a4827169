"""What came of it: all outcomes, and one with its evidence."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.card import chart_card
from dashboard.figures import (
    first_outcome,
    outcome_kinds,
    outcomes_by_country,
    outcomes_by_field,
    outcomes_by_type,
    outcomes_by_year,
    outcomes_each_year,
    stages,
)
from dashboard.figures.words import EVENTS, MORE_OF_IT, OUTCOME_TYPES, OUTCOMES, word
from dashboard.locale import mark
from dashboard.pages import Context, Page, lists, without
from dashboard.pages.absent import absent
from dashboard.pages.chain import chain
from dashboard.pages.counted import counted
from dashboard.pages.names import day, how_many, several, title, to
from dashboard.pages.proof import proof
from dashboard.pages.stacks import stacked
from dashboard.parts import Child, Column, badge, columns, empty, external_link, fact_list, page_title, section, table
from dashboard.query import registers, single
from etl.tables import Agreement, News, Outcome

LISTED = 60
"""Outcomes in the list below the charts: a browser takes seconds to draw hundreds of rows."""
TITLE = mark("{outcomes} achieved, {planned} planned")
NOTE = mark("Planned, proposed and discussed outcomes are listed apart and never counted as achieved")
ACHIEVED, PLANNED_LIST, PLANNED = mark("Achieved outcomes"), mark("Planned outcomes"), mark("planned")
FACTS = mark("What is known")
TYPE, DATE, HOW_MANY, PARTNERS, COUNTRY = mark("Type"), mark("Date"), mark("How many"), mark("Partners"), mark("Country")
FIELDS, SOURCE, OPEN_PAGE, STATUS = mark("Research fields"), mark("Source"), mark("Open the page"), mark("Status as written")
DOI, VENUE, NOT_STATED = mark("DOI"), mark("Journal or proceedings"), mark("not stated")
OF_AGREEMENT, IN_NEWS = mark("Agreement behind it"), mark("News about it")
NO_AGREEMENT, NO_NEWS = mark("No agreement is tied to this outcome."), mark("No news item is tied to this outcome.")
TIED = mark("How it is tied")
AGREEMENT, HEADLINE, EVENT, SIGNED = mark("Agreement"), mark("Headline"), mark("Reported event"), mark("Signed")


def draw(context: Context, _id: str = "") -> Component:
    """Return the page of all outcomes."""
    say, chosen = context.say, context.selection
    number, planned_number = registers.size(context.db, chosen, "outcome"), registers.size(context.db, chosen, "planned")
    achieved, planned = registers.register(context.db, chosen, "outcome", LISTED), registers.register(context.db, chosen, "planned")
    title_ = say(TITLE, outcomes=say.count(OUTCOMES, number), planned=say.number(planned_number))
    made, ahead = lists.whole(context, "outcome", achieved, number), lists.whole(context, "planned", planned, planned_number)
    later = [section(say(PLANNED_LIST), lists.outcomes(context, planned, ahead), note=lists.shown(say, planned, planned_number))]
    return html.Div([
        page_title(title_, say(NOTE)),
        columns(chart_card(outcomes_by_year.FIGURE, context), chart_card(outcomes_by_type.FIGURE, context, 380)),
        columns(chart_card(first_outcome.FIGURE, context), chart_card(outcomes_each_year.FIGURE, context)),
        columns(chart_card(outcome_kinds.FIGURE, context), chart_card(stages.FIGURE, context)),
        columns(chart_card(outcomes_by_country.FIGURE, context), chart_card(outcomes_by_field.FIGURE, context)),
        without.listed(context),
        section(say(ACHIEVED), lists.outcomes(context, achieved, made), note=lists.shown(say, achieved, number)),
        *(later if planned else []),
    ])  # fmt: skip


def draw_one(context: Context, id_: str = "") -> Component:
    """Return the page of the outcome ``id_``."""
    row = single.record(context.db, "outcome", id_)
    if row is None:
        return absent(context, "outcome", id_)
    say = context.say
    note = say(MORE_OF_IT, what=word(say, OUTCOME_TYPES, row[Outcome.type]), more=day(say, row[Outcome.date]))
    flag = [badge(say(PLANNED), "warning")] if row[Outcome.planned] else []
    return html.Div([
        page_title(title(say, "outcome", row), note, flag),
        columns(
            section(say(FACTS), fact_list(_facts(context, row))),
            stacked(section(say(OF_AGREEMENT), _agreements(context, id_)), section(say(IN_NEWS), _news(context, id_))),
        ),
        chain(context, "outcome", id_),
        counted(context, "outcome", id_),
    ])  # fmt: skip


def _facts(context: Context, row: dict[str, Any]) -> list[tuple[str, Child | list[Child]]]:
    say = context.say
    return [
        (say(TYPE), word(say, OUTCOME_TYPES, row[Outcome.type])),
        (say(DATE), day(say, row[Outcome.date])),
        (say(HOW_MANY), how_many(say, row) or say(NOT_STATED)),
        (say(PARTNERS), several(context, "partner", row["partner"]) or say(NOT_STATED)),
        (say(COUNTRY), several(context, "country", row["country"]) or say(NOT_STATED)),
        (say(FIELDS), several(context, "field", row["field"]) or say(NOT_STATED)),
        (say(STATUS), row[Outcome.status_note]),
        (say(VENUE), row[Outcome.venue]),
        (say(DOI), external_link(row[Outcome.doi], f"https://doi.org/{row[Outcome.doi]}") if row[Outcome.doi] else None),
        (say(SOURCE), external_link(say(OPEN_PAGE), row[Outcome.link]) if row[Outcome.link] else None),
    ]


def _agreements(context: Context, id_: str) -> Component:
    say = context.say
    rows = registers.related(context.db, "outcome_agreement", "outcome", [id_])
    cells = [
        [day(say, row[Agreement.signed]), to(context, "agreement", row["id"], title(say, "agreement", row)), proof(say, row)]
        for row in rows
    ]
    heads: list[Column | str] = [say(SIGNED), Column(say(AGREEMENT), main=True), say(TIED)]
    return table(heads, cells, say(OF_AGREEMENT)) if cells else empty(say(NO_AGREEMENT))


def _news(context: Context, id_: str) -> Component:
    say = context.say
    rows = registers.related(context.db, "news_outcome", "outcome", [id_])
    cells = [
        [
            day(say, row[News.published]),
            to(context, "news", row["id"], row[News.title]),
            word(say, EVENTS, row[News.event]),
            proof(say, row),
        ]
        for row in rows
    ]
    heads: list[Column | str] = [say(DATE), Column(say(HEADLINE), main=True), say(EVENT), say(TIED)]
    return table(heads, cells, say(IN_NEWS)) if cells else empty(say(NO_NEWS))


PAGE = Page("/outcomes", mark("Outcomes"), draw)
ONE_PAGE = Page("/outcomes/<id>", mark("Outcome"), draw_one, in_menu=False)
