"""One agreement with its whole evidence chain."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.figures.words import AGREEMENT_TYPES, EVENTS, MORE_OF_IT, OUTCOME_TYPES, SEMICOLON, word
from dashboard.locale import mark
from dashboard.pages import Context, Page
from dashboard.pages.absent import absent
from dashboard.pages.chain import MONTHS, chain
from dashboard.pages.counted import counted
from dashboard.pages.evidence_path import links_of, written_in
from dashboard.pages.lists import status_badge, status_of
from dashboard.pages.names import day, how_many, several, title, to
from dashboard.pages.proof import proof
from dashboard.pages.stacks import bullets
from dashboard.parts import Child, Column, badge, columns, empty, external_link, fact_list, page_title, section, table
from dashboard.query import registers, single
from etl.tables import Agreement, News, Outcome

FACTS, FORMS = mark("What was agreed"), mark("Areas and forms of cooperation")
NUMBER, TYPE, PARTNERS, COUNTRY, FIELDS = mark("Number"), mark("Type"), mark("Partners"), mark("Country"), mark("Research fields")
UNIT, SIGNED, EFFECTIVE, ENDS, STATUS = mark("Unit at home"), mark("Signed"), mark("In force from"), mark("Ends"), mark("Status")
TERM, OWNER, REMARKS, DOCUMENT = mark("Term"), mark("Person in charge"), mark("Remarks"), mark("Document")
OTHER_TITLES, REPLACED, OFFICE_STATUS = mark("Other titles"), mark("Replaced by"), mark("Status as written")
OPEN, OPEN_PAGE, NOT_STATED = mark("no end agreed"), mark("Open the page"), mark("not stated")
FROM_TERM = mark("{date}, worked out from the term")
DECIDE_BY, RENEWAL, NOTICE, RENEWS = mark("Decide by"), mark("Renewal"), mark("Period of notice"), mark("renews itself")
NEWS, OUTCOMES = mark("News about it"), mark("What came of it")
NO_NEWS, NO_OUTCOMES = mark("No news item is tied to this agreement."), mark("No outcome is tied to this agreement.")
PLANNED = mark("planned")
NOTE = mark("{type}, signed {date}")
WRITTEN = mark("Where it is written")
HEADS_NEWS = (mark("Date"), mark("Headline"), mark("Reported event"), mark("How it is tied"), WRITTEN)
HEADS_OUTCOMES = (mark("Date"), mark("Outcome"), mark("Type"), mark("How many"), mark("How it is tied"), WRITTEN)
UNSIGNED = mark("date of signature not stated")


def draw(context: Context, id_: str = "") -> Component:
    """Return the page of the agreement ``id_``."""
    row = single.record(context.db, "agreement", id_)
    if row is None:
        return absent(context, "agreement", id_)
    say = context.say
    kind = word(say, AGREEMENT_TYPES, row[Agreement.type]) if row[Agreement.type] else say(FACTS)
    note = (
        say(NOTE, type=kind, date=say.date(row[Agreement.signed]))
        if row[Agreement.signed]
        else say(MORE_OF_IT, what=kind, more=say(UNSIGNED))
    )
    forms = bullets(row[Agreement.cooperation]) if row[Agreement.cooperation] else empty(say(NOT_STATED))
    return html.Div([
        page_title(title(say, "agreement", row), note, [status_badge(say, status_of(context, row))]),
        links_of(context, row),
        columns(section(say(FACTS), fact_list(_facts(context, row))), section(say(FORMS), forms)),
        section(say(NEWS), _news(context, id_), id="news"),
        section(say(OUTCOMES), _outcomes(context, id_), id="outcomes"),
        chain(context, "agreement", id_),
        counted(context, "agreement", id_),
    ])  # fmt: skip


def _facts(context: Context, row: dict[str, Any]) -> list[tuple[str, Child | list[Child]]]:
    say, found = context.say, status_of(context, row)
    shown = title(say, "agreement", row)
    titles = dict.fromkeys(row.get(column) for column in ("title", "title_en", "title_ru", "title_zh"))
    others = [text for text in titles if text and text != shown]
    ends = say(OPEN) if row[Agreement.open_ended] else say.date(row[Agreement.expires]) or say(NOT_STATED)
    if row[Agreement.expires] and row[Agreement.expires_method] == "term":
        ends = say(FROM_TERM, date=ends)
    return [
        (say(NUMBER), row[Agreement.number]),
        (say(PARTNERS), several(context, "partner", row["partner"])),
        (say(COUNTRY), several(context, "country", row["country"]) or say(NOT_STATED)),
        (say(UNIT), row[Agreement.home_unit]),
        (say(TYPE), word(say, AGREEMENT_TYPES, row[Agreement.type]) if row[Agreement.type] else say(NOT_STATED)),
        (say(SIGNED), day(say, row[Agreement.signed])),
        (say(EFFECTIVE), say.date(row[Agreement.effective]) or None),
        (say(ENDS), ends),
        (say(TERM), say.count(MONTHS, row[Agreement.term]) if row[Agreement.term] else None),
        (say(STATUS), status_badge(say, found)),
        (say(DECIDE_BY), say.date(found.decide_by.isoformat()) if found.decide_by else None),
        (say(RENEWAL), say(RENEWS) if row[Agreement.auto_renewal] else None),
        (say(NOTICE), say.count(MONTHS, row[Agreement.notice]) if row[Agreement.notice] else None),
        (say(OFFICE_STATUS), row[Agreement.status_note]),
        (say(REPLACED), _replacement(context, row[Agreement.superseded_by])),
        (say(FIELDS), several(context, "field", row["field"]) or say(NOT_STATED)),
        (say(DOCUMENT), external_link(say(OPEN_PAGE), row[Agreement.document]) if row[Agreement.document] else None),
        (say(OWNER), row[Agreement.owner]),
        (say(OTHER_TITLES), say(SEMICOLON).join(others) or None),
        (say(REMARKS), row[Agreement.remarks]),
    ]


def _replacement(context: Context, id_: str | None) -> Child:
    other = single.record(context.db, "agreement", id_) if id_ else None
    return to(context, "agreement", other[Agreement.id], title(context.say, "agreement", other)) if other else id_


def _news(context: Context, id_: str) -> Component:
    say = context.say
    rows = registers.related(context.db, "news_agreement", "agreement", [id_])
    cells = [
        [
            day(say, row[News.published]),
            [to(context, "news", row["id"], row[News.title])],
            word(say, EVENTS, row[News.event]),
            proof(say, row),
            written_in(context, "news", row["id"]),
        ]
        for row in rows
    ]
    heads = [Column(say(head), main=head == HEADS_NEWS[1]) for head in HEADS_NEWS]
    return table(heads, cells, say(NEWS)) if cells else empty(say(NO_NEWS))


def _outcomes(context: Context, id_: str) -> Component:
    say = context.say
    rows = registers.related(context.db, "outcome_agreement", "agreement", [id_])
    cells = [
        [
            day(say, row[Outcome.date]),
            [
                to(context, "outcome", row["id"], row[Outcome.title]),
                *([" ", badge(say(PLANNED), "warning")] if row[Outcome.planned] else []),
            ],
            word(say, OUTCOME_TYPES, row[Outcome.type]),
            how_many(say, row),
            proof(say, row),
            written_in(context, "outcome", row["id"]),
        ]
        for row in rows
    ]
    heads = [Column(say(head), main=head == HEADS_OUTCOMES[1]) for head in HEADS_OUTCOMES]
    return table(heads, cells, say(OUTCOMES)) if cells else empty(say(NO_OUTCOMES))


PAGE = Page("/agreements/<id>", mark("Agreement"), draw, in_menu=False)
