"""How long after its signature does an agreement have its first outcome?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from dashboard.colours import CATEGORIES, INK, LINE, MUTED
from dashboard.figures import Figure, Plot, layouts, sentences
from dashboard.figures.words import AGREEMENT_TYPES, word
from dashboard.filters import Selection
from dashboard.indicators.attribution import LONGEST
from dashboard.indicators.survival import ENDINGS, Step, Watched, at_risk, curve_of, trusted
from dashboard.locale import Say, mark, mark_plural
from dashboard.plain import plain, short
from dashboard.query import portfolio, registers, standings
from dashboard.query.chosen import AS_OF, COUNT, TOTAL, rows_of
from dashboard.query.held_parts import Flags
from dashboard.query.standings import Waits

FEWEST = 10
"""A curve stops where fewer are still waiting."""
STRATA = 4
YEAR = 12
MOST_STEPS = 150
"""Steps of a curve that are drawn: of more, the eye sees none."""
EVERY = "all"
_HORIZONS = (24, 12, 6)
UNIT = mark("Share of signed agreements with a first outcome, by months since they are in force")
METHOD = mark(
    "cumulative incidence (Kaplan–Meier where no term ends first) with 95 % interval; drawn while {n} or more wait (a type: for a year)"
)
RULE = mark("an outcome counts from the first day to the end of the agreement, a publication up to {n} months longer")
CROWDED = mark("an outcome tied to no agreement counts for none: too many agreements share its partners")
LOOSE = mark("an outcome tied to no agreement counts for the one that shares most partners and fields with it")
WITHIN = mark("Within {months} of coming into force, {percent} % of agreements have a first outcome")
HALF = mark("Half of the agreements have a first outcome within {months}; {percent} % within {first}")
FEW = mark_plural(
    "{done} of {n} agreement with a known start has an outcome; too few wait long enough for a curve",
    "{done} of {n} agreements with a known start have an outcome; too few wait long enough for a curve",
)
NO_CURVE = mark("Fewer than {n} still wait after a year")
MONTHS = mark_plural("{n} month", "{n} months")
UNDATED = mark_plural("{n} without a date of signature left out", "{n} without a date of signature left out")
BEFORE = mark_plural("{n} outcome before signing left out", "{n} outcomes before signing left out")
LATER = mark_plural("{n} outcome after the end left out", "{n} outcomes after the end left out")
NO_DAY = mark_plural("{n} whose outcomes have no date left out", "{n} whose outcomes have no date left out")
OVER = mark_plural("{n} was over before any outcome", "{n} were over before any outcome")
ALL, AXIS = mark("All types"), mark("Months since in force; below: how many still wait")
HOVER = mark("{group}, {months}: {percent} % with an outcome ({low}–{high} %), {waiting} still waiting")
HEADS = (
    mark("Type"), mark("Months"), mark("With an outcome, %"), mark("95 % interval from"), mark("95 % interval to"), mark("Still waiting"),
    mark("First outcomes"),
)  # fmt: skip
_COLUMNS = ["code", "time", "estimate", "low", "high", "at_risk", "events", COUNT, "until", "half"]
Row = dict[str, Any]
_STEP = ["time", "estimate", "low", "high", "at_risk", "events"]
_LEFT_OUT = ["unsigned", "before", "after", "undated", "over"]


def groups(found: Waits) -> dict[str, Flags]:
    """Return all waits that can be placed, then those of each type whose curve lasts a year, the largest first; at most :data:`STRATA`."""
    placed = found.placed()
    large = {code: placed & (found.type == number) for number, code in enumerate(found.codes)}
    sizes = {code: int(np.count_nonzero(which)) for code, which in large.items()}
    lasting = (code for code, n in sizes.items() if n and trusted(found.seen(large[code]), FEWEST) >= YEAR)
    names = sorted(lasting, key=lambda code: (-sizes[code], code))
    return {EVERY: placed} | {code: large[code] for code in names[: STRATA - 1] if sizes[code] < np.count_nonzero(placed)}


def ask(db: duckdb.DuckDBPyConnection, selection: Selection) -> pd.DataFrame:
    """Return one row per group and step of its curve, from month 0 to the last at which :data:`FEWEST` still wait; in that order.

    ``code`` is the type, or ``all``. ``n`` agreements are in the group, ``half`` is the month by which half have an outcome
    (absent where the curve does not reach it). What is left out and why stands in every row: ``unsigned``, ``before``,
    ``after``, ``undated``, ``over``.
    """
    found = standings.waits(db, selection)
    endings = np.bincount(found.ending, minlength=len(ENDINGS)).tolist()
    left_out: dict[str, Any] = {
        "unsigned": found.chosen - len(found.at), "before": int(found.outside["before"].sum()), "after": int(found.outside["after"].sum()),
        "undated": int(np.count_nonzero(~found.placed())), "over": endings[ENDINGS.index("other")], "done": endings[ENDINGS.index("event")],
    }  # fmt: skip
    lines = [line for group, which in groups(found).items() for line in _curve(group, found.seen(which))] if found.chosen else []
    left_out["crowded"] = int(portfolio.is_too_crowded(db))
    frame = pd.DataFrame(lines, columns=_COLUMNS).astype({"half": "float64"})
    left_out |= {TOTAL: found.chosen, AS_OF: registers.as_of(db) if found.chosen else ""}
    return frame.assign(**left_out)


def _curve(group: str, seen: Watched) -> list[tuple[Any, ...]]:
    until, found = trusted(seen, FEWEST), curve_of(seen)
    number = found.until(until)
    half = found.median(number)
    drawn = [*range(0, number, number // MOST_STEPS), number - 1] if number > MOST_STEPS else range(number)
    shown = [found.step(at) for at in drawn]
    begin = Step(0.0, 0.0, 0.0, 0.0, len(seen.times), 0)
    marks = [_at(tick, shown, seen) for tick in range(YEAR, int(until) + 1, YEAR) if not any(s.time == tick for s in shown)]
    end = [] if int(until) == until and until in [s.time for s in (*marks, *shown)] else [_at(until, shown, seen)]
    steps = [begin, *sorted([*shown, *marks, *end], key=lambda s: s.time)]
    return [(group, s.time, s.estimate, s.low, s.high, s.at_risk, s.events, len(seen.times), until, half) for s in steps]


def _at(time: float, steps: Sequence[Step], seen: Watched) -> Step:
    """Return the state at ``time``, a year's mark or the end of the curve, where nothing happens."""
    passed = [step for step in steps if step.time <= time]
    last = passed[-1] if passed else Step(0.0, 0.0, 0.0, 0.0, 0, 0)
    return Step(float(time), last.estimate, last.low, last.high, at_risk(seen, time), 0)


def _of(frame: pd.DataFrame, group: str = EVERY) -> pd.DataFrame:
    return frame[frame["code"] == group]


def share_at(frame: pd.DataFrame, group: str, month: float) -> float:
    """Return the estimate of a group at ``month``."""
    curve = _of(frame, group)
    return float(curve.loc[curve["time"] <= month, "estimate"].iloc[-1])


def _is_drawn(frame: pd.DataFrame) -> bool:
    return len(frame) > 0 and int(frame[COUNT].iloc[0]) >= FEWEST and float(frame["until"].iloc[0]) >= YEAR


def _label(say: Say, name: str, colour: str) -> str:
    """Return the name of a curve in its colour; that of the text is the axis's own, which is another in the dark."""
    said = plain(short(_name(say, name), 22))
    return said if colour == INK else f'<span style="color:{colour}">{said}</span>'


def draw(frame: pd.DataFrame, say: Say, _selection: Selection) -> Plot:
    """Draw a rising step curve per group, the interval of all types as a band, and below the axis how many still wait."""
    if not _is_drawn(frame):
        note = {"text": plain(say(NO_CURVE, n=FEWEST)), "showarrow": False, "font": {"color": MUTED}, "xref": "paper", "yref": "paper"}
        return {"data": [], "layout": layouts.nothing()["layout"] | {"annotations": [note | {"x": 0.5, "y": 0.6}]}}
    steps: dict[str, list[Row]] = {}
    for row in rows_of(frame[["code", *_STEP]]):
        steps.setdefault(row["code"], []).append(row)
    names, end = list(steps), float(frame["until"].iloc[0])
    hues = layouts.hues(list(AGREEMENT_TYPES))
    colours = {name: INK if name == EVERY else hues.get(name, CATEGORIES[-1]) for name in names}
    apart = 2 * YEAR if end > 8 * YEAR else YEAR
    ticks = list(range(0, int(end) + 1, apart))
    traces = [_band(steps[EVERY]), *(_line(steps[name], say, name, colours[name]) for name in reversed(names))]
    traces += [_waiting(steps[name], say, i, ticks, colours[name]) for i, name in enumerate(names)]
    below = 0.075 * len(names)
    labels = [_label(say, name, colours[name]) for name in names]
    top = min(1.0, max(0.1, float(frame["high"].max()) * 1.05))
    y = layouts.amounts_axis(tickformat=".0%", range=[0, top], domain=[below + 0.12, 1])
    x = layouts.quiet_axis(
        range=[-end * 0.02, end * 1.02], tickvals=ticks, tickfont={"color": MUTED}, anchor="y", title={"text": say(AXIS), "standoff": 4}
    )
    y2 = layouts.quiet_axis(
        domain=[0, below],
        range=[len(names) - 0.5, -0.5],
        tickvals=list(range(len(names))),
        ticktext=labels,
        anchor="x",
        tickfont={"color": INK},
    )
    return {"data": traces, "layout": layouts.layout(xaxis=x, yaxis=y, yaxis2=y2)}


def _name(say: Say, group: str) -> str:
    return say(ALL) if group == EVERY else word(say, AGREEMENT_TYPES, group)


def _line(rows: Sequence[Row], say: Say, group: str, colour: str) -> dict[str, Any]:
    name = _name(say, group)
    hovers = [plain(_hover(say, name, row)) for row in rows]
    return {
        "type": "scatter", "mode": "lines", "x": [float(row["time"]) for row in rows], "y": [float(row["estimate"]) for row in rows],
        "line": {"shape": "hv", "color": colour, "width": 3 if group == EVERY else 1.75, "dash": "solid" if group == EVERY else "dot"},
        "customdata": [["", hover] for hover in hovers], "hovertemplate": "%{customdata[1]}<extra></extra>",
    }  # fmt: skip


def _hover(say: Say, name: str, row: Row) -> str:
    percent = {each: say.number(round(100 * float(row[each]))) for each in ("estimate", "low", "high")}
    months = say.count(MONTHS, int(row["time"]))
    return say(
        HOVER, group=name, months=months, percent=percent["estimate"], low=percent["low"], high=percent["high"],
        waiting=say.number(int(row["at_risk"] - row["events"])),
    )  # fmt: skip


def _band(rows: Sequence[Row]) -> dict[str, Any]:
    """Return the interval as one closed area with the corners of the steps."""
    times, upper, lower = ([row[name] for row in rows] for name in ("time", "high", "low"))
    path = [(x, j) for i, x in enumerate(times) for j in ((i - 1, i) if i else (0,))]
    xs = [x for x, _ in path]
    return {
        "type": "scatter", "mode": "lines", "x": xs + xs[::-1], "y": [upper[j] for _, j in path] + [lower[j] for _, j in reversed(path)],
        "fill": "toself", "fillcolor": MUTED, "opacity": 0.18, "line": {"width": 0, "color": LINE}, "hoverinfo": "skip",
    }  # fmt: skip


def _waiting(rows: Sequence[Row], say: Say, line: int, ticks: list[int], colour: str) -> dict[str, Any]:
    """Return the numbers still waiting just before each mark of the axis, as a line of text below it."""
    # Where two steps stand at one time, the first says how many waited just before it.
    waiting = {row["time"]: row["at_risk"] for row in reversed(rows)}
    shown = [tick for tick in ticks if float(tick) in waiting]
    return {
        "type": "scatter", "mode": "text", "x": shown, "y": [line] * len(shown), "yaxis": "y2", "hoverinfo": "skip", "cliponaxis": False,
        "text": [say.number(int(waiting[float(tick)])) for tick in shown], "textfont": {"size": 12, "color": colour},
    }  # fmt: skip


def finding(frame: pd.DataFrame, say: Say, _selection: Selection) -> str:
    """Say what share has an outcome within two years (or as far as the curve goes), and when half have one where the curve reaches it."""
    if not len(frame):
        return say(sentences.NOTHING)
    if not _is_drawn(frame):
        return say.count(FEW, int(frame[COUNT].iloc[0]), done=say.number(int(frame["done"].iloc[0])))
    until, half = float(frame["until"].iloc[0]), frame["half"].iloc[0]
    horizon = next((each for each in _HORIZONS if each <= until), int(until))
    percent = say.number(round(100 * share_at(frame, EVERY, horizon)))
    if half == half and round(half) > horizon:  # the same number of months with two shares would contradict itself
        return say(HALF, months=say.count(MONTHS, round(half)), percent=percent, first=say.count(MONTHS, horizon))
    return say(WITHIN, months=say.count(MONTHS, horizon), percent=percent)


def subtitle(frame: pd.DataFrame, say: Say, _selection: Selection) -> str:
    """Say what is counted, by which rule an outcome is an agreement's, and all that is left out."""
    if not len(frame):
        return sentences.subtitle(say, frame, say(UNIT), "")
    left = {name: int(frame[name].iloc[0]) for name in _LEFT_OUT}
    said = (("unsigned", UNDATED), ("undated", NO_DAY), ("before", BEFORE), ("after", LATER), ("over", OVER))
    extra = [
        say(RULE, n=LONGEST),
        say(CROWDED if frame["crowded"].iloc[0] else LOOSE),
        *(say.count(text, left[name]) for name, text in said if left[name]),
    ]
    return sentences.subtitle(say, frame, say(UNIT), say(METHOD, n=FEWEST), extra)


def table(frame: pd.DataFrame, say: Say) -> pd.DataFrame:
    """Return one row per group and step."""
    columns = (
        [_name(say, group) for group in frame["code"]], frame["time"].round(1).to_list(), (100 * frame["estimate"]).round(1).to_list(),
        (100 * frame["low"]).round(1).to_list(), (100 * frame["high"]).round(1).to_list(), frame["at_risk"].to_list(),
        frame["events"].to_list(),
    )  # fmt: skip
    return pd.DataFrame({say(head): values for head, values in zip(HEADS, columns, strict=True)})


def records(db: duckdb.DuckDBPyConnection, selection: Selection, mark_: str) -> list[str]:
    """Return the agreements behind a curve: those of the type, or all that the curve of all types counts."""
    found = standings.waits(db, selection)
    which = groups(found).get(mark_ or EVERY)
    return [] if which is None else found.ids(which)


FIGURE = Figure(
    "first_outcome", mark("How long until the first outcome?"), ask, draw, finding, subtitle, table, height=420, counts="agreement",
    definition="survival", records=records,
)  # fmt: skip
