"""A figure under a selection, in a language, with all that is printed beside it: what every kind of file is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from dashboard.card import plotted
from dashboard.export import passport as passports
from dashboard.export import steady
from dashboard.export.clean import clean
from dashboard.export.columns import MEANINGS, Meaning
from dashboard.export.passport import Passport
from dashboard.export.plate import Words
from dashboard.figures import Figure, Plot, agreements_in_time
from dashboard.filters import LISTS, Selection
from dashboard.frame import LABELS, NAME, OUT, years_in_words
from dashboard.locale import Say, mark, speaker
from dashboard.options import options
from dashboard.store import Connection, Snapshot

FILTERS = mark("Filters: {filters}")
NO_FILTERS = mark("No filters: everything is shown")
COUNTING = mark("Counting: {rule}")
FULL_RULE = mark("full, a record counts once in each of its countries, fields and partners")
FRACTIONAL_RULE = mark("fractional, a record is divided equally among its countries, fields or partners")
SOURCE = mark("Source: {name}, data as of {date} · {address}")
"""Where a figure comes from; the address is below that of the dashboard."""

SHEET, SLIDE = 860, 400
"""Pixels of a chart that fits with its words on a sheet of paper, and on a slide in letters that are read from the last row."""
_TALLEST = 1 << 16
#: Figures that are as high as they have rows -> how many rows fit into so many pixels, and how high the chart is with them.
_FITTING: Mapping[str, Callable[[pd.DataFrame, int], tuple[int, int]]] = {agreements_in_time.FIGURE.id: agreements_in_time.fitting}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the figure's table: its head, its meaning and its unit in the reader's language."""

    head: str
    meaning: str
    unit: str


@dataclass(frozen=True, slots=True)
class View:
    """What a file shows: the figure as it is drawn and said, its table, its passport, and the words that are printed around it.

    ``filters`` and ``rule`` are sentences, ``source`` is the line at the foot; ``table`` has the reader's column names, ``columns`` explain
    them. An empty frame has a finding that says so, a table without rows, and a plot without marks.
    """

    figure: Figure
    selection: Selection
    say: Say
    frame: pd.DataFrame
    plot: Plot
    finding: str
    subtitle: str
    filters: str
    rule: str
    source: str
    table: pd.DataFrame
    columns: tuple[Column, ...]
    passport: Passport
    height: int
    """Of the chart, in pixels of a figure."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What stands below the title: unit, population, n and as-of date; the filters; the counting rule."""
        return tuple(text for text in (self.subtitle, f"{self.filters} · {self.rule}") if text)

    @property
    def words(self) -> Words:
        """All the words around a picture."""
        return Words(self.finding, self.notes, (self.source, self.passport.short))

    def fitting(self, most: int) -> View:
        """Return the view as it fits into ``most`` pixels: of a figure that is as high as it has rows only the first are drawn.

        Its subtitle says how many of how many; table and passport stay, because the data and the figure are the same.
        """
        if self.figure.id not in _FITTING or self.height <= most:
            return self
        rows, height = _FITTING[self.figure.id](self.frame, most)
        drawn = self.frame.head(rows)
        return replace(
            self,
            plot=steady.plot(plotted(self.figure, drawn, self.say, self.selection)),
            subtitle=clean(self.figure.subtitle(drawn, self.say, self.selection)),
            height=height,
        )


def view(figure: Figure, selection: Selection, say: Say, snapshot: Snapshot, db: Connection) -> View:
    """Return ``figure`` under ``selection``, asked from ``db``, a cursor of ``snapshot``; its table has all rows, drawn or not."""
    frame = (figure.whole or figure.ask)(db, selection)
    plot = steady.plot(plotted(figure, frame, say, selection))
    made = passports.of(figure, frame, plot, selection, say, snapshot)
    return View(
        figure=figure,
        selection=selection,
        say=say,
        frame=frame,
        plot=plot,
        finding=clean(figure.finding(frame, say, selection)),
        subtitle=clean(figure.subtitle(frame, say, selection)) if len(frame) else "",
        filters=filters_in_words(selection, say, options(db).names(say)),
        rule=say(COUNTING, rule=say(FRACTIONAL_RULE if selection.counting == "fractional" else FULL_RULE)),
        source=say(SOURCE, name=say(NAME), date=say.date(snapshot.as_of), address=made.address),
        table=figure.table(frame, say),
        columns=_columns(figure, frame, say),
        passport=made,
        height=_FITTING[figure.id](frame, _TALLEST)[1] if figure.id in _FITTING else figure.height,
    )


def filters_in_words(selection: Selection, say: Say, names: Mapping[str, Mapping[str, str]]) -> str:
    """Say what is filtered: ``Filters: Country: China, without Japan; since 2015``."""
    told = []
    for part, attribute in LISTS.items():
        codes = [names[part].get(code, code) for code in getattr(selection, attribute)]
        codes += [say(OUT, name=names[part].get(code, code)) for code in selection.left_out(part)]
        if codes:
            told.append(f"{say(LABELS[part])}: {', '.join(codes)}")
    told += [years] if (years := years_in_words(selection, say)) else []
    return clean(say(FILTERS, filters="; ".join(told)) if told else say(NO_FILTERS))


def _columns(figure: Figure, frame: pd.DataFrame, say: Say) -> tuple[Column, ...]:
    """Return the columns of the table: its English heads lead to the meanings; a head that nobody has explained explains itself."""
    english = figure.table(frame, speaker("en")).columns
    said = figure.table(frame, say).columns
    meanings = [MEANINGS.get(str(head), Meaning("")) for head in english]
    return tuple(
        Column(str(head), say(each.text) if each.text else "", say(each.unit) if each.unit else "")
        for head, each in zip(said, meanings, strict=True)
    )
