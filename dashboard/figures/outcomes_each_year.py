"""When did each type of outcome come about? Small multiples: one panel per type, all on the same two axes."""

from __future__ import annotations

from typing import Any

import duckdb
import pandas as pd

from dashboard.colours import INK, LINE, OTHERS
from dashboard.figures import Figure, Plot, layouts, sentences
from dashboard.figures.words import OUTCOME_TYPES, OUTCOMES, word
from dashboard.filters import Selection
from dashboard.indicators.series import open_year
from dashboard.locale import Say, mark, mark_plural
from dashboard.plain import plain, short
from dashboard.query import counts, portfolio
from dashboard.query.chosen import AS_OF, COUNT
from etl.tables import Outcome

ACROSS, MOST = 2, 8
"""Panels in a row, and in all; the types beyond the seventh share the last one."""
JOIN, REST, NO_YEAR = "~", "rest", "none"
"""How a mark is spelt: ``2023~grant``, ``2023~rest`` for the last panel, ``none~grant`` without a date."""
UNIT = mark("Achieved outcomes by year, one panel per type, the same scale in all")
NO_DATE = mark_plural("{n} without a year not shown", "{n} without a year not shown")
OPEN = mark("{year} is not over: hatched")
TYPES = mark_plural("{n} type of outcome", "{n} types of outcome")
LONGEST = mark("{type} comes in most years: {years} {span}")
EQUAL = mark("{types} between {first} and {last}; none comes in more years than the others")
SMALL = mark("{amount} in this selection, {dated} with a known year")
HOVER = mark("{year}, {kind}: {amount}")
OTHER_TYPES = mark("Others ({n})")
OF_YEARS = mark_plural("of {n} year", "of {n} years")
HEADS = (mark("Type of outcome"), mark("Year"), mark("Outcomes"))
WITHOUT = mark("without a date")


def ask(db: duckdb.DuckDBPyConnection, selection: Selection) -> pd.DataFrame:
    """Return one row per year and type, as :func:`dashboard.query.counts.by_year` does."""
    return counts.by_year(db, selection, "outcome", Outcome.type)


def _dated(frame: pd.DataFrame) -> pd.DataFrame:
    known = frame[frame["year"].notna() & frame["code"].notna()]
    return known.assign(year=known["year"].astype(int))


def panels(frame: pd.DataFrame) -> list[tuple[tuple[str, ...], pd.Series]]:
    """Return the types of each panel and their outcomes by year: the most frequent first, equal ones in the order of the vocabulary."""
    dated, order = _dated(frame), list(OUTCOME_TYPES)
    sums = dated.groupby("code")[COUNT].sum()
    codes = sorted((str(c) for c in sums.index), key=lambda c: (-int(sums[c]), order.index(c) if c in order else 99, c))
    sets: list[tuple[str, ...]] = [(code,) for code in codes]
    if len(codes) > MOST:
        sets = [*sets[: MOST - 1], tuple(codes[MOST - 1 :])]
    return [(each, dated[dated["code"].isin(each)].groupby("year")[COUNT].sum()) for each in sets]


def draw(frame: pd.DataFrame, say: Say, _selection: Selection) -> Plot:
    """Draw a grid of columns by year with shared axes; the year that is not over is hatched."""
    shown = panels(frame)
    if not shown:
        return layouts.nothing()
    dated = _dated(frame)
    first, last, most = int(dated["year"].min()), int(dated["year"].max()), max(int(series.max()) for _, series in shown)
    opened = open_year(str(frame[AS_OF].iloc[0]))
    lines, hues = -(-len(shown) // ACROSS), layouts.hues(list(OUTCOME_TYPES))
    traces, notes, axes = [], [], dict[str, Any]()
    for i, (codes, series) in enumerate(shown):
        name = "" if i == 0 else str(i + 1)
        left, top = (i % ACROSS) / ACROSS, 1 - (i // ACROSS) / lines
        high = 1 / lines
        # On a phone the last year of a panel and the first of the next stand side by side.
        axes[f"xaxis{name}"] = layouts.years_axis(first, last) | {
            "domain": [left + 0.008, left + 1 / ACROSS - 0.1], "anchor": f"y{name}", "tickvals": sorted({first, last}),
            "tickmode": "array", "showline": True, "linecolor": LINE, "automargin": False,
        }  # fmt: skip
        axes[f"yaxis{name}"] = layouts.amounts_axis(
            domain=[top - high + 0.19 * high, top - 0.19 * high], anchor=f"x{name}", range=[0, most * 1.08], tickvals=[0, most],
            showticklabels=i % ACROSS == 0,
        )  # fmt: skip
        label = _label(say, codes)
        traces.append(_columns(say, codes, series, label, hues.get(codes[0], OTHERS) if len(codes) == 1 else OTHERS, opened, name))
        notes.append({
            "text": f"{short(label, 26)}  {say.number(int(series.sum()))}", "xref": "paper", "yref": "paper", "x": left + 0.008,
            "y": top - 0.02 * high, "xanchor": "left", "yanchor": "top", "showarrow": False, "font": {"size": 12, "color": INK},
        })  # fmt: skip
    return {
        "data": traces,
        "layout": layouts.layout(annotations=notes, bargap=0.18, margin={"l": 8, "r": 4, "t": 4, "b": 20, "pad": 0}) | axes,
    }


def _label(say: Say, codes: tuple[str, ...]) -> str:
    return word(say, OUTCOME_TYPES, codes[0]) if len(codes) == 1 else say(OTHER_TYPES, n=say.number(len(codes)))


def _columns(say: Say, codes: tuple[str, ...], series: pd.Series, label: str, colour: str, opened: int | None, axis: str) -> dict[str, Any]:
    years, numbers = [int(year) for year in series.index.tolist()], [int(n) for n in series.tolist()]
    hovers = [plain(say(HOVER, year=str(y), kind=label, amount=say.count(OUTCOMES, n))) for y, n in zip(years, numbers, strict=True)]
    code = codes[0] if len(codes) == 1 else ""
    shapes = ["/" if year == opened else "" for year in years]
    return {
        "type": "bar", "x": years, "y": numbers, "xaxis": f"x{axis}", "yaxis": f"y{axis}",
        "width": 0.8, "customdata": [[code, hover, f"{year}{JOIN}{code or REST}"] for year, hover in zip(years, hovers, strict=True)],
        "hovertemplate": "%{customdata[1]}<extra></extra>",
        "marker": {"color": colour, "pattern": {"shape": shapes, "size": 4, "solidity": 0.35, "fillmode": "replace"}},
    }  # fmt: skip


def finding(frame: pd.DataFrame, say: Say, _selection: Selection) -> str:
    """Name the type that comes in most years; below five outcomes only the number."""
    records = sentences.total(frame)
    if not records:
        return say(sentences.NOTHING)
    dated = _dated(frame)
    known = int(dated[COUNT].sum())
    if known < sentences.FEW:
        return say(SMALL, amount=say.count(OUTCOMES, records), dated=say.number(known))
    years = dated.groupby("code")["year"].nunique()
    first, last = int(dated["year"].min()), int(dated["year"].max())
    best = [str(code) for code in years.index[years == years.max()]]
    if len(best) > 1:
        return say(EQUAL, types=say.count(TYPES, len(years)), first=first, last=last)
    return say(
        LONGEST, type=word(say, OUTCOME_TYPES, best[0]), years=say.number(int(years.max())), span=say.count(OF_YEARS, last - first + 1)
    )


def subtitle(frame: pd.DataFrame, say: Say, _selection: Selection) -> str:
    """Say what is counted, how many have no year, and which year is not over."""
    extra = []
    if len(frame):
        undated = int(frame.loc[frame["year"].isna(), COUNT].sum())
        extra += [say.count(NO_DATE, undated)] if undated else []
        opened = open_year(str(frame[AS_OF].iloc[0]))
        extra += [say(OPEN, year=str(opened))] if opened and (frame["year"] == opened).any() else []
    return sentences.subtitle(say, frame, say(UNIT), say(sentences.ONCE), extra)


def table(frame: pd.DataFrame, say: Say) -> pd.DataFrame:
    """Return one row per type and year."""
    ordered = frame.sort_values(["code", "year"], kind="stable")
    kinds = [word(say, OUTCOME_TYPES, code) if isinstance(code, str) else say(sentences.UNSTATED) for code in ordered["code"]]
    years = [str(int(year)) if pd.notna(year) else say(WITHOUT) for year in ordered["year"]]
    return pd.DataFrame({say(HEADS[0]): kinds, say(HEADS[1]): years, say(HEADS[2]): ordered[COUNT].to_list()})


def records(db: duckdb.DuckDBPyConnection, selection: Selection, mark_: str) -> list[str]:
    """Return the outcomes of the year and the type (or the types of the last panel) of a mark, or all that are counted."""
    year, _, code = mark_.partition(JOIN)
    rest = {code: True for codes, _ in panels(ask(db, selection)) if len(codes) > 1 for code in codes} if code == REST else {}
    found = portfolio.outcomes(db, selection)
    return [
        str(row["id"]) for row in found
        if not mark_ or (str(row["year"] or NO_YEAR) == year and (row[Outcome.type] == code or row[Outcome.type] in rest))
    ]  # fmt: skip


FIGURE = Figure(
    "outcomes_each_year", mark("When did each type of outcome come about?"), ask, draw, finding, subtitle, table, click="outcome",
    height=460, counts="outcome", definition="outcomes", records=records,
)  # fmt: skip
