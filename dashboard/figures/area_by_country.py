"""In what, with whom, at a glance: which areas of research are worked on with which countries?"""

from __future__ import annotations

from dashboard.figures.crossing import Crossing
from dashboard.locale import mark, mark_plural
from dashboard.query import matrix

FIGURE = Crossing(
    ask=matrix.area_by_country,
    unit=mark("Agreements by research area and partner country; a blank cell means none"),
    many=mark_plural("{n} pair of area and country has {amount}", "{n} pairs of area and country share the lead, each with {amount}"),
    rows=6,
    columns=5,
    names=16,
).figure("area_by_country", mark("In which areas, with whom?"), 380)
