"""Several news of one event -> one event: the same partners, the same kind, days apart at most, and words that agree.

Words agree in one language as they are; across languages by what needs no translation: numbers, names in Latin letters, links,
and the partners and countries themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from etl.records import short_hash
from etl.text import fold

#: Days between two items on one event; a report may follow a week later.
_DAYS = 10
#: Share of the words of the shorter item that the other has, in one language and across two.
_SAME_LANGUAGE = 0.3
_STEM = 5
_MARK = re.compile(r"\b[A-Z][A-Za-z]{2,}\b|\d{1,2}\s|\d{3,}")


@dataclass(frozen=True, slots=True)
class Report:
    """A news item as it is compared: ``date`` is that of the event or of publication, a day; ``text`` is title and text."""

    id: str
    partners: frozenset[str]
    event: str
    date: str
    published: str
    language: str
    text: str
    event_on: str = ""


def groups(reports: Sequence[Report]) -> list[tuple[Report, ...]]:
    """Return the groups of two and more reports of one event, each in the order of publication."""
    order = {report.id: report for report in sorted(reports, key=lambda each: (each.date, each.published, each.id))}
    leader = {name: name for name in order}
    for a, b in _pairs(list(order.values())):
        first, second = sorted(
            (_root(leader, a.id), _root(leader, b.id)), key=lambda name: (order[name].published or order[name].date, name)
        )
        leader[second] = first
    found: dict[str, list[Report]] = {}
    for name in order:
        found.setdefault(_root(leader, name), []).append(order[name])
    several = (members for members in found.values() if len(members) > 1)
    return [tuple(sorted(members, key=lambda each: (each.published or each.date, each.id))) for members in several]


def event_id(report: Report) -> str:
    """Return the id of the event that ``report`` is the earliest item of.

    >>> event_id(Report("N1", frozenset(), "visit", "2024-02-19", "", "en", ""))[:2]
    'e-'
    """
    return f"e-{short_hash(report.id)}"


def _root(leader: dict[str, str], name: str) -> str:
    while leader[name] != name:
        name = leader[name]
    return name


def _pairs(ordered: Sequence[Report]) -> Iterator[tuple[Report, Report]]:
    """Yield the pairs that tell of one event; only items of one partner are ever compared."""
    by_partner: dict[str, list[Report]] = {}
    for report in ordered:
        if len(report.date) == 10:
            for partner in sorted(report.partners):
                by_partner.setdefault(partner, []).append(report)
    for partner in sorted(by_partner):
        near: list[Report] = []
        for report in by_partner[partner]:
            near = [each for each in near if _apart(each.date, report.date) <= _DAYS]
            yield from ((each, report) for each in near if is_same(each, report))
            near.append(report)


def is_same(a: Report, b: Report) -> bool:
    """Tell whether two reports tell of one event."""
    if _apart(a.date, b.date) > _DAYS or not a.partners & b.partners:
        return False
    shared = len(a.partners & b.partners) / min(len(a.partners), len(b.partners))
    if shared < 0.5:
        return False
    if a.event_on and a.event_on == b.event_on and len(a.event_on) == 10:
        return True
    if a.event_on and b.event_on and len(a.event_on) == len(b.event_on) == 10 and a.event != b.event:
        return False
    if a.language == b.language:
        return _overlap(_stems(a.text), _stems(b.text)) >= _SAME_LANGUAGE
    return a.event == b.event and a.partners == b.partners and (bool(_marks(a.text) & _marks(b.text)) or _apart(a.date, b.date) <= 2)


def _apart(a: str, b: str) -> int:
    return abs((date.fromisoformat(a) - date.fromisoformat(b)).days)


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in fold(text).split() if len(word) >= _STEM or word.isdigit())


def _marks(text: str) -> frozenset[str]:
    return frozenset(each.strip().casefold() for each in _MARK.findall(text))


def _overlap(a: Iterable[str], b: Iterable[str]) -> float:
    one, two = set(a), set(b)
    return len(one & two) / min(len(one), len(two)) if one and two else 0.0
