"""How far do the signed agreements of one cohort get: in force, any activity, an outcome?"""

from __future__ import annotations

from typing import Any

import duckdb
import pandas as pd

from dashboard.colours import ACCENT
from dashboard.figures import Figure, Plot, layouts, sentences
from dashboard.figures.words import AGREEMENTS
from dashboard.filters import Selection
from dashboard.indicators import standings as known
from dashboard.locale import Say, mark, mark_plural
from dashboard.plain import plain
from dashboard.query import registers, standings
from dashboard.query.chosen import AS_OF, COUNT, TOTAL

STAGES: dict[str, str] = {
    "signed": mark("Signed"),
    "in_force": mark("Came into force"),
    "activity": mark("Any activity"),
    "outcome": mark("Any outcome"),
}
assert tuple(STAGES) == known.STAGES
UNIT = mark("One cohort: agreements of the selection that were signed {years}; each stage is a part of the one before")
EVER, BETWEEN, IN_YEAR = mark("at any time"), mark("from {first} to {last}"), mark("in {first}")
RULE = mark("activity: a tied outcome, or tied news other than of the signing, not before signing")
YOUNG = mark("young agreements have had less time: see the curve from signing to first outcome")
FINDING = mark("{outcomes} of {signed} have an outcome; {activity} show any activity")
NONE = mark("No agreement of this selection has a date of signature")
SIGNED = mark_plural("{n} signed agreement", "{n} signed agreements")
UNDATED = mark_plural("{n} without a date of signature not in the cohort", "{n} without a date of signature not in the cohort")
HOVER = mark("{stage}: {amount}, {percent} % of the cohort")
HEADS = (mark("Stage"), mark("Agreements"), mark("Share of the cohort, %"))


def ask(db: duckdb.DuckDBPyConnection, selection: Selection) -> pd.DataFrame:
    """Return one row per stage in order: ``code``, ``n``.

    ``total`` is the cohort, ``undated`` what has no date; ``first`` and ``last`` year.
    """
    total, as_of = registers.size(db, selection, "agreement"), registers.as_of(db)
    numbers, (first, last) = standings.cohort(db, selection)
    lines = list(zip(STAGES, numbers, strict=True)) if total else []
    more: dict[str, Any] = {
        TOTAL: numbers[0], "undated": total - numbers[0], "first": first, "last": last, AS_OF: as_of if total else "",
    }  # fmt: skip
    return pd.DataFrame(lines, columns=["code", COUNT]).assign(**more)


def _percent(say: Say, number: int, cohort: int) -> str:
    return say.number(round(100 * number / cohort)) if cohort else ""


def draw(frame: pd.DataFrame, say: Say, _selection: Selection) -> Plot:
    """Draw one bar per stage, the first at the top, all from the same zero."""
    cohort = sentences.total(frame)
    if not cohort:
        return layouts.nothing()
    names = [say(STAGES[code]) for code in frame["code"]]
    numbers = [int(n) for n in frame[COUNT]]
    hovers = [
        plain(say(HOVER, stage=name, amount=say.count(AGREEMENTS, n), percent=_percent(say, n, cohort)))
        for name, n in zip(names, numbers, strict=True)
    ]
    labels = [f"{say.number(n)}  ({_percent(say, n, cohort)} %)" for n in numbers]
    custom = [[code, hover] for code, hover in zip(frame["code"], hovers, strict=True)]
    plot = layouts.bars(names, [float(n) for n in numbers], labels, custom, [ACCENT] * len(names))
    plot["layout"]["xaxis"]["range"] = [0, cohort * 1.6]  # "67  (100 %)" after the longest bar, on a phone, too
    return plot


def finding(frame: pd.DataFrame, say: Say, _selection: Selection) -> str:
    """Say how many of the cohort have an outcome and how many any activity."""
    if not len(frame):
        return say(sentences.NOTHING)
    by = {code: int(n) for code, n in zip(frame["code"], frame[COUNT], strict=True)}
    if not by["signed"]:
        return say(NONE)
    signed = say.count(SIGNED, by["signed"])
    return say(FINDING, outcomes=say.number(by["outcome"]), signed=signed, activity=say.number(by["activity"]))


def subtitle(frame: pd.DataFrame, say: Say, _selection: Selection) -> str:
    """Name the cohort, the rule of activity, and that the young have had less time."""
    if not len(frame):
        return sentences.subtitle(say, frame, say(UNIT, years=say(EVER)), say(sentences.ONCE))
    first, last = int(frame["first"].iloc[0]), int(frame["last"].iloc[0])
    years = say(IN_YEAR, first=first) if first == last else say(BETWEEN, first=first, last=last)
    undated = int(frame["undated"].iloc[0])
    extra = [say(RULE), *([say.count(UNDATED, undated)] if undated else []), say(YOUNG)]
    return sentences.subtitle(say, frame, say(UNIT, years=years if first else say(EVER)), say(sentences.ONCE), extra)


def table(frame: pd.DataFrame, say: Say) -> pd.DataFrame:
    """Return one row per stage."""
    cohort = sentences.total(frame) or 1
    shares = [round(100 * int(n) / cohort, 1) for n in frame[COUNT]]
    return pd.DataFrame(
        {say(HEADS[0]): [say(STAGES[c]) for c in frame["code"]], say(HEADS[1]): frame[COUNT].to_list(), say(HEADS[2]): shares}
    )


def records(db: duckdb.DuckDBPyConnection, selection: Selection, mark_: str) -> list[str]:
    """Return the agreements that reached the stage ``mark_``, or all of the cohort."""
    return standings.stages(db, selection).get(mark_ or "signed", [])


FIGURE = Figure(
    "stages", mark("How far do agreements get?"), ask, draw, finding, subtitle, table, height=220, counts="agreement", definition="stages",
    records=records,
)  # fmt: skip
