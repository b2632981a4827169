"""Agreements that no outcome is tied to, with their age: what is in force first, the oldest at the top."""

from __future__ import annotations

from datetime import date

from dash.development.base_component import Component

from dashboard.figures.words import AGREEMENTS
from dashboard.indicators.attribution import MONTH, middle, start
from dashboard.locale import Say, mark, mark_plural
from dashboard.pages import Context
from dashboard.pages.lists import status_badge, status_of
from dashboard.pages.names import Row, day, several, title, to
from dashboard.parts import Child, Column, empty, section, table
from dashboard.query import registers, standings
from etl.tables import Agreement

TITLE = mark("{amount} without any outcome")
NOTE = mark("No achieved outcome is tied to them; of {all} in this selection. In force first, then the oldest. Age: years since in force")
ALL_HAVE = mark("Every agreement of this selection has an outcome.")
HEADS = (mark("Agreement"), mark("Partners"), mark("Signed"), mark("Age, years"), mark("Status"), mark("Last news"))
MORE = mark_plural("The first {shown} of {n} agreement", "The first {shown} of {n} agreements")
NO_NEWS = mark("none known")
MOST = 25


def listed(context: Context) -> Component:
    """Return the section with the list."""
    say = context.say
    size = registers.size(context.db, context.selection, "agreement")
    number, ids = standings.without_outcome(context.db, context.selection, MOST)
    told = {id_: news for id_, (_, news) in standings.activities(context.db, ids).items()}
    rows = {row["id"]: row for row in registers.of_ids(context.db, "agreement", tuple(ids))}
    shown = registers.with_links(context.db, "agreement", [rows[id_] for id_ in ids])
    cells = [_cells(context, row, told.get(row["id"])) for row in shown]
    keys = [["", "", row[Agreement.signed] or "0", _age(context, row) or -1, "", told.get(row["id"]) or "0"] for row in shown]
    heads = [Column(say(head), main=i == 0, number=i == 3) for i, head in enumerate(HEADS)]
    name = say(TITLE, amount=say.count(AGREEMENTS, number))
    body = table(heads, cells, name, keys) if cells else empty(say(ALL_HAVE))
    more = [_more(say, number)] if number > MOST else []
    return section(name, body, *more, note=say(NOTE, all=say.number(size)), id="without")


def _more(say: Say, number: int) -> Child:
    return say.count(MORE, number, shown=say.number(MOST))


def _age(context: Context, row: Row) -> float | None:
    begins = start(row)
    return None if begins is None else round(max(0.0, (date.fromisoformat(context.as_of) - middle(begins)).days / MONTH / 12), 1)


def _cells(context: Context, row: Row, last: str | None) -> list[Child | list[Child]]:
    say, age = context.say, _age(context, row)
    return [
        to(context, "agreement", row["id"], title(say, "agreement", row)),
        several(context, "partner", row["partner"]),
        day(say, row[Agreement.signed]),
        "" if age is None else say.number(age),
        status_badge(say, status_of(context, row)),
        say.date(last) or say(NO_NEWS),
    ]
