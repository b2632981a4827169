"""From a record to every figure that it counts in, with the marks in which it stands: the chain walked upwards."""

from __future__ import annotations

from dataclasses import replace

from dash import html
from dash.development.base_component import Component

from dashboard.figures import Figure
from dashboard.figures.registry import FIGURES
from dashboard.filters import Selection
from dashboard.locale import mark
from dashboard.marks import mark_of
from dashboard.pages import Context
from dashboard.parts import Child, empty, fact_list, link, section
from dashboard.query.chosen import COUNT, SHARE, rows_of
from dashboard.traced import address, named

TITLE = mark("Counts in")
NOTE = mark("Every chart that this record counts in under the present selection; each leads to all records behind the same mark")
NOWHERE = mark("It is outside the present selection: no chart counts it.")
OUTSIDE = mark("Show it in everything")
FRACTION = mark("{name} ({share} of it)")
_MOST = 12


def counted(context: Context, kind: str, id_: str) -> Component:
    """Return the section for the ``kind`` (agreement, outcome or news) with ``id_``."""
    say = context.say
    facts = [(say(figure.question), _marks(context, figure, id_)) for figure in FIGURES if figure.counts == kind]
    told = [fact for fact in facts if fact[1]]
    everything = link(say(OUTSIDE), context.link(context.path, Selection(counting=context.selection.counting)), "button")
    body = fact_list(told) if told else empty(say(NOWHERE), *([] if context.selection.is_everything() else [everything]))
    return section(say(TITLE), html.Div(body, className="counted"), note=say(NOTE), id="counted")


def _marks(context: Context, figure: Figure, id_: str) -> list[Child]:
    """Return links to the marks of ``figure`` in which the record stands: the rows that are left when it is the only record."""
    own = replace(context.selection, record=(figure.counts, id_))
    frame = figure.ask(context.db, own)
    found: list[Child] = []
    counting = {mark_of(row): row for row in rows_of(frame) if row[COUNT]}  # a curve has a row for each step, and one mark
    for mark_, row in list(counting.items())[:_MOST]:
        found += [", "] if found else []
        name = named(figure, frame, context.say, mark_)
        if context.selection.counting == "fractional" and row.get(SHARE, 1) < 1:
            name = context.say(FRACTION, name=name, share=context.say.number(round(row[SHARE], 2)))
        found.append(link(name, address(context.selection, figure.id, mark_)))
    return found
