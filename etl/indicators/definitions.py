"""Every indicator that a snapshot is compared by: what it counts, of what, by which rule. INDICATORS by name, in the order of a page.

Each is a function of the records and the as-of date alone, and gives exact numbers: shares are fractions, never floats. Outcomes that
are only planned count nowhere but in ``planned``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from etl.indicators.attention import ends_within, is_lapsed_but_active
from etl.indicators.counting import UNKNOWN, Weights, fractional, full, two_way
from etl.indicators.facts import Fact, Portfolio
from etl.indicators.status import IN_FORCE
from etl.tables import Agreement, News, Outcome

Measure = Callable[[Portfolio], Weights]
#: The code of an indicator that is one number.
WHOLE = ""
HORIZONS = (3, 6, 12, 24)
"""Months within which agreements end or must be decided on, each counted from the as-of date."""
LABORATORIES = ("joint_lab", "joint_center")
PUBLICATION = "joint_publication"
#: Between the codes of a field and a country.
AND = " x "


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator: one number, or one for each code ``by`` which it is divided. ``is_share`` says that it counts fractionally."""

    id: str
    measure: Measure
    by: str = ""
    is_share: bool = False


def _one(count: Callable[[Portfolio], int]) -> Measure:
    return lambda all_: {WHOLE: Fraction(count(all_))}


def _distinct(links: Callable[[Fact], Iterable[str]]) -> Measure:
    return _one(lambda all_: len({code for fact in all_.of("agreement") for code in links(fact)}))


def _by(facts: Callable[[Portfolio], Iterable[Fact]], column: str) -> Measure:
    return lambda all_: _counted(fact.values[column] for fact in facts(all_))


def _counted(codes: Iterable[Any]) -> Weights:
    return {code: Fraction(n) for code, n in Counter(UNKNOWN if code is None else str(code) for code in codes).items()}


def _agreements(all_: Portfolio) -> list[Fact]:
    return all_.of("agreement")


def _news(all_: Portfolio) -> list[Fact]:
    return all_.of("news")


def _of_type(*types: str) -> Callable[[Portfolio], list[Fact]]:
    return lambda all_: [fact for fact in all_.achieved() if fact.values[Outcome.type] in types]


def _amounts(facts: Iterable[Fact]) -> Weights:
    """Return the sum of the numbers written, by type of outcome; what states none adds nothing, an inexact one counts as written."""
    found: Counter[str] = Counter()
    for fact in facts:
        found[fact.values[Outcome.type]] += fact.values[Outcome.count] or 0
    return {code: Fraction(n) for code, n in found.items() if n}


def _ending(all_: Portfolio) -> Weights:
    known = all_.statuses().values()
    return {str(n): Fraction(sum(ends_within(found, all_.as_of, n) for found in known)) for n in HORIZONS}


def _lapsed(all_: Portfolio) -> int:
    activity = all_.last_activity()
    return sum(is_lapsed_but_active(found, activity.get(key)) for key, found in all_.statuses().items())


def _happenings(all_: Portfolio) -> int:
    told = [(key, fact.values[News.happening]) for (kind, key), fact in all_.facts.items() if kind == "news"]
    return sum(event is None for _, event in told) + len({event for _, event in told if event is not None})


def _matrix(all_: Portfolio) -> Weights:
    counted = two_way((sorted(fact.fields), sorted(fact.countries)) for fact in all_.of("agreement"))
    return {f"{field}{AND}{country}": weight for (field, country), weight in counted.items()}


def _linked(name: str, facts: Callable[[Portfolio], Iterable[Fact]]) -> tuple[Indicator, ...]:
    """Return the full and the fractional count of records by country and by field; ``name`` is what is counted."""
    countries: Callable[[Portfolio], list[list[str]]] = lambda all_: [sorted(fact.countries) for fact in facts(all_)]  # noqa: E731
    fields: Callable[[Portfolio], list[list[str]]] = lambda all_: [sorted(fact.fields) for fact in facts(all_)]  # noqa: E731
    return (
        Indicator(f"{name}_by_country", lambda all_: full(countries(all_)), "country"),
        Indicator(f"{name}_by_country_share", lambda all_: fractional(countries(all_)), "country", is_share=True),
        Indicator(f"{name}_by_field", lambda all_: full(fields(all_)), "field"),
        Indicator(f"{name}_by_field_share", lambda all_: fractional(fields(all_)), "field", is_share=True),
    )


INDICATORS: tuple[Indicator, ...] = (
    Indicator("agreements", _one(lambda all_: len(all_.of("agreement")))),
    Indicator("partners", _distinct(lambda fact: fact.partners)),
    Indicator("countries", _distinct(lambda fact: fact.countries)),
    Indicator("fields", _distinct(lambda fact: fact.fields)),
    Indicator("in_force", _one(lambda all_: sum(found.code in IN_FORCE for found in all_.statuses().values()))),
    Indicator("status_unsure", _one(lambda all_: sum(not found.is_certain for found in all_.statuses().values()))),
    Indicator("lapsed_but_active", _one(_lapsed)),
    Indicator("outcomes", _one(lambda all_: len(all_.achieved()))),
    Indicator("planned", _one(lambda all_: len(all_.of("outcome")) - len(all_.achieved()))),
    Indicator("publications", _one(lambda all_: len(_of_type(PUBLICATION)(all_)))),
    Indicator("papers", _one(lambda all_: int(_amounts(_of_type(PUBLICATION)(all_)).get(PUBLICATION, 0)))),
    Indicator("laboratories", _one(lambda all_: len(_of_type(*LABORATORIES)(all_)))),
    Indicator("news", _one(lambda all_: len(all_.of("news")))),
    Indicator("happenings", _one(_happenings)),
    Indicator("agreements_by_status", lambda all_: _counted(found.code for found in all_.statuses().values()), "status"),
    Indicator("agreements_ending", _ending, "months"),
    Indicator("agreements_by_type", _by(_agreements, Agreement.type), "agreement_type"),
    Indicator("agreements_by_year", _by(_agreements, Agreement.signed_year), "year"),
    *_linked("agreements", _agreements),
    Indicator("agreements_by_field_country_share", _matrix, "field_country", is_share=True),
    Indicator("outcomes_by_type", _by(Portfolio.achieved, Outcome.type), "outcome_type"),
    Indicator("amounts_by_type", lambda all_: _amounts(all_.achieved()), "outcome_type"),
    Indicator("outcomes_by_year", _by(Portfolio.achieved, Outcome.year), "year"),
    *_linked("outcomes", Portfolio.achieved),
    Indicator("news_by_event", _by(_news, News.event), "event"),
    Indicator("news_by_year", _by(_news, News.published_year), "year"),
    *_linked("news", _news),
)


def measured(all_: Portfolio) -> Mapping[tuple[str, str], Fraction]:
    """Return the value of every indicator by its id and code; a code that is absent counts 0."""
    return {(each.id, code): value for each in INDICATORS for code, value in each.measure(all_).items()}
