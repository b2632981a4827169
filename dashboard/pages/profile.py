"""What the profiles of a partner, a country and a field have in common: numbers, time line, lists."""

from __future__ import annotations

from dataclasses import replace

from dash.development.base_component import Component

from dashboard.filters import Selection
from dashboard.indicators.series import sparkline
from dashboard.locale import mark
from dashboard.pages import Context, lists, timeline
from dashboard.pages.changes import by_year
from dashboard.parts import link, page_title, section, tile, tiles
from dashboard.query import counts, registers
from dashboard.query.chosen import YEARS, Kind, rows_of
from dashboard.query.registers import Row

AGREEMENTS, OUTCOMES, PLANNED, NEWS, PARTNERS = (
    mark("Agreements"),
    mark("Outcomes"),
    mark("Planned outcomes"),
    mark("News"),
    mark("Partners"),
)
FILTERED = mark("Within the filters above")
BRIEF = mark("Brief for a visit")

Records = dict[str, list[Row]]


def within(context: Context, name: str, code: str) -> Context:
    """Return the context with the selection narrowed to ``code``: other parts stay, the same part is replaced."""
    return replace(context, selection=context.selection.without(name).plus(name, code))


def records(context: Context) -> Records:
    """Return agreements, outcomes, planned outcomes and news of the selection, the latest first."""
    kinds: tuple[Kind, ...] = ("agreement", "outcome", "planned", "news")
    return {kind: registers.register(context.db, context.selection, kind) for kind in kinds}


def numbers(context: Context) -> Component:
    """Return how many agreements, outcomes and news there are, as tiles."""
    say, made = context.say, []
    kinds: tuple[tuple[Kind, str], ...] = (("agreement", AGREEMENTS), ("outcome", OUTCOMES), ("planned", PLANNED), ("news", NEWS))
    for kind, label in kinds:
        years = counts.by_year(context.db, context.selection, kind, YEARS[kind])
        rows = rows_of(years)
        number = registers.size(context.db, context.selection, kind)
        made.append(tile(say(label), say.number(number), "", "", sparkline(by_year(rows), context.as_of)))
    return tiles(*made)


def lists_of(context: Context, found: Records) -> list[Component]:
    """Return the lists of agreements, outcomes (planned ones last) and news, each in a section; an empty one is left out."""
    say = context.say
    outcomes = [*found["outcome"], *found["planned"]]
    made = [
        (AGREEMENTS, found["agreement"], lists.agreements), (OUTCOMES, outcomes, lists.outcomes), (NEWS, found["news"], lists.news),
    ]  # fmt: skip
    return [section(say(title), draw(context, rows)) for title, rows, draw in made if rows]


def story(context: Context, found: Records) -> Component:
    """Return the time line of all records."""
    return timeline.told(context, found["agreement"], [*found["outcome"], *found["planned"]], found["news"])


def head(context: Context, title: str, note: str, selection: Selection, brief: str = "") -> Component:
    """Return the head of a profile; it says so when filters narrow it. ``brief`` is the address of the page that makes its brief."""
    filtered = context.say(FILTERED) if not selection.is_everything() else ""
    actions = [link(context.say(BRIEF), brief, "button")] if brief else []
    return page_title(title, " · ".join(part for part in (note, filtered) if part), actions)


def partner_list(context: Context) -> Component:
    """Return the partners of the selection as a section."""
    return section(context.say(PARTNERS), lists.partners(context, registers.partners(context.db, context.selection)))
