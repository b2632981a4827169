"""How did the ranks of the countries change?"""

from __future__ import annotations

from typing import Any

import duckdb
import pandas as pd

from dashboard.colours import CARD, CATEGORIES, INK, MUTED, OTHERS
from dashboard.figures import Figure, Plot, layouts, sentences
from dashboard.figures.sentences import amount, name, short_number
from dashboard.figures.words import AGREEMENTS
from dashboard.figures.years import FROM_TO, UNDATED
from dashboard.filters import Selection
from dashboard.indicators.ranks import ranked_windows
from dashboard.indicators.series import SPAN, last_whole_year
from dashboard.locale import Say, mark, mark_plural
from dashboard.plain import plain, short
from dashboard.query import times
from dashboard.query.chosen import AS_OF, SHARE, rows_of
from dashboard.query.traces import of_year

UNIT = mark("Rank of the partner countries by agreements signed in three years; the number in the circle is theirs")
ONLY = mark("countries with at least {n} in all")
ALWAYS = mark_plural(
    "{name} was first in the {n} span of three years that can be ranked", "{name} was first in all {n} spans of three years"
)
CHANGED = mark("{last} was first in {years}, {before} in {earlier}")
FIRST = mark("{name} was first in {years}, and alone in first place in {n} of {all} spans of three years")
TIED = mark("{names} were first in {years}, equal with {amount}")
TOO_FEW = mark("Too few dated agreements to rank countries: at least {n} in three years are needed")
HOVER = mark("{name}, {years}: rank {rank}, {amount}")
HOVER_TIED = mark("{name}, {years}: rank {rank} together with {others}, {amount}")
HEADS = (mark("Country"), mark("Years"), mark("Rank"), mark("Agreements"))
MOST, BRIGHT, BACK = 12, 3, 6
"""Lines at most, those in colour, and spans of years at most."""

Ranks = list[tuple[str, dict[str, tuple[int, float]]]]
"""Each span in words, with rank and amount by country."""


def ask(db: duckdb.DuckDBPyConnection, selection: Selection) -> pd.DataFrame:
    """Ask :func:`dashboard.query.times.by_year_and`."""
    return times.by_year_and(db, selection, "agreement", "country")


def _spans(frame: pd.DataFrame, say: Say, selection: Selection) -> Ranks:
    """Return the spans that have enough to rank, the oldest first."""
    known = frame[frame["code"].notna() & frame["year"].notna()] if len(frame) else frame
    if not len(known):
        return []
    last = min(last_whole_year(str(frame[AS_OF].iloc[0])), selection.until or 9999)
    sums: list[dict[str, float]] = [{} for _ in range(BACK)]
    shares = [0.0] * BACK
    lists = (known["code"].tolist(), known["year"].tolist(), sentences.values(known, selection).tolist(), known[SHARE].tolist())
    for code, year, number, share in zip(*lists, strict=True):
        if 0 <= (back := (last - int(year)) // SPAN) < BACK:
            sums[back][code] = sums[back].get(code, 0.0) + number
            shares[back] += share
    found = []
    for back, end in enumerate(range(last, last - BACK * SPAN, -SPAN)):
        # The shares of a record add up to it at most: below five of them there are too few records, or too few of the chosen countries.
        if end - SPAN + 1 >= (selection.since or 0) and shares[back] >= sentences.FEW - 1e-6:
            label = say(FROM_TO, since=str(end - SPAN + 1), until=str(end))
            found.append((label, ranked_windows({code: round(n, 9) for code, n in sorted(sums[back].items())})))
    return found[::-1]


def _lines(spans: Ranks) -> list[str]:
    """Return the countries that have enough to be followed, those with most first."""
    sums: dict[str, float] = {}
    for _, ranks in spans:
        for code, (_, number) in ranks.items():
            sums[code] = sums.get(code, 0) + number
    return [code for code, n in sorted(sums.items(), key=lambda each: (-each[1], each[0])) if n >= sentences.FEW][:MOST]


def _names(frame: pd.DataFrame, say: Say) -> dict[str, str]:
    return {str(row["code"]): name(say, row) for row in rows_of(frame[frame["code"].notna()].drop_duplicates("code"))}


def draw(frame: pd.DataFrame, say: Say, selection: Selection) -> Plot:
    """Draw one line per country through its ranks, the first at the top; the first three in colour, their names at the end."""
    spans = _spans(frame, say, selection)
    lines = _lines(spans)
    if not lines or len(spans) < 2:
        return layouts.nothing()
    names, lowest = _names(frame, say), max(rank for _, ranks in spans for code, (rank, _) in ranks.items() if code in lines)
    traces, notes = [], []
    for at, code in reversed(list(enumerate(lines))):
        colour = CATEGORIES[at] if at < BRIGHT else OTHERS
        traces.append(_line(say, selection, spans, code, lines, names, colour))
        seen = [i for i, (_, ranks) in enumerate(spans) if code in ranks]
        notes.append(_name_at(seen[-1], _height(spans[seen[-1]][1], code, lines), names[code], INK if at < BRIGHT else MUTED))
    x = layouts.quiet_axis(tickmode="array", tickvals=list(range(len(spans))), ticktext=[label for label, _ in spans],
                           range=[-0.3, len(spans) - 0.35], tickfont={"color": MUTED, "size": 11}, side="top")  # fmt: skip
    y = layouts.quiet_axis(tickmode="array", tickvals=list(range(1, lowest + 1)), range=[max(lowest, 3) + 0.6, 0.4], showgrid=True,
                           tickfont={"color": MUTED})  # fmt: skip
    look = layouts.layout(xaxis=x, yaxis=y, annotations=notes, margin={"l": 8, "r": 8, "t": 24, "b": 8, "pad": 4})
    return {"data": traces, "layout": look}


def _height(ranks: dict[str, tuple[int, float]], code: str, lines: list[str]) -> float:
    """Return where the point stands: at its rank, those with the same rank just below each other so that none is hidden."""
    rank = ranks[code][0]
    return rank + 0.3 * [each for each in lines if each in ranks and ranks[each][0] == rank].index(code)


def _name_at(x: int, y: float, said: str, colour: str) -> dict[str, Any]:
    return {
        "text": short(said, 18), "x": x, "y": y, "xanchor": "left", "yanchor": "middle", "xshift": 15, "showarrow": False,
        "font": {"size": 12, "color": colour},
    }  # fmt: skip


def _line(say: Say, selection: Selection, spans: Ranks, code: str, lines: list[str], names: dict[str, str], colour: str) -> dict[str, Any]:
    # A span without agreements has no rank: the line is broken there.
    y = [_height(ranks, code, lines) if code in ranks else None for _, ranks in spans]
    hovers = [_hover(say, selection, span, code, names) if code in span[1] else "" for span in spans]
    return {
        "type": "scatter", "mode": "lines+markers+text", "x": list(range(len(spans))), "y": y, "connectgaps": False,
        "line": {"color": colour, "width": 3 if colour != OTHERS else 1.5, "shape": "spline", "smoothing": 0.6},
        "marker": {"size": 22, "color": CARD, "line": {"color": colour, "width": 2}},
        "text": [short_number(say, ranks[code][1]) if code in ranks else "" for _, ranks in spans],
        "textfont": {"size": 11, "color": INK}, "customdata": [[code, hover, ""] for hover in hovers],
        "hovertemplate": "%{customdata[1]}<extra></extra>",
    }  # fmt: skip


def _hover(say: Say, selection: Selection, span: tuple[str, dict[str, tuple[int, float]]], code: str, names: dict[str, str]) -> str:
    years, ranks = span
    rank, number = ranks[code]
    said = {"name": names[code], "years": years, "rank": str(rank), "amount": amount(say, number, selection, AGREEMENTS)}
    equal = [names[each] for each, (place, _) in sorted(ranks.items()) if place == rank and each != code]
    return plain(say(HOVER_TIED, others=", ".join(equal), **said) if equal else say(HOVER, **said))


def finding(frame: pd.DataFrame, say: Say, selection: Selection) -> str:
    """Say who is first now, and who was in the span before."""
    if not sentences.total(frame):
        return say(sentences.NOTHING)
    spans, names = _spans(frame, say, selection), _names(frame, say)
    if not spans:
        return say(TOO_FEW, n=sentences.FEW)
    years, ranks = spans[-1]
    leaders = [sorted(names[code] for code, (rank, _) in each.items() if rank == 1) for _, each in spans]
    if len(leaders[-1]) > 1:
        most = amount(say, max(number for _, number in ranks.values()), selection, AGREEMENTS)
        return say(TIED, names=", ".join(leaders[-1]), years=years, amount=most)
    (now,) = leaders[-1]
    alone = sum(each == [now] for each in leaders)
    if alone == len(spans):
        return say.count(ALWAYS, alone, name=now)
    if len(leaders[-2]) == 1 and leaders[-2] != [now]:
        return say(CHANGED, last=now, years=years, before=leaders[-2][0], earlier=spans[-2][0])
    return say(FIRST, name=now, years=years, n=alone, all=len(spans))


def subtitle(frame: pd.DataFrame, say: Say, selection: Selection) -> str:
    """Say what is ranked, which countries have a line, and how many agreements have no year."""
    extra = [say(ONLY, n=sentences.FEW)]
    if len(frame) and (undated := int(frame["undated"].iloc[0])):
        extra.append(say.count(UNDATED, undated))
    return sentences.subtitle(say, frame, say(UNIT), sentences.rule(say, selection), extra)


def table(frame: pd.DataFrame, say: Say) -> pd.DataFrame:
    """Return every country in every span that is ranked, the newest first: ties have the same rank. Full counting."""
    names = _names(frame, say) if len(frame) else {}
    rows = [
        (names[code], years, rank, round(number))
        for years, ranks in reversed(_spans(frame, say, Selection()))
        for code, (rank, number) in sorted(ranks.items(), key=lambda each: (each[1][0], each[0]))
    ]
    return pd.DataFrame(rows, columns=[say(head) for head in HEADS])


FIGURE = Figure(
    "country_ranks", mark("How did the ranks change?"), ask, draw, finding, subtitle, table, click="country", height=340,
    counts="agreement", definition="ranks", records=of_year("country"),
)  # fmt: skip
