"""With whom: all partners, and the profile of one."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.card import chart_card
from dashboard.figures import (
    fields_ranking,
    outcomes_by_type,
    partner_matrix,
    partner_network,
    partners_by_kind,
    story,
    top_partners,
)
from dashboard.figures.words import AGREEMENTS, KINDS, PARTNERS, SEMICOLON, word
from dashboard.locale import COMMA, mark, mark_plural
from dashboard.pages import Context, Page, chain, collaborators, lists, profile, report
from dashboard.pages.absent import absent
from dashboard.pages.counted import counted_partner
from dashboard.pages.names import several, title, to
from dashboard.pages.stacks import bullets
from dashboard.parts import Child, columns, external_link, fact_list, page_title, section
from dashboard.query import registers, single
from dashboard.traced import NAMED
from etl.tables import Agreement, Country, Partner

TITLE = mark("{partners} with an agreement, {others} met only in outcomes or news")
OTHERS = mark_plural("{n} more", "{n} more")
LIST, LIST_NOTE = (
    mark("All partners"),
    mark("How many records of the selection name each; an agreement with several partners counts for each of them"),
)
LISTED = 80
"""Partners in the list, those with most agreements: a browser takes seconds to draw hundreds of rows."""
ONE = mark("{partner}: {agreements}")
WHO = mark("Who")
UNNAMED = mark("no English name is known")
"""Said in each language of itself: the name in the heading is that of the sources."""
KIND, PLACE, PARENT, MEMBERS, FORMS = mark("Kind"), mark("Where"), mark("Belongs to"), mark("Belong to it"), mark("Written as")
SINCE, OTHER_NAMES, FIELDS, DOCUMENTS = mark("First agreement"), mark("Other names"), mark("Fields of the agreements"), mark("Documents")


def draw(context: Context, _id: str = "") -> Component:
    """Return the page of all partners."""
    say = context.say
    rows = registers.partners(context.db, context.selection, 1000)
    with_agreement = sum(1 for row in rows if row["agreements"])
    title_ = say(TITLE, partners=say.count(PARTNERS, with_agreement), others=say.count(OTHERS, len(rows) - with_agreement))
    return html.Div([
        page_title(title_),
        columns(chart_card(top_partners.FIGURE, context, 420), chart_card(partners_by_kind.FIGURE, context, 420)),
        html.Div(chart_card(partner_network.FIGURE, context), className="network"),
        collaborators.pairs(context),
        html.Div(chart_card(partner_matrix.FIGURE, context), className="network"),
        _list(context, rows),
    ])  # fmt: skip


def _list(context: Context, rows: list[dict[str, Any]]) -> Component:
    say, number, first = context.say, len(rows), rows[:LISTED]
    cut = f" ({say.count(lists.MORE, number, shown=say.number(LISTED))})" if number > LISTED else ""
    made = lists.partners(context, first, lists.whole(context, NAMED, first, number))
    return section(say(LIST), made, note=say(LIST_NOTE) + cut)


def draw_one(context: Context, id_: str = "") -> Component:
    """Return the profile of a partner."""
    row = single.partner(context.db, id_)
    if row is None:
        return absent(context, "partner", id_)
    say, narrow = context.say, profile.within(context, "partner", id_)
    found = profile.records(narrow)
    name = say(ONE, partner=title(say, "partner", row), agreements=say.count(AGREEMENTS, len(found["agreement"])))
    unnamed = "" if row[f"name_{say.language}"] else say(UNNAMED)
    about = (word(say, KINDS, row[Partner.kind]), row[Partner.city], say.name(row, "country_name"), unnamed)
    note = say.listed(part for part in about if part)
    shown = [figure for figure, kind in ((fields_ranking.FIGURE, "agreement"), (outcomes_by_type.FIGURE, "outcome")) if found[kind]]
    cards = [chart_card(figure, narrow, 280) for figure in shown]
    charts = [columns(*cards)] if len(cards) > 1 else cards
    return html.Div([
        profile.head(context, name, note, context.selection, report.address(context.selection, "partner", id_)),
        collaborators.numbers(context, narrow, row[Partner.id]),
        chart_card(story.FIGURE, narrow, 340),
        columns(section(say(WHO), fact_list(_facts(context, row, found))), collaborators.listed(context, narrow, row[Partner.id])),
        *charts,
        *profile.lists_of(narrow, found),
        counted_partner(context, row[Partner.id]),
        chain.mentions(context, "partner", row[Partner.id]),
    ])  # fmt: skip


def _facts(context: Context, row: dict[str, Any], found: profile.Records) -> list[tuple[str, Child | list[Child]]]:
    say = context.say
    shown = title(say, "partner", row)
    names = [row[column] for column in ("name_en", "name_ru", "name_zh") if row[column] and row[column] != shown]
    years = [each[Agreement.signed_year] for each in found["agreement"] if each[Agreement.signed_year]]
    links: list[Child] = [
        external_link(title(say, "agreement", each), each[Agreement.document]) for each in found["agreement"] if each[Agreement.document]
    ]
    parent = say.name(row, "parent_name") or row["parent_name"]
    fields = {link["code"]: link for each in found["agreement"] for link in each["field"]}
    country: list[Child] = [to(context, "country", row[Country.code], say.name(row, "country_name"))] if row[Country.code] else []
    return [
        (say(KIND), word(say, KINDS, row[Partner.kind])),
        (say(PLACE), [row[Partner.city], say(COMMA), *country] if row[Partner.city] else country),
        (say(PARENT), to(context, "partner", row[Partner.parent], parent) if row[Partner.parent] and parent else None),
        (say(MEMBERS), several(context, "partner", single.members(context.db, row[Partner.id]), Partner.id)),
        (say(SINCE), str(min(years)) if years else None),
        (say(OTHER_NAMES), say(SEMICOLON).join(dict.fromkeys(names)) or None),
        (say(FORMS), say(SEMICOLON).join(row[Partner.forms]) or None),
        (say(FIELDS), several(context, "field", [fields[code] for code in sorted(fields)])),
        (say(DOCUMENTS), bullets(links) if links else None),
    ]


PAGE = Page("/partners", mark("Partners"), draw)
ONE_PAGE = Page("/partners/<id>", mark("Partner"), draw_one, in_menu=False)
