"""Which agreements are in force on the as-of date, and of how many is the end not known?"""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboard.colours import ACCENT, OTHERS, WARNING
from dashboard.figures import Figure, Plot, layouts, sentences
from dashboard.figures.words import AGREEMENTS, STATUSES, word
from dashboard.filters import Selection
from dashboard.locale import Say, mark, mark_plural
from dashboard.plain import plain
from dashboard.query import registers, standings
from dashboard.query.chosen import AS_OF, COUNT, TOTAL, rows_of
from etl.indicators.status import IN_FORCE

UNIT = mark("Agreements by status, worked out from their dates")
FINDING = mark("{in_force} in force as far as the dates tell; the end of {unknown} is not stated")
NONE_IN_FORCE = mark("No agreement is known to be in force; the end of {unknown} is not stated")
FORCE = mark_plural("{n} agreement is", "{n} agreements are")
UNKNOWN = mark_plural("{n} other", "{n} others")
POSSIBLE = mark_plural(
    "{n} could have another status, because only the month or year is known",
    "{n} could have another status, because only the month or year is known",
)
HEADS = (mark("Status"), mark("Agreements"), mark("of which not certain"))
HOVER = mark("{status}: {amount}, {unsure} of them not certain")


def ask(db: duckdb.DuckDBPyConnection, selection: Selection) -> pd.DataFrame:
    """Return one row per status that occurs, in the order of :data:`etl.indicators.status.STATUSES`.

    Columns: ``code``, ``n``, ``unsure`` (of them, with unsharp dates that allow another status), ``total``, ``as_of``.
    """
    total, as_of = registers.size(db, selection, "agreement"), registers.as_of(db)
    counted = [(*each, total, as_of) for each in standings.by_status(db, selection)]
    return pd.DataFrame(counted, columns=["code", COUNT, "unsure", TOTAL, AS_OF])


def draw(frame: pd.DataFrame, say: Say, _selection: Selection) -> Plot:
    """Draw one bar per status: in force in the accent, ending soon in the warning colour, everything else grey."""
    if not len(frame):
        return layouts.nothing()
    names = [word(say, STATUSES, code) for code in frame["code"]]
    hovers = [
        plain(say(HOVER, status=name, amount=say.count(AGREEMENTS, int(row[COUNT])), unsure=say.number(int(row["unsure"]))))
        for name, row in zip(names, rows_of(frame), strict=True)
    ]
    colours = [WARNING if code == "expiring" else ACCENT if code in IN_FORCE else OTHERS for code in frame["code"]]
    numbers = [float(n) for n in frame[COUNT]]
    return layouts.bars(
        names, numbers, [say.number(int(n)) for n in numbers], [list(pair) for pair in zip(frame["code"], hovers, strict=True)], colours
    )


def finding(frame: pd.DataFrame, say: Say, _selection: Selection) -> str:
    """Say how many are in force and of how many that is not known."""
    if not len(frame):
        return say(sentences.NOTHING)
    in_force = int(frame.loc[frame["code"].isin(list(IN_FORCE)), COUNT].sum())
    unknown = int(frame.loc[frame["code"] == "end_unknown", COUNT].sum())
    if not in_force:
        return say(NONE_IN_FORCE, unknown=say.number(unknown))
    return say(FINDING, in_force=say.count(FORCE, in_force), unknown=say.count(UNKNOWN, unknown))


def subtitle(frame: pd.DataFrame, say: Say, _selection: Selection) -> str:
    """Say what is counted and how many are not certain."""
    unsure = int(frame["unsure"].sum())
    extra = [say.count(POSSIBLE, unsure)] if unsure else []
    return sentences.subtitle(say, frame, say(UNIT), say(sentences.ONCE), extra)


def table(frame: pd.DataFrame, say: Say) -> pd.DataFrame:
    """Return one row per status."""
    names = [word(say, STATUSES, code) for code in frame["code"]]
    return pd.DataFrame({say(HEADS[0]): names, say(HEADS[1]): frame[COUNT].to_list(), say(HEADS[2]): frame["unsure"].to_list()})


FIGURE = Figure("status_of_agreements", mark("What is in force?"), ask, draw, finding, subtitle, table, click="status", height=300,
                counts="agreement", definition="status")  # fmt: skip
