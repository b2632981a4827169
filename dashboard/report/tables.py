"""The tables of a report: what was signed, what came of it, who is new, what is due, where it was read, what is counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from dashboard.figures.words import AGREEMENT_TYPES, KINDS, OUTCOME_TYPES, word
from dashboard.filters import Selection
from dashboard.locale import Say, mark
from dashboard.marks import NONE
from dashboard.pages import attention, lists
from dashboard.pages.definitions import DEFINITIONS, EXAMPLE, FORMULA, RULE
from dashboard.pages.names import Row, how_many, title
from dashboard.pages.quality import FILE_KINDS, HEADS_FILES, VERDICTS
from dashboard.query import quality, registers
from dashboard.report.asking import due
from dashboard.report.document import Cell, TableBlock
from dashboard.report.facts import Facts
from dashboard.report.labels import FIRST_ROWS, one_line
from dashboard.report.prose import Names
from dashboard.report.year import Year
from etl.tables import Agreement, News, Outcome, Partner, SourceFile

MOST = 40
"""Rows of a table in a report; the XLSX of the dashboard has all."""

OF_COUNTRIES = mark("Partner countries by the end of {year}")
OF_NEW_PARTNERS = mark("Partners with their first agreement in {year}")
OF_AGREEMENTS, OF_OUTCOMES = mark("Agreements signed in {year}"), mark("Outcomes of {year}")
OF_DUE = mark("Agreements that need a decision, as of {date}")
OF_FILES, OF_DEFINITIONS = mark("Files from which the data was read"), mark("What every number means")
SIGNED_BY, SIGNED_IN, CAME_IN = mark("Agreements by {year}"), mark("Signed in {year}"), mark("Outcomes of {year}")
REASON, BY = mark("Reason"), mark("By")
INDICATOR = mark("Indicator")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a table needs to know."""

    facts: Facts
    year: Year
    say: Say
    names: Names


def block(heads: Sequence[str], rows: Iterable[Sequence[Cell]], caption: str, widths: Sequence[float] = (), say: Say | None = None,
          most: int = MOST) -> TableBlock | None:  # fmt: skip
    """Return the table of ``rows``, cut after ``most`` with a note that says so (in the language of ``say``); nothing without rows."""
    whole = [tuple(each if isinstance(each, (int, float)) else one_line(each) for each in row) for row in rows]
    if not whole:
        return None
    numeric = tuple(all(isinstance(row[at], (int, float)) for row in whole) for at in range(len(heads)))
    note = say.count(FIRST_ROWS, len(whole), shown=say.number(most)) if say and len(whole) > most else ""
    return TableBlock("", one_line(caption), tuple(map(one_line, heads)), tuple(whole[:most]), numeric, tuple(widths), note)


def _countries(asked: Asked) -> TableBlock | None:
    say, facts, year = asked.say, asked.facts, asked.year
    known = {code: int(n) for code, n in facts.all("agreement_countries", year.up_to()).items() if code != NONE}
    signed, came = facts.all("agreement_countries", year.within()), facts.all("outcome_countries", year.within())
    codes = sorted(known, key=lambda code: (-known[code], say.order(asked.names("country", code))))
    rows = [(asked.names("country", code), known[code], int(signed.get(code, 0)), int(came.get(code, 0))) for code in codes]
    heads = (say(lists.COUNTRY), *(say(text, year=str(year.year)) for text in (SIGNED_BY, SIGNED_IN, CAME_IN)))
    return block(heads, rows, say(OF_COUNTRIES, year=str(year.year)), (0.4, 0.2, 0.2, 0.2), say)


def _new_partners(asked: Asked) -> TableBlock | None:
    say, facts, year = asked.say, asked.facts, asked.year
    earlier = facts.all("agreement_partners", Selection(until=year.year - 1))
    codes = {code for code in facts.all("agreement_partners", year.within()) if code != NONE and code not in earlier}
    found = [row for row in registers.partners(facts.db, year.within(), 10_000) if row[Partner.id] in codes]
    rows = [
        (title(say, "partner", row), say.name(row, "country_name"), row[Partner.city], word(say, KINDS, row[Partner.kind])) for row in found
    ]
    rows.sort(key=lambda row: say.order(str(row[0])))
    heads = tuple(map(say, (lists.PARTNER, lists.COUNTRY, lists.CITY, lists.KIND)))
    return block(heads, rows, say(OF_NEW_PARTNERS, year=str(year.year)), (0.46, 0.18, 0.16, 0.2), say)


def names_of(say: Say, kind: str, rows: Iterable[Row]) -> str:
    """Return the partners or countries of a record, one after the other."""
    return say.listed(title(say, kind, row) for row in rows)


def agreement_rows(say: Say, found: Iterable[Row]) -> list[tuple[Cell, ...]]:
    """Return title, partners, countries, type and date of signature of each agreement."""
    return [
        (title(say, "agreement", row), names_of(say, "partner", row["partner"]), names_of(say, "country", row["country"]),
         word(say, AGREEMENT_TYPES, row[Agreement.type]) if row[Agreement.type] else "", say.date(row[Agreement.signed]))
        for row in found
    ]  # fmt: skip


def _agreements(asked: Asked) -> TableBlock | None:
    say, year = asked.say, asked.year
    found = registers.register(asked.facts.db, year.within(), "agreement", 1_000)
    heads = tuple(map(say, (lists.AGREEMENT, lists.PARTNERS, lists.COUNTRY, lists.TYPE, lists.SIGNED)))
    return block(heads, agreement_rows(say, found), say(OF_AGREEMENTS, year=str(year.year)), (0.29, 0.21, 0.14, 0.2, 0.16), say)


def outcome_rows(say: Say, found: Iterable[Row]) -> list[tuple[Cell, ...]]:
    """Return title, type, partners, date and amount of each outcome."""
    return [
        (title(say, "outcome", row), word(say, OUTCOME_TYPES, row[Outcome.type]), names_of(say, "partner", row["partner"]),
         say.date(row[Outcome.date]), how_many(say, row))
        for row in found
    ]  # fmt: skip


def news_rows(say: Say, found: Iterable[Row]) -> list[tuple[Cell, ...]]:
    """Return date and headline of each news item."""
    return [(say.date(row[News.published]), title(say, "news", row)) for row in found]


def _outcomes(asked: Asked) -> TableBlock | None:
    say, year = asked.say, asked.year
    found = registers.register(asked.facts.db, year.within(), "outcome", 1_000)
    heads = tuple(map(say, (lists.OUTCOME, lists.TYPE, lists.PARTNERS, lists.DATE, lists.HOW_MANY)))
    return block(heads, outcome_rows(say, found), say(OF_OUTCOMES, year=str(year.year)), (0.32, 0.2, 0.2, 0.13, 0.15), say)


def _due(asked: Asked) -> TableBlock | None:
    say = asked.say
    found, _ = due(asked.facts.db, asked.year.as_of, Selection(), say.language)
    return due_block(say, asked.facts, found, say(OF_DUE, date=say.date(asked.year.as_of)))


def due_block(say: Say, facts: Facts, found: Sequence[attention.Due], caption: str) -> TableBlock | None:
    """Return what needs a decision, why, and by which day (the last activity where it is dormant)."""
    linked = registers.with_links(facts.db, "agreement", [dict(each.row) for each in found])
    rows = [
        (title(say, "agreement", row), names_of(say, "partner", row["partner"]), say(attention.REASONS[each.reason][0]), _by(say, each))
        for row, each in zip(linked, found, strict=True)
    ]
    heads = tuple(map(say, (lists.AGREEMENT, lists.PARTNERS, REASON, BY)))
    return block(heads, rows, caption, (0.38, 0.28, 0.18, 0.16), say)


def _by(say: Say, each: attention.Due) -> str:
    if each.reason == "dormant":
        return say(attention.LAST, date=say.date(each.activity)) if each.activity else say(attention.NEVER)
    day = each.status.decide_by or each.status.ends
    return say.date(day.isoformat()) if day else ""


def _files(asked: Asked) -> TableBlock | None:
    say = asked.say
    rows = [
        (row[SourceFile.name], str(row[SourceFile.kind]), int(row[SourceFile.rows] or 0),
         word(say, VERDICTS, row[SourceFile.verdict]))
        for row in quality.files(asked.facts.db)
        if row[SourceFile.verdict] != "ignored" and row[SourceFile.kind] not in FILE_KINDS
    ]  # fmt: skip
    heads = tuple(say(HEADS_FILES[at]) for at in (0, 1, 3, 4))
    return block(heads, rows, say(OF_FILES), (0.46, 0.2, 0.14, 0.2), say)


def _definitions(asked: Asked) -> TableBlock | None:
    say = asked.say
    rows = [(say(each.name), say(each.formula), say(each.rule), say(each.example)) for each in DEFINITIONS]
    heads = (say(INDICATOR), say(FORMULA), say(RULE), say(EXAMPLE))
    return block(heads, rows, say(OF_DEFINITIONS), (0.16, 0.28, 0.32, 0.24), say, 100)


MADE: dict[str, Callable[[Asked], TableBlock | None]] = {
    "countries": _countries,
    "new_partners": _new_partners,
    "agreements": _agreements,
    "outcomes": _outcomes,
    "due": _due,
    "files": _files,
    "definitions": _definitions,
}
