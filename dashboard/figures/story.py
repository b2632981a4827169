"""What happened, and when: agreements, outcomes and news of a selection on one axis of time."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import duckdb
import pandas as pd

from dashboard.colours import ACCENT, CATEGORIES, INK, LINE, MUTED, OTHERS
from dashboard.figures import Figure, Plot, layouts, sentences
from dashboard.figures.words import AGREEMENT_TYPES, AGREEMENTS, EVENTS, NEWS, OUTCOME_TYPES, OUTCOMES, word
from dashboard.filters import Selection
from dashboard.locale import Say, mark, mark_plural
from dashboard.plain import plain, short
from dashboard.query import registers
from dashboard.query.chosen import AS_OF, Kind
from etl.indicators.calendar import span
from etl.indicators.status import Terms, status
from etl.tables import Agreement, News, Outcome

MOST = 120
"""Marks of a kind that are drawn, the latest."""
LANES: dict[str, str] = {"agreement": mark("Agreements"), "outcome": mark("Outcomes"), "news": mark("News")}
SYMBOLS = {"agreement": ("square", ACCENT), "outcome": ("diamond", CATEGORIES[2]), "news": ("circle", OTHERS)}
UNIT = mark("Agreements by signature, outcomes by date, news by publication")
HOW = mark("a month or a year is drawn as wide as it is; the line after an agreement is its term; hollow: planned")
FINDING = mark("From {first} to {last}: {agreements}, {outcomes}, {news}")
IN_YEAR = mark("All in {first}: {agreements}, {outcomes}, {news}")
NO_DATES = mark("Nothing of this selection has a date")
UNDATED = mark_plural("{n} without a date not drawn", "{n} without a date not drawn")
OLDER = mark_plural("{n} older not drawn", "{n} older not drawn")
HOVER = mark("{date}, {kind}: {title}")
PLANNED = mark("{kind}, planned")
AGREEMENT = mark("Agreement")
HEADS = (mark("Date"), mark("Record"), mark("Type"), mark("Title"))
_COLUMNS = ["kind", "id", "day", "until", "code", "planned", "title"]
_KINDS: tuple[Kind, ...] = ("agreement", "outcome", "planned", "news")
_DATES = {"agreement": Agreement.signed, "outcome": Outcome.date, "planned": Outcome.date, "news": News.published}
_CODES = {"agreement": Agreement.type, "outcome": Outcome.type, "planned": Outcome.type, "news": News.event}


def ask(db: duckdb.DuckDBPyConnection, selection: Selection) -> pd.DataFrame:
    """Return one row per record, the latest first within its kind, those without a date last.

    Columns: ``kind`` (``agreement``, ``outcome``, ``news``), ``id``, ``day`` (ISO prefix, absent where unknown), ``until`` (last day of an
    agreement, absent where unknown), ``code`` (type or event), ``planned``, ``title``, titles by language, ``total``, ``as_of``.
    """
    as_of, rows = registers.as_of(db), list[tuple[Any, ...]]()
    for kind in _KINDS:
        for row in registers.register(db, selection, kind):
            ends = status(Terms.of(row), date.fromisoformat(as_of)).ends if kind == "agreement" else None
            titles = [row.get(f"title_{language}") for language in ("en", "ru", "zh")]
            lane = "outcome" if kind == "planned" else kind
            rows.append((lane, row["id"], row[_DATES[kind]], ends, row[_CODES[kind]], kind == "planned", row["title"], *titles))
    columns = [*_COLUMNS, "title_en", "title_ru", "title_zh"]
    return pd.DataFrame(rows, columns=columns, dtype=object).assign(total=len(rows), as_of=as_of)


def _dated(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows that are drawn, with ``begins`` and ``ends``, the days that their date can mean."""
    names = [str(name) for name in frame.columns]
    rows = [dict(zip(names, values, strict=True)) for values in zip(*(frame[name].tolist() for name in names), strict=True)]
    found = []
    for kind in LANES:
        own = sorted((row for row in rows if row["kind"] == kind and row["day"] is not None), key=lambda row: str(row["id"]))
        for row in sorted(own, key=lambda row: str(row["day"]), reverse=True)[:MOST]:
            begins, ends = span(str(row["day"]))
            found.append(row | {"begins": begins, "ends": ends})
    return found


def lines(marks: list[dict[str, Any]], apart: float) -> list[int]:
    """Return for each mark, given by the day it begins, the line of its lane: the first in which it touches no other."""
    last: list[float] = []
    found = []
    for row in marks:
        begins, ends = row["begins"].toordinal(), max(row["ends"], row["until"] or row["ends"]).toordinal()
        line = next((i for i, end in enumerate(last) if end + apart < begins), len(last))
        last[line : line + 1] = [ends]
        found.append(line)
    return found


def draw(frame: pd.DataFrame, say: Say, _selection: Selection) -> Plot:
    """Draw three lanes below each other; marks that would touch stand on lines of their own within the lane."""
    drawn = _dated(frame)
    if not drawn:
        return layouts.nothing()
    as_of = date.fromisoformat(str(frame[AS_OF].iloc[0]))
    first, last = min(row["begins"] for row in drawn), max([as_of, *(row["ends"] for row in drawn)])
    apart = max(20.0, (last - first).days * 0.018)
    traces, ticks, edges, at = [], [], [], 0.0
    for kind in LANES:
        own = sorted((row for row in drawn if row["kind"] == kind), key=lambda row: (row["begins"], row["ends"], row["id"]))
        if not own:
            continue
        places = lines(own, apart)
        high = max(places) + 1
        ticks.append((at + (high - 1) / 2, say(LANES[kind])))
        traces += _lane(say, kind, own, [at + place for place in places], last)
        at += high + 0.6
        edges.append(at - 0.8)
    today = {"type": "line", "xref": "x", "yref": "paper", "x0": as_of.isoformat(), "x1": as_of.isoformat(), "y0": 0, "y1": 1,
             "line": {"color": INK, "width": 1, "dash": "dot"}}  # fmt: skip
    rules = [{"type": "line", "xref": "paper", "yref": "y", "x0": 0, "x1": 1, "y0": edge, "y1": edge, "line": {"color": LINE, "width": 1}}
             for edge in edges[:-1]]  # fmt: skip
    step = next(each for each in (1, 2, 5, 10, 20) if (last.year - first.year) / each <= 6.5 or each == 20)
    x = layouts.quiet_axis(
        type="date", range=[date(first.year, 1, 1).isoformat(), date(last.year + 1, 2, 1).isoformat()], showgrid=True, gridcolor=LINE,
        tickfont={"color": MUTED}, dtick=f"M{12 * step}", tick0=f"{first.year - first.year % step}-01-01", tickformat="%Y", tickangle=0,
    )  # fmt: skip
    y = layouts.quiet_axis(tickmode="array", tickvals=[t for t, _ in ticks], ticktext=[t for _, t in ticks], range=[at - 0.2, -0.9])
    look = layouts.layout(xaxis=x, yaxis=y, shapes=[*rules, today], margin={"l": 8, "r": 8, "t": 8, "b": 24, "pad": 4})
    return {"data": traces, "layout": look}


def _lane(say: Say, kind: str, own: list[dict[str, Any]], places: list[float], last: date) -> list[dict[str, Any]]:
    """Return the terms of agreements as lines, and the marks with the width of what is not known of their day."""
    symbol, colour = SYMBOLS[kind]
    terms = [(row, y) for row, y in zip(own, places, strict=True) if row["until"] and row["until"] > row["begins"]]
    middles = [row["begins"] + (row["ends"] - row["begins"]) / 2 for row in own]
    unsharp = [(row, y) for row, y in zip(own, places, strict=True) if row["ends"] > row["begins"]]
    marks = {
        "type": "scatter", "mode": "markers", "x": [day.isoformat() for day in middles], "y": places,
        "customdata": [[row["id"], plain(_hover(say, kind, row))] for row in own], "hovertemplate": "%{customdata[1]}<extra></extra>",
        "marker": {"symbol": [f"{symbol}-open" if row["planned"] else symbol for row in own], "size": 10, "color": colour,
                   "line": {"width": [2 if row["planned"] else 0 for row in own], "color": colour}},
    }  # fmt: skip
    until = date(last.year + 1, 2, 1)
    bars = _segments([(row["begins"], min(row["until"], until), y) for row, y in terms], colour, 4)
    widths = _segments([(row["begins"], row["ends"], y) for row, y in unsharp], colour, 2)
    return [*([bars] if terms else []), *([widths] if unsharp else []), marks]


def _segments(spans: list[tuple[date, date, float]], colour: str, width: int) -> dict[str, Any]:
    return {
        "type": "scatter", "mode": "lines", "hoverinfo": "skip", "line": {"color": colour, "width": width}, "opacity": 0.5,
        "x": [x for begins, ends, _ in spans for x in (begins.isoformat(), ends.isoformat(), None)],
        "y": [v for *_, y in spans for v in (y, y, None)],
    }  # fmt: skip


def _type(say: Say, row: dict[str, Any]) -> str:
    vocabulary = {"agreement": AGREEMENT_TYPES, "outcome": OUTCOME_TYPES, "news": EVENTS}[row["kind"]]
    said = word(say, vocabulary, row["code"]) if row["code"] else say(AGREEMENT)
    return say(PLANNED, kind=said) if row["planned"] else said


def _title(say: Say, row: dict[str, Any]) -> str:
    return str(row.get(f"title_{say.language}") or row["title"])


def _hover(say: Say, kind: str, row: dict[str, Any]) -> str:
    return say(HOVER, date=say.date(row["day"]), kind=_type(say, row | {"kind": kind}), title=short(_title(say, row), 90))


def finding(frame: pd.DataFrame, say: Say, _selection: Selection) -> str:
    """Say between which years what happened."""
    if not len(frame):
        return say(sentences.NOTHING)
    dated = frame[frame["day"].notna()]
    if not len(dated):
        return say(NO_DATES)
    happened = dated[~dated["planned"].astype(bool)]
    dated = happened if len(happened) else dated
    n = {kind: int(((dated["kind"] == kind) & ~dated["planned"].astype(bool)).sum()) for kind in LANES}
    years = [int(str(day)[:4]) for day in dated["day"]]
    said = {
        "agreements": say.count(AGREEMENTS, n["agreement"]),
        "outcomes": say.count(OUTCOMES, n["outcome"]),
        "news": say.count(NEWS, n["news"]),
    }
    return say(
        FINDING if min(years) < max(years) else IN_YEAR,
        first=min(years),
        **({"last": max(years)} if min(years) < max(years) else {}),
        **said,
    )


def subtitle(frame: pd.DataFrame, say: Say, _selection: Selection) -> str:
    """Say by which date each stands, what unsharp dates look like, and what is not drawn."""
    extra = [say(HOW)]
    if len(frame):
        dated = Counter(kind for kind, day in zip(frame["kind"].tolist(), frame["day"].tolist(), strict=True) if day is not None)
        undated = len(frame) - dated.total()
        older = sum(max(0, n - MOST) for n in dated.values())
        extra += [say.count(UNDATED, undated)] if undated else []
        extra += [say.count(OLDER, older)] if older else []
    return sentences.subtitle(say, frame, say(UNIT), "", extra)


def table(frame: pd.DataFrame, say: Say) -> pd.DataFrame:
    """Return one row per record, the latest first."""
    rows = [{str(k): v for k, v in row.items()} for row in frame.to_dict("records")]
    rows.sort(key=lambda row: row["day"] or "0", reverse=True)
    cells = [(row["day"] or "", say(LANES[row["kind"]]), _type(say, row), _title(say, row)) for row in rows]
    return pd.DataFrame(cells, columns=[say(head) for head in HEADS])


FIGURE = Figure("story", mark("What happened when?"), ask, draw, finding, subtitle, table, height=320, definition="links")
