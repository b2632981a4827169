"""With which countries are there most agreements?"""

from __future__ import annotations

from dashboard.figures.ranking import Ranking
from dashboard.figures.words import AGREEMENTS
from dashboard.locale import mark, mark_plural
from dashboard.query import counts

FIGURE = Ranking(
    ask=lambda db, selection: counts.by_country(db, selection, "agreement"),
    unit=mark("Agreements by partner country"),
    texts=AGREEMENTS,
    lead=mark_plural("{n} country leads with {amount}", "{n} countries share the lead, each with {amount}"),
    unknown=mark_plural("{n} without a partner country", "{n} without a partner country"),
    heads=(mark("Country"), mark("Agreements"), mark("Fractional sum")),
    definition="countries",
).figure("countries_ranking", mark("With which countries?"), click="country")
