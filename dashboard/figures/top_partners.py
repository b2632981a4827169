"""With which partners are there most agreements?"""

from __future__ import annotations

from dashboard.figures import sentences
from dashboard.figures.ranking import Ranking
from dashboard.figures.words import AGREEMENTS
from dashboard.locale import Say, mark, mark_plural
from dashboard.query import counts
from etl.tables import Partner


def name(say: Say, row: sentences.Row) -> str:
    """Return the partner's name in the language, or as the sources write it."""
    return sentences.name(say, row) or str(row[Partner.name])


FIGURE = Ranking(
    ask=lambda db, selection: counts.by_partner(db, selection, "agreement"),
    unit=mark("Agreements by partner organisation"),
    texts=AGREEMENTS,
    lead=mark_plural("{n} partner leads with {amount}", "{n} partners share the lead, each with {amount}"),
    unknown=mark_plural("{n} without a partner", "{n} without a partner"),
    heads=(mark("Partner"), mark("Agreements"), mark("Fractional sum")),
    name=name,
    definition="partners",
).figure("top_partners", mark("With which partners?"), click="partner")
