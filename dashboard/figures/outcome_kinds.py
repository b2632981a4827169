"""Which kinds of outcomes come together in one agreement? An UpSet plot: each column is one combination."""

from __future__ import annotations

from collections import Counter
from typing import Any

import duckdb
import pandas as pd
from babel.lists import format_list

from dashboard.colours import ACCENT, INK, LINE
from dashboard.figures import Figure, Plot, layouts, sentences
from dashboard.figures.words import AGREEMENTS, OUTCOME_TYPES, word
from dashboard.filters import Selection
from dashboard.locale import Say, mark, mark_plural
from dashboard.plain import plain, short
from dashboard.query import registers, standings
from dashboard.query.chosen import COUNT

MOST = 20
"""Combinations that are drawn."""
AND = "+"
NOTHING_TIED = "none"
UNIT = mark("Agreements by the combination of kinds of achieved outcomes that are tied to them")
ONE_KIND = mark("{kinds} alone is the most frequent: {amount} of {all}")
SEVERAL = mark("{kinds} together are the most frequent: {amount} of {all}")
TIE = mark_plural("{n} combination of outcomes occurs, in {amount}", "{n} combinations of outcomes are equally frequent, each in {amount}")
FEW = mark("Only {amount} with an outcome tied to them, too few to rank")
NONE = mark_plural("{n} agreement, no outcome is tied to it", "{n} agreements, no outcome is tied to any of them")
WITHOUT = mark_plural("{n} without any not shown", "{n} without any not shown")
REST = mark_plural("{n} rarer combination not shown", "{n} rarer combinations not shown")
HOVER = mark("{kinds}: {amount}")
HEADS = (mark("Kinds of outcomes"), mark("Agreements"))
_COLUMNS = ["code", COUNT, "kinds"]


def _ordered(code: str) -> str:
    """Return the kinds of a combination in the order of the vocabulary, joined."""
    order = list(OUTCOME_TYPES)
    return AND.join(sorted(filter(None, code.split(AND)), key=lambda c: (order.index(c) if c in order else 99, c)))


def ask(db: duckdb.DuckDBPyConnection, selection: Selection) -> pd.DataFrame:
    """Return one row per combination that occurs, most agreements first, then fewest kinds: ``code`` (kinds joined by ``+``),
    ``n``, ``kinds``.

    One more row, with an absent ``code``, counts the agreements without an outcome; ``total`` is all of them. Empty without agreements.
    """
    size = registers.size(db, selection, "agreement")
    counted = standings.kinds(db, selection)
    without = counted.pop("", 0)
    rows: list[tuple[Any, ...]] = [(_ordered(code), n, code.count(AND) + 1) for code, n in counted.items()]
    rows.sort(key=lambda row: (-row[1], row[2], row[0]))
    if without:
        rows.append((None, without, 0))
    as_of = registers.as_of(db)
    return pd.DataFrame(rows, columns=_COLUMNS).astype({"code": "object"}).assign(total=size, as_of=as_of)


def _known(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[frame["code"].notna()]


def _said(say: Say, code: str) -> str:
    return str(format_list([word(say, OUTCOME_TYPES, each) for each in code.split(AND)], locale=say.locale))


def draw(frame: pd.DataFrame, say: Say, _selection: Selection) -> Plot:
    """Draw a column per combination over a matrix of dots: which kinds it has; the kinds ordered by how many agreements have them."""
    shown = _known(frame).head(MOST)
    if not len(shown):
        return layouts.nothing()
    codes, numbers = [str(c) for c in shown["code"]], [int(n) for n in shown[COUNT]]
    sizes = _sizes(frame)
    kinds = sorted({kind for code in codes for kind in code.split(AND)}, key=lambda kind: (-sizes[kind], kind))
    matrix = min(0.66, 0.07 * len(kinds) + 0.06)
    hovers = [plain(say(HOVER, kinds=_said(say, code), amount=say.count(AGREEMENTS, n))) for code, n in zip(codes, numbers, strict=True)]
    custom = [[code, hover] for code, hover in zip(codes, hovers, strict=True)]
    xs = list(range(len(codes)))
    bars = {
        "type": "bar", "x": xs, "y": numbers, "text": [say.number(n) for n in numbers], "textposition": "outside", "cliponaxis": False,
        "customdata": custom, "hovertemplate": "%{customdata[1]}<extra></extra>", "marker": {"color": ACCENT}, "textfont": {"color": INK},
        "width": min(0.62, 0.12 + 0.08 * len(codes)),
    }  # fmt: skip
    labels = [f"{short(word(say, OUTCOME_TYPES, kind), 26)}  {say.number(sizes[kind])}" for kind in kinds]
    x = layouts.quiet_axis(showticklabels=False, range=[-0.6, max(len(codes), 6) - 0.4], anchor="y2")
    y = layouts.amounts_axis(domain=[matrix + 0.04, 1], showticklabels=False, showgrid=False, range=[0, max(numbers) * 1.18])
    y2 = layouts.quiet_axis(
        domain=[0, matrix], tickvals=list(range(len(kinds))), ticktext=labels, range=[len(kinds) - 0.4, -0.6], showgrid=True, gridcolor=LINE
    )
    return {"data": [bars, *_dots(codes, kinds)], "layout": layouts.layout(xaxis=x, yaxis=y, yaxis2=y2, bargap=0.4)}


def _dots(codes: list[str], kinds: list[str]) -> list[dict[str, Any]]:
    """Return the faint dots of the whole matrix, and over them each combination's own, joined by a line."""
    places = [(x, y) for x in range(len(codes)) for y in range(len(kinds))]
    faint = {
        "type": "scatter", "mode": "markers", "x": [x for x, _ in places], "y": [y for _, y in places], "yaxis": "y2", "hoverinfo": "skip",
        "marker": {"size": 8, "color": LINE},
    }  # fmt: skip
    made: list[dict[str, Any]] = [faint]
    for x, code in enumerate(codes):
        ys = sorted(kinds.index(kind) for kind in code.split(AND))
        made.append({
            "type": "scatter", "mode": "lines+markers", "x": [x] * len(ys), "y": ys, "yaxis": "y2", "line": {"color": INK, "width": 2},
            "marker": {"size": 10, "color": INK}, "hoverinfo": "skip",
        })  # fmt: skip
    return made


def _sizes(frame: pd.DataFrame) -> Counter[str]:
    """Return kind -> agreements that have it, of all combinations, drawn or not."""
    sizes: Counter[str] = Counter()
    for code, n in zip(_known(frame)["code"], _known(frame)[COUNT], strict=True):
        for kind in code.split(AND):
            sizes[kind] += int(n)
    return sizes


def finding(frame: pd.DataFrame, say: Say, _selection: Selection) -> str:
    """Name the most frequent combination."""
    if not len(frame):
        return say(sentences.NOTHING)
    known = _known(frame)
    total = int(known[COUNT].sum())
    if not total:
        return say.count(NONE, sentences.total(frame))
    if total < sentences.FEW:
        return say(FEW, amount=say.count(AGREEMENTS, total))
    most = int(known[COUNT].iloc[0])
    equal = known[known[COUNT] == most]
    if len(equal) > 1:
        return say.count(TIE, len(equal), amount=say.count(AGREEMENTS, most))
    text = SEVERAL if known["kinds"].iloc[0] > 1 else ONE_KIND
    amount = say.count(AGREEMENTS, most)
    return say(text, kinds=_said(say, known["code"].iloc[0]), amount=amount, all=say.number(total))


def subtitle(frame: pd.DataFrame, say: Say, _selection: Selection) -> str:
    """Say what is counted and what is not shown."""
    extra = []
    if len(frame):
        without = int(frame.loc[frame["code"].isna(), COUNT].sum())
        extra += [say.count(WITHOUT, without)] if without else []
        extra += [say.count(REST, len(_known(frame)) - MOST)] if len(_known(frame)) > MOST else []
    return sentences.subtitle(say, frame, say(UNIT), say(sentences.ONCE), extra)


def table(frame: pd.DataFrame, say: Say) -> pd.DataFrame:
    """Return one row per combination; the agreements without an outcome last."""
    names = [_said(say, code) if isinstance(code, str) else say(NO_OUTCOME) for code in frame["code"]]
    return pd.DataFrame({say(HEADS[0]): names, say(HEADS[1]): frame[COUNT].to_list()})


NO_OUTCOME = mark("No outcome")


def records(db: duckdb.DuckDBPyConnection, selection: Selection, mark_: str) -> list[str]:
    """Return the agreements with exactly the combination ``mark_`` (``none``: without an outcome), or all of the selection."""
    each = standings.kinds_of_each(db, selection)
    return [id_ for id_, code in each if mark_ in ("", _ordered(code) or NOTHING_TIED)]


FIGURE = Figure(
    "outcome_kinds", mark("Which outcomes come together?"), ask, draw, finding, subtitle, table, height=420, counts="agreement",
    definition="links", records=records,
)  # fmt: skip
