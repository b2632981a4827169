"""What came of the cooperation each year?"""

from __future__ import annotations

from dashboard.figures.words import OUTCOME_TYPES, OUTCOMES
from dashboard.figures.years import ByYear
from dashboard.locale import mark
from dashboard.query import counts
from etl.tables import Outcome

FIGURE = ByYear(
    ask=lambda db, selection: counts.by_year(db, selection, "outcome", Outcome.type),
    unit=mark("Achieved outcomes by year and type"),
    texts=OUTCOMES,
    vocabulary=OUTCOME_TYPES,
    heads=(mark("Type of outcome"), mark("Outcomes")),
).figure("outcomes_by_year", mark("What came of it each year?"))
