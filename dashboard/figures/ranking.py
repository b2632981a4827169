"""Horizontal bars of a ranking: what the rankings of countries, fields, partners and types have in common."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import duckdb
import numpy as np
import pandas as pd

from dashboard.colours import ACCENT, OTHERS
from dashboard.figures import Figure, Plot, layouts, sentences
from dashboard.figures.sentences import UNSTATED, amount, placed, short_number, unknown, values
from dashboard.filters import Selection
from dashboard.locale import Say, mark
from dashboard.marks import NONE
from dashboard.plain import plain, short
from dashboard.query.chosen import COUNT, SHARE, rows_of

MOST = 15
EACH, EACH_BETWEEN = mark("{n} each"), mark("{least} to {most} each")
TOGETHER = mark("{names}: {n} together by fractional counting")
Name = Callable[[Say, sentences.Row], str]


@dataclass(frozen=True, slots=True)
class _Bar:
    """One bar: code (nothing for what is no code), name, length, what stands at its end, and the sentence of the hover."""

    code: str
    name: str
    number: float
    label: str
    hover: str


def draw(frame: pd.DataFrame, say: Say, selection: Selection, name: Name, texts: tuple[str, str], most: int = MOST) -> Plot:
    """Draw the ``most`` largest, then, in grey, the others together and the records that name none."""
    if not len(frame):
        return layouts.nothing()
    order, numbers = placed(frame, selection)
    rows = zip(rows_of(frame.take(order[:most])), numbers, strict=False)
    bars = [_bar(say, selection, texts, str(row["code"]), name(say, row), number) for row, number in rows]
    bars += [_others(say, selection, numbers[most:])] if len(numbers) > most else []
    missing = [n for code, n in zip(frame["code"].tolist(), values(frame, selection).tolist(), strict=True) if not isinstance(code, str)]
    bars += [_bar(say, selection, texts, NONE, say(UNSTATED), n) for n in missing]
    return layouts.bars(
        [short(bar.name, 32) for bar in bars], [bar.number for bar in bars], [bar.label for bar in bars],
        [[bar.code, bar.hover] for bar in bars], [OTHERS if bar.code in ("", NONE) else ACCENT for bar in bars],
    )  # fmt: skip


def _bar(say: Say, selection: Selection, texts: tuple[str, str], code: str, said: str, number: float) -> _Bar:
    return _Bar(code, said, number, short_number(say, number), say.about(plain(said), plain(amount(say, number, selection, texts))))


def _others(say: Say, selection: Selection, numbers: list[float]) -> _Bar:
    """Return those that are not shown, as one: their sum under fractional counting, else only how much each has.

    Full counts must not be added: one record may be counted for several of them.
    """
    said = say(sentences.OTHERS, n=say.number(len(numbers)))
    if selection.counting == "fractional":
        total = float(np.sum(numbers))
        return _Bar("", said, total, short_number(say, total), say(TOGETHER, names=said, n=short_number(say, total)))
    least, largest = short_number(say, min(numbers)), short_number(say, max(numbers))
    label = say(EACH, n=least) if least == largest else say(EACH_BETWEEN, least=least, most=largest)
    return _Bar("", said, 0, label, say.about(said, label))


def finding(frame: pd.DataFrame, say: Say, selection: Selection, name: Name, contest: sentences.Contest) -> str:
    """Say who leads."""
    order, numbers = placed(frame, selection) if len(frame) else ([], [])
    told = [name(say, row) for row in rows_of(frame.take(order[:3]))]
    # Names of more are never said, and there may be ten thousand.
    ranked = list(zip(told + [""] * (len(numbers) - len(told)), numbers, strict=True))
    return sentences.leader(say, selection, ranked, contest, sentences.total(frame))


def subtitle(frame: pd.DataFrame, say: Say, selection: Selection, unit: str, unknown_texts: tuple[str, str]) -> str:
    """Say what is counted and how many records name none."""
    missing = unknown(frame) if len(frame) else 0
    extra = [say.count(unknown_texts, missing)] if missing else []
    return sentences.subtitle(say, frame, unit, sentences.rule(say, selection), extra)


def table(frame: pd.DataFrame, say: Say, name: Name, heads: tuple[str, str, str]) -> pd.DataFrame:
    """Return name, number of records (full counting) and fractional sum, in the order of the frame."""
    names = [name(say, row) if isinstance(row["code"], str) else say(UNSTATED) for row in rows_of(frame)]
    return pd.DataFrame({say(heads[0]): names, say(heads[1]): frame[COUNT].to_list(), say(heads[2]): frame[SHARE].round(3).to_list()})


@dataclass(frozen=True, slots=True)
class Ranking:
    """A ranking of what records are linked to: countries, fields, partners.

    ``texts`` count the records, ``lead`` says who leads, ``unknown`` how many records name none; ``heads`` are name, records and
    fractional sum.
    """

    ask: Callable[[duckdb.DuckDBPyConnection, Selection], pd.DataFrame]
    unit: str
    texts: tuple[str, str]
    lead: tuple[str, str]
    unknown: tuple[str, str]
    heads: tuple[str, str, str]
    name: Name = sentences.name
    counts: str = "agreement"
    definition: str = "full"

    def figure(self, id: str, question: str, click: str) -> Figure:  # noqa: A002 - the figure's word
        """Return the figure: the 15 largest as bars, the largest first."""
        contest = sentences.Contest(self.texts, self.lead)
        return Figure(
            id, question, self.ask,
            draw=lambda frame, say, selection: draw(frame, say, selection, self.name, self.texts),
            finding=lambda frame, say, selection: finding(frame, say, selection, self.name, contest),
            subtitle=lambda frame, say, selection: subtitle(frame, say, selection, say(self.unit), self.unknown),
            table=lambda frame, say: table(frame, say, self.name, self.heads), by_row=True,
            click=click, height=400, counts=self.counts, definition=self.definition,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kinds:
    """A ranking of what each record has exactly one of (its type, its event), so that both counting rules give the same."""

    ask: Callable[[duckdb.DuckDBPyConnection, Selection], pd.DataFrame]
    unit: str
    texts: tuple[str, str]
    lead: tuple[str, str]
    unknown: tuple[str, str]
    heads: tuple[str, str]
    name: Name
    counts: str = "agreement"
    definition: str = "agreements"
    records: Callable[[duckdb.DuckDBPyConnection, Selection, str], list[str]] | None = None

    def figure(self, id: str, question: str, click: str = "") -> Figure:  # noqa: A002 - the figure's word
        """Return the figure: one bar for each kind, the largest first."""
        contest = sentences.Contest(self.texts, self.lead, sentences.COMMON)
        full = Selection()
        return Figure(
            id, question, self.ask,
            draw=lambda frame, say, _: draw(frame.assign(**{SHARE: frame[COUNT]}), say, full, self.name, self.texts),
            finding=lambda frame, say, _: finding(frame, say, full, self.name, contest),
            subtitle=lambda frame, say, _: self._subtitle(frame, say),
            table=lambda frame, say: self._table(frame, say),
            click=click, height=360, counts=self.counts, definition=self.definition, records=self.records,
        )  # fmt: skip

    def _subtitle(self, frame: pd.DataFrame, say: Say) -> str:
        missing = unknown(frame)
        extra = [say.count(self.unknown, missing)] if missing else []
        return sentences.subtitle(say, frame, say(self.unit), say(sentences.ONCE), extra)

    def _table(self, frame: pd.DataFrame, say: Say) -> pd.DataFrame:
        names = [self.name(say, row) if isinstance(row["code"], str) else say(UNSTATED) for row in rows_of(frame)]
        return pd.DataFrame({say(self.heads[0]): names, say(self.heads[1]): frame[COUNT].to_list()})
