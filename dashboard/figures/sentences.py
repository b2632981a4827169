"""What figures have in common to say: amounts, who leads, what is counted. Nothing here knows a figure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

import numpy as np
import pandas as pd
from babel.lists import format_list

from dashboard.filters import Selection
from dashboard.locale import LANGUAGES, Say, mark, mark_plural
from dashboard.query.chosen import AS_OF, COUNT, SHARE, TOTAL
from dashboard.query.counts import PLANNED

K = TypeVar("K")
Row: TypeAlias = Mapping[str, Any] | pd.Series
"""A row of a frame, by itself or as :func:`dashboard.query.chosen.rows_of` gives it, which is a tenth of the time."""
FEW = 5
"""Below so many records nothing is ranked and no trend is told."""

NOTHING = mark("Nothing matches this selection: remove a filter")
TOO_FEW = mark("Only {amount} in this selection, too few to rank")
NONE_NAMED = mark("{amount} in this selection, none with this known")
ALONE = mark("{name}: {amount}")
LEADS = mark("{first} leads with {amount}; next is {second} with {rest}")
COMMON = mark("Most frequent: {first} with {amount}; next is {second} with {rest}")
TIE = mark("{names} share the lead, each with {amount}")
FRACTION = mark("{amount} by fractional counting")
AS_OF_TEXT = mark("as of {date}")
ONCE = mark("each counted once")
FULL = mark("full counting")
FRACTIONAL = mark("fractional counting")
UNSTATED = mark("Not stated")
OTHERS = mark("others ({n})")
PLANNED_APART = mark_plural("{n} only planned, not counted", "{n} only planned, not counted")

Ranked = Sequence[tuple[str, float]]
"""Names and amounts, the largest first."""


def value(row: pd.Series, selection: Selection) -> float:
    """Return the amount of a row under the counting rule of the selection."""
    return float(row[SHARE if selection.counting == "fractional" else COUNT])


def values(frame: pd.DataFrame, selection: Selection) -> pd.Series:
    """Return the amounts of all rows under the counting rule of the selection."""
    return frame[SHARE if selection.counting == "fractional" else COUNT].astype(float)


def totals(keys: Iterable[K], numbers: Iterable[float]) -> dict[K, float]:
    """Return the sum of the numbers of each key, in the order of the keys, as pandas adds groups (Kahan 1965): ten times as quick.

    >>> totals(["b", "a", "b"], [0.5, 1.0, 0.25])
    {'a': 1.0, 'b': 0.75}
    """
    sums: dict[K, float] = {}
    lost: dict[K, float] = {}
    for key, number in zip(keys, numbers, strict=True):
        before = sums.get(key, 0.0)
        added = number - lost.get(key, 0.0)
        sums[key] = after = before + added
        lost[key] = after - before - added
    return {key: sums[key] for key in sorted(sums)}  # type: ignore[type-var]  # codes, or tuples of codes


def ranked(sums: Mapping[K, float]) -> list[tuple[K, float]]:
    """Return ``sums`` to nine decimals, the largest first, equal ones in their order."""
    rounded = np.array([*sums.values()], float).round(9).tolist()
    return sorted(zip(sums, rounded, strict=True), key=lambda each: -each[1])


def placed(frame: pd.DataFrame, selection: Selection) -> tuple[list[int], list[float]]:
    """Return where the rows with a code stand, the largest first under the counting rule, equal ones by code, and their amounts."""
    codes, numbers = frame["code"].tolist(), values(frame, selection).round(9).tolist()
    # By lists: pandas makes categories of the codes first, which takes ten times as long for a hundred rows.
    order = sorted((i for i, code in enumerate(codes) if isinstance(code, str)), key=lambda i: (-numbers[i], codes[i]))
    return order, [numbers[i] for i in order]


def ordered(frame: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    """Return the rows with a code in the order of :func:`placed`, with their amounts as ``_value``."""
    order, numbers = placed(frame, selection)
    return frame.take(order).assign(_value=numbers)


def amount(say: Say, number: float, selection: Selection, texts: tuple[str, str]) -> str:
    """Say ``number`` records: ``7 agreements``, or ``6.5 by fractional counting``."""
    if selection.counting == "fractional":
        return say(FRACTION, amount=short_number(say, number))
    return say.count(texts, round(number))


def short_number(say: Say, number: float) -> str:
    """Return ``number`` with at most one decimal: as many as a reader can use."""
    return say.number(round(number, 1) if round(number, 1) % 1 else round(number))


def total(frame: pd.DataFrame) -> int:
    """Return the size of the filtered set; 0 for an empty frame."""
    return int(frame[TOTAL].iloc[0]) if len(frame) else 0


def unknown(frame: pd.DataFrame) -> int:
    """Return how many records name none."""
    codes, numbers = (frame[column].tolist() if len(frame) else [] for column in ("code", COUNT))
    return sum(int(n) for code, n in zip(codes, numbers, strict=True) if not isinstance(code, str))


@dataclass(frozen=True, slots=True)
class Contest:
    """What is ranked: the records that are counted, how a sole leader is told, and how more than three are (with their number)."""

    texts: tuple[str, str]
    many: tuple[str, str]
    leads: str = LEADS


def leader(say: Say, selection: Selection, ranked: Ranked, contest: Contest, records: int) -> str:
    """Return who leads, as one sentence that is true for nothing, for few and for ties as well."""
    texts = contest.texts
    if not records:
        return say(NOTHING)
    if not ranked:
        return say(NONE_NAMED, amount=say.count(texts, records))
    first, most = ranked[0]
    said = amount(say, most, selection, texts)
    if len(ranked) == 1:
        return say(ALONE, name=first, amount=said)
    if records < FEW:
        return say(TOO_FEW, amount=say.count(texts, records))
    equal = [name for name, number in ranked if abs(number - most) < 1e-6]
    if len(equal) > 3:
        return say.count(contest.many, len(equal), amount=said)
    if len(equal) > 1:
        return say(TIE, names=format_list(equal, locale=say.locale), amount=said)
    second, less = ranked[1]
    rest = short_number(say, less) if selection.counting == "fractional" else say.number(round(less))
    return say(contest.leads, first=first, amount=said, second=second, rest=rest)


def rule(say: Say, selection: Selection) -> str:
    """Name the counting rule."""
    return say(FRACTIONAL if selection.counting == "fractional" else FULL)


def subtitle(say: Say, frame: pd.DataFrame, unit: str, counting: str, extra: Iterable[str] = ()) -> str:
    """Return unit and population, n, counting rule, what is left out, and the as-of date, in that order."""
    parts = [unit, f"n\u00a0=\u00a0{say.number(total(frame))}", counting, *extra]
    if PLANNED in frame and len(frame) and (planned := int(frame[PLANNED].iloc[0])):
        parts.append(say.count(PLANNED_APART, planned))
    if len(frame) and frame[AS_OF].iloc[0]:
        parts.append(say(AS_OF_TEXT, date=say.date(str(frame[AS_OF].iloc[0]))))
    return " · ".join(part for part in parts if part)


def name(say: Say, row: Row, column: str = "name") -> str:
    """Return the row's name in the reader's language; what is absent is no name."""
    known = {key: row[key] for key in (f"{column}_{language}" for language in LANGUAGES) if isinstance(row.get(key), str)}
    return say.name(known, column)
