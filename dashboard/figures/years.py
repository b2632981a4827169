"""Columns by year, stacked by a code that each record has once: agreements by type, outcomes by type, news by event."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import duckdb
import pandas as pd

from dashboard.colours import LINE, OTHERS
from dashboard.figures import Figure, Plot, layouts, sentences
from dashboard.figures.words import word
from dashboard.filters import Selection
from dashboard.indicators.series import SPAN, Windows, last_whole_year, open_year, windows
from dashboard.locale import Say, mark, mark_plural
from dashboard.marks import JOIN, NONE, REST
from dashboard.plain import plain
from dashboard.query import behind
from dashboard.query.chosen import AS_OF, COUNT, Kind
from etl.tables import Agreement

UNDATED = mark_plural("{n} without a year not shown", "{n} without a year not shown")
NO_YEAR = mark("{amount} in this selection, none with a known year")
BEST = mark("{year} has the most: {amount}, of {dated} with a known year")
BEST_OPEN = mark("{year} has the most so far: {amount}, of {dated} with a known year")
BETWEEN = mark("At most {amount} in one year, reached in {years}; {dated} with a known year")
YEARS = mark_plural("{n} year", "{n} years")
MORE = mark("{now} in {years}, {by} more than in {earlier} ({before})")
FEWER = mark("{now} in {years}, {by} fewer than in {earlier} ({before})")
AS_MANY = mark("{now} in {years}, as many as in {earlier}")
FROM_TO = mark("{since}–{until}")
SMALL = mark("{amount} in this selection, {dated} with a known year")
HATCHED = mark("{year} is not over: hatched")
Counts = dict[int, int]
"""Year -> records."""
Stack = tuple[tuple[str, str], str, Counts]
YEAR, WITHOUT = mark("Year"), mark("without a date")
HOVER = mark("{year}, {kind}: {amount} of {all}")


def draw(frame: pd.DataFrame, say: Say, vocabulary: Mapping[str, str], texts: tuple[str, str]) -> Plot:
    """Draw one column per year, stacked in the order of the vocabulary; the year that is not over is hatched."""
    by_code: dict[str | None, Counts] = {}
    sums: Counts = {}
    for year, code, n in zip(frame["year"].tolist(), frame["code"].tolist(), frame[COUNT].tolist(), strict=True):
        if pd.notna(year):
            known = by_code.setdefault(code if isinstance(code, str) else None, {})
            known[int(year)] = known.get(int(year), 0) + n
            sums[int(year)] = sums.get(int(year), 0) + n
    if not sums:
        return layouts.nothing()
    opened = open_year(str(frame[AS_OF].iloc[0]))
    stacks = _stacks(by_code, say, vocabulary, layouts.hues(list(vocabulary)))
    traces = [_trace(say, names, colour, counts, sums, opened, texts) for names, colour, counts in stacks]
    first, last = min(sums), max(sums)
    legend = len(traces) > 1
    # Of few, every whole number: in between, the axis would print 1 and 2 twice.
    steps = {"dtick": 1} if max(sums.values()) <= 5 else {}
    look = layouts.layout(
        barmode="stack", showlegend=legend, bargap=0.2, xaxis=layouts.years_axis(first, last), yaxis=layouts.amounts_axis(**steps),
        margin={"l": 8, "r": 8, "t": 8, "b": 24, "pad": 4},
    )  # fmt: skip
    return {"data": traces, "layout": look}


def _stacks(by_code: Mapping[str | None, Counts], say: Say, vocabulary: Mapping[str, str], hues: Mapping[str, str]) -> list[Stack]:
    """Return label and code, colour and counts of each stack: those with a hue, then one grey for the others, then those without a code."""
    stacks = [((word(say, vocabulary, code), code), hue, by_code[code]) for code, hue in hues.items() if code in by_code]
    kinds = [code for code in by_code if code is not None and code not in hues]
    if kinds:
        label = word(say, vocabulary, kinds[0]) if len(kinds) == 1 else say(sentences.OTHERS, n=say.number(len(kinds)))
        rest: Counts = {}
        for code in kinds:
            for year, n in by_code[code].items():
                rest[year] = rest.get(year, 0) + n
        stacks.append(((label, REST), OTHERS, rest))
    if None in by_code:
        stacks.append(((say(sentences.UNSTATED), NONE), LINE, by_code[None]))
    return stacks


def _trace(
    say: Say, stack: tuple[str, str], colour: str, counts: Counts, sums: Counts, opened: int | None, texts: tuple[str, str]
) -> dict[str, object]:
    label, code = stack
    years = sorted(counts)
    hovers = [say(HOVER, year=str(year), kind=label, amount=say.number(counts[year]), all=say.count(texts, sums[year])) for year in years]
    return {
        "type": "bar", "name": plain(label), "x": years, "y": [counts[year] for year in years],
        "customdata": [[str(year), plain(text), f"{year}{JOIN}{code}"] for year, text in zip(years, hovers, strict=True)],
        "hovertemplate": "%{customdata[1]}<extra></extra>",
        "marker": {"color": colour, "line": layouts.edge(),
                   "pattern": {"shape": ["/" if year == opened else "" for year in years], "size": 5, "solidity": 0.35,
                               "fillmode": "replace"}},
    }  # fmt: skip


def by_year(frame: pd.DataFrame) -> Counts:
    """Return year -> records, of those with a year."""
    sums: Counts = {}
    for year, n in zip(frame["year"].tolist(), frame[COUNT].tolist(), strict=True):
        if pd.notna(year):
            sums[int(year)] = sums.get(int(year), 0) + int(n)
    return sums


def finding(frame: pd.DataFrame, say: Say, texts: tuple[str, str], selection: Selection) -> str:
    """Compare the last three whole years with the three before, else name the busiest year, or say only how many there are."""
    records = sentences.total(frame)
    if not records:
        return say(sentences.NOTHING)
    counts = by_year(frame)
    known, said = sum(counts.values()), say.count(texts, records)
    if not known:
        return say(NO_YEAR, amount=said)
    if known < sentences.FEW:
        return say(SMALL, amount=said, dated=say.number(known))
    found = windows(counts, str(frame[AS_OF].iloc[0]), selection.since, selection.until)
    if found and found.now + found.before >= sentences.FEW:
        return trend(say, found, texts)
    most = max(counts.values())
    best = [year for year in sorted(counts) if counts[year] == most]
    if len(best) > 1:
        return say(BETWEEN, amount=say.count(texts, most), years=say.count(YEARS, len(best)), dated=say.number(known))
    is_open = best[0] > last_whole_year(str(frame[AS_OF].iloc[0]))
    return say(BEST_OPEN if is_open else BEST, year=str(best[0]), amount=say.count(texts, most), dated=say.number(known))


def trend(say: Say, found: Windows, texts: tuple[str, str]) -> str:
    """Say how many there were in three years and in the three before: both ends are printed, and the open year is in neither."""
    text = MORE if found.by > 0 else FEWER if found.by < 0 else AS_MANY
    spans = {
        "years": say(FROM_TO, since=str(found.first), until=str(found.last)),
        "earlier": say(FROM_TO, since=str(found.first - SPAN), until=str(found.first - 1)),
    }
    numbers = {"by": say.number(abs(int(found.by))), "before": say.number(int(found.before))}
    return say(text, now=say.count(texts, int(found.now)), **spans, **numbers)


def subtitle(frame: pd.DataFrame, say: Say, _selection: Selection, unit: str) -> str:
    """Say what is counted, how many have no year, and which year is not over."""
    extra = []
    dated = by_year(frame)
    if undated := sum(map(int, frame[COUNT].tolist())) - sum(dated.values()):
        extra.append(say.count(UNDATED, undated))
    opened = open_year(str(frame[AS_OF].iloc[0])) if len(frame) else None
    if opened in dated:
        extra.append(say(HATCHED, year=str(opened)))
    return sentences.subtitle(say, frame, unit, say(sentences.ONCE), extra)


def table(frame: pd.DataFrame, say: Say, vocabulary: Mapping[str, str], heads: tuple[str, str]) -> pd.DataFrame:
    """Return year, type and number, in the order of the frame; ``heads`` names the last two."""
    years = [str(int(year)) if pd.notna(year) else say(WITHOUT) for year in frame["year"]]
    kinds = [word(say, vocabulary, code) if isinstance(code, str) else say(sentences.UNSTATED) for code in frame["code"]]
    return pd.DataFrame({say(YEAR): years, say(heads[0]): kinds, say(heads[1]): frame[COUNT].to_list()})


@dataclass(frozen=True, slots=True)
class ByYear:
    """A count of records by year, stacked by what each has exactly one of, so that stacking is safe under both counting rules.

    ``column`` holds the codes of the stack, ``vocabulary`` says them, ``texts`` count the records, ``heads`` are the stack and the records.
    """

    ask: Callable[[duckdb.DuckDBPyConnection, Selection], pd.DataFrame]
    unit: str
    texts: tuple[str, str]
    vocabulary: Mapping[str, str]
    heads: tuple[str, str]
    counts: Kind = "agreement"
    column: str = Agreement.type
    definition: str = "agreements"

    def figure(self, id: str, question: str) -> Figure:  # noqa: A002 - the figure's word
        """Return the figure: one column for each year, the open year hatched."""
        return Figure(
            id, question, self.ask,
            draw=lambda frame, say, _: draw(frame, say, self.vocabulary, self.texts),
            finding=lambda frame, say, selection: finding(frame, say, self.texts, selection),
            subtitle=lambda frame, say, selection: subtitle(frame, say, selection, say(self.unit)),
            table=lambda frame, say: table(frame, say, self.vocabulary, self.heads),
            click="since", height=380, counts=self.counts, definition=self.definition,
            records=behind.of_year(self.counts, self.column, tuple(layouts.hues(list(self.vocabulary)))),
        )  # fmt: skip
