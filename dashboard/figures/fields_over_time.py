"""When did the cooperation in each research field grow?"""

from __future__ import annotations

from dashboard.figures.panels import Panels
from dashboard.figures.words import AGREEMENTS
from dashboard.locale import mark, mark_plural
from dashboard.query import times

FIGURE = Panels(
    ask=lambda db, selection: times.by_year_and(db, selection, "agreement", "field"),
    unit=mark("Agreements signed up to each year, by research field (flow, added up)"),
    texts=AGREEMENTS,
    many=mark_plural("In {years}, {n} field has {amount}", "In {years}, {n} fields share the lead, each with {amount}"),
    heads=(mark("Research field"), mark("Agreements"), mark("Fractional sum")),
    definition="cumulated",
).figure("fields_over_time", mark("When did each field grow?"), click="field")
