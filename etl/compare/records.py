"""The records of a snapshot: what is published of each, what the indicators count of it, and the rows that state it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from etl.compare.publication import Publication
from etl.indicators.facts import KINDS, Fact, Key, Kind
from etl.tables import Agreement, Country, Field, Link, Outcome, Partner, RecordSource, Run, table

PROPOSED = " (proposed)"
"""Ends the name of the attribute that has the links which wait for a person; they never count."""
#: What the records of a kind are linked to, by the key of the other table.
LINKS: dict[Kind, dict[str, str]] = {
    "agreement": {Partner.id: "partner", Country.code: "country", Field.code: "field"},
    "news": {Partner.id: "partner", Country.code: "country", Field.code: "field", Agreement.id: "agreement", Outcome.id: "outcome"},
    "outcome": {Partner.id: "partner", Country.code: "country", Field.code: "field", Agreement.id: "agreement"},
}
#: Attributes that name other records, and their kind.
_NAMES: dict[str, Kind] = {
    **{f"{key}{end}": kind for key, kind in ((Agreement.id, KINDS[0]), (Outcome.id, KINDS[2])) for end in ("", PROPOSED)},
    Agreement.superseded_by: "agreement",
}


@dataclass(frozen=True, slots=True)
class Stated:
    """A record as published.

    ``attributes`` are its columns without the id, and the sorted codes of its links under the key of the other table; ``rows`` the
    source rows that state it, the one that gave the title first; ``proofs`` the texts of its links and ``decided`` those that a person
    settled.
    """

    kind: Kind
    id: str
    attributes: Mapping[str, Any]
    fact: Fact
    rows: tuple[str, ...]
    proofs: frozenset[str]
    decided: frozenset[tuple[str, str]]

    def renamed(self, names: Mapping[Key, str]) -> Stated:
        """Return the record with the ids of other records replaced."""
        attributes = {name: _renamed(value, _NAMES.get(name), names) for name, value in self.attributes.items()}
        values = {name: attributes[name] for name in self.fact.values}
        agreements = frozenset(names.get(("agreement", each), each) for each in self.fact.agreements)
        return replace(self, attributes=attributes, fact=replace(self.fact, values=values, agreements=agreements))


def _renamed(value: Any, kind: Kind | None, names: Mapping[Key, str]) -> Any:
    if kind is None or value is None:
        return value
    if isinstance(value, tuple):
        return tuple(sorted(names.get((kind, each), each) for each in value))
    return names.get((kind, value), value)


def records(snapshot: Publication) -> dict[Key, Stated]:
    """Return every agreement, news item and outcome of ``snapshot``."""
    rows = _rows(snapshot)
    home = snapshot.run[Run.home] or ""
    ours = {row[Partner.id] for row in snapshot.rows("partner", Partner.id, Partner.country) if row[Partner.country] == home}
    found: dict[Key, Stated] = {}
    for kind in KINDS:
        links = {key: _links(snapshot, f"{kind}_{other}", kind, key) for key, other in LINKS[kind].items()}
        id_column = table(kind).key[0]
        for row in snapshot.rows(kind):
            key: Key = (kind, row.pop(id_column))
            found[key] = _stated(key, row, {name: by_id.get(key[1], []) for name, by_id in links.items()}, rows.get(key, ()), ours | {home})
    return found


def _stated(
    key: Key, values: dict[str, Any], links: Mapping[str, list[dict[str, Any]]], rows: Iterable[str], ours: frozenset[str] | set[str]
) -> Stated:
    columns = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
    accepted = {name: _codes(name, found, accepted=True) for name, found in links.items()}
    proposed = {f"{name}{PROPOSED}": _codes(name, found, accepted=False) for name, found in links.items()}
    every = [(name, link) for name, found in links.items() for link in found]
    fact = Fact(
        columns, frozenset(accepted[Partner.id]) - ours, frozenset(accepted[Country.code]) - ours, frozenset(accepted[Field.code]),
        frozenset(accepted.get(Agreement.id, ())),
    )  # fmt: skip
    proofs = frozenset(link[Link.raw] for _, link in every)
    decided = frozenset((name, link[name]) for name, link in every if link[Link.method].endswith("decision"))
    return Stated(*key, columns | accepted | proposed, fact, tuple(rows), proofs, decided)


def _codes(name: str, links: Iterable[Mapping[str, Any]], *, accepted: bool) -> tuple[str, ...]:
    return tuple(sorted(link[name] for link in links if link[Link.accepted] == accepted))


def _rows(snapshot: Publication) -> dict[Key, tuple[str, ...]]:
    found: defaultdict[Key, list[tuple[bool, str]]] = defaultdict(list)
    for row in snapshot.rows("record_source"):
        found[row[RecordSource.kind], row[RecordSource.record]].append((not row[RecordSource.primary], row[RecordSource.row]))
    return {key: tuple(row for _, row in sorted(rows)) for key, rows in found.items()}


def _links(snapshot: Publication, name: str, kind: Kind, other: str) -> dict[str, list[dict[str, Any]]]:
    found: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    own = table(kind).key[0]
    for row in snapshot.rows(name, own, other, Link.raw, Link.accepted, Link.method):
        found[row[own]].append(row)
    return found
