"""In which research fields are there most outcomes?"""

from __future__ import annotations

from dashboard.figures.ranking import Ranking
from dashboard.figures.words import OUTCOMES
from dashboard.locale import mark, mark_plural
from dashboard.query import counts

FIGURE = Ranking(
    ask=lambda db, selection: counts.by_field(db, selection, "outcome"),
    unit=mark("Achieved outcomes by research field"),
    texts=OUTCOMES,
    lead=mark_plural("{n} field leads with {amount}", "{n} fields share the lead, each with {amount}"),
    unknown=mark_plural("{n} without a research field", "{n} without a research field"),
    heads=(mark("Research field"), mark("Outcomes"), mark("Fractional sum")),
).figure("outcomes_by_field", mark("Outcomes in which fields?"), click="field")
