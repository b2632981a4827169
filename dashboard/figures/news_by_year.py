"""What was reported each year?"""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboard.figures import Figure, Plot, years
from dashboard.figures.words import EVENTS, NEWS
from dashboard.filters import Selection
from dashboard.locale import Say, mark
from dashboard.query import counts
from etl.tables import News

UNIT = mark("News items by year and event")
HEADS = (mark("Reported event"), mark("News items"))


def ask(db: duckdb.DuckDBPyConnection, selection: Selection) -> pd.DataFrame:
    """Ask :func:`dashboard.query.counts.by_year`."""
    return counts.by_year(db, selection, "news", News.event)


def draw(frame: pd.DataFrame, say: Say, _selection: Selection) -> Plot:
    """Draw columns by year; each record has one event, so stacking is safe under both counting rules."""
    return years.draw(frame, say, EVENTS, NEWS)


def finding(frame: pd.DataFrame, say: Say, _selection: Selection) -> str:
    """Name the busiest year."""
    return years.finding(frame, say, NEWS)


def subtitle(frame: pd.DataFrame, say: Say, selection: Selection) -> str:
    """Say what is counted and how many have no year."""
    return years.subtitle(frame, say, selection, say(UNIT))


def table(frame: pd.DataFrame, say: Say) -> pd.DataFrame:
    """Return one row per year and event."""
    return years.table(frame, say, EVENTS, HEADS)


FIGURE = Figure("news_by_year", mark("What was reported each year?"), ask, draw, finding, subtitle, table, click="since", height=380)
