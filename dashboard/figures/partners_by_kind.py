"""What kinds of organisations are the partners?"""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboard.figures import Figure, Plot, ranking, sentences
from dashboard.figures.words import KINDS, PARTNERS, word
from dashboard.filters import Selection
from dashboard.locale import Say, mark, mark_plural
from dashboard.query import counts
from dashboard.query.chosen import COUNT, SHARE
from etl.tables import Partner

UNIT = mark("Partners of agreements by kind of organisation")
HEADS = (mark("Kind"), mark("Partners"))
CONTEST = sentences.Contest(
    PARTNERS,
    mark_plural("{n} kind is the most frequent: {amount}", "{n} kinds are the most frequent, each with {amount}"),
    sentences.COMMON,
)
#: A partner has one kind, so both counting rules give the same.
_PLAIN = Selection()


def name(say: Say, row: pd.Series) -> str:
    """Say the kind in words."""
    return word(say, KINDS, row["code"])


def ask(db: duckdb.DuckDBPyConnection, selection: Selection) -> pd.DataFrame:
    """Ask :func:`dashboard.query.counts.partners_by`."""
    return counts.partners_by(db, selection, Partner.kind)


def draw(frame: pd.DataFrame, say: Say, _selection: Selection) -> Plot:
    """Draw one bar per kind, the largest first."""
    return ranking.draw(frame.assign(**{SHARE: frame[COUNT]}), say, _PLAIN, name, PARTNERS)


def finding(frame: pd.DataFrame, say: Say, _selection: Selection) -> str:
    """Say which kind leads."""
    return ranking.finding(frame, say, _PLAIN, name, CONTEST)


def subtitle(frame: pd.DataFrame, say: Say, _selection: Selection) -> str:
    """Say what is counted."""
    return sentences.subtitle(say, frame, say(UNIT), say(sentences.ONCE))


def table(frame: pd.DataFrame, say: Say) -> pd.DataFrame:
    """Return one row per kind, the largest first."""
    return pd.DataFrame({say(HEADS[0]): [name(say, row) for _, row in frame.iterrows()], say(HEADS[1]): frame[COUNT].to_list()})


FIGURE = Figure("partners_by_kind", mark("What kinds of partners?"), ask, draw, finding, subtitle, table, height=360)
