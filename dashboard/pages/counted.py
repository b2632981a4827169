"""From a record to every figure that it counts in, with the marks in which it stands: the chain walked upwards."""

from __future__ import annotations

from dataclasses import replace

from dash import html
from dash.development.base_component import Component

from dashboard.figures import Figure
from dashboard.figures.registry import FIGURES
from dashboard.figures.words import AGREEMENTS, NEWS, OUTCOMES
from dashboard.filters import Selection
from dashboard.locale import COMMA, mark
from dashboard.marks import mark_of
from dashboard.pages import Context
from dashboard.parts import Child, empty, fact_list, link, section
from dashboard.query import registers
from dashboard.query.chosen import COUNT, SHARE, Kind, rows_of
from dashboard.traced import PATH, address, ids, named

TITLE = mark("Counts in")
NOTE = mark("Every chart that this record counts in under the present selection; each leads to all records behind the same mark")
OF_PARTNER = mark("The charts of partners that it stands in under the present selection, and all records of the selection that name it")
NOWHERE = mark("It is outside the present selection: no chart counts it.")
OUTSIDE = mark("Show it in everything")
FRACTION = mark("{name} ({share} of it)")
_MOST = 12
#: Kinds of records that name a partner: how the list is called, and how many they are.
_NAMING: dict[Kind, tuple[str, tuple[str, str]]] = {
    "agreement": (mark("Agreements with it"), AGREEMENTS),
    "outcome": (mark("Outcomes with it"), OUTCOMES),
    "news": (mark("News about it"), NEWS),
}


def counted(context: Context, kind: str, id_: str) -> Component:
    """Return the section for the ``kind`` (agreement, outcome or news) with ``id_``."""
    say = context.say
    facts = [(say(figure.question), _marks(context, figure, id_)) for figure in FIGURES if figure.counts == kind]
    return _section(context, facts, say(NOTE))


def counted_partner(context: Context, id_: str) -> Component:
    """Return the section for the partner ``id_``: it is no record itself, charts count it, or the records that name it."""
    say = context.say
    facts: list[tuple[str, list[Child]]] = []
    for figure in FIGURES:
        if figure.counts == "partner":
            facts.append((say(figure.question), _standing(context, figure, id_)))
        elif figure.click == "partner" and figure.counts:
            own = [row for row in rows_of(figure.ask(context.db, context.selection)) if row.get("code") == id_]
            facts.append(
                (say(figure.question), [link(say.count(AGREEMENTS, row[COUNT]), address(context.selection, figure.id, id_)) for row in own])
            )
    narrow = context.selection.plus("partner", id_)
    for kind, (name, unit) in _NAMING.items():
        number = registers.size(context.db, narrow, kind)
        facts.append((say(name), [link(say.count(unit, number), f"{PATH}{narrow.to_query()}&kind={kind}")] if number else []))
    return _section(context, facts, say(OF_PARTNER))


def _standing(context: Context, figure: Figure, id_: str) -> list[Child]:
    """Return links to the marks of ``figure`` that count the partner ``id_`` itself."""
    frame = figure.ask(context.db, context.selection)
    found = [mark_ for mark_ in map(mark_of, rows_of(frame)) if id_ in ids(context.db, figure, context.selection, mark_)]
    return [link(named(figure, frame, context.say, mark_), address(context.selection, figure.id, mark_)) for mark_ in found]


def _section(context: Context, facts: list[tuple[str, list[Child]]], note: str) -> Component:
    say = context.say
    told = [fact for fact in facts if fact[1]]
    everything = link(say(OUTSIDE), context.link(context.path, Selection(counting=context.selection.counting)), "button")
    body = fact_list(told) if told else empty(say(NOWHERE), *([] if context.selection.is_everything() else [everything]))
    return section(say(TITLE), html.Div(body, className="counted"), note=note, id="counted")


def _marks(context: Context, figure: Figure, id_: str) -> list[Child]:
    """Return links to the marks of ``figure`` in which the record stands: the rows that are left when it is the only record."""
    own = replace(context.selection, record=(figure.counts, id_))
    frame = figure.ask(context.db, own)
    found: list[Child] = []
    counting = {mark_of(row): row for row in rows_of(frame) if row[COUNT]}  # a curve has a row for each step, and one mark
    for mark_, row in list(counting.items())[:_MOST]:
        found += [context.say(COMMA)] if found else []
        name = named(figure, frame, context.say, mark_)
        if context.selection.counting == "fractional" and row.get(SHARE, 1) < 1:
            name = context.say(FRACTION, name=name, share=context.say.number(round(row[SHARE], 2)))
        found.append(link(name, address(context.selection, figure.id, mark_)))
    return found
