"""From a snapshot, a year and a language to the report, independent of what it is written as."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from dashboard.export.view import SHEET, View, view
from dashboard.figures import Figure, sentences
from dashboard.figures.registry import FIGURES
from dashboard.filters import Selection
from dashboard.frame import years_in_words
from dashboard.locale import Say, mark, speaker
from dashboard.pages.names import title
from dashboard.query import quality
from dashboard.query.click import Click
from dashboard.query.named import named
from dashboard.query.registers import Row
from dashboard.report import labels, tables
from dashboard.report.document import Block, Cell, Chapter, Document, FigureBlock, Paragraph, TableBlock, Tiles
from dashboard.report.facts import Facts, Origin
from dashboard.report.house import House
from dashboard.report.labels import one_line
from dashboard.report.outline import APPENDICES, CONTENTS, COVER, Outline, Section, Shown
from dashboard.report.prose import Prose
from dashboard.report.telling import Telling
from dashboard.report.year import Year
from dashboard.snapshot import Snapshot
from etl.tables import Run

NOT_BEGUN = mark("{year} has not begun: the data are as of {date}")
NO_RECORD = mark("No record of this kind is dated {years}")
NO_RECORD_AT_ALL = mark("There is no record of this kind")
MADE_OF = mark("Written from the registers of the university; each number leads back to the rows and cells that it was counted from")
METHODS = (
    mark("A year is that of signature for agreements, of the outcome for outcomes, of publication for news."),
    mark(
        "Figures tell of all years up to that of the report where their caption names no other; statuses and ends hold on the as-of date."
    ),
    mark("Only accepted links between records count; proposals and planned outcomes do not."),
    mark("The same snapshot gives the same report, number by number."),
)
TILES: tuple[tuple[str, str, bool], ...] = (
    ("agreements", mark("Agreements signed"), True), ("outcomes", mark("Outcomes"), True), ("news", mark("News"), True),
    ("partners", mark("Partners by the end of the year"), False), ("countries", mark("Countries by the end of the year"), False),
)  # fmt: skip
YEAR_BEFORE = mark("{before}: {n}")
Tick = Callable[[int, int, str], None]
"""Progress: how many parts of how many are done, and which one is being done."""


class NoSuchYear(ValueError):
    """A year of which the data can know nothing yet."""

    def __init__(self, year: int, as_of: str) -> None:
        super().__init__(NOT_BEGUN.format(year=year, date=as_of))
        self.year, self.as_of = year, as_of

    def said(self, say: Say) -> str:
        """Return the reason in the reader's language."""
        return say(NOT_BEGUN, year=str(self.year), date=say.date(self.as_of))


@dataclass(frozen=True, slots=True)
class Order:
    """What a reader asks for."""

    year: int
    language: str
    outline: Outline


class _Numbers:
    """Numbers the chapters, figures and tables in their order."""

    def __init__(self) -> None:
        self.figures, self.tables, self.chapters = count(1), count(1), count(1)
        self.letters = iter("ABCDEFGHIJ")

    def labelled(self, section: Section, say: Say) -> tuple[str, str]:
        """Return the number or letter of a section, and its heading."""
        told = section.title(say)
        if section.id in APPENDICES:
            letter = next(self.letters)
            return letter, say(labels.APPENDIX, letter=letter, title=told)
        if section.id == "summary":
            return "", told
        number = str(next(self.chapters))
        return number, f"{number} {told}"


def report(snapshot: Snapshot, order: Order, house: House, tick: Tick = lambda *_: None) -> Document:
    """Return the report.

    Raises:
        NoSuchYear: the year lies after that of the data.
    """
    if order.year > int(snapshot.as_of[:4]):
        raise NoSuchYear(order.year, snapshot.as_of)
    say = speaker(order.language)
    with snapshot.cursor() as cursor:
        writing = _Writing(Click(cursor, snapshot.prepared), snapshot, order, say)
        chapters = writing.chapters(tick)
        run: Row = writing.run
    date = say.date(snapshot.as_of)
    return Document(
        say(labels.TITLE), say(labels.REPORT, year=str(order.year)), "report", order.language, snapshot.as_of, snapshot.id,
        str(run.get(Run.version) or ""), (say(labels.AS_OF, date=date), say(MADE_OF), say(labels.SNAPSHOT, id=snapshot.id)),
        f"{say(labels.TITLE)} · {say(labels.REPORT, year=str(order.year))} · {say(labels.AS_OF, date=date)}", chapters,
        house.institution(say, run.get(Run.home_names) or ()), any(each.id == CONTENTS for each in order.outline),
    )  # fmt: skip


class _Writing:
    """The chapters of one report in the making."""

    def __init__(self, db: Any, snapshot: Snapshot, order: Order, say: Say) -> None:
        self.db, self.snapshot, self.order, self.say = db, snapshot, order, say
        self.facts = Facts(db, snapshot.as_of)
        self.year = Year(order.year, snapshot.as_of)
        self.named = {kind: named(db, kind) for kind in ("country", "field", "partner")}
        self.prose = Prose(self.facts, self.year, say, self._name)
        self.asked = tables.Asked(self.facts, self.year, say, self._name)
        self.numbers = _Numbers()
        self.known = {figure.id: figure for figure in FIGURES}
        self.run = quality.run(db)

    def _name(self, kind: str, code: str) -> str:
        row = self.named[kind].get(code)
        return one_line(title(self.say, kind, row)) if row else code

    def chapters(self, tick: Tick) -> tuple[Chapter, ...]:
        """Return the chapters in the order of the outline."""
        wanted = [section for section in self.order.outline if section.id not in (COVER, CONTENTS)]
        made = []
        for at, section in enumerate(wanted):
            tick(at, len(wanted), section.title(self.say))
            made.append(self._chapter(section))
        return tuple(made)

    def _chapter(self, section: Section) -> Chapter:
        label, heading = self.numbers.labelled(section, self.say)
        blocks: list[Block] = list(self._words(section))
        blocks += [self._figure(shown) for shown in section.figures]
        for name in section.tables:
            if table := tables.MADE[name](self.asked):
                blocks.append(replace(table, number=str(next(self.numbers.tables))))
        return Chapter(section.id, label, heading, tuple(blocks))

    def _words(self, section: Section) -> Iterable[Block]:
        """Return what the chapter says before its figures."""
        prose = self.prose
        if section.id == "summary":
            return [*prose.so_far(), self._tiles(), *prose.summary()]
        if section.id == "data":
            return [*prose.data(), *(Paragraph(self.say(text), "bullet") for text in METHODS)]
        said: dict[str, Callable[[], list[Paragraph]]] = {
            "geography": prose.geography, "fields": prose.fields, "partners": prose.partners, "agreements": prose.agreements,
            "outcomes": lambda: [*prose.outcomes(), prose.reported()], "expiring": prose.expiring,
        }  # fmt: skip
        return said[section.id]() if section.id in said else []

    def _tiles(self) -> Tiles:
        made = []
        for question, label, of_year in TILES:
            tell = Telling(self.say)
            fact = self.facts.one(question, self.year.within() if of_year else self.year.up_to())
            before = self.facts.one(question, self.year.within(self.year.year - 1))
            compared = of_year and not self.year.is_open
            note = self.say(YEAR_BEFORE, before=str(self.year.year - 1), n=self.say.number(int(before.value))) if compared else ""
            made.append(tell.tile(self.say(label), fact, note))
        return Tiles(tuple(made))

    def _figure(self, shown: Shown) -> FigureBlock:
        figure = self.known[shown.figure]
        selection = {"until": self.year.up_to(), "year": self.year.within(), "all": Selection()}[shown.years]
        return figure_block(self.db, self.snapshot, figure, selection, self.say, str(next(self.numbers.figures)))


def figure_block(db: Any, snapshot: Snapshot, figure: Figure, selection: Selection, say: Say, number: str) -> FigureBlock:
    """Return a figure of a document; where nothing can be drawn its sentence says so."""
    shown = view(figure, selection, say, snapshot, db).fitting(SHEET)
    finding, years = shown.finding, years_in_words(selection, say)
    if shown.frame.empty or finding == say(sentences.NOTHING):
        finding = say(NO_RECORD, years=years) if years else say(NO_RECORD_AT_ALL)
    question, twin = say(figure.question), _twin(shown, number)
    return FigureBlock(
        number, shown, question, finding, " · ".join(part for part in (shown.subtitle, years) if part),
        one_line(f"{question} {finding}. {_first(twin, say)}", 900), bool(twin.rows and shown.plot.get("data")), twin,
        Origin(figure.id, selection.to_query()),
    )  # fmt: skip


def _twin(shown: View, number: str) -> TableBlock:
    rows: list[tuple[Cell, ...]] = [tuple(_cell(each) for each in row) for row in shown.table.itertuples(index=False, name=None)]
    heads = tuple(one_line(each) for each in shown.table.columns)
    numeric = tuple(bool(rows) and all(isinstance(row[at], (int, float)) or row[at] is None for row in rows) for at in range(len(heads)))
    return TableBlock(number, shown.say(labels.TWIN, n=number), heads, tuple(rows), numeric)


def _cell(value: Any) -> Cell:
    if value is None or value != value:
        return None
    if isinstance(value, str):
        return one_line(value)
    if hasattr(value, "item"):
        value = value.item()
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else one_line(value)


def _first(twin: TableBlock, say: Say, most: int = 8) -> str:
    """Return the first rows as one line, for who cannot see the picture."""
    lines = (say.listed(labels.shown(cell, say) for cell in row if cell not in (None, "")) for row in twin.rows[:most])
    return "; ".join(line for line in lines if line)
