"""How many agreements were signed each year, of which type?"""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboard.figures import Figure, Plot, years
from dashboard.figures.words import AGREEMENT_TYPES, AGREEMENTS
from dashboard.filters import Selection
from dashboard.locale import Say, mark
from dashboard.query import counts
from etl.tables import Agreement

UNIT = mark("Agreements signed in each year (flow), by type")
HEADS = (mark("Type of document"), mark("Agreements"))


def ask(db: duckdb.DuckDBPyConnection, selection: Selection) -> pd.DataFrame:
    """Ask :func:`dashboard.query.counts.by_year`."""
    return counts.by_year(db, selection, "agreement", Agreement.type)


def draw(frame: pd.DataFrame, say: Say, _selection: Selection) -> Plot:
    """Draw columns by year; each record has one type, so stacking is safe under both counting rules."""
    return years.draw(frame, say, AGREEMENT_TYPES, AGREEMENTS)


def finding(frame: pd.DataFrame, say: Say, _selection: Selection) -> str:
    """Name the busiest year."""
    return years.finding(frame, say, AGREEMENTS)


def subtitle(frame: pd.DataFrame, say: Say, selection: Selection) -> str:
    """Say what is counted and how many have no year."""
    return years.subtitle(frame, say, selection, say(UNIT))


def table(frame: pd.DataFrame, say: Say) -> pd.DataFrame:
    """Return one row per year and type."""
    return years.table(frame, say, AGREEMENT_TYPES, HEADS)


FIGURE = Figure(
    "agreements_by_year", mark("How many agreements were signed each year?"), ask, draw, finding, subtitle, table, click="since", height=380
)
