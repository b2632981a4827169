"""Horizontal bars of a ranking: what the rankings of countries, fields, partners and types have in common."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import duckdb
import pandas as pd

from dashboard.colours import ACCENT, OTHERS
from dashboard.figures import Figure, Plot, layouts, sentences
from dashboard.figures.sentences import UNSTATED, amount, ordered, short_number, unknown, values
from dashboard.filters import Selection
from dashboard.locale import Say
from dashboard.plain import plain, short
from dashboard.query.chosen import COUNT, SHARE

MOST = 15
Name = Callable[[Say, pd.Series], str]


def draw(frame: pd.DataFrame, say: Say, selection: Selection, name: Name, texts: tuple[str, str], most: int = MOST) -> Plot:
    """Draw the ``most`` largest, then, in grey, the records that name none."""
    if not len(frame):
        return layouts.nothing()
    shown = ordered(frame, selection).head(most)
    missing = frame[frame["code"].isna()]
    names = [name(say, row) for _, row in shown.iterrows()] + [say(UNSTATED)] * len(missing)
    numbers = [*values(shown, selection), *values(missing, selection)]
    codes = [*shown["code"], *([""] * len(missing))]
    colours = [ACCENT] * len(shown) + [OTHERS] * len(missing)
    hovers = [f"{plain(said)}: {plain(amount(say, n, selection, texts))}" for said, n in zip(names, numbers, strict=True)]
    labels = [short_number(say, n) for n in numbers]
    return layouts.bars([short(said, 42) for said in names], numbers, labels, [list(c) for c in zip(codes, hovers, strict=True)], colours)


def finding(frame: pd.DataFrame, say: Say, selection: Selection, name: Name, contest: sentences.Contest) -> str:
    """Say who leads."""
    best = ordered(frame, selection) if len(frame) else frame
    numbers = [float(number) for number in best["_value"]] if len(best) else []
    told = [name(say, row) for _, row in best.head(3).iterrows()]
    # Names of more are never said, and there may be ten thousand.
    ranked = list(zip(told + [""] * (len(numbers) - len(told)), numbers, strict=True))
    return sentences.leader(say, selection, ranked, contest, sentences.total(frame))


def subtitle(frame: pd.DataFrame, say: Say, selection: Selection, unit: str, unknown_texts: tuple[str, str], most: int = MOST) -> str:
    """Say what is counted, how many are left out of the chart, and how many records name none."""
    extra = []
    if len(frame):
        if (hidden := int(frame["code"].notna().sum()) - most) > 0:
            extra.append(say.count(sentences.NOT_SHOWN, hidden))
        if missing := unknown(frame):
            extra.append(say.count(unknown_texts, missing))
    return sentences.subtitle(say, frame, unit, sentences.rule(say, selection), extra)


def table(frame: pd.DataFrame, say: Say, name: Name, heads: tuple[str, str, str]) -> pd.DataFrame:
    """Return name, number of records (full counting) and fractional sum, in the order of the frame."""
    rows = frame.to_dict("records")  # a tenth of the time of iterrows
    names = [name(say, row) if isinstance(row["code"], str) else say(UNSTATED) for row in rows]  # type: ignore[arg-type]
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

    def figure(self, id: str, question: str, click: str) -> Figure:  # noqa: A002 - the figure's word
        """Return the figure: the 15 largest as bars, the largest first."""
        contest = sentences.Contest(self.texts, self.lead)
        return Figure(
            id, question, self.ask,
            draw=lambda frame, say, selection: draw(frame, say, selection, self.name, self.texts),
            finding=lambda frame, say, selection: finding(frame, say, selection, self.name, contest),
            subtitle=lambda frame, say, selection: subtitle(frame, say, selection, say(self.unit), self.unknown),
            table=lambda frame, say: table(frame, say, self.name, self.heads),
            click=click, height=400,
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
            click=click, height=360,
        )  # fmt: skip

    def _subtitle(self, frame: pd.DataFrame, say: Say) -> str:
        missing = unknown(frame)
        extra = [say.count(self.unknown, missing)] if missing else []
        return sentences.subtitle(say, frame, say(self.unit), say(sentences.ONCE), extra)

    def _table(self, frame: pd.DataFrame, say: Say) -> pd.DataFrame:
        names = [self.name(say, row) if isinstance(row["code"], str) else say(UNSTATED) for _, row in frame.iterrows()]
        return pd.DataFrame({say(self.heads[0]): names, say(self.heads[1]): frame[COUNT].to_list()})
