"""Who works with whom, as a matrix: how many records each pair of partners shares. The twin of the network."""

from __future__ import annotations

import pandas as pd

from dashboard.colours import SEQUENTIAL
from dashboard.figures import Figure, Plot, layouts, matrix, sentences, together
from dashboard.figures.cell_texts import lettered
from dashboard.figures.together import RECORDS
from dashboard.filters import Selection
from dashboard.locale import Say, mark, mark_plural
from dashboard.plain import plain, short
from dashboard.query.chosen import COUNT

MOST = 22
PAIR = mark("{one} with {other}: {amount}")
ORDER = mark("ordered by cluster, then by number of ties; blank: below the threshold")
SHOWN = mark("the {shown} partners with most ties of {n}")
FINDING = mark("{partner} is tied to most others: {n} of {all}")
EQUAL = mark_plural("{n} partner is tied to {ties} others", "{n} partners are tied to most others, each to {ties}")


def _degrees(frame: pd.DataFrame) -> dict[str, int]:
    degrees = {str(node["code"]): 0 for node in together.nodes_of(frame)}
    for tie in together.ties_of(frame):
        degrees[tie["code"]] += 1
        degrees[tie["other"]] += 1
    return degrees


def draw(frame: pd.DataFrame, say: Say, _selection: Selection) -> Plot:
    """Draw a square of cells, each with its number; clusters stand together along the diagonal."""
    nodes, degrees = together.nodes_of(frame), _degrees(frame)
    if not nodes:
        return layouts.nothing()
    shown = sorted(nodes, key=lambda node: (-degrees[node["code"]], node["code"]))[:MOST]
    shown.sort(key=lambda node: (node["cluster"], -degrees[node["code"]], node["code"]))
    codes, names = [node["code"] for node in shown], [together.name(say, node["name"]) for node in shown]
    numbers = {(tie["code"], tie["other"]): int(tie[COUNT]) for tie in together.ties_of(frame)}
    numbers |= {(b, a): n for (a, b), n in numbers.items()}
    cells = [[numbers.get((a, b)) for b in codes] for a in codes]
    hovers = [[[b, _hover(say, x, y, n)] for b, y, n in zip(codes, names, line, strict=True)] for line, x in zip(cells, names, strict=True)]
    places = list(range(len(codes)))
    trace = {
        "type": "heatmap", "z": cells, "x": places, "y": places, "xgap": 2, "ygap": 2, "colorscale": SEQUENTIAL, "showscale": False,
        "zmin": 0, "hoverongaps": False, "hovertemplate": "%{customdata[1]}<extra></extra>", "customdata": hovers,
    }  # fmt: skip
    ticks = {"tickmode": "array", "tickvals": places}
    x = layouts.quiet_axis(ticktext=[short(name, 20) for name in names], side="top", tickangle=-50, range=[-0.5, len(codes) - 0.5], **ticks)
    y = layouts.quiet_axis(ticktext=[short(name, 34) for name in names], range=[len(codes) - 0.5, -0.5], **ticks)
    data = lettered(trace, [["" if n is None else say.number(n) for n in line] for line in cells])
    return {"data": data, "layout": layouts.layout(xaxis=x, yaxis=y, margin={"l": 8, "r": 8, "t": 8, "b": 4, "pad": 4})}


def _hover(say: Say, one: str, other: str, number: int | None) -> str:
    return plain(say(PAIR, one=one, other=other, amount=say.count(RECORDS, number))) if number else ""


def finding(frame: pd.DataFrame, say: Say, _selection: Selection) -> str:
    """Name the partner with most ties."""
    if not len(frame):
        return say(sentences.NOTHING)
    degrees = _degrees(frame)
    if not degrees:
        return say(together.NO_TIE)
    if sentences.total(frame) < sentences.FEW:
        return say.count(together.FEW, sentences.total(frame))
    most = max(degrees.values())
    best = [code for code, n in degrees.items() if n == most]
    if len(best) > 1:
        return say.count(EQUAL, len(best), ties=say.number(most))
    names = {node["code"]: together.name(say, node["name"]) for node in together.nodes_of(frame)}
    return say(FINDING, partner=names[best[0]], n=say.number(most), all=say.number(len(degrees) - 1))


def subtitle(frame: pd.DataFrame, say: Say, selection: Selection) -> str:
    """Say what a cell counts, how it is ordered and how much is shown."""
    said, nodes = together.subtitle(frame, say, selection), len(together.nodes_of(frame))
    more = [say(SHOWN, shown=say.number(MOST), n=say.number(nodes))] if nodes > MOST else []
    return " · ".join([said, say(ORDER), *more])


FIGURE = Figure(
    "partner_matrix", mark("Which partners share most records?"), together.ask, draw, finding, subtitle, together.table, click="partner",
    height=520, definition="network", fits=matrix.fitting(520, MOST),
)  # fmt: skip
