"""When did the cooperation with each country grow?"""

from __future__ import annotations

from dashboard.figures.panels import Panels
from dashboard.figures.words import AGREEMENTS
from dashboard.locale import mark, mark_plural
from dashboard.query import times

FIGURE = Panels(
    ask=lambda db, selection: times.by_year_and(db, selection, "agreement", "country"),
    unit=mark("Agreements signed up to each year, by partner country (flow, added up)"),
    texts=AGREEMENTS,
    many=mark_plural("In {years}, {n} country has {amount}", "In {years}, {n} countries share the lead, each with {amount}"),
    heads=(mark("Country"), mark("Agreements"), mark("Fractional sum")),
    definition="cumulated",
).figure("countries_over_time", mark("When did each country grow?"), click="country")
