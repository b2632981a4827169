"""What the indicators are made of: records with what they are linked to, on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from etl.indicators.status import Status, Terms, status
from etl.tables import Agreement, News, Outcome

Kind = Literal["agreement", "news", "outcome"]
KINDS: tuple[Kind, ...] = ("agreement", "news", "outcome")
#: Kind and id of a record.
Key = tuple[Kind, str]


@dataclass(frozen=True, slots=True)
class Fact:
    """One record: the columns of its table, and the codes of its accepted links.

    ``partners`` and ``countries`` are those abroad: the own institution and its country are nobody's partner. ``agreements`` are
    those that a news item or an outcome belongs to.
    """

    values: Mapping[str, Any]
    partners: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    agreements: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Every record by kind and id, and the day for which status and expiry hold; what is asked of it twice is worked out once."""

    facts: Mapping[Key, Fact]
    as_of: date
    _statuses: dict[str, Status] = field(default_factory=dict)
    _kinds: dict[Kind, list[Fact]] = field(default_factory=dict)

    def of(self, kind: Kind) -> list[Fact]:
        """Return the records of ``kind``."""
        if not self._kinds:
            self._kinds.update((each, []) for each in KINDS)
            for (each, _), fact in self.facts.items():
                self._kinds[each].append(fact)
        return self._kinds[kind]

    def achieved(self) -> list[Fact]:
        """Return the outcomes that are more than a plan."""
        return [fact for fact in self.of("outcome") if not fact.values[Outcome.planned]]

    def statuses(self) -> Mapping[str, Status]:
        """Return the status of each agreement by its id; worked out once."""
        if not self._statuses:
            found = ((key, fact) for (kind, key), fact in self.facts.items() if kind == "agreement")
            self._statuses.update((key, status(Terms.of(fact.values, self._successor(fact)), self.as_of)) for key, fact in found)
        return self._statuses

    def _successor(self, fact: Fact) -> str | None:
        """Return from when the agreement that replaces this one is in force; nothing where that is not known."""
        other = self.facts.get(("agreement", fact.values[Agreement.superseded_by] or ""))
        return (other.values[Agreement.effective] or other.values[Agreement.signed]) if other else None

    def last_activity(self) -> Mapping[str, str]:
        """Return the latest date of a news item or an achieved outcome that belongs to an agreement, by the id of the agreement."""
        dated = [(fact, fact.values[News.published]) for fact in self.of("news")]
        dated += [(fact, fact.values[Outcome.date]) for fact in self.achieved()]
        return _latest((agreement, day) for fact, day in dated if day for agreement in fact.agreements)


def _latest(days: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: defaultdict[str, str] = defaultdict(str)
    for agreement, day in days:
        found[agreement] = max(found[agreement], day)
    return dict(found)
