"""With which countries are there most outcomes?"""

from __future__ import annotations

from dashboard.figures.ranking import Ranking
from dashboard.figures.words import OUTCOMES
from dashboard.locale import mark, mark_plural
from dashboard.query import counts

FIGURE = Ranking(
    ask=lambda db, selection: counts.by_country(db, selection, "outcome"),
    unit=mark("Achieved outcomes by partner country"),
    texts=OUTCOMES,
    lead=mark_plural("{n} country leads with {amount}", "{n} countries share the lead, each with {amount}"),
    unknown=mark_plural("{n} without a partner country", "{n} without a partner country"),
    heads=(mark("Country"), mark("Outcomes"), mark("Fractional sum")),
).figure("outcomes_by_country", mark("Outcomes with which countries?"), click="country")
