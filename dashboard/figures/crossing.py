"""Research fields, or areas, by country: the cells, and at the edges the sums that add up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

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
    placed = known.assign(
        _row=known["field"].where(known["field"].isin(list(rows)), REST),
        _column=known["country"].where(known["country"].isin(list(columns)), REST),
    )
    cells: dict[tuple[str, str], Cell] = {}
    sums = placed.groupby(["_row", "_column"])["_value"].sum().reset_index()
    for row, column, number in zip(sums["_row"], sums["_column"], sums["_value"], strict=True):
        if selection.counting == "fractional" or REST not in (row, column):
            hover = say.about(say(PAIR, field=rows[row], country=columns[column]), amount(say, number, selection, AGREEMENTS))
            cells[row, column] = Cell(float(number), short_number(say, number) if number >= _TINY else "<0.1", hover, _mark(row, column))
    whole = float(known["_weight"].sum())
    by_row, by_column = placed.groupby("_row")["_weight"].sum(), placed.groupby("_column")["_weight"].sum()
    return Matrix(
        rows, columns, cells, [_edge(say, rows[code], float(by_row[code]), whole) for code in rows],
        [_edge(say, columns[code], float(by_column[code]), whole) for code in columns], names=names,
    )  # fmt: skip


def _mark(field: str, country: str) -> str:
    """Return the mark of a pair, and none for what is shown together."""
    return f"{field}{JOIN}{country}" if REST not in (field, country) else ""


def _edge(say: Say, name: str, number: float, whole: float) -> Edge:
    label = short_number(say, number)
    return Edge(number, label, say(EDGE, name=name, n=label, all=short_number(say, whole)))


def _largest(known: pd.DataFrame, say: Say, column: str, most: int) -> Codes:
    """Return the codes of ``column`` by their fractional sum, the largest first, then the others as one."""
    sums = known.groupby(column)["_weight"].sum().round(9).reset_index().sort_values(["_weight", column], ascending=[False, True])
    names = known.drop_duplicates(column).set_index(column)
    # One more than fits is shown rather than called "others (1)".
    cut = most if len(sums) > most + 1 else len(sums)
    shown = {str(code): _name(say, names.loc[code], column) for code in sums[column].head(cut)}
    rest = len(sums) - cut
    return shown | ({REST: say(sentences.OTHERS, n=say.number(rest))} if rest else {})


def _name(say: Say, row: sentences.Row, column: str) -> str:
    return sentences.name(say, row, f"{column}_name") or say(UNSTATED)


def finding(frame: pd.DataFrame, say: Say, selection: Selection, contest: sentences.Contest) -> str:
    """Name the pair with most agreements."""
    known = _known(frame, selection).sort_values(["_value", "field", "country"], ascending=[False, True, True])
    # Names of more than the first are never said, and there may be thousands.
    told = [say(PAIR, field=_name(say, row, "field"), country=_name(say, row, "country")) for row in rows_of(known.head(4))]
    numbers = known["_value"].astype(float).tolist()
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
