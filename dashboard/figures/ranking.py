"""Horizontal bars of a ranking: what the rankings of countries, fields, partners and types have in common."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from dashboard.colours import ACCENT, OTHERS
from dashboard.figures import Plot, layouts, sentences
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
    ranked = [(name(say, row), float(row["_value"])) for _, row in best.iterrows()]
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
    names = [name(say, row) if isinstance(row["code"], str) else say(UNSTATED) for _, row in frame.iterrows()]
    return pd.DataFrame({say(heads[0]): names, say(heads[1]): frame[COUNT].to_list(), say(heads[2]): frame[SHARE].round(3).to_list()})
