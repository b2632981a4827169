"""What came of the cooperation?"""

from __future__ import annotations

from dashboard.figures.ranking import Kinds
from dashboard.figures.words import OUTCOME_TYPES, OUTCOMES, word
from dashboard.locale import mark, mark_plural
from dashboard.query import counts
from etl.tables import Outcome

FIGURE = Kinds(
    ask=lambda db, selection: counts.by_code(db, selection, "outcome", Outcome.type),
    unit=mark("Achieved outcomes by type"),
    texts=OUTCOMES,
    lead=mark_plural("{n} type is the most frequent: {amount}", "{n} types are the most frequent, each with {amount}"),
    unknown=mark_plural("{n} without a type", "{n} without a type"),
    heads=(mark("Type of outcome"), mark("Outcomes")),
    name=lambda say, row: word(say, OUTCOME_TYPES, row["code"]),
    counts="outcome",
    definition="outcomes",
).figure("outcomes_by_type", mark("What came of it?"), click="outcome")
