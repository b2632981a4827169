"""Who works with whom? A network of partners that stand in one record."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.colours import CARD, CATEGORIES, INK, MUTED, OTHERS
from dashboard.figures import Figure, Plot, layouts, together
from dashboard.figures.together import RECORDS
from dashboard.figures.words import SEMICOLON
from dashboard.filters import Selection
from dashboard.locale import Say, mark, mark_plural
from dashboard.plain import plain, short
from dashboard.query.chosen import COUNT

NAMED = mark_plural("{n} record names it", "{n} records name it")
HOVER = mark("{partner}, {country}: {amount}; cluster {cluster}; most often with {others}")
NO_COUNTRY = mark("country not stated")
LARGEST = 30
"""Diameter of the largest symbol in pixels; areas are in proportion."""
#: What a label takes of the width and height of the chart, per character and in all, on a card of half a desk.
_LETTER, _HIGH = 0.023, 0.085
_ALWAYS = 10


def draw(frame: pd.DataFrame, say: Say, _selection: Selection) -> Plot:
    """Draw ties as lines (thicker: stronger than most), partners as discs of their cluster's hue, and as many names as fit."""
    nodes, ties = together.nodes_of(frame), together.ties_of(frame)
    if not nodes:
        return layouts.nothing()
    at = {node["code"]: (float(node["x"]), float(node["y"])) for node in nodes}
    middle = sorted(float(tie["strength"]) for tie in ties)[len(ties) // 2]
    weak = [tie for tie in ties if float(tie["strength"]) < middle]
    strong = [tie for tie in ties if float(tie["strength"]) >= middle]
    across, upright = (layouts.quiet_axis(showticklabels=False, range=[-most, most]) for most in (1.36, 1.22))
    look = layouts.layout(xaxis=across, yaxis=upright, margin={"l": 4, "r": 4, "t": 4, "b": 4})
    return {"data": [_lines(weak, at, 1), _lines(strong, at, 2.5), _discs(say, nodes, ties)], "layout": look}


def _lines(ties: list[dict[str, Any]], at: dict[str, tuple[float, float]], width: float) -> dict[str, Any]:
    xs = [x for tie in ties for x in (at[tie["code"]][0], at[tie["other"]][0], None)]
    ys = [y for tie in ties for y in (at[tie["code"]][1], at[tie["other"]][1], None)]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": xs,
        "y": ys,
        "line": {"color": MUTED, "width": width},
        "opacity": 0.4,
        "hoverinfo": "skip",
    }


def _discs(say: Say, nodes: list[dict[str, Any]], ties: list[dict[str, Any]]) -> dict[str, Any]:
    most = max(int(node[COUNT]) for node in nodes)
    sizes = [max(6.0, LARGEST * (int(node[COUNT]) / most) ** 0.5) for node in nodes]
    names = [together.name(say, node["name"]) for node in nodes]
    beside = labels([(float(n["x"]), float(n["y"]), short(name, 28), size) for n, name, size in zip(nodes, names, sizes, strict=True)])
    near = _nearest(nodes, ties, dict(zip((n["code"] for n in nodes), names, strict=True)))
    custom = [[node["code"], plain(_hover(say, node, name, near[node["code"]]))] for node, name in zip(nodes, names, strict=True)]
    return {
        "type": "scatter", "mode": "markers+text", "x": [float(node["x"]) for node in nodes], "y": [float(node["y"]) for node in nodes],
        "text": [text for _, text in beside], "textposition": [place for place, _ in beside], "textfont": {"size": 12, "color": INK},
        "customdata": custom, "hovertemplate": "%{customdata[1]}<extra></extra>", "cliponaxis": False,
        "marker": {"size": sizes, "color": [_hue(int(node["cluster"])) for node in nodes], "line": {"width": 1, "color": CARD},
                   "opacity": 1},
    }  # fmt: skip


def _hue(cluster: int) -> str:
    return CATEGORIES[cluster] if cluster < len(CATEGORIES) else OTHERS


def _nearest(nodes: list[dict[str, Any]], ties: list[dict[str, Any]], names: dict[str, str]) -> dict[str, list[tuple[str, int]]]:
    found: dict[str, list[tuple[str, int]]] = {node["code"]: [] for node in nodes}
    for tie in ties:
        found[tie["code"]].append((names[tie["other"]], int(tie[COUNT])))
        found[tie["other"]].append((names[tie["code"]], int(tie[COUNT])))
    return found


def _hover(say: Say, node: dict[str, Any], name: str, near: list[tuple[str, int]]) -> str:
    country = say.name({f"name_{key}": value for key, value in node["country"].items()}) or say(NO_COUNTRY)
    others = say(SEMICOLON).join(f"{other} ({say.count(RECORDS, n)})" for other, n in near[:3])
    amount = say.count(NAMED, int(node[COUNT]))
    return say(HOVER, partner=name, country=country, amount=amount, cluster=int(node["cluster"]) + 1, others=others)


def labels(nodes: list[tuple[float, float, str, float]]) -> list[tuple[str, str]]:
    """Return plotly's position and the text of each name, empty where it would cover another name or disc.

    ``nodes`` are x, y, name and diameter, the most important first. The first of them may lie over discs, never over names: a reader wants
    to know the largest. Whoever has no name on the chart has it in the hover, the matrix and the table.
    """
    discs = [(x - 0.03, y - 0.03, x + 0.03, y + 0.03) for x, y, *_ in nodes]
    taken: list[tuple[float, float, float, float]] = []
    shown = []
    for i, (x, y, text, size) in enumerate(nodes):
        wide, off = _LETTER * len(text), size / 500
        boxes = {
            "middle right": (x + off, y - _HIGH / 2, x + off + wide, y + _HIGH / 2),
            "middle left": (x - off - wide, y - _HIGH / 2, x - off, y + _HIGH / 2),
            "top center": (x - wide / 2, y + off, x + wide / 2, y + off + _HIGH),
            "bottom center": (x - wide / 2, y - off - _HIGH, x + wide / 2, y - off),
        }
        inside = {place: box for place, box in boxes.items() if box[0] >= -1.2 and box[2] <= 1.2}
        free = [place for place, box in inside.items() if not any(_cover(box, each) for each in taken)]
        clear = [place for place in free if not any(_cover(boxes[place], each) for j, each in enumerate(discs) if j != i)]
        place = next(iter(clear or (free if i < _ALWAYS else [])), "")
        taken += [boxes[place]] if place else []
        shown.append((place or "middle right", text if place else ""))
    return shown


def _cover(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


FIGURE = Figure(
    "partner_network", mark("Who works with whom?"), together.ask, draw, together.finding, together.subtitle, together.table,
    click="partner", height=520, definition="network",
)  # fmt: skip
