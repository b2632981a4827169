"""A record unfolded within a list: what it led to, and every cell that it was read from."""

from __future__ import annotations

from dash.development.base_component import Component

from dashboard.locale import mark
from dashboard.pages import Context
from dashboard.pages.chain import chain, mentions
from dashboard.pages.names import title, to
from dashboard.parts import Child, badge, fact_list
from dashboard.query import registers
from etl.tables import Link

PROPOSED = mark("proposal, not counted")
TIED: dict[str, str] = {"agreement": mark("Agreements"), "news": mark("News"), "outcome": mark("Outcomes")}
_BRIDGES: dict[str, tuple[tuple[str, str], ...]] = {
    "agreement": (("news", "news_agreement"), ("outcome", "outcome_agreement")),
    "outcome": (("agreement", "outcome_agreement"), ("news", "news_outcome")),
    "news": (("agreement", "news_agreement"), ("outcome", "news_outcome")),
}


def unfolded(context: Context, kind: str, id_: str) -> list[Component]:
    """Return the records that it is tied to, then file, sheet, cell, raw text and rule of each value."""
    if kind == "partner":
        return [mentions(context, "partner", id_)]
    return [fact_list([(context.say(TIED[other]), _tied(context, kind, id_, other, bridge)) for other, bridge in _BRIDGES[kind]]),
            chain(context, kind, id_)]  # fmt: skip


def _tied(context: Context, kind: str, id_: str, other: str, bridge: str) -> list[Child]:
    found: list[Child] = []
    for row in registers.related(context.db, bridge, kind, [id_]):
        found += ["; "] if found else []
        found.append(to(context, other, row["id"], title(context.say, other, row)))
        found += [] if row[Link.accepted] else [" ", badge(context.say(PROPOSED), "warning")]
    return found
