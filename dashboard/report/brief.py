"""Two pages for the visit of a delegation: who they are, what was agreed and where it stands, what came of it, what is open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any, Literal

from dashboard.figures import story
from dashboard.figures.words import AGREEMENT_TYPES, KINDS, OUTCOME_TYPES, STATUSES, word
from dashboard.filters import Selection
from dashboard.locale import Say, mark, mark_plural, speaker
from dashboard.pages import attention, lists
from dashboard.pages.names import title
from dashboard.query import counts, quality, registers, single
from dashboard.query.chosen import rows_of
from dashboard.query.click import Click
from dashboard.query.named import named
from dashboard.query.registers import Row
from dashboard.report import labels
from dashboard.report.asking import context, due
from dashboard.report.content import figure_block
from dashboard.report.document import Block, Chapter, Document, Paragraph, TableBlock, Tiles
from dashboard.report.facts import Facts
from dashboard.report.house import House
from dashboard.report.labels import one_line
from dashboard.report.tables import block, due_block, names_of, news_rows
from dashboard.report.telling import Telling
from dashboard.snapshot import Snapshot
from etl.tables import Agreement, Outcome, Partner, Run

Guest = Literal["partner", "country"]
FOR_A_VISIT = mark("Brief for a visit")
NO_SUCH: dict[str, str] = {
    "partner": mark("The data knows no partner with the id “{name}”."),
    "country": mark("The data knows no country with the code “{name}”."),
}
NEAREST = mark("{what} Did you mean {nearest}?")
GLANCE, AGREED, CAME, WITH, NEWS, OPEN = (
    mark("At a glance"), mark("Agreements"), mark("What came of it"), mark("People and units"), mark("Latest news"), mark("Open points"),
)  # fmt: skip
PARTNERS = mark("Partners")
TILES: tuple[tuple[str, str], ...] = (
    ("agreements", mark("Agreements")), ("outcomes", mark("Outcomes")), ("planned", mark("Planned outcomes")), ("news", mark("News")),
)  # fmt: skip
SINCE = mark("The first dated agreement is of {year}.")
NO_AGREEMENT = mark("There is no agreement; the tie is known from outcomes or news.")
IN_FIELDS = mark("Fields of the agreements: {names}.")
UNITS, OWNERS = mark("Units at home: {names}."), mark("Responsible: {names}.")
NO_UNIT = mark("The registers name no unit and no person at home.")
TYPES = mark("Outcomes by type: {items}.")
NOTHING_CAME = mark("No outcome is known.")
ENDS_UNKNOWN = mark_plural("The end of {n} agreement is not stated.", "The end of {n} agreements is not stated.")
NOT_DUE = mark("No agreement is known to end or to need a decision soon.")
IS_PLANNED = mark("Planned: {title}.")
DATED = mark("{date}: {title}")
_TITLE = 150
"""Letters of a title: a line or two of a table."""


class NoSuchGuest(ValueError):
    """A partner or country that the data does not know."""

    def __init__(self, kind: Guest, name: str, nearest: Sequence[str]) -> None:
        self.kind, self.name, self.nearest = kind, name, tuple(nearest)
        super().__init__(self.said(speaker("en")))

    def said(self, say: Say) -> str:
        """Return the reason in the reader's language."""
        told = say(NO_SUCH[self.kind], name=self.name)
        return say(NEAREST, what=told, nearest=say.listed(self.nearest)) if self.nearest else told


def brief(snapshot: Snapshot, kind: Guest, code: str, language: str, house: House, rows: int = 5) -> Document:
    """Return the brief on a partner (by its id) or a country (by its ISO code), each list cut after ``rows``.

    Raises:
        NoSuchGuest: the data knows no such partner or country.
    """
    say = speaker(language)
    with snapshot.cursor() as cursor:
        db = Click(cursor, snapshot.prepared)
        found = single.partner(db, code) if kind == "partner" else single.country(db, code)
        if found is None:
            raise NoSuchGuest(kind, one_line(code, 80), _nearest(db, kind, code, say))
        chapters = _Brief(db, snapshot, kind, code, say, rows).chapters()
        run = quality.run(db)
    name, date = one_line(title(say, kind, found)), say.date(snapshot.as_of)
    foot = f"{say(labels.TITLE)} · {name} · {say(labels.AS_OF, date=date)}"
    version, institution = str(run.get(Run.version) or ""), house.institution(say, run.get(Run.home_names) or ())
    return Document(
        name, say(FOR_A_VISIT), "brief", language, snapshot.as_of, snapshot.id, version, _who(say, kind, found, date), foot, chapters,
        institution, contents=False,
    )  # fmt: skip


def _who(say: Say, kind: Guest, row: Row, date: str) -> tuple[str, ...]:
    """Return the lines below the name: kind, place and other names; the date and what the brief is made from."""
    if kind == "country":
        told = [say.name(row, "subregion_name") or say.name(row, "region_name")]
    else:
        told = [word(say, KINDS, row[Partner.kind]), str(row[Partner.city] or ""), say.name(row, "country_name")]
    others = [str(row[f"name_{each}"]) for each in ("en", "ru", "zh") if row.get(f"name_{each}")]
    shown = title(say, kind, row)
    return tuple(
        one_line(line)
        for line in (say.listed(each for each in told if each), "; ".join(dict.fromkeys(each for each in others if each != shown)),
                     say(labels.AS_OF, date=date))
        if line
    )  # fmt: skip


def _nearest(db: Any, kind: Guest, code: str, say: Say) -> list[str]:
    """Return the ids that are spelt most alike, or whose names hold what was asked for."""
    rows = named(db, kind)
    wanted = code.casefold()
    held = [key for key, row in rows.items() if len(wanted) > 2 and wanted in title(say, kind, row).casefold()]
    return [f"{key} ({one_line(title(say, kind, rows[key]))})" for key in (held + get_close_matches(code, rows, 3, 0.6))[:3]]


class _Brief:
    def __init__(self, db: Any, snapshot: Snapshot, kind: Guest, code: str, say: Say, rows: int) -> None:
        self.db, self.snapshot, self.kind, self.say, self.rows = db, snapshot, kind, say, rows
        self.chosen = Selection(partners=(code,)) if kind == "partner" else Selection(countries=(code,))
        self.facts = Facts(db, snapshot.as_of)
        self.context = context(db, snapshot.as_of, self.chosen, say.language)
        self.agreements = registers.register(db, self.chosen, "agreement", 1_000)

    def chapters(self) -> tuple[Chapter, ...]:
        """Return the chapters that have something to say."""
        made: tuple[tuple[str, str, Iterable[Block | None]], ...] = (
            ("glance", GLANCE, self._glance()), ("agreements", AGREED, [self._agreements()]), ("outcomes", CAME, self._outcomes()),
            ("with", PARTNERS if self.kind == "country" else WITH, self._with()), ("news", NEWS, self._news()),
            ("open", OPEN, self._open()),
        )  # fmt: skip
        told = [(id_, head, tuple(each for each in blocks if each)) for id_, head, blocks in made]
        return tuple(Chapter(id_, "", self.say(head), blocks) for id_, head, blocks in told if blocks)

    def _glance(self) -> list[Block]:
        tell, blocks = Telling(self.say), list[Block]()
        blocks.append(Tiles(tuple(tell.tile(self.say(label), self.facts.one(question, self.chosen)) for question, label in TILES)))
        years = self.facts.all("agreement_years", self.chosen)
        known = sorted(int(year) for year in years if year.isdigit())
        if known:
            blocks.append(tell.told(self.say(SINCE, year=tell.year(known[0]))))
        elif not self.agreements:
            blocks.append(Paragraph(self.say(NO_AGREEMENT)))
        fields = [row for row in rows_of(counts.by_field(self.db, self.chosen)) if row["code"]][:5]
        if fields:
            tell = Telling(self.say)
            blocks.append(tell.told(self.say(IN_FIELDS, names=self.say.listed(tell.name(title(self.say, "field", row)) for row in fields))))
        shown = figure_block(self.db, self.snapshot, story.FIGURE, self.chosen, self.say, "1")
        return [*blocks, shown] if shown.is_drawn and len(shown.view.frame) > 1 else blocks

    def _agreements(self) -> TableBlock | None:
        say, of_country = self.say, self.kind == "country"
        heads = [
            say(lists.AGREEMENT),
            *([say(lists.PARTNERS)] if of_country else []),
            say(lists.TYPE),
            say(lists.SIGNED),
            say(lists.STATUS),
        ]
        rows = [
            (one_line(title(say, "agreement", row), _TITLE),
             *([one_line(names_of(say, "partner", row["partner"]), 90)] if of_country else []),
             word(say, AGREEMENT_TYPES, row[Agreement.type]) if row[Agreement.type] else "", say.date(row[Agreement.signed]),
             self._status(row))
            for row in self.agreements
        ]  # fmt: skip
        widths = (0.3, 0.2, 0.19, 0.14, 0.17) if of_country else (0.46, 0.22, 0.15, 0.17)
        return block(heads, rows, say(AGREED), widths, say, self.rows + 1)

    def _status(self, row: Row) -> str:
        found = lists.status_of(self.context, row)
        return word(self.say, STATUSES, found.code) + ("" if found.is_certain else " ?")

    def _outcomes(self) -> list[Block | None]:
        say, tell = self.say, Telling(self.say)
        answers = self.facts.all("outcome_types", self.chosen)
        if not answers:
            return [Paragraph(say(NOTHING_CAME))] if self.agreements else []
        items = [(word(say, OUTCOME_TYPES, code), self.facts.one("outcome_types", self.chosen, code)) for code in answers]
        found = registers.register(self.db, self.chosen, "outcome", 1_000)
        rows = [
            (one_line(title(say, "outcome", row), _TITLE), word(say, OUTCOME_TYPES, row[Outcome.type]), say.date(row[Outcome.date]))
            for row in found
        ]
        heads = (say(lists.OUTCOME), say(lists.TYPE), say(lists.DATE))
        return [tell.told(say(TYPES, items=tell.items(items))), block(heads, rows, say(CAME), (0.62, 0.22, 0.16), say, self.rows)]

    def _with(self) -> list[Block | None]:
        if self.kind == "country":
            return [self._partners()]
        told: list[Block | None] = []
        for column, text in ((Agreement.home_unit, UNITS), (Agreement.owner, OWNERS)):
            names = list(dict.fromkeys(one_line(row[column], 120) for row in self.agreements if row[column]))[:8]
            if names:
                tell = Telling(self.say)
                told.append(tell.told(self.say(text, names=self.say.listed(map(tell.name, names)))))
        return told or ([Paragraph(self.say(NO_UNIT))] if self.agreements else [])

    def _partners(self) -> TableBlock | None:
        say = self.say
        found = registers.partners(self.db, self.chosen, 10_000)
        rows = [
            (one_line(title(say, "partner", row), 110), word(say, KINDS, row[Partner.kind]), int(row["agreements"]), int(row["outcomes"]),
             str(row["since"] or ""))
            for row in found
        ]  # fmt: skip
        heads = tuple(map(say, (lists.PARTNER, lists.KIND, lists.AGREEMENTS, lists.OUTCOMES, lists.SINCE)))
        return block(heads, rows, say(PARTNERS), (0.4, 0.17, 0.17, 0.15, 0.11), say, self.rows + 1)

    def _news(self) -> list[Block | None]:
        found = registers.register(self.db, self.chosen, "news", min(self.rows, 4))
        told: list[Block | None] = []
        for date, headline in news_rows(self.say, found):
            tell = Telling(self.say)
            said = one_line(headline, _TITLE)
            text = self.say(DATED, date=tell.name(str(date)), title=tell.name(said)) if date else tell.name(said)
            told.append(tell.told(text, "bullet"))
        return told

    def _open(self) -> list[Block | None]:
        say = self.say
        found, unknown = due(self.db, self.snapshot.as_of, self.chosen, say.language)
        told: list[Block | None] = [due_block(say, self.facts, found[: self.rows], say(attention.TITLE))] if found else []
        if self.agreements and not found:
            told.append(Paragraph(say(NOT_DUE), "bullet"))
        if unknown:
            tell = Telling(say)
            told.append(tell.told(tell.count(ENDS_UNKNOWN, self.facts.one("due", self.chosen, "unknown")), "bullet"))
        for row in registers.register(self.db, self.chosen, "planned", 3):
            tell = Telling(say)
            told.append(tell.told(say(IS_PLANNED, title=tell.name(one_line(title(say, "outcome", row), _TITLE))), "bullet"))
        return told
