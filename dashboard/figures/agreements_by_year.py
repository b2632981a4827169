"""How many agreements were signed each year, of which type?"""

from __future__ import annotations

from dashboard.figures.words import AGREEMENT_TYPES, AGREEMENTS
from dashboard.figures.years import ByYear
from dashboard.locale import mark
from dashboard.query import counts
from etl.tables import Agreement

FIGURE = ByYear(
    ask=lambda db, selection: counts.by_year(db, selection, "agreement", Agreement.type),
    unit=mark("Agreements signed in each year (flow), by type"),
    texts=AGREEMENTS,
    vocabulary=AGREEMENT_TYPES,
    heads=(mark("Type of document"), mark("Agreements")),
).figure("agreements_by_year", mark("How many agreements were signed each year?"))
