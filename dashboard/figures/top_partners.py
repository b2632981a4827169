"""With which partners are there most agreements?"""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboard.figures import Figure, Plot, ranking, sentences
from dashboard.figures.sentences import name as name_in
from dashboard.figures.words import AGREEMENTS
from dashboard.filters import Selection
from dashboard.locale import Say, mark, mark_plural
from dashboard.query import counts
from etl.tables import Partner

UNIT = mark("Agreements by partner organisation")
UNKNOWN = mark_plural("{n} without a partner", "{n} without a partner")
HEADS = (mark("Partner"), mark("Agreements"), mark("Fractional sum"))
CONTEST = sentences.Contest(AGREEMENTS, mark_plural("{n} partner leads with {amount}", "{n} partners share the lead, each with {amount}"))


def name(say: Say, row: pd.Series) -> str:
    """Return the partner's name in the language, or as the sources write it."""
    return name_in(say, row) or str(row[Partner.name])


def ask(db: duckdb.DuckDBPyConnection, selection: Selection) -> pd.DataFrame:
    """Ask :func:`dashboard.query.counts.by_partner` for agreement."""
    return counts.by_partner(db, selection, "agreement")


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
    """Return one row per partner, most records first."""
    return ranking.table(frame, say, name, HEADS)


FIGURE = Figure("top_partners", mark("With which partners?"), ask, draw, finding, subtitle, table, click="partner", height=400)
