"""Small multiples: the records of each country, or field, up to each year; all others in grey behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import duckdb
import pandas as pd
from babel.lists import format_list

from dashboard.colours import ACCENT, CARD, INK, LINE, MUTED, OTHERS
from dashboard.figures import Figure, Plot, layouts, sentences
from dashboard.figures.sentences import amount, name, short_number
from dashboard.figures.years import FROM_TO, UNDATED
from dashboard.filters import Selection
from dashboard.indicators.series import SPAN, last_whole_year, open_year
from dashboard.locale import Say, mark
from dashboard.plain import plain, two_lines
from dashboard.query.chosen import AS_OF, COUNT, SHARE, rows_of
from dashboard.query.traces import of_year

MOST_IN = mark("Most in {years}: {first} with {amount}; next is {second} with {rest}")
ALONE_IN = mark("In {years} only {name}: {amount}")
TIE_IN = mark("Most in {years}: {names}, each with {amount}")
NONE_IN = mark("{amount} in this selection, none dated {years}")
FEW_IN = mark("Too few dated {years} to rank")
HOVER = mark("{name}, up to {year}: {amount}")
OTHERS_GREY = mark("the others in grey; the scale is the same in all")
OPEN = mark("{year} is not over: hollow")
YEAR = mark("Year")
ACROSS, DOWN = 3, 3
_BACK = 19
"""Years before the last one that the axis shows; what was signed earlier is in the first value."""
_BEHIND = 30

Texts = tuple[tuple[str, str], tuple[str, str]]
"""How the records are counted, and how more than three leaders are told."""
Series = dict[str, dict[int, float]]
"""Code -> year -> amount up to the end of that year."""


@dataclass(frozen=True, slots=True)
class Panels:
    """A frame of codes and years (``code``, ``year``, counts, names) as small multiples of the largest; ``texts`` count the records.

    ``many`` tells of more than three leaders.
    """

    ask: Callable[[duckdb.DuckDBPyConnection, Selection], pd.DataFrame]
    unit: str
    texts: tuple[str, str]
    many: tuple[str, str]
    heads: tuple[str, str, str]
    definition: str

    def figure(self, id: str, question: str, click: str) -> Figure:  # noqa: A002 - the figure's word
        """Return the figure; a click on a line chooses its country or field."""
        return Figure(
            id, question, self.ask,
            draw=lambda frame, say, selection: draw(frame, say, selection, self.texts),
            finding=lambda frame, say, selection: finding(frame, say, selection, (self.texts, self.many)),
            subtitle=lambda frame, say, selection: subtitle(frame, say, selection, say(self.unit)),
            table=lambda frame, say: table(frame, say, self.heads),
            click=click, height=430, counts="agreement", definition=self.definition, records=of_year(click),
        )  # fmt: skip


def dated(frame: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    """Return the rows with a code and a year, with ``_value`` under the counting rule."""
    known = frame[frame["code"].notna() & frame["year"].notna()]
    return known.assign(_value=sentences.values(known, selection), _year=known["year"].astype(int))


def grown(known: pd.DataFrame, years: range) -> Series:
    """Return the amount up to the end of each of ``years`` for every code, the largest first."""
    added: dict[str, dict[int, float]] = {}
    for code, year, number in zip(known["code"].tolist(), known["_year"].tolist(), known["_value"].tolist(), strict=True):
        own = added.setdefault(code, {})
        own[year] = own.get(year, 0.0) + number
    series: Series = {}
    for code in sorted(added):
        sums = list(accumulate(added[code].get(year, 0.0) for year in range(min(min(added[code]), years[0]), years.stop)))
        series[code] = {year: round(n, 9) for year, n in zip(years, sums[-len(years) :], strict=True)}
    return dict(sorted(series.items(), key=lambda each: -each[1][years[-1]]))


def draw(frame: pd.DataFrame, say: Say, selection: Selection, texts: tuple[str, str]) -> Plot:
    """Draw the nine largest, three in a row, on one scale."""
    known = dated(frame, selection) if len(frame) else frame
    if not len(known):
        return layouts.nothing()
    as_of = str(frame[AS_OF].iloc[0])
    last = max(int(known["_year"].max()), int(as_of[:4]))
    years = range(max(int(known["_year"].min()), last - _BACK), last + 1)
    series = grown(known, years)
    names = {str(row["code"]): name(say, row) for row in rows_of(known.drop_duplicates("code"))}
    shown = list(series)[: ACROSS * DOWN]
    traces: list[dict[str, Any]] = []
    layout: dict[str, Any] = layouts.layout(margin={"l": 8, "r": 8, "t": 20, "b": 20, "pad": 2}, annotations=[])
    top = max(line[years[-1]] for line in series.values())
    for at, code in enumerate(shown):
        traces += [_behind(series, code, at), _line(say, selection, names[code], code, series[code], at, open_year(as_of), texts)]
        axes, title = _axes(at, len(shown), years, top, two_lines(names[code], 15))
        layout |= axes
        layout["annotations"].append(title)
    return {"data": traces, "layout": layout}


def _axis(at: int) -> str:
    return str(at + 1) if at else ""


def _behind(series: Series, code: str, at: int) -> dict[str, Any]:
    """Return all others as one grey line with gaps."""
    x: list[int | None] = []
    y: list[float | None] = []
    for other in [each for each in series if each != code][:_BEHIND]:
        x += [*series[other], None]
        y += [*series[other].values(), None]
    return {
        "type": "scatter", "mode": "lines", "x": x, "y": y, "xaxis": f"x{_axis(at)}", "yaxis": f"y{_axis(at)}", "hoverinfo": "skip",
        "line": {"color": OTHERS, "width": 1}, "opacity": 0.4, "connectgaps": False,
    }  # fmt: skip


def _line(
    say: Say, selection: Selection, said: str, code: str, line: Mapping[int, float], at: int, opened: int | None, texts: tuple[str, str]
) -> dict[str, Any]:
    years, numbers = list(line), list(line.values())
    hovers = [plain(say(HOVER, name=said, year=str(year), amount=amount(say, n, selection, texts))) for year, n in line.items()]
    ends = [""] * (len(years) - 1) + [short_number(say, numbers[-1])]
    fill = CARD if years[-1] == opened else ACCENT
    return {
        "type": "scatter", "mode": "lines+markers+text", "x": years, "y": numbers, "xaxis": f"x{_axis(at)}", "yaxis": f"y{_axis(at)}",
        "line": {"color": ACCENT, "width": 2}, "text": ends, "textposition": "top left", "textfont": {"size": 11, "color": INK},
        "marker": {"size": [0.1] * (len(years) - 1) + [6], "color": fill, "line": {"color": ACCENT, "width": 1.5}}, "cliponaxis": False,
        "customdata": [[code, hover, ""] for hover in hovers], "hovertemplate": "%{customdata[1]}<extra></extra>",
    }  # fmt: skip


def _axes(at: int, panels: int, years: range, top: float, title: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the two axes of a panel, and its title; only the outer ones say their numbers."""
    across, down = min(ACROSS, panels), -(-panels // ACROSS)
    column, row = at % ACROSS, at // ACROSS
    left, width = column / across, 1 / across - 0.05
    height = 1 / down
    low = 1 - (row + 1) * height
    is_lowest = at + ACROSS >= panels
    # On a phone two years side by side would run into those of the next panel.
    ends = sorted({*([years[0]] if not column else []), *([years[-1]] if column == across - 1 else [])})
    ticks = {"tickmode": "array", "tickvals": ends, "ticktext": [str(year) for year in ends]}
    x = layouts.quiet_axis(
        domain=[left, left + width], anchor=f"y{_axis(at)}", range=[years[0] - 0.5, years[-1] + 0.8], showticklabels=is_lowest,
        automargin=False, tickfont={"size": 10, "color": MUTED}, showline=True, linecolor=LINE, **ticks,
    )  # fmt: skip
    y = layouts.amounts_axis(
        domain=[low, low + height * 0.7], anchor=f"x{_axis(at)}", range=[0, top * 1.16], showticklabels=not column, nticks=3,
        tickfont={"size": 10, "color": MUTED}, gridcolor=LINE, showgrid=True, griddash="dot",
    )  # fmt: skip
    note = {
        "text": title, "x": left, "y": low + height * 0.72, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom",
        "showarrow": False, "font": {"size": 11, "color": INK}, "align": "left",
    }  # fmt: skip
    return {f"xaxis{_axis(at)}": x, f"yaxis{_axis(at)}": y}, note


def finding(frame: pd.DataFrame, say: Say, selection: Selection, texts: Texts) -> str:
    """Say who has most in the last three whole years."""
    if not sentences.total(frame):
        return say(sentences.NOTHING)
    known, last = dated(frame, selection), min(last_whole_year(str(frame[AS_OF].iloc[0])), selection.until or 9999)
    years = say(FROM_TO, since=str(last - SPAN + 1), until=str(last))
    recent = known[known["_year"].between(last - SPAN + 1, last)]
    if not len(recent):
        return say(NONE_IN, amount=say.count(texts[0], sentences.total(frame)), years=years)
    # A record is never more than its shares: where they are few, so is what a reader could rank.
    if float(recent[SHARE].sum()) < sentences.FEW - 1e-6 and recent["code"].nunique() > 1:
        return say(FEW_IN, years=years)
    sums = recent.groupby("code")["_value"].sum().round(9).sort_values(ascending=False, kind="stable")
    names = {row["code"]: name(say, row) for row in rows_of(recent.drop_duplicates("code"))}
    return _told(say, selection, [(names[code], float(n)) for code, n in sums.items()], years, texts)


def _told(say: Say, selection: Selection, ranked: list[tuple[str, float]], years: str, texts: Texts) -> str:
    first, most = ranked[0]
    said = amount(say, most, selection, texts[0])
    equal = [each for each, n in ranked if abs(n - most) < 1e-6]
    if len(ranked) == 1:
        return say(ALONE_IN, years=years, name=first, amount=said)
    if len(equal) > 3:
        return say.count(texts[1], len(equal), years=years, amount=said)
    if len(equal) > 1:
        return say(TIE_IN, years=years, names=format_list(equal, locale=say.locale), amount=said)
    second, less = ranked[1]
    return say(MOST_IN, years=years, first=first, amount=said, second=second, rest=short_number(say, less))


def subtitle(frame: pd.DataFrame, say: Say, selection: Selection, unit: str) -> str:
    """Say what grows, what is grey, how many have no year, and which year is not over."""
    extra = [say(OTHERS_GREY)]
    if len(frame):
        if undated := int(frame["undated"].iloc[0]):
            extra.append(say.count(UNDATED, undated))
        if opened := open_year(str(frame[AS_OF].iloc[0])):
            extra.append(say(OPEN, year=str(opened)))
    return sentences.subtitle(say, frame, unit, sentences.rule(say, selection), extra)


def table(frame: pd.DataFrame, say: Say, heads: tuple[str, str, str]) -> pd.DataFrame:
    """Return name, year, records signed in it (full counting) and fractional sum, in the order of the frame."""
    known = frame[frame["code"].notna()] if len(frame) else frame
    names = [name(say, row) for row in rows_of(known)]
    years = [str(int(year)) if pd.notna(year) else "" for year in known["year"]] if len(known) else []
    counts = [known[each].to_list() if len(known) else [] for each in (COUNT, SHARE)]
    columns = (names, years, counts[0], [round(float(n), 3) for n in counts[1]])
    heads_ = (heads[0], YEAR, heads[1], heads[2])
    return pd.DataFrame({say(head): values for head, values in zip(heads_, columns, strict=True)})
