"""In what, with whom: which research fields are worked on with which countries?"""

from __future__ import annotations

from dashboard.figures.crossing import Crossing
from dashboard.locale import mark, mark_plural
from dashboard.query import counts

FIGURE = Crossing(
    ask=lambda db, selection: counts.field_by_country(db, selection, "agreement"),
    unit=mark("Agreements by research field and partner country; a blank cell means none"),
    many=mark_plural("{n} pair of field and country has {amount}", "{n} pairs of field and country share the lead, each with {amount}"),
    rows=14,
    columns=12,
).figure("field_by_country", mark("In what, with whom?"), 500)
