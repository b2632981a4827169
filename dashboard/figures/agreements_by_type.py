"""Of which type are the agreements?"""

from __future__ import annotations

from dashboard.figures.ranking import Kinds
from dashboard.figures.words import AGREEMENT_TYPES, AGREEMENTS, word
from dashboard.locale import mark, mark_plural
from dashboard.query import counts
from etl.tables import Agreement

FIGURE = Kinds(
    ask=lambda db, selection: counts.by_code(db, selection, "agreement", Agreement.type),
    unit=mark("Agreements by type of document"),
    texts=AGREEMENTS,
    lead=mark_plural("{n} type is the most frequent: {amount}", "{n} types are the most frequent, each with {amount}"),
    unknown=mark_plural("{n} without a type", "{n} without a type"),
    heads=(mark("Type of document"), mark("Agreements")),
    name=lambda say, row: word(say, AGREEMENT_TYPES, row["code"]),
).figure("agreements_by_type", mark("Of which type?"), click="type")
