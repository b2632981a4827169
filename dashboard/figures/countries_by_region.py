"""In which parts of the world are the partner countries? Every country has a tile of the same size, so that none is overlooked."""

from __future__ import annotations

from typing import Any

import duckdb
import pandas as pd

from dashboard.colours import MUTED, SEQUENTIAL
from dashboard.figures import Figure, Plot, layouts, ranking, sentences
from dashboard.figures.cell_texts import lettered
from dashboard.figures.sentences import amount, name, short_number
from dashboard.figures.words import AGREEMENTS, COUNTRIES
from dashboard.filters import Selection
from dashboard.locale import Say, mark, mark_plural
from dashboard.plain import plain, short
from dashboard.query import counts
from dashboard.query.chosen import rows_of

UNIT = mark("Agreements by partner country, one tile for each country, by region of the world")
UNKNOWN = mark_plural("{n} without a partner country", "{n} without a partner country")
HEADS = (mark("Country"), mark("Agreements"), mark("Fractional sum"))
REGIONS = mark_plural("{n} region of the world", "{n} regions of the world")
SPREAD = mark("{countries} in {regions}; {first} has the most: {most}")
EVEN = mark("{countries} in {regions}")
ALL_IN = mark("{countries}, all in one region: {region}")
NO_REGION = mark("Region not stated")
ACROSS = 4
"""Tiles in a row, so that a name fits on a phone; a region with more countries goes on in the next row."""

Tile = tuple[str, str, float, str]
"""Code, name in the reader's language, amount, hover."""


def ask(db: duckdb.DuckDBPyConnection, selection: Selection) -> pd.DataFrame:
    """Ask :func:`dashboard.query.counts.by_country`."""
    return counts.by_country(db, selection, "agreement")


def _region(say: Say, row: sentences.Row) -> str:
    return name(say, row, "subregion_name") or name(say, row, "region_name") or say(NO_REGION)


def _by_region(frame: pd.DataFrame, say: Say, selection: Selection) -> dict[str, list[Tile]]:
    """Return the tiles of each region; the region of the largest country first, in each the largest first."""
    found: dict[str, list[Tile]] = {}
    for row in rows_of(sentences.ordered(frame, selection)):
        said, number = name(say, row), float(row["_value"])
        hover = f"{plain(said)} ({plain(row['code'])}): {plain(amount(say, number, selection, AGREEMENTS))}"
        found.setdefault(_region(say, row), []).append((str(row["code"]), said, number, hover))
    return found


def draw(frame: pd.DataFrame, say: Say, selection: Selection) -> Plot:
    """Draw the regions below each other and the countries of each from left to right, the largest first."""
    regions = _by_region(frame, say, selection) if len(frame) else {}
    if not regions:
        return layouts.nothing()
    starts = [(label, tiles, at) for label, tiles in regions.items() for at in range(0, len(tiles), ACROSS)]
    rows = [("" if at else label, tiles[at : at + ACROSS]) for label, tiles, at in starts]
    trace = {
        "type": "heatmap", "z": [_spread([n for _, _, n, _ in part]) for _, part in rows], "x": list(range(ACROSS)),
        "y": list(range(len(rows))), "xgap": 3, "ygap": 17, "showscale": False,
        "colorscale": SEQUENTIAL, "zmin": 0, "hoverongaps": False,
        "customdata": [[each or ["", ""] for each in _spread([[code, hover] for code, _, _, hover in part])] for _, part in rows],
        "hovertemplate": "%{customdata[1]}<extra></extra>",
    }  # fmt: skip
    texts = [_spread([_label(say, tile) for tile in part]) for _, part in rows]
    return {"data": lettered(trace, texts, 11), "layout": _layout([label for label, _ in rows])}


def _spread(values: list[Any]) -> list[Any]:
    return [*values, *([None] * ACROSS)][:ACROSS]


def _layout(labels: list[str]) -> layouts.Layout:
    """Return the axes with the name of each region above its first row; two rows must not become as high as ten."""
    notes = [
        {"text": short(label, 44), "x": -0.5, "y": row - 0.5, "xanchor": "left", "yanchor": "middle", "showarrow": False,
         "font": {"size": 11, "color": MUTED}}
        for row, label in enumerate(labels) if label
    ]  # fmt: skip
    hidden = {"visible": False, "fixedrange": True}
    y = hidden | {"range": [max(len(labels), 8) - 0.6, -0.8]}
    margin = {"l": 0, "r": 0, "t": 0, "b": 0}
    return layouts.layout(xaxis=hidden | {"range": [-0.5, ACROSS - 0.5]}, yaxis=y, annotations=notes, margin=margin)


def _label(say: Say, tile: Tile) -> str:
    code, said, number, _ = tile
    return f"{plain(said) if len(said) <= 11 else plain(code)} {short_number(say, number)}"


def finding(frame: pd.DataFrame, say: Say, selection: Selection) -> str:
    """Say how many countries lie in how many regions, and which region has most of them."""
    regions = _by_region(frame, say, selection) if len(frame) else {}
    if sum(len(tiles) for tiles in regions.values()) < 2:
        return ranking.finding(frame, say, selection, name, sentences.Contest(AGREEMENTS, COUNTRIES))
    return _told(say, {region: len(tiles) for region, tiles in regions.items()})


def _told(say: Say, sizes: dict[str, int]) -> str:
    countries, regions = say.count(COUNTRIES, sum(sizes.values())), say.count(REGIONS, len(sizes))
    if len(sizes) == 1:
        return say(ALL_IN, countries=countries, region=next(iter(sizes)))
    most = max(sizes.values())
    first = [region for region, number in sizes.items() if number == most]
    if len(first) > 1:
        return say(EVEN, countries=countries, regions=regions)
    return say(SPREAD, countries=countries, regions=regions, first=first[0], most=say.number(most))


def subtitle(frame: pd.DataFrame, say: Say, selection: Selection) -> str:
    """Say what is counted and how many agreements name no country."""
    missing = sentences.unknown(frame)
    extra = [say.count(UNKNOWN, missing)] if missing else []
    return sentences.subtitle(say, frame, say(UNIT), sentences.rule(say, selection), extra)


def table(frame: pd.DataFrame, say: Say) -> pd.DataFrame:
    """Return one row per country, most agreements first."""
    return ranking.table(frame, say, name, HEADS)


FIGURE = Figure(
    "countries_by_region", mark("In which parts of the world?"), ask, draw, finding, subtitle, table, click="country", height=470,
    counts="agreement", definition="countries",
)  # fmt: skip
