"""With which countries are there most agreements?"""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboard.figures import Figure, Plot, ranking, sentences
from dashboard.figures.sentences import name
from dashboard.figures.words import AGREEMENTS
from dashboard.filters import Selection
from dashboard.locale import Say, mark, mark_plural
from dashboard.query import counts

UNIT = mark("Agreements by partner country")
UNKNOWN = mark_plural("{n} without a partner country", "{n} without a partner country")
HEADS = (mark("Country"), mark("Agreements"), mark("Fractional sum"))
CONTEST = sentences.Contest(AGREEMENTS, mark_plural("{n} country leads with {amount}", "{n} countries share the lead, each with {amount}"))


def ask(db: duckdb.DuckDBPyConnection, selection: Selection) -> pd.DataFrame:
    """Ask :func:`dashboard.query.counts.by_country` for agreement."""
    return counts.by_country(db, selection, "agreement")


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
    """Return one row per country, most records first."""
    return ranking.table(frame, say, name, HEADS)


FIGURE = Figure("countries_ranking", mark("With which countries?"), ask, draw, finding, subtitle, table, click="country", height=400)
