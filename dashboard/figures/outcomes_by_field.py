"""In which research fields are there most outcomes?"""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboard.figures import Figure, Plot, ranking, sentences
from dashboard.figures.sentences import name
from dashboard.figures.words import OUTCOMES
from dashboard.filters import Selection
from dashboard.locale import Say, mark, mark_plural
from dashboard.query import counts

UNIT = mark("Achieved outcomes by research field")
UNKNOWN = mark_plural("{n} without a research field", "{n} without a research field")
HEADS = (mark("Research field"), mark("Outcomes"), mark("Fractional sum"))
CONTEST = sentences.Contest(OUTCOMES, mark_plural("{n} field leads with {amount}", "{n} fields share the lead, each with {amount}"))


def ask(db: duckdb.DuckDBPyConnection, selection: Selection) -> pd.DataFrame:
    """Ask :func:`dashboard.query.counts.by_field` for outcome."""
    return counts.by_field(db, selection, "outcome")


def draw(frame: pd.DataFrame, say: Say, selection: Selection) -> Plot:
    """Draw the 15 largest as bars."""
    return ranking.draw(frame, say, selection, name, OUTCOMES)


def finding(frame: pd.DataFrame, say: Say, selection: Selection) -> str:
    """Say who leads."""
    return ranking.finding(frame, say, selection, name, CONTEST)


def subtitle(frame: pd.DataFrame, say: Say, selection: Selection) -> str:
    """Say what is counted and what is left out."""
    return ranking.subtitle(frame, say, selection, say(UNIT), UNKNOWN)


def table(frame: pd.DataFrame, say: Say) -> pd.DataFrame:
    """Return one row per field, most records first."""
    return ranking.table(frame, say, name, HEADS)


FIGURE = Figure("outcomes_by_field", mark("Outcomes in which fields?"), ask, draw, finding, subtitle, table, click="field", height=400)
