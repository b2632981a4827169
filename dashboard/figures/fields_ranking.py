"""In which research fields are there most agreements?"""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboard.figures import Figure, Plot, ranking, sentences
from dashboard.figures.sentences import name
from dashboard.figures.words import AGREEMENTS
from dashboard.filters import Selection
from dashboard.locale import Say, mark, mark_plural
from dashboard.query import counts

UNIT = mark("Agreements by research field")
UNKNOWN = mark_plural("{n} without a research field", "{n} without a research field")
HEADS = (mark("Research field"), mark("Agreements"), mark("Fractional sum"))
CONTEST = sentences.Contest(AGREEMENTS, mark_plural("{n} field leads with {amount}", "{n} fields share the lead, each with {amount}"))


def ask(db: duckdb.DuckDBPyConnection, selection: Selection) -> pd.DataFrame:
    """Ask :func:`dashboard.query.counts.by_field` for agreement."""
    return counts.by_field(db, selection, "agreement")


def draw(frame: pd.DataFrame, say: Say, selection: Selection) -> Plot:
    """Draw the 15 largest as bars."""
    return ranking.draw(frame, say, selection, name, AGREEMENTS)


def finding(frame: pd.DataFrame, say: Say, selection: Selection) -> str:
    """Say who leads."""
    return ranking.finding(frame, say, selection, name, CONTEST)


def subtitle(frame: pd.DataFrame, say: Say, selection: Selection) -> str:
    """Say what is counted and what is left out."""
    return ranking.subtitle(frame, say, selection, say(UNIT), UNKNOWN)


def table(frame: pd.DataFrame, say: Say) -> pd.DataFrame:
    """Return one row per field, most records first."""
    return ranking.table(frame, say, name, HEADS)


FIGURE = Figure("fields_ranking", mark("In which research fields?"), ask, draw, finding, subtitle, table, click="field", height=400)
