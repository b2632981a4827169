"""How a country or a field stands in the portfolio: its numbers against the median, with whom and in what, and its latest records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from dash import html
from dash.development.base_component import Component

from dashboard.filters import Selection
from dashboard.indicators.series import sparkline
from dashboard.locale import mark, mark_plural
from dashboard.pages import Context, lists, timeline
from dashboard.pages.changes import by_year
from dashboard.pages.names import several
from dashboard.parts import Child, fact_list, link, section, tile, tiles
from dashboard.query import counts, registers
from dashboard.query.chosen import SHARE, YEARS, Kind, rows_of
from dashboard.query.registers import Row
from etl.indicators.counting import effective_number, evenness

LABELS: dict[Kind, str] = {
    "agreement": mark("Agreements"), "outcome": mark("Outcomes"), "planned": mark("Planned outcomes"), "news": mark("News"),
}  # fmt: skip
PARTNERS = mark("Partners")
OF_COUNTRIES, OF_FIELDS = mark("the median of the countries is {n}"), mark("the median of the fields is {n}")
GLANCE = mark("At a glance")
SINCE, LATEST = mark("First agreement"), mark("Latest agreement")
WITH_WHOM, WHERE, IN_WHAT = mark("Main partners"), mark("Main countries"), mark("Main fields")
SPREAD_FIELDS, SPREAD_COUNTRIES = mark("Spread over fields"), mark("Spread over countries")
AS_MANY_FIELDS = mark("as {n} fields with equal shares; evenness {even}")
AS_MANY_COUNTRIES = mark("as {n} countries with equal shares; evenness {even}")
NO_YEAR = mark_plural("the year of {n} agreement is not known", "the year of {n} agreements is not known")
ALL_AGREEMENTS = mark_plural("{n} agreement in the register", "All {n} agreements in the register")
ALL_OUTCOMES = mark_plural("{n} outcome on its page", "All {n} outcomes on their page")
ALL_NEWS = mark_plural("{n} news item on its page", "All {n} news items on their page")
FIRST, LONGEST, MAIN = 8, 15, 5
"""Rows of a list, entries of the time line, and names in a line: a profile is read, the whole lists have pages of their own."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A country or field (``name``) with the context narrowed to it; ``wide`` is the one it is compared in."""

    name: str
    wide: Context
    narrow: Context
    years: Mapping[Kind, list[Row]]

    @classmethod
    def of(cls, name: str, wide: Context, narrow: Context) -> Standing:
        """Ask once how many records of each kind there are in each year: most of a profile is said from that."""
        kinds = (*LABELS,)
        years = {kind: rows_of(counts.by_year(narrow.db, narrow.selection, kind, YEARS[kind])) for kind in kinds}
        return cls(name, wide, narrow, years)

    def size(self, kind: Kind) -> int:
        """Return how many records of ``kind`` there are."""
        return sum(int(row["n"]) for row in self.years[kind])

    def is_area(self) -> bool:
        """Tell whether it is an area of research, whose fields are counted together."""
        return self.name == "field" and not any("." in code for code in self.narrow.selection.fields)

    def compared(self) -> Selection:
        """Return the selection of everything that is chosen but the country or field."""
        return self.wide.selection.without(self.name)


def numbers(found: Standing) -> Component:
    """Return records of each kind and partners as tiles, each against the median of all countries or fields."""
    context, made = found.narrow, []
    kinds: tuple[tuple[Kind, str], ...] = (
        ("agreement", "/agreements"),
        ("outcome", "/outcomes"),
        ("planned", "/outcomes"),
        ("news", "/news"),
    )
    for kind, path in kinds:
        years, number = by_year(found.years[kind]), context.say.number(found.size(kind))
        # Plans are no records yet, and an area is larger than any field.
        of = "" if kind == "planned" or found.is_area() else _median(found, kind)
        made.append(tile(context.say(LABELS[kind]), number, "", context.link(path), sparkline(years, context.as_of), of))
    met = registers.first_years(context.db, context.selection, "partner")
    partners = context.say.number(sum(int(row["n"]) for row in met))
    made.insert(1, tile(context.say(PARTNERS), partners, "", context.link("/partners"), sparkline(by_year(met), context.as_of)))
    return tiles(*made)


def _median(found: Standing, kind: Kind) -> str:
    """Return the median of the records of all countries or fields that have any, by full counting."""
    text = OF_COUNTRIES if found.name == "country" else OF_FIELDS
    each = counts.each(found.wide.db, found.compared(), kind, found.name)
    return found.wide.say(text, n=found.wide.say.number(median(each))) if len(each) > 1 else ""


def glance(found: Standing) -> Component:
    """Return since when, with whom, in what (or where), and how evenly."""
    context, say = found.narrow, found.narrow.say
    rows = found.years["agreement"]
    years = sorted(int(row["year"]) for row in rows if row["year"] is not None)
    unknown = sum(int(row["n"]) for row in rows if row["year"] is None)
    first = f"{years[0]} ({say.count(NO_YEAR, unknown)})" if years and unknown else str(years[0]) if years else ""
    partners = counts.by_partner(context.db, context.selection)
    facts: list[tuple[str, Child | Sequence[Child]]] = [
        (say(SINCE), first),
        (say(LATEST), str(years[-1]) if years else ""),
        (say(WITH_WHOM), several(found.wide, "partner", _main(rows_of(partners)))),
    ]
    # Both: a field has countries of its own, and fields that its agreements share with it.
    if found.name == "field":
        facts += _across(found, "country", WHERE, SPREAD_COUNTRIES, AS_MANY_COUNTRIES)
    else:
        facts += _across(found, "field", IN_WHAT, SPREAD_FIELDS, AS_MANY_FIELDS)
    return section(say(GLANCE), fact_list(facts))


def _main(rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if row["code"]][:MAIN]


def _across(found: Standing, name: str, main: str, spread: str, text: str) -> list[tuple[str, Child | Sequence[Child]]]:
    """Return the main countries or fields, and how many equal ones would be as diverse (Hill number of order 1)."""
    context, say = found.narrow, found.narrow.say
    ask = counts.by_country if name == "country" else counts.by_field
    rows = [row for row in rows_of(ask(context.db, context.selection)) if row["code"]]
    shares = {row["code"]: float(row[SHARE]) for row in rows}
    even = evenness(shares)
    told = say(text, n=say.number(round(effective_number(shares), 1)), even=say.number(round(even, 2))) if even is not None else ""
    return [(say(main), several(found.wide, name, _main(rows))), (say(spread), told)]


def latest(found: Standing) -> list[Component]:
    """Return the time line of the latest records, then the first rows of each list with a link to all of it."""
    context, kinds = found.narrow, (*LABELS,)
    rows = {kind: registers.register(context.db, context.selection, kind, LONGEST) for kind in kinds}
    sizes = {kind: found.size(kind) for kind in kinds}
    line = timeline.told(found.wide, rows["agreement"], [*rows["outcome"], *rows["planned"]], rows["news"], LONGEST, sum(sizes.values()))
    outcomes = [*rows["outcome"], *rows["planned"]][:FIRST]
    told = [
        (LABELS["agreement"], "/agreements", ALL_AGREEMENTS, sizes["agreement"], lists.agreements(found.wide, rows["agreement"][:FIRST])),
        (LABELS["outcome"], "/outcomes", ALL_OUTCOMES, sizes["outcome"] + sizes["planned"], lists.outcomes(found.wide, outcomes)),
        (LABELS["news"], "/news", ALL_NEWS, sizes["news"], lists.news(found.wide, rows["news"][:FIRST])),
    ]
    made = [
        section(context.say(title), drawn, html.P(link(context.say.count(text, n), context.link(path))))
        for title, path, text, n, drawn in told if n
    ]  # fmt: skip
    return [line, *made]
