"""Which agreements end, renew themselves, or must be given notice of, in the next 24 months?"""

from __future__ import annotations

from datetime import date

import duckdb
import pandas as pd
from babel.dates import format_date

from dashboard.colours import ACCENT, CATEGORIES, INK, MUTED, WARNING
from dashboard.figures import Figure, Plot, layouts, sentences
from dashboard.figures.words import AGREEMENTS
from dashboard.filters import Selection
from dashboard.indicators.runway import DECISIONS, Decision, horizon
from dashboard.locale import Say, mark, mark_plural
from dashboard.plain import plain
from dashboard.query import registers, standings
from dashboard.query.chosen import AS_OF, COUNT, TOTAL
from etl.indicators.calendar import plus_months

MONTHS = 24
APART = 4
"""Months between two labels of the axis: as many as a phone can show."""
JOIN = "~"
"""Between the kind and the month of a mark: ``end~2026-12``."""
KINDS: dict[str, str] = {"end": mark("Ends"), "notice": mark("Notice deadline"), "renewal": mark("Renews itself")}
UNIT = mark("Agreements by the month in which they end, renew themselves, or notice must be given, next 24 months")
FINDING = mark_plural("{n} agreement ends or needs a decision by {date}", "{n} agreements end or need a decision by {date}")
RENEW = mark_plural("{n} agreement renews itself by {date}; none ends", "{n} agreements renew themselves by {date}; none ends")
NONE = mark("No agreement is known to end by {date}")
NO_END = mark_plural("the end of {n} is not stated", "the end of {n} is not stated")
LATEST = mark("hatched: only the year or month is known, drawn at its last day")
TWICE = mark("an agreement that renews itself stands at its notice deadline and at its renewal")
HOVER = mark("{month}, {kind}: {amount}")
NOT_SURE = mark_plural("{n} not certain", "{n} not certain")
HEADS = (mark("Month"), mark("What happens"), mark("Agreements"), mark("of which not certain"))
COLOURS = {"end": WARNING, "notice": CATEGORIES[3], "renewal": ACCENT}
assert set(COLOURS) == set(KINDS) == set(DECISIONS)


def due(db: duckdb.DuckDBPyConnection, selection: Selection) -> list[Decision]:
    """Return what is due of the chosen agreements in the next :data:`MONTHS` months, the first day first."""
    return first_due(db, selection, None)[0]


def first_due(db: duckdb.DuckDBPyConnection, selection: Selection, most: int | None) -> tuple[list[Decision], int, date | None]:
    """Return the first ``most`` of :func:`due`, how many there are, and the day of the last."""
    as_of = date.fromisoformat(registers.as_of(db))
    return standings.first_decisions(db, selection, as_of, horizon(as_of, MONTHS), most)


def ask(db: duckdb.DuckDBPyConnection, selection: Selection) -> pd.DataFrame:
    """Return one row per month from that of the as-of date (25 in all) and kind of decision, in that order.

    Columns: ``kind``, ``code`` (the month, ``2026-11``), ``n``, ``unsure``, ``total``, ``as_of``; ``unsure`` counts those whose end is only
    known to the
    month or year (they stand at its last day); ``agreements`` are all that stand in any month, each once; ``no_end`` those in force
    as far as is
    known without an end. Empty without agreements.
    """
    total, as_of = registers.size(db, selection, "agreement"), date.fromisoformat(registers.as_of(db))
    columns = ["kind", "code", COUNT, "unsure", "agreements", "ending", "no_end", TOTAL, AS_OF]
    if not total:
        return pd.DataFrame(columns=columns)
    until = horizon(as_of, MONTHS)
    months = [plus_months(as_of.replace(day=1), step).isoformat()[:7] for step in range(MONTHS + 1)]
    counted = standings.due_by_month(db, selection, as_of, until)
    no_end, _ = standings.silent(db, selection)
    every, ending = standings.due_agreements(db, selection, as_of, until)
    lines = [
        (kind, month, *counted.get((kind, month), (0, 0)), every, ending, no_end, total, as_of.isoformat())
        for month in months for kind in DECISIONS
    ]  # fmt: skip
    return pd.DataFrame(lines, columns=columns)


def draw(frame: pd.DataFrame, say: Say, _selection: Selection) -> Plot:
    """Draw one column per month, stacked by what happens; the uncertain part is hatched, and the next half year has a darker axis."""
    if not len(frame):
        return layouts.nothing()
    months = list(dict.fromkeys(frame["code"]))
    shown = months[::APART]
    years = [month[:4] if i == 0 or month[:4] != shown[i - 1][:4] else "" for i, month in enumerate(shown)]
    labels = [_month(say, month, "LLL") + (f"<br>{year}" if year else "") for month, year in zip(shown, years, strict=True)]
    traces = [trace for kind in KINDS for trace in _traces(say, frame[frame["kind"] == kind], months, kind)]
    most = max(2, int(frame.groupby("code")[COUNT].sum().max()))
    soon = {
        "type": "line", "xref": "x", "yref": "paper", "x0": -0.5, "x1": 6.5, "y0": 0, "y1": 0, "line": {"color": INK, "width": 2},
    }  # fmt: skip
    look = layouts.layout(
        barmode="stack", showlegend=bool(frame[COUNT].sum()), yaxis=layouts.amounts_axis(dtick=max(1, most // 4), range=[0, most * 1.1]),
        margin={"l": 8, "r": 8, "t": 8, "b": 36, "pad": 4}, shapes=[soon],
        xaxis=layouts.quiet_axis(
            tickmode="array", tickvals=list(range(0, len(months), APART)), ticktext=labels, tickfont={"color": MUTED}, tickangle=0,
            range=[-0.7, len(months) - 0.3],
        ),
    )  # fmt: skip
    return {"data": traces, "layout": look}


def _traces(say: Say, rows: pd.DataFrame, months: list[str], kind: str) -> list[dict[str, object]]:
    """Return the columns of one kind: those with a known day, and hatched those without. A kind that never occurs still has its legend."""
    all_ = dict(zip(rows["code"], rows[COUNT].astype(int), strict=True))
    not_sure = dict(zip(rows["code"], rows["unsure"].astype(int), strict=True))
    made: list[dict[str, object]] = []
    for column, shape in (("sure", ""), ("unsure", "/")):
        numbers = [int(not_sure[m]) if shape else int(all_[m] - not_sure[m]) for m in months]
        if shape and not any(numbers):
            continue
        hovers = [_hover(say, month, kind, n, bool(shape)) for month, n in zip(months, numbers, strict=True)]
        made.append({
            "type": "bar", "x": list(range(len(months))), "y": numbers, "name": plain(say(KINDS[kind])), "legendgroup": kind,
            "showlegend": column == "sure",
            "customdata": [["", plain(text), f"{kind}{JOIN}{month}"] for month, text in zip(months, hovers, strict=True)],
            "hovertemplate": "%{customdata[1]}<extra></extra>",
            "marker": {"color": COLOURS[kind], "line": layouts.edge(),
                       "pattern": {"shape": shape, "size": 5, "solidity": 0.35, "fillmode": "replace"}},
        })  # fmt: skip
    return made


def _hover(say: Say, month: str, kind: str, number: int, unsure: bool) -> str:
    said = say(HOVER, month=say.date(month), kind=say(KINDS[kind]), amount=say.count(AGREEMENTS, number))
    return f"{said} ({say.count(NOT_SURE, number)})" if unsure else said


def _month(say: Say, month: str, pattern: str) -> str:
    return str(format_date(date.fromisoformat(f"{month}-01"), pattern, locale=say.locale))


def finding(frame: pd.DataFrame, say: Say, _selection: Selection) -> str:
    """Say how many agreements end or need a decision in the whole period, each once."""
    if not len(frame):
        return say(sentences.NOTHING)
    last = say.date(horizon(date.fromisoformat(str(frame[AS_OF].iloc[0])), MONTHS).isoformat())
    every, ending = int(frame["agreements"].iloc[0]), int(frame["ending"].iloc[0])
    if ending:
        return say.count(FINDING, ending, date=last)
    return say.count(RENEW, every, date=last) if every else say(NONE, date=last)


def subtitle(frame: pd.DataFrame, say: Say, _selection: Selection) -> str:
    """Say what is counted, of how many the end is not stated, and what the hatching means."""
    extra = []
    if len(frame):
        extra += [say(TWICE)] if frame.loc[frame["kind"] == "renewal", COUNT].sum() else []
        extra += [say(LATEST)] if frame["unsure"].sum() else []
        extra += [say.count(NO_END, int(frame["no_end"].iloc[0]))] if frame["no_end"].iloc[0] else []
    return sentences.subtitle(say, frame, say(UNIT), "", extra)


def table(frame: pd.DataFrame, say: Say) -> pd.DataFrame:
    """Return one row per month and kind that has any."""
    any_ = frame[frame[COUNT] > 0] if len(frame) else frame
    months = [say.date(month) for month in any_["code"]]
    columns = (months, [say(KINDS[kind]) for kind in any_["kind"]], any_[COUNT].to_list(), any_["unsure"].to_list())
    return pd.DataFrame({say(head): values for head, values in zip(HEADS, columns, strict=True)})


def records(db: duckdb.DuckDBPyConnection, selection: Selection, mark_: str) -> list[str]:
    """Return the agreements of which something is due: of the kind and in the month of the mark, or in the whole period."""
    kind, _, month = mark_.partition(JOIN)
    found = [each for each in due(db, selection) if not mark_ or (each.kind == kind and each.day.isoformat()[:7] == month)]
    return list(dict.fromkeys(each.id for each in found))


FIGURE = Figure(
    "agreement_expiry", mark("What ends when?"), ask, draw, finding, subtitle, table, height=300, counts="agreement",
    definition="runway", records=records,
)  # fmt: skip
