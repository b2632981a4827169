"""What is reported?"""

from __future__ import annotations

from dashboard.figures.ranking import Kinds
from dashboard.figures.words import EVENTS, NEWS, word
from dashboard.locale import mark, mark_plural
from dashboard.query import counts
from etl.tables import News

FIGURE = Kinds(
    ask=lambda db, selection: counts.by_code(db, selection, "news", News.event),
    unit=mark("News items by event"),
    texts=NEWS,
    lead=mark_plural("{n} event is the most frequent: {amount}", "{n} events are the most frequent, each with {amount}"),
    unknown=mark_plural("{n} without an event", "{n} without an event"),
    heads=(mark("Reported event"), mark("News items")),
    name=lambda say, row: word(say, EVENTS, row["code"]),
).figure("news_by_event", mark("What is reported?"))
