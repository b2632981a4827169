"""What changed since the last refresh, with links to the records."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.figures.words import AGREEMENTS, COLUMNS, NEWS, OUTCOMES, PARTNERS
from dashboard.locale import Say, mark
from dashboard.pages import Context
from dashboard.pages.names import title, to
from dashboard.parts import Child, badge, empty, section
from dashboard.query import changes
from dashboard.query.changes import Changed
from dashboard.query.registers import Row
from etl.tables import Run

TITLE, TITLE_SINCE = mark("What changed since the last refresh"), mark("What changed since {date}")
FIRST = mark("This is the first refresh; the next one is compared with it.")
NOTHING = mark("The last refresh changed no record.")
NOTE = mark("All records, whatever is filtered; as of {before} compared with {now}")
OTHER_CODE = mark("The program that reads the files changed too, so a record can differ although its cells do not.")
ADDED, REMOVED, CORRECTED = mark("+{amount}"), mark("−{amount}"), mark("{amount} changed")
MORE = mark("and {n} more")
UNITS: dict[str, tuple[str, str]] = {"agreement": AGREEMENTS, "outcome": OUTCOMES, "news": NEWS, "partner": PARTNERS}


def shown(context: Context) -> Component:
    """Return the section; it says so when there is nothing to compare with."""
    say, earlier = context.say, changes.before(context.db)
    if earlier is None:
        return section(say(TITLE), empty(say(FIRST)), id="changed")
    day, found = say.date(earlier[Run.as_of]), changes.changed(context.db)
    lines = [line for each in found for line in _lines(context, each)]
    body: list[Child] = [html.Ul(lines, className="changes")] if lines else [empty(say(NOTHING))]
    if not earlier["same_code"]:
        body.append(html.P(say(OTHER_CODE), className="note"))
    note = say(NOTE, before=day, now=say.date(context.as_of))
    return section(say(TITLE_SINCE, date=day), *body, note=note, id="changed")


def _lines(context: Context, each: Changed) -> list[Component]:
    say = context.say
    texts = UNITS[each.kind]
    links = [to(context, each.kind, row["id"], title(say, each.kind, row)) for row in each.now]
    other = [html.Span([to(context, each.kind, row["id"], title(say, each.kind, row)), f" ({_columns(say, row)})"]) for row in each.other]
    parts: list[tuple[int, str, Sequence[Child]]] = [
        (each.added, say(ADDED, amount=say.count(texts, each.added)), links),
        (each.corrected, say(CORRECTED, amount=say.count(texts, each.corrected)), other),
        # What is gone has no page any more.
        (each.removed, say(REMOVED, amount=say.count(texts, each.removed)), [title(say, each.kind, row) for row in each.gone]),
    ]
    return [_line(say, number, text, named) for number, text, named in parts if number]


def _line(say: Say, number: int, text: str, named: Sequence[Child]) -> Component:
    listed: list[Child] = [part for each in named for part in (each, "; ")][:-1]
    more = [f" {say(MORE, n=say.number(number - len(named)))}"] if number > len(named) else []
    return html.Li([badge(text), " ", *listed, *more])


def _columns(say: Say, row: Row) -> str:
    """Name the columns that differ; those that have no words of their own are shown without underscores."""
    return ", ".join(say(COLUMNS[name]) if name in COLUMNS else name.replace("_", " ") for name in row["columns"])
