"""What is reported?"""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboard.figures import Figure, Plot, ranking, sentences
from dashboard.figures.words import EVENTS, NEWS, word
from dashboard.filters import Selection
from dashboard.locale import Say, mark, mark_plural
from dashboard.query import counts
from dashboard.query.chosen import COUNT, SHARE
from etl.tables import News

UNIT = mark("News items by event")
UNKNOWN = mark_plural("{n} without an event", "{n} without an event")
HEADS = (mark("Reported event"), mark("News items"))
CONTEST = sentences.Contest(
    NEWS, mark_plural("{n} event is the most frequent: {amount}", "{n} events are the most frequent, each with {amount}"), sentences.COMMON
)
#: Every record has one event, so both counting rules give the same.
_PLAIN = Selection()


def name(say: Say, row: pd.Series) -> str:
    """Say the event in words."""
    return word(say, EVENTS, row["code"])


def ask(db: duckdb.DuckDBPyConnection, selection: Selection) -> pd.DataFrame:
    """Ask :func:`dashboard.query.counts.by_code`."""
    return counts.by_code(db, selection, "news", News.event)


def draw(frame: pd.DataFrame, say: Say, _selection: Selection) -> Plot:
    """Draw one bar per event, the largest first."""
    return ranking.draw(frame.assign(**{SHARE: frame[COUNT]}), say, _PLAIN, name, NEWS)


def finding(frame: pd.DataFrame, say: Say, _selection: Selection) -> str:
    """Say which event leads."""
    return ranking.finding(frame, say, _PLAIN, name, CONTEST)


def subtitle(frame: pd.DataFrame, say: Say, _selection: Selection) -> str:
    """Say what is counted and how many have no event."""
    missing = sentences.unknown(frame)
    extra = [say.count(UNKNOWN, missing)] if missing else []
    return sentences.subtitle(say, frame, say(UNIT), say(sentences.ONCE), extra)


def table(frame: pd.DataFrame, say: Say) -> pd.DataFrame:
    """Return one row per event, the largest first."""
    names = [name(say, row) if isinstance(row["code"], str) else say(sentences.UNSTATED) for _, row in frame.iterrows()]
    return pd.DataFrame({say(HEADS[0]): names, say(HEADS[1]): frame[COUNT].to_list()})


FIGURE = Figure("news_by_event", mark("What is reported?"), ask, draw, finding, subtitle, table, click="", height=360)
