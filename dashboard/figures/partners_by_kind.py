"""What kinds of organisations are the partners?"""

from __future__ import annotations

from dashboard.figures.ranking import Kinds
from dashboard.figures.words import KINDS, PARTNERS, word
from dashboard.locale import mark, mark_plural
from dashboard.query import counts
from etl.tables import Partner

FIGURE = Kinds(
    ask=lambda db, selection: counts.partners_by(db, selection, Partner.kind),
    unit=mark("Partners of agreements by kind of organisation"),
    texts=PARTNERS,
    lead=mark_plural("{n} kind is the most frequent: {amount}", "{n} kinds are the most frequent, each with {amount}"),
    unknown=mark_plural("{n} without a type", "{n} without a type"),
    heads=(mark("Kind"), mark("Partners")),
    name=lambda say, row: word(say, KINDS, row["code"]),
).figure("partners_by_kind", mark("What kinds of partners?"))
