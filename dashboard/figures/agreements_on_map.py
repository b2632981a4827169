"""Where are the partners, and how many agreements are there with each country?"""

from __future__ import annotations

from typing import Any

import duckdb
import pandas as pd

from dashboard.colours import ACCENT, CARD, MUTED
from dashboard.figures import Figure, Plot, layouts, ranking, sentences
from dashboard.figures.sentences import amount, name, short_number
from dashboard.figures.words import AGREEMENTS
from dashboard.filters import Selection
from dashboard.locale import Say, mark, mark_plural
from dashboard.plain import plain
from dashboard.query import counts
from dashboard.world import BORDERS, geo
from etl.tables import Country

UNIT = mark("Agreements by partner country, area of the symbol in proportion")
UNKNOWN = mark_plural("{n} without a partner country not on the map", "{n} without a partner country not on the map")
HEADS = (mark("Country"), mark("Agreements"), mark("Fractional sum"))
CONTEST = sentences.Contest(AGREEMENTS, mark_plural("{n} country leads with {amount}", "{n} countries share the lead, each with {amount}"))
LARGEST = 36
"""Diameter of the largest symbol in pixels; the others follow by area."""
_ROOM_FOR_NUMBER = 20


def ask(db: duckdb.DuckDBPyConnection, selection: Selection) -> pd.DataFrame:
    """Ask :func:`dashboard.query.counts.by_country`."""
    return counts.by_country(db, selection, "agreement")


def draw(frame: pd.DataFrame, say: Say, selection: Selection) -> Plot:
    """Draw one symbol per country, the largest first so that small ones lie on top, and a legend of sizes in the Pacific."""
    look = layouts.layout(geo=geo(), margin={"l": 0, "r": 0, "t": 0, "b": 0})
    shown = sentences.ordered(frame, selection) if len(frame) else frame
    if not len(shown):
        return {"data": [{"type": "scattergeo", "lon": [], "lat": []}], "layout": look}
    sizes = [float(n) for n in shown["_value"]]
    scale = 2 * max(sizes) / LARGEST**2
    return {"data": [_symbols(shown, sizes, scale, say, selection), *_legend(max(sizes), scale, say)], "layout": look}


def _symbols(shown: pd.DataFrame, sizes: list[float], scale: float, say: Say, selection: Selection) -> dict[str, Any]:
    hovers = [
        f"{plain(name(say, row))}: {plain(amount(say, n, selection, AGREEMENTS))}"
        for (_, row), n in zip(shown.iterrows(), sizes, strict=True)
    ]
    roomy = [_diameter(n, scale) >= _ROOM_FOR_NUMBER for n in sizes]
    return {
        "type": "scattergeo", "mode": "markers+text", "lon": shown[Country.longitude].to_list(), "lat": shown[Country.latitude].to_list(),
        "marker": _marker(sizes, scale) | {"color": ACCENT, "opacity": 0.88, "line": {"color": CARD, "width": 1}},
        "text": [short_number(say, n) if fits else "" for n, fits in zip(sizes, roomy, strict=True)],
        "textfont": {"color": "#FFFFFF", "size": 11}, "textposition": "middle center",
        "customdata": [[code, hover] for code, hover in zip(shown["code"], hovers, strict=True)],
        "hovertemplate": "%{customdata[1]}<extra></extra>",
    }  # fmt: skip


def _legend(most: float, scale: float, say: Say) -> list[dict[str, Any]]:
    """Return three hollow symbols with their numbers, where the map has only water."""
    steps = sorted({round(most), max(1, round(most / 4)), 1}, reverse=True) if most >= 2 else [1]
    return [{
        "type": "scattergeo", "mode": "markers+text", "hoverinfo": "skip", "lon": [-138] * len(steps), "lat": [-14, -30, -42][: len(steps)],
        "marker": _marker([float(n) for n in steps], scale) | {"color": "rgba(0,0,0,0)", "line": {"color": MUTED, "width": 1}},
        "text": [f"  {say.number(n)}" for n in steps], "textposition": "middle right", "textfont": {"color": MUTED, "size": 11},
        "customdata": [[""]] * len(steps),
    }]  # fmt: skip


def _marker(sizes: list[float], scale: float) -> dict[str, Any]:
    return {"size": sizes, "sizemode": "area", "sizeref": scale, "sizemin": 3}


def _diameter(number: float, scale: float) -> float:
    return float((2 * number / scale) ** 0.5)


def finding(frame: pd.DataFrame, say: Say, selection: Selection) -> str:
    """Say which country leads."""
    return ranking.finding(frame, say, selection, name, CONTEST)


def subtitle(frame: pd.DataFrame, say: Say, selection: Selection) -> str:
    """Say what is counted, how many agreements have no place on the map, and whose borders are shown."""
    missing = sentences.unknown(frame)
    extra = [say.count(UNKNOWN, missing)] if missing else []
    return sentences.subtitle(say, frame, say(UNIT), sentences.rule(say, selection), [*extra, say(BORDERS)])


def table(frame: pd.DataFrame, say: Say) -> pd.DataFrame:
    """Return one row per country, most agreements first."""
    return ranking.table(frame, say, name, HEADS)


FIGURE = Figure("agreements_on_map", mark("Where are we?"), ask, draw, finding, subtitle, table, click="country", height=380,
                counts="agreement", definition="full")  # fmt: skip
