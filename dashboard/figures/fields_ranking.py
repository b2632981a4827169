"""In which research fields are there most agreements?"""

from __future__ import annotations

from dashboard.figures.ranking import Ranking
from dashboard.figures.words import AGREEMENTS
from dashboard.locale import mark, mark_plural
from dashboard.query import counts

FIGURE = Ranking(
    ask=lambda db, selection: counts.by_field(db, selection, "agreement"),
    unit=mark("Agreements by research field"),
    texts=AGREEMENTS,
    lead=mark_plural("{n} field leads with {amount}", "{n} fields share the lead, each with {amount}"),
    unknown=mark_plural("{n} without a research field", "{n} without a research field"),
    heads=(mark("Research field"), mark("Agreements"), mark("Fractional sum")),
).figure("fields_ranking", mark("In which research fields?"), click="field")
