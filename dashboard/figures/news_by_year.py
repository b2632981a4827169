"""What was reported each year?"""

from __future__ import annotations

from dashboard.figures.words import EVENTS, NEWS
from dashboard.figures.years import ByYear
from dashboard.locale import mark
from dashboard.query import counts
from etl.tables import News

FIGURE = ByYear(
    ask=lambda db, selection: counts.by_year(db, selection, "news", News.event),
    unit=mark("News items by year and event"),
    texts=NEWS,
    vocabulary=EVENTS,
    heads=(mark("Reported event"), mark("News items")),
).figure("news_by_year", mark("What was reported each year?"))
