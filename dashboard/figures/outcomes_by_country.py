"""With which countries are there most outcomes?"""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboard.figures import Figure, Plot, ranking, sentences
from dashboard.figures.sentences import name
from dashboard.figures.words import OUTCOMES
from dashboard.filters import Selection
from dashboard.locale import Say, mark, mark_plural
from dashboard.query import counts

UNIT = mark("Achieved outcomes by partner country")
UNKNOWN = mark_plural("{n} without a partner country", "{n} without a partner country")
HEADS = (mark("Country"), mark("Outcomes"), mark("Fractional sum"))
CONTEST = sentences.Contest(OUTCOMES, mark_plural("{n} country leads with {amount}", "{n} countries share the lead, each with {amount}"))


def ask(db: duckdb.DuckDBPyConnection, selection: Selection) -> pd.DataFrame:
    """Ask :func:`dashboard.query.counts.by_country` for outcome."""
    return counts.by_country(db, selection, "outcome")


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
    """Return one row per country, most records first."""
    return ranking.table(frame, say, name, HEADS)


FIGURE = Figure(
    "outcomes_by_country", mark("Outcomes with which countries?"), ask, draw, finding, subtitle, table, click="country", height=400
)
