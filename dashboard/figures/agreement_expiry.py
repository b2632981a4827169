"""Which agreements end, or must be decided on, in the next 24 months?"""

from __future__ import annotations

from datetime import date

import duckdb
import pandas as pd
from babel.dates import format_date

from dashboard.colours import ACCENT, MUTED, WARNING
from dashboard.figures import Figure, Plot, layouts, sentences
from dashboard.figures.words import AGREEMENTS
from dashboard.filters import Selection
from dashboard.locale import Say, mark, mark_plural
from dashboard.plain import plain
from dashboard.query import registers
from dashboard.query.chosen import AS_OF, COUNT, TOTAL
from etl.indicators.calendar import plus_months
from etl.indicators.status import Terms, status
from etl.tables import Agreement

MONTHS = 24
UNIT = mark("Agreements by the month in which they end or notice must be given, next 24 months")
FINDING = mark_plural("{n} agreement ends or needs a decision by {date}", "{n} agreements end or need a decision by {date}")
NONE = mark("No agreement is known to end by {date}")
NO_END = mark_plural("the end of {n} is not stated", "the end of {n} is not stated")
LATEST = mark("hatched: only the year or month is known, drawn at its last day")
HEADS = (mark("Month"), mark("Agreements"), mark("of which not certain"))


def ask(db: duckdb.DuckDBPyConnection, selection: Selection) -> pd.DataFrame:
    """Return one row per month from that of the as-of date, 25 in all: ``month`` (``2026-11``), ``n``, ``unsure``, ``total``, ``as_of``.

    An agreement stands in the month of its last day for a decision under the latest reading of its dates; ``unsure`` counts those whose end
    is only known to the month or year; ``no_end`` those in force as far as is known without an end. Empty without agreements.
    """
    rows = registers.terms(db, selection)
    if not rows:
        return pd.DataFrame(columns=["month", COUNT, "unsure", "no_end", TOTAL, AS_OF])
    as_of = date.fromisoformat(rows[0][AS_OF])
    known = [(status(Terms.of(row), as_of), row[Agreement.expires_precision] != "day") for row in rows]
    months = [plus_months(as_of.replace(day=1), step).isoformat()[:7] for step in range(MONTHS + 1)]
    due = [(found.decide_by.isoformat()[:7], unsure) for found, unsure in known if found.decide_by and found.decide_by >= as_of]
    counted = [(month, sum(m == month for m, _ in due), sum(m == month and unsure for m, unsure in due)) for month in months]
    no_end = sum(found.code == "end_unknown" for found, _ in known)
    return pd.DataFrame(
        [(*line, no_end, len(rows), rows[0][AS_OF]) for line in counted], columns=["month", COUNT, "unsure", "no_end", TOTAL, AS_OF]
    )


def draw(frame: pd.DataFrame, say: Say, _selection: Selection) -> Plot:
    """Draw one column per month; those in the next six months in the warning colour, the uncertain part hatched."""
    if not len(frame):
        return layouts.nothing()
    shown = list(frame["month"])[::3]
    years = [month[:4] if i == 0 or month[:4] != shown[i - 1][:4] else "" for i, month in enumerate(shown)]
    labels = [_month(say, month, "LLL") + (f"<br>{year}" if year else "") for month, year in zip(shown, years, strict=True)]
    colours = [WARNING if i <= 6 else ACCENT for i in range(len(frame))]
    sure, unsure = frame[COUNT] - frame["unsure"], frame["unsure"]
    traces = [_trace(say, frame, sure, colours, ""), _trace(say, frame, unsure, colours, "/")]
    most = max(2, int(frame[COUNT].max()))
    look = layouts.layout(
        barmode="stack", yaxis=layouts.amounts_axis(dtick=max(1, most // 4), range=[0, most * 1.1]),
        margin={"l": 8, "r": 8, "t": 8, "b": 36, "pad": 4},
        xaxis=layouts.quiet_axis(tickmode="array", tickvals=list(range(0, len(frame), 3)), ticktext=labels, tickfont={"color": MUTED}),
    )  # fmt: skip
    return {"data": traces, "layout": look}


def _trace(say: Say, frame: pd.DataFrame, numbers: pd.Series, colours: list[str], shape: str) -> dict[str, object]:
    hovers = [f"{say.date(month)}: {say.count(AGREEMENTS, int(n))}" for month, n in zip(frame["month"], numbers, strict=True)]
    return {
        "type": "bar", "x": list(range(len(frame))), "y": [int(n) for n in numbers], "customdata": [["", plain(hover)] for hover in hovers],
        "hovertemplate": "%{customdata[1]}<extra></extra>",
        "marker": {"color": colours, "pattern": {"shape": shape, "size": 5, "solidity": 0.35, "fillmode": "replace"}},
    }  # fmt: skip


def _month(say: Say, month: str, pattern: str) -> str:
    return str(format_date(date.fromisoformat(f"{month}-01"), pattern, locale=say.locale))


def finding(frame: pd.DataFrame, say: Say, _selection: Selection) -> str:
    """Say how many end in the whole period."""
    if not len(frame):
        return say(sentences.NOTHING)
    last, number = say.date(str(frame["month"].iloc[-1])), int(frame[COUNT].sum())
    return say.count(FINDING, number, date=last) if number else say(NONE, date=last)


def subtitle(frame: pd.DataFrame, say: Say, _selection: Selection) -> str:
    """Say what is counted, of how many the end is not stated, and what the hatching means."""
    extra = []
    if len(frame):
        extra += [say(LATEST)] if frame["unsure"].sum() else []
        extra += [say.count(NO_END, int(frame["no_end"].iloc[0]))] if frame["no_end"].iloc[0] else []
    return sentences.subtitle(say, frame, say(UNIT), say(sentences.ONCE), extra)


def table(frame: pd.DataFrame, say: Say) -> pd.DataFrame:
    """Return one row per month."""
    months = [say.date(month) for month in frame["month"]]
    return pd.DataFrame({say(HEADS[0]): months, say(HEADS[1]): frame[COUNT].to_list(), say(HEADS[2]): frame["unsure"].to_list()})


FIGURE = Figure("agreement_expiry", mark("What ends when?"), ask, draw, finding, subtitle, table, height=300)
