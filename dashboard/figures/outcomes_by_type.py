"""What came of the cooperation?"""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboard.figures import Figure, Plot, ranking, sentences
from dashboard.figures.words import OUTCOME_TYPES, OUTCOMES, word
from dashboard.filters import Selection
from dashboard.locale import Say, mark, mark_plural
from dashboard.query import counts
from dashboard.query.chosen import COUNT, SHARE
from etl.tables import Outcome

UNIT = mark("Achieved outcomes by type")
UNKNOWN = mark_plural("{n} without a type", "{n} without a type")
HEADS = (mark("Type of outcome"), mark("Outcomes"))
CONTEST = sentences.Contest(
    OUTCOMES,
    mark_plural("{n} type is the most frequent: {amount}", "{n} types are the most frequent, each with {amount}"),
    sentences.COMMON,
)
#: Every record has one type, so both counting rules give the same.
_PLAIN = Selection()


def name(say: Say, row: pd.Series) -> str:
    """Say the type in words."""
    return word(say, OUTCOME_TYPES, row["code"])


def ask(db: duckdb.DuckDBPyConnection, selection: Selection) -> pd.DataFrame:
    """Ask :func:`dashboard.query.counts.by_code`."""
    return counts.by_code(db, selection, "outcome", Outcome.type)


def draw(frame: pd.DataFrame, say: Say, _selection: Selection) -> Plot:
    """Draw one bar per type, the largest first."""
    return ranking.draw(frame.assign(**{SHARE: frame[COUNT]}), say, _PLAIN, name, OUTCOMES)


def finding(frame: pd.DataFrame, say: Say, _selection: Selection) -> str:
    """Say which type leads."""
    return ranking.finding(frame, say, _PLAIN, name, CONTEST)


def subtitle(frame: pd.DataFrame, say: Say, _selection: Selection) -> str:
    """Say what is counted and how many have no type."""
    missing = sentences.unknown(frame)
    extra = [say.count(UNKNOWN, missing)] if missing else []
    return sentences.subtitle(say, frame, say(UNIT), say(sentences.ONCE), extra)


def table(frame: pd.DataFrame, say: Say) -> pd.DataFrame:
    """Return one row per type, the largest first."""
    names = [name(say, row) if isinstance(row["code"], str) else say(sentences.UNSTATED) for _, row in frame.iterrows()]
    return pd.DataFrame({say(HEADS[0]): names, say(HEADS[1]): frame[COUNT].to_list()})


FIGURE = Figure("outcomes_by_type", mark("What came of it?"), ask, draw, finding, subtitle, table, click="outcome", height=360)
