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
from dashboard.indicators.stock import standing, stock
from dashboard.locale import Say, mark, mark_plural
from dashboard.plain import plain
from dashboard.query import times
from dashboard.query.chosen import AS_OF, TOTAL

UNIT = mark("Agreements in force on 31 December of each year (stock)")
UNSIGNED = mark_plural("{n} without a date of signature not counted", "{n} without a date of signature not counted")
HOLLOW = mark("hollow: {date}, the year is not over")
IN_FORCE, NO_END = mark("In force by their dates"), mark("End not stated, so perhaps in force")
GREW = mark("{now} in force at the end of {year}, {before} at the end of {earlier}; the end of {unknown} more is not stated")
STANDS = mark("{now} in force at the end of {year}; the end of {unknown} more is not stated")
TODAY = mark("{now} in force on {date}; the end of {unknown} more is not stated")
NOT_BEGUN = mark("{amount} in this selection, none begun with a known date")
HOVER = mark("{date}: {n}, {kind}")
DAY = mark("Day")
_BACK = 3
"""Years between the two ends that the finding compares."""


def ask(db: duckdb.DuckDBPyConnection, selection: Selection) -> pd.DataFrame:
    """Return one row per day, ascending: ``day`` (ISO), ``in_force``, ``end_unknown``, and what the frames of all figures have."""
    records, unsigned, as_of = times.whole(db, selection)
    if not records:
        return pd.DataFrame()
    found = [(day.isoformat(), *numbers) for day, *numbers in stock(times.terms_by_year(db, selection), as_of)]
    rows = found or [(None, 0, 0)]
    frame = pd.DataFrame(rows, columns=["day", "in_force", "end_unknown"])
    frame[TOTAL], frame[AS_OF], frame["unsigned"] = records, as_of, unsigned
    return frame


def ids(db: duckdb.DuckDBPyConnection, selection: Selection, mark_: str) -> list[str]:
    """Return the agreements that are in force, or without a stated end, on the day of a mark (by default the as-of date)."""
    day = date.fromisoformat(mark_ or times.whole(db, selection)[2])
    return [row["id"] for row in times.terms_of_each(db, selection) if standing(row, day)]


def _days(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[frame["day"].notna()] if len(frame) else frame


def draw(frame: pd.DataFrame, say: Say, _selection: Selection) -> Plot:
    """Draw a line for each, with a point at the end of each year; the last point is hollow while the year is not over."""
    shown = _days(frame)
    if not len(shown):
        return layouts.nothing()
    series = [(IN_FORCE, "in_force", ACCENT, "solid"), (NO_END, "end_unknown", OTHERS, "dot")]
    traces = [_line(shown, say, *each) for each in series if shown[each[1]].any() or each[1] == "in_force"]
    years = [int(day[:4]) for day in shown["day"]]
    most = int(shown[["in_force", "end_unknown"]].to_numpy().max())
    look = layouts.layout(
        showlegend=True, xaxis=layouts.years_axis(years[0], years[-1]), yaxis=layouts.amounts_axis(**({"dtick": 1} if most <= 5 else {})),
        margin={"l": 8, "r": 12, "t": 8, "b": 24, "pad": 4},
    )  # fmt: skip
    return {"data": traces, "layout": look}


def _line(shown: pd.DataFrame, say: Say, label: str, column: str, colour: str, dash: str) -> dict[str, Any]:
    days, numbers = list(shown["day"]), [int(n) for n in shown[column]]
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
        "customdata": [[day, hover] for day, hover in zip(days, hovers, strict=True)],
        "hovertemplate": "%{customdata[1]}<extra></extra>",
    }  # fmt: skip


def finding(frame: pd.DataFrame, say: Say, _selection: Selection) -> str:
    """Compare the end of the last whole year with that three years before, both printed; the open year never enters."""
    records = sentences.total(frame)
    if not records:
        return say(sentences.NOTHING)
    shown = _days(frame)
    if not len(shown):
        return say(NOT_BEGUN, amount=say.count(AGREEMENTS, records))
    numbers = {str(row["day"]): (int(row["in_force"]), int(row["end_unknown"])) for _, row in shown.iterrows()}
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
    days = [say.date(day) for day in shown["day"]] if len(shown) else []
    numbers = [shown[each].to_list() if len(shown) else [] for each in ("in_force", "end_unknown")]
    return pd.DataFrame({say(DAY): days, say(IN_FORCE): numbers[0], say(NO_END): numbers[1]})


FIGURE = Figure(
    "agreements_in_force", mark("How many agreements were in force?"), ask, draw, finding, subtitle, table, height=340,
    counts="agreement", definition="stock", records=ids,
)  # fmt: skip
