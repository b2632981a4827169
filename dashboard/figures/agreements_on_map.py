"""Where are the partners, and how many agreements are there with each country?"""

from __future__ import annotations

from typing import Any

import duckdb
import pandas as pd

from dashboard.colours import ACCENT, CARD, INK, MUTED
from dashboard.figures import Figure, Plot, layouts, ranking, sentences
from dashboard.figures.sentences import amount, name, short_number
from dashboard.figures.words import AGREEMENTS
from dashboard.filters import Selection
from dashboard.locale import Say, mark, mark_plural
from dashboard.plain import plain
from dashboard.query import counts
from dashboard.query.chosen import rows_of
from dashboard.query.places import WORLD, Extent, extent
from dashboard.world import borders, geo
from etl.tables import Country

UNIT = mark("Agreements by partner country, area of the symbol in proportion")
UNKNOWN = mark_plural("{n} without a partner country not on the map", "{n} without a partner country not on the map")
HEADS = (mark("Country"), mark("Agreements"), mark("Fractional sum"))
CONTEST = sentences.Contest(AGREEMENTS, mark_plural("{n} country leads with {amount}", "{n} countries share the lead, each with {amount}"))
LARGEST = 42
"""Diameter of the largest symbol in pixels; the others follow by area."""
#: So much of the land shows through a symbol that ink has 4.5:1 on it in both themes; white had 3.5:1.
_OPACITY = 0.8
_ROOM_FOR_NUMBER = 19
_MARGIN, _NARROWEST = Extent(14, 14, 14, 8), Extent(-20, 100, 0, 60)
"""Degrees around the outermost countries, and what is shown at least: a map of one country does not say where it is."""


def ask(db: duckdb.DuckDBPyConnection, selection: Selection) -> pd.DataFrame:
    """Ask :func:`dashboard.query.counts.by_country`; the part of the world to show is a column of its own."""
    frame = counts.by_country(db, selection, "agreement")
    return frame.assign(**extent(db)._asdict())


def draw(frame: pd.DataFrame, say: Say, selection: Selection) -> Plot:
    """Draw one symbol per country, the largest first so that small ones lie on top, and a legend of sizes in the corner."""
    look = layouts.layout(geo=_world(frame), margin={"l": 0, "r": 0, "t": 0, "b": 0})
    shown = sentences.ordered(frame, selection) if len(frame) else frame
    shown = shown[shown[Country.longitude].notna()] if len(shown) else shown
    if not len(shown):
        return {"data": [{"type": "scattergeo", "lon": [], "lat": []}], "layout": look}
    sizes = [float(n) for n in shown["_value"]]
    scale = 2 * max(sizes) / LARGEST**2
    look |= _legend(max(sizes), scale, say)
    return {"data": [_symbols(shown, sizes, scale, say, selection), _numbers(shown, sizes, scale, say)], "layout": look}


def _world(frame: pd.DataFrame) -> dict[str, Any]:
    found = Extent(*(float(frame[each].iloc[0]) for each in Extent._fields)) if len(frame) else WORLD
    west, east = min(found.west - _MARGIN.west, _NARROWEST.west), max(found.east + _MARGIN.east, _NARROWEST.east)
    south, north = min(found.south - _MARGIN.south, _NARROWEST.south), max(found.north + _MARGIN.north, _NARROWEST.north)
    lon = [max(west, WORLD.west), min(east, WORLD.east)]
    return geo(lonaxis={"range": lon}, lataxis={"range": [max(south, WORLD.south), min(north, WORLD.north)]})


def _symbols(shown: pd.DataFrame, sizes: list[float], scale: float, say: Say, selection: Selection) -> dict[str, Any]:
    hovers = [
        say.about(plain(name(say, row)), plain(amount(say, n, selection, AGREEMENTS))) for row, n in zip(rows_of(shown), sizes, strict=True)
    ]
    return {
        "type": "scattergeo", "mode": "markers", "lon": shown[Country.longitude].to_list(), "lat": shown[Country.latitude].to_list(),
        "marker": {"size": sizes, "sizemode": "area", "sizeref": scale, "sizemin": 3, "color": ACCENT, "opacity": _OPACITY,
                   "line": {"color": CARD, "width": 1}},
        "customdata": [[code, hover] for code, hover in zip(shown["code"], hovers, strict=True)],
        "hovertemplate": "%{customdata[1]}<extra></extra>",
    }  # fmt: skip


def _numbers(shown: pd.DataFrame, sizes: list[float], scale: float, say: Say) -> dict[str, Any]:
    """Return the numbers of the symbols that have room for one: above all symbols, or a small neighbour would cover them."""
    roomy = [(row, n) for row, n in zip(rows_of(shown), sizes, strict=True) if _diameter(n, scale) >= _ROOM_FOR_NUMBER]
    return {
        "type": "scattergeo", "mode": "text", "hoverinfo": "skip", "lon": [float(row[Country.longitude]) for row, _ in roomy],
        "lat": [float(row[Country.latitude]) for row, _ in roomy], "text": [short_number(say, n) for _, n in roomy],
        "textfont": {"color": INK, "size": 11}, "textposition": "middle center",
    }  # fmt: skip


def _legend(most: float, scale: float, say: Say) -> dict[str, Any]:
    """Return circles of three sizes, one in the other, with their numbers, in the lower left corner; and whose borders are shown."""
    steps: list[int] = []
    for step in sorted({round(most), max(1, round(most / 4)), 1}, reverse=True):
        # A number needs its line: 2 and 1 lie 12 pixels apart, 3 and 2 only 7.
        if step >= 1 and (not steps or _diameter(steps[-1], scale) - _diameter(step, scale) >= 10):
            steps.append(step)
    middle, ink = 6 + LARGEST / 2, {"color": MUTED, "width": 1}
    at = {"xref": "paper", "yref": "paper", "xanchor": 0, "yanchor": 0, "xsizemode": "pixel", "ysizemode": "pixel", "line": ink}
    shapes, notes = [], [_borders(say)]
    for step in steps:
        size = _diameter(step, scale)
        shapes.append({"type": "circle", "x0": middle - size / 2, "x1": middle + size / 2, "y0": 8, "y1": 8 + size} | at)
        shapes.append({"type": "line", "x0": middle, "x1": middle + LARGEST / 2 + 8, "y0": 8 + size, "y1": 8 + size} | at)
        notes.append(_note(say.number(step), 0, "left", middle + LARGEST / 2 + 10, 8 + size, "middle"))
    return {"shapes": shapes, "annotations": notes}


def _borders(say: Say) -> dict[str, Any]:
    return _note(plain(borders(say)), 1, "right", -2, 2, "bottom")


def _note(text: str, x: float, side: str, right: float, up: float, upright: str) -> dict[str, Any]:
    return {
        "text": text, "showarrow": False, "xref": "paper", "yref": "paper", "x": x, "y": 0, "xanchor": side, "yanchor": upright,
        "xshift": right, "yshift": up, "font": {"size": 11, "color": MUTED},
    }  # fmt: skip


def _diameter(number: float, scale: float) -> float:
    return float((2 * number / scale) ** 0.5)


def finding(frame: pd.DataFrame, say: Say, selection: Selection) -> str:
    """Say which country leads."""
    return ranking.finding(frame, say, selection, name, CONTEST)


def subtitle(frame: pd.DataFrame, say: Say, selection: Selection) -> str:
    """Say what is counted and how many agreements have no place on the map."""
    missing = sentences.unknown(frame)
    extra = [say.count(UNKNOWN, missing)] if missing else []
    return sentences.subtitle(say, frame, say(UNIT), sentences.rule(say, selection), extra)


def table(frame: pd.DataFrame, say: Say) -> pd.DataFrame:
    """Return one row per country, most agreements first."""
    return ranking.table(frame, say, name, HEADS)


FIGURE = Figure(
    "agreements_on_map", mark("Where are we?"), ask, draw, finding, subtitle, table, click="country", height=340, counts="agreement",
    definition="countries",
)  # fmt: skip
