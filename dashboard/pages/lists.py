"""Tables of records: each row links to its record, its partners and its countries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypeAlias

from dash.development.base_component import Component

from dashboard.figures.words import AGREEMENT_TYPES, EVENTS, KINDS, OUTCOME_TYPES, STATUSES, word
from dashboard.locale import Say, mark, mark_plural
from dashboard.pages import Context
from dashboard.pages.names import Row, day, how_many, several, title, to
from dashboard.parts import Child, Column, Tone, badge, empty, table, timeline
from dashboard.traced import PATH
from etl.indicators.status import IN_FORCE, Status, Terms, status
from etl.tables import Agreement, Country, News, Outcome, Partner

AGREEMENT, PARTNERS, PARTNER, COUNTRY, TYPE = mark("Agreement"), mark("Partners"), mark("Partner"), mark("Country"), mark("Type")
SIGNED, STATUS, OUTCOME, DATE, HOW_MANY = mark("Signed"), mark("Status"), mark("Outcome"), mark("Date"), mark("How many")
HEADLINE, EVENT, KIND, CITY, SINCE = mark("Headline"), mark("Reported event"), mark("Kind"), mark("City"), mark("Since")
AGREEMENTS, OUTCOMES, NEWS = mark("Agreements"), mark("Outcomes"), mark("News")
ENDS, PLANNED = mark("Ends"), mark("planned")
NONE = mark("Nothing matches this selection.")
NOT_SURE = mark("Only the month or the year is known; another status is possible: {others}")
TIMES = mark("{status} ×{n}")
ALL_CSV, ALL_XLSX = mark("All records of the selection (CSV)"), mark("All records of the selection (XLSX)")
Files: TypeAlias = Sequence[tuple[str, str]]
MORE = mark_plural("The first {shown} of {n} record", "The first {shown} of {n} records")


def agreements(context: Context, rows: Sequence[Row], files: Files = ()) -> Component:
    """Return the agreements in the order given, with their status on the as-of date."""
    say = context.say
    heads: list[Column | str] = [Column(say(AGREEMENT), main=True), say(PARTNERS), say(COUNTRY), say(TYPE), say(SIGNED), say(STATUS)]
    cells = [
        [
            to(context, "agreement", row[Agreement.id], title(say, "agreement", row)),
            several(context, "partner", row["partner"]),
            several(context, "country", row["country"]),
            word(say, AGREEMENT_TYPES, row[Agreement.type]) if row[Agreement.type] else "",
            day(say, row[Agreement.signed]),
            status_badge(say, status_of(context, row)),
        ]
        for row in rows
    ]
    keys = [["", "", "", "", row[Agreement.signed] or "0", ""] for row in rows]
    return table(heads, cells, say(AGREEMENTS), keys, files) if cells else empty(say(NONE))


def status_of(context: Context, row: Row) -> Status:
    """Return the status of an agreement on the as-of date of the snapshot."""
    return status(Terms.of(row), date.fromisoformat(context.as_of))


def status_badge(say: Say, found: Status) -> Component:
    """Return the status in words; a question mark says that unsharp dates allow another."""
    tone: Tone = "warning" if found.code == "expiring" else "good" if found.code in IN_FORCE else "plain"
    said = word(say, STATUSES, found.code)
    if found.renewals > 1:
        said = say(TIMES, status=said, n=say.number(found.renewals))
    if found.is_certain:
        return badge(said, tone)
    others = say.listed(word(say, STATUSES, code).lower() for code in sorted(found.possible - {found.code}))
    return badge(f"{said} ?", tone, say(NOT_SURE, others=others))


def outcomes(context: Context, rows: Sequence[Row], files: Files = ()) -> Component:
    """Return the outcomes in the order given; planned ones carry a badge."""
    say = context.say
    heads: list[Column | str] = [Column(say(OUTCOME), main=True), say(TYPE), say(PARTNERS), say(COUNTRY), say(DATE), say(HOW_MANY)]
    cells = [
        [
            _planned(say, row, to(context, "outcome", row[Outcome.id], title(say, "outcome", row))),
            word(say, OUTCOME_TYPES, row[Outcome.type]),
            several(context, "partner", row["partner"]),
            several(context, "country", row["country"]),
            day(say, row[Outcome.date]),
            how_many(say, row),
        ]
        for row in rows
    ]
    keys = [["", "", "", "", row[Outcome.date] or "0", row[Outcome.count] or ""] for row in rows]
    return table(heads, cells, say(OUTCOMES), keys, files) if cells else empty(say(NONE))


def _planned(say: Say, row: Row, text: Component) -> list[Child]:
    return [text, " ", badge(say(PLANNED), "warning")] if row[Outcome.planned] else [text]


def news(context: Context, rows: Sequence[Row]) -> Component:
    """Return the news items in the order given."""
    say = context.say
    heads: list[Column | str] = [say(DATE), Column(say(HEADLINE), main=True), say(EVENT), say(PARTNERS), say(COUNTRY)]
    cells = [
        [
            day(say, row[News.published]),
            to(context, "news", row[News.id], title(say, "news", row)),
            word(say, EVENTS, row[News.event]),
            several(context, "partner", row["partner"]),
            several(context, "country", row["country"]),
        ]
        for row in rows
    ]
    keys = [[row[News.published] or "0", "", "", "", ""] for row in rows]
    return table(heads, cells, say(NEWS), keys) if cells else empty(say(NONE))


def partners(context: Context, rows: Sequence[Row], files: Files = ()) -> Component:
    """Return the partners in the order given, with how many records of the selection name each."""
    say = context.say
    counts = [Column(say(each), number=True) for each in (AGREEMENTS, OUTCOMES, NEWS, SINCE)]
    heads: list[Column | str] = [Column(say(PARTNER), main=True), say(COUNTRY), say(KIND), *counts]
    cells = [
        [
            to(context, "partner", row[Partner.id], title(say, "partner", row)),
            to(context, "country", row[Country.code], say.name(row, "country_name")) if row[Country.code] else "",
            word(say, KINDS, row[Partner.kind]),
            row["agreements"],
            row["outcomes"],
            row["items"],
            str(row["since"] or ""),
        ]
        for row in rows
    ]
    return table(heads, cells, say(PARTNERS), files=files) if cells else empty(say(NONE))


def whole(context: Context, kind: str, rows: Sequence[Row], all_of_them: int) -> Files:
    """Return the files with all records of ``kind`` in the selection, where ``rows`` are only the first of them."""
    if all_of_them <= len(rows):
        return ()
    query = context.selection.to_query() or "?"
    address = f"{PATH}.{{}}{query}{'' if query == '?' else '&'}kind={kind}&lang={context.say.language}"
    return tuple((context.say(text), address.format(suffix)) for text, suffix in ((ALL_CSV, "csv"), (ALL_XLSX, "xlsx")))


def shown(say: Say, rows: Sequence[Row], all_of_them: int) -> str | None:
    """Return that the list is cut, when it is."""
    return say.count(MORE, all_of_them, shown=say.number(len(rows))) if all_of_them > len(rows) else None


def headlines(context: Context, rows: Sequence[Row]) -> Component:
    """Return the news items as a short dated list."""
    say = context.say
    items = [
        (
            day(say, row[News.published]),
            [to(context, "news", row[News.id], title(say, "news", row)), " ", badge(word(say, EVENTS, row[News.event]))],
        )
        for row in rows
    ]
    tone: Tone = "plain"
    return timeline([(when, what, tone) for when, what in items]) if items else empty(say(NONE))
