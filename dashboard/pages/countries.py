"""Where: all partner countries, and the profile of one."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.card import chart_card
from dashboard.figures import (
    countries_over_time,
    countries_ranking,
    country_ranks,
    fields_ranking,
    outcomes_by_country,
    outcomes_by_type,
    specialisation,
)
from dashboard.figures.words import AGREEMENTS, COUNTRIES
from dashboard.locale import mark
from dashboard.pages import Context, Page, chain, flows, places, profile, report, standing
from dashboard.pages.absent import absent
from dashboard.pages.names import to
from dashboard.pages.stacks import stacked
from dashboard.parts import Column, columns, empty, page_title, section, table
from dashboard.query import counts, single
from dashboard.query.chosen import COUNT, SHARE, rows_of
from etl.indicators.counting import effective_number
from etl.tables import Country

TITLE = mark("{agreements} with {countries}")
NONE = mark("No partner country in this selection")
DIVERSITY = mark("As diverse as {n} equally strong countries (fractional counting, Hill number of order 1)")
LIST, LIST_NOTE = (
    mark("All countries"),
    mark("Full counting: an agreement counts once for each of its countries, so the column does not add up to the total"),
)
HEADS = (mark("Country"), mark("Region"), mark("Agreements"), mark("Fractional sum"))
ONE = mark("{country}: {agreements}")
REGION = mark("{region}; partner country of the university")


def draw(context: Context, _id: str = "") -> Component:
    """Return the page of all countries."""
    say = context.say
    frame = counts.by_country(context.db, context.selection)
    known = frame[frame["code"].notna()]
    if len(known):
        agreements = say.count(AGREEMENTS, int(frame["total"].iloc[0]) - int(frame.loc[frame["code"].isna(), COUNT].sum()))
        title = say(TITLE, agreements=agreements, countries=say.count(COUNTRIES, len(known)))
        shares = dict(zip(known["code"], known[SHARE].astype(float), strict=True))
        note = say(DIVERSITY, n=say.number(round(effective_number(shares), 1)))
    else:
        title, note = say(NONE), ""
    return html.Div([
        page_title(title, note),
        columns(places.shown(context, 430), chart_card(countries_ranking.FIGURE, context, 430), wide_first=True),
        columns(chart_card(countries_over_time.FIGURE, context), chart_card(country_ranks.FIGURE, context)),
        columns(chart_card(outcomes_by_country.FIGURE, context, 560), _listed(context)),
    ])  # fmt: skip


def _listed(context: Context) -> Component:
    say = context.say
    frame = counts.by_country(context.db, context.selection)
    rows = rows_of(frame[frame["code"].notna()])
    cells = [
        [
            to(context, "country", row["code"], say.name(row)),
            say.name(row, "region_name"),
            int(row[COUNT]),
            say.number(round(row[SHARE], 2)),
        ]
        for row in rows
    ]
    numbers = [Column(say(head), number=True) for head in HEADS[2:]]
    heads: list[Column | str] = [Column(say(HEADS[0]), main=True), say(HEADS[1]), *numbers]
    keys: list[list[str | float]] = [["", "", float(row[COUNT]), float(row[SHARE])] for row in rows]
    return section(say(LIST), table(heads, cells, say(LIST), keys) if cells else empty(say(NONE)), note=say(LIST_NOTE))


def draw_one(context: Context, code: str = "") -> Component:
    """Return the profile of a country."""
    row = single.country(context.db, code)
    if row is None:
        return absent(context, "country", code)
    say, narrow = context.say, profile.within(context, "country", code)
    found = standing.Standing.of("country", context, narrow)
    title = say(ONE, country=say.name(row), agreements=say.count(AGREEMENTS, found.size("agreement")))
    line, *rest = standing.latest(found)
    region = say.name(row, "subregion_name") if row[Country.subregion_en] else say.name(row, "region_name")
    return html.Div([
        profile.head(context, title, say(REGION, region=region), context.selection, report.address(context.selection, "country", code)),
        standing.numbers(found),
        columns(standing.glance(found), flows.shown(narrow, 300)),
        columns(
            chart_card(fields_ranking.FIGURE, narrow, 460),
            stacked(chart_card(outcomes_by_type.FIGURE, narrow, 280), chart_card(specialisation.FIGURE, narrow, 200)),
        ),
        line,
        *rest,
        chain.mentions(context, "country", code),
    ])  # fmt: skip


PAGE = Page("/countries", mark("Countries"), draw)
ONE_PAGE = Page("/countries/<id>", mark("Country"), draw_one, in_menu=False)
