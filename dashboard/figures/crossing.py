"""Research fields, or areas, by country: the cells, and at the edges the sums that add up."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import fsum
from typing import TypeVar

import duckdb
import pandas as pd

from dashboard.figures import Figure, Plot, layouts, matrix, sentences
from dashboard.figures.matrix import REST, Cell, Edge, Matrix
from dashboard.figures.sentences import UNSTATED, amount, short_number
from dashboard.figures.words import AGREEMENTS
from dashboard.filters import Selection
from dashboard.locale import Say, mark, mark_plural
from dashboard.query.chosen import COUNT, SHARE, rows_of
from dashboard.query.traces import JOIN, of_pair

PAIR = mark("{field} with {country}")
FULL = mark("full counting: an agreement counts once in each of its cells")
FRACTIONAL = mark("fractional counting: an agreement is divided among its cells")
MOST = mark("{first}: {amount}, more than any other pair")
EDGES = mark("bars: fractional sums, which add up to {n}")
EDGE = mark("{name}: {n} of {all} by fractional counting")
NO_PAIR = mark_plural("{n} agreement without a field or a country not shown", "{n} agreements without a field or a country not shown")
HEADS = (mark("Research field"), mark("Country"), mark("Agreements"), mark("Fractional sum"))
_TINY = 0.05

K = TypeVar("K")
Codes = dict[str, str]
"""Code -> name, in the order in which they are shown; :data:`REST` stands for all others."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """A frame of pairs (``field``, ``country``, counts, names, ``lost``) and how much of it is drawn: the largest rows and columns."""

    ask: Callable[[duckdb.DuckDBPyConnection, Selection], pd.DataFrame]
    unit: str
    many: tuple[str, str]
    rows: int
    columns: int
    names: int = 30

    def figure(self, id: str, question: str, height: int) -> Figure:  # noqa: A002 - the figure's word
        """Return the figure; a click on a cell chooses its country."""
        contest = sentences.Contest(AGREEMENTS, self.many, MOST)
        return Figure(
            id, question, self.ask, draw=self._draw,
            finding=lambda frame, say, selection: finding(frame, say, selection, contest),
            subtitle=lambda frame, say, selection: subtitle(frame, say, selection, say(self.unit)), table=table,
            click="country", height=height, counts="agreement", definition="field-country", records=of_pair, by_row=True,
            fits=matrix.fitting(height, self.rows + 1),
        )  # fmt: skip

    def _draw(self, frame: pd.DataFrame, say: Say, selection: Selection) -> Plot:
        known = _known(frame, selection)
        if not len(known):
            return layouts.nothing()
        return matrix.draw(crossed(known, say, selection, (self.rows, self.columns), self.names))


def _known(frame: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    known = frame[frame["field"].notna() & frame["country"].notna()]
    return known.assign(_value=sentences.values(known, selection).round(9), _weight=known[SHARE].astype(float))


def crossed(known: pd.DataFrame, say: Say, selection: Selection, most: tuple[int, int], names: int) -> Matrix:
    """Return what is drawn of ``known`` (with ``_value`` and ``_weight``): the largest ``most`` rows and columns, and the others.

    The edges are fractional sums under both rules, so that they add up; the others have cells only under fractional counting, because
    full counts must not be added.
    """
    rows, columns = _largest(known, say, "field", most[0]), _largest(known, say, "country", most[1])
    # By lists, not groupby: a frame of a thousand texts is grouped six times for one matrix, which was most of its time.
    lines = [code if code in rows else REST for code in known["field"].tolist()]
    places = [code if code in columns else REST for code in known["country"].tolist()]
    weights = known["_weight"].tolist()
    cells: dict[tuple[str, str], Cell] = {}
    for (row, column), number in sorted(_sums(zip(lines, places, strict=True), known["_value"].tolist()).items()):
        if selection.counting == "fractional" or REST not in (row, column):
            hover = say.about(say(PAIR, field=rows[row], country=columns[column]), amount(say, number, selection, AGREEMENTS))
            cells[row, column] = Cell(float(number), short_number(say, number) if number >= _TINY else "<0.1", hover, _mark(row, column))
    whole = fsum(weights)
    by_row, by_column = _sums(lines, weights), _sums(places, weights)
    return Matrix(
        rows, columns, cells, [_edge(say, rows[code], by_row[code], whole) for code in rows],
        [_edge(say, columns[code], by_column[code], whole) for code in columns], names=names,
    )  # fmt: skip


def _sums(keys: Iterable[K], numbers: Iterable[float]) -> dict[K, float]:
    """Return the sum of the numbers of each key, the same whatever their order."""
    found: dict[K, list[float]] = {}
    for key, number in zip(keys, numbers, strict=True):
        found.setdefault(key, []).append(number)
    return {key: fsum(each) for key, each in found.items()}


def _mark(field: str, country: str) -> str:
    """Return the mark of a pair, and none for what is shown together."""
    return f"{field}{JOIN}{country}" if REST not in (field, country) else ""


def _edge(say: Say, name: str, number: float, whole: float) -> Edge:
    label = short_number(say, number)
    return Edge(number, label, say(EDGE, name=name, n=label, all=short_number(say, whole)))


def _largest(known: pd.DataFrame, say: Say, column: str, most: int) -> Codes:
    """Return the codes of ``column`` by their fractional sum, the largest first, then the others as one."""
    codes = known[column].tolist()
    sums = _sums(codes, known["_weight"].tolist())
    ranked = sorted(sums, key=lambda code: (-round(sums[code], 9), code))
    # One more than fits is shown rather than called "others (1)".
    cut = most if len(ranked) > most + 1 else len(ranked)
    firsts = {code: i for i, code in reversed(list(enumerate(codes)))}
    rows = rows_of(known.take([firsts[code] for code in ranked[:cut]]))
    shown = {str(code): _name(say, row, column) for code, row in zip(ranked, rows, strict=False)}
    rest = len(ranked) - cut
    return shown | ({REST: say(sentences.OTHERS, n=say.number(rest))} if rest else {})


def _name(say: Say, row: sentences.Row, column: str) -> str:
    return sentences.name(say, row, f"{column}_name") or say(UNSTATED)


def finding(frame: pd.DataFrame, say: Say, selection: Selection, contest: sentences.Contest) -> str:
    """Name the pair with most agreements."""
    known = _known(frame, selection)
    keys = list(zip((-known["_value"]).tolist(), known["field"].tolist(), known["country"].tolist(), strict=True))
    order = sorted(range(len(keys)), key=keys.__getitem__)
    # Names of more than the first are never said, and there may be thousands.
    told = [say(PAIR, field=_name(say, row, "field"), country=_name(say, row, "country")) for row in rows_of(known.take(order[:4]))]
    numbers = [-keys[i][0] for i in order]
    ranked = list(zip(told + [""] * (len(numbers) - len(told)), numbers, strict=True))
    return sentences.leader(say, selection, ranked, contest, sentences.total(frame))


def subtitle(frame: pd.DataFrame, say: Say, selection: Selection, unit: str) -> str:
    """Say what a cell counts, to what the bars add up, and what has no place in the matrix."""
    known = _known(frame, selection)
    extra = [say(EDGES, n=short_number(say, float(known["_weight"].sum())))] if len(known) else []
    if missing := int(frame["lost"].iloc[0]) if len(frame) else 0:
        extra.append(say.count(NO_PAIR, missing))
    return sentences.subtitle(say, frame, unit, say(FRACTIONAL if selection.counting == "fractional" else FULL), extra)


def table(frame: pd.DataFrame, say: Say) -> pd.DataFrame:
    """Return one row per pair, most agreements first."""
    rows = rows_of(frame)
    fields, countries = ([_name(say, row, name) for row in rows] for name in ("field", "country"))
    columns = (fields, countries, frame[COUNT].to_list(), frame[SHARE].round(3).to_list())
    return pd.DataFrame({say(head): values for head, values in zip(HEADS, columns, strict=True)})
