"""How many agreements were in force at the end of each year?"""

from __future__ import annotations

from datetime import date
from typing import Any

import duckdb
import pandas as pd

from dashboard.colours import ACCENT, CARD, OTHERS
from dashboard.figures import Figure, Plot, layouts, sentences
from dashboard.figures.words import AGREEMENTS
from dashboard.filters import Selection
from dashboard.indicators.series import last_whole_year
from dashboard.indicators.stock import IN_STOCK, NO_END, standing
from dashboard.locale import Say, mark, mark_plural
from dashboard.plain import plain
from dashboard.query import times
from dashboard.query.chosen import AS_OF, COUNT, TOTAL
from dashboard.query.terms import terms_of_each
from dashboard.query.traces import JOIN

UNIT = mark("Agreements in force on 31 December of each year (stock)")
UNSIGNED = mark_plural("{n} without a date of signature not counted", "{n} without a date of signature not counted")
HOLLOW = mark("hollow: {date}, the year is not over")
IN_FORCE, UNSTATED_END = mark("In force by their dates"), mark("End not stated, so perhaps in force")
GREW = mark("{now} in force at the end of {year}, {before} at the end of {earlier}; the end of {unknown} more is not stated")
STANDS = mark("{now} in force at the end of {year}; the end of {unknown} more is not stated")
TODAY = mark("{now} in force on {date}; the end of {unknown} more is not stated")
NOT_BEGUN = mark("{amount} in this selection, none begun with a known date")
HOVER = mark("{date}: {n}, {kind}")
DAY = mark("Day")
_BACK = 3
"""Years between the two ends that the finding compares."""


def ask(db: duckdb.DuckDBPyConnection, selection: Selection) -> pd.DataFrame:
    """Return two rows per day, ascending: ``year``, ``code`` (in force, end not stated), ``n``, ``day`` (ISO), and what all frames have."""
    records, unsigned, as_of = times.whole(db, selection)
    if not records:
        return pd.DataFrame()
    found = times.stock_by_year(db, selection)
    rows: list[tuple[int | None, str | None, int, str | None]] = [
        (day.year, code, n, day.isoformat()) for day, *both in found for code, n in zip((IN_STOCK, NO_END), both, strict=True)
    ]
    frame = pd.DataFrame(rows or [(None, None, 0, None)], columns=["year", "code", COUNT, "day"])
    frame[TOTAL], frame[AS_OF], frame["unsigned"] = records, as_of, unsigned
    return frame


def ids(db: duckdb.DuckDBPyConnection, selection: Selection, mark_: str) -> list[str]:
    """Return the agreements that are in force, or without a stated end, in the year of a mark (``2020~in_force``); without one, today."""
    year, _, code = mark_.partition(JOIN)
    as_of = times.whole(db, selection)[2]
    if year and not (year.isascii() and year.isdigit() and len(year) == 4):
        return []
    day = min(date(int(year), 12, 31), date.fromisoformat(as_of)) if year and year != "0000" else date.fromisoformat(as_of)
    return [row["id"] for row in terms_of_each(db, selection) if (found := standing(row, day)) and code in ("", found)]


def _days(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[frame["day"].notna()] if len(frame) else frame


def draw(frame: pd.DataFrame, say: Say, _selection: Selection) -> Plot:
    """Draw a line for each, with a point at the end of each year; the last point is hollow while the year is not over."""
    shown = _days(frame)
    if not len(shown):
        return layouts.nothing()
    series = [(IN_FORCE, IN_STOCK, ACCENT, "solid"), (UNSTATED_END, NO_END, OTHERS, "dot")]
    lines = [(each, shown[shown["code"] == each[1]]) for each in series]
    traces = [_line(rows, say, *each) for each, rows in lines if rows[COUNT].any() or each[1] == IN_STOCK]
    years, most = [int(year) for year in shown["year"]], int(shown[COUNT].max())
    look = layouts.layout(
        showlegend=True, xaxis=layouts.years_axis(years[0], years[-1]), yaxis=layouts.amounts_axis(**({"dtick": 1} if most <= 5 else {})),
        margin={"l": 8, "r": 12, "t": 8, "b": 24, "pad": 4},
    )  # fmt: skip
    return {"data": traces, "layout": look}


def _line(rows: pd.DataFrame, say: Say, label: str, code: str, colour: str, dash: str) -> dict[str, Any]:
    days, numbers = list(rows["day"]), [int(n) for n in rows[COUNT]]
    hovers = [
        plain(say(HOVER, date=say.date(day), n=say.count(AGREEMENTS, n), kind=say(label).lower()))
        for day, n in zip(days, numbers, strict=True)
    ]
    is_open = [not day.endswith("12-31") for day in days]
    return {
        "type": "scatter", "mode": "lines+markers", "name": plain(say(label)), "x": [int(day[:4]) for day in days], "y": numbers,
        "line": {"color": colour, "width": 2, "dash": dash},
        "marker": {"size": [9 if each else 6 for each in is_open], "color": [CARD if each else colour for each in is_open],
                   "line": {"color": colour, "width": 2}},
        "customdata": [["", hover, f"{day[:4]}{JOIN}{code}"] for day, hover in zip(days, hovers, strict=True)],
        "hovertemplate": "%{customdata[1]}<extra></extra>",
    }  # fmt: skip


def _by_day(shown: pd.DataFrame) -> dict[str, tuple[int, int]]:
    """Return day -> in force, end not stated."""
    codes: dict[str, dict[str, int]] = {IN_STOCK: {}, NO_END: {}}
    for code, day, n in zip(shown["code"].tolist(), shown["day"].tolist(), shown[COUNT].tolist(), strict=True):
        codes[code][day] = int(n)
    return {day: (n, codes[NO_END][day]) for day, n in codes[IN_STOCK].items()}


def finding(frame: pd.DataFrame, say: Say, _selection: Selection) -> str:
    """Compare the end of the last whole year with that three years before, both printed; the open year never enters."""
    records = sentences.total(frame)
    if not records:
        return say(sentences.NOTHING)
    shown = _days(frame)
    if not len(shown):
        return say(NOT_BEGUN, amount=say.count(AGREEMENTS, records))
    numbers = _by_day(shown)
    year = last_whole_year(str(frame[AS_OF].iloc[0]))
    last, earlier = f"{year}-12-31", f"{year - _BACK}-12-31"
    day = last if last in numbers else str(shown["day"].iloc[-1])
    said = {"now": say.count(AGREEMENTS, numbers[day][0]), "unknown": say.number(numbers[day][1])}
    if day != last:
        return say(TODAY, date=say.date(day), **said)
    if earlier not in numbers or records < sentences.FEW:
        return say(STANDS, year=str(year), **said)
    return say(GREW, year=str(year), earlier=str(year - _BACK), before=say.number(numbers[earlier][0]), **said)


def subtitle(frame: pd.DataFrame, say: Say, _selection: Selection) -> str:
    """Say that it is a stock, how many have no date, and which point is not of a whole year."""
    extra = []
    if len(frame) and (unsigned := int(frame["unsigned"].iloc[0])):
        extra.append(say.count(UNSIGNED, unsigned))
    if len(shown := _days(frame)) and not str(shown["day"].iloc[-1]).endswith("12-31"):
        extra.append(say(HOLLOW, date=say.date(str(shown["day"].iloc[-1]))))
    return sentences.subtitle(say, frame, say(UNIT), say(sentences.ONCE), extra)


def table(frame: pd.DataFrame, say: Say) -> pd.DataFrame:
    """Return one row per day."""
    shown = _days(frame)
    numbers = _by_day(shown) if len(shown) else {}
    rows = [(say.date(day), *both) for day, both in numbers.items()]
    return pd.DataFrame(rows, columns=[say(head) for head in (DAY, IN_FORCE, UNSTATED_END)])


FIGURE = Figure(
    "agreements_in_force", mark("How many agreements were in force?"), ask, draw, finding, subtitle, table, height=340,
    counts="agreement", definition="stock", records=ids,
)  # fmt: skip
