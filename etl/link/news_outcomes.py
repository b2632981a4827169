"""Outcomes that news tell of -> the outcome records that state them; what no record states is a proposal, never counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from etl.records import Tie, ToldOutcome

#: Kinds that people do not keep apart: a centre may be called a laboratory in the news, a project a grant.
_ALIKE = (
    frozenset({"joint_lab", "joint_center", "joint_institute"}),
    frozenset({"joint_project", "grant"}),
    frozenset({"school", "event"}),
)


@dataclass(frozen=True, slots=True)
class Teller:
    """An item with what it tells, whom it names, and the date of its event or publication."""

    id: str
    partners: frozenset[str]
    date: str
    told: Sequence[ToldOutcome]


@dataclass(frozen=True, slots=True)
class Recorded:
    """An outcome record."""

    id: str
    type: str
    partners: frozenset[str]
    date: str
    count: int | None
    planned: bool


@dataclass(slots=True)
class Matched:
    """Links of news and outcomes, and what items tell that no record states."""

    ties: list[Tie] = field(default_factory=list)
    proposed: list[tuple[Teller, ToldOutcome]] = field(default_factory=list)


def match(items: Iterable[Teller], records: Sequence[Recorded], linked: Mapping[str, frozenset[str]]) -> Matched:
    """Return which records state what ``items`` tell; ``linked`` are the outcomes that each is linked to already, by its page."""
    by_id = {record.id: record for record in records}
    by_partner: dict[str, list[Recorded]] = {}
    for record in records:
        for partner in sorted(record.partners):
            by_partner.setdefault(partner, []).append(record)
    found = Matched()
    for item in items:
        known = [by_id[each] for each in sorted(linked.get(item.id, ())) if each in by_id]
        near = {
            each.id: each for partner in sorted(item.partners) for each in by_partner.get(partner, ()) if _is_near(each.date, item.date)
        }
        for told in item.told:
            if any(_alike(told.type, record.type) for record in known):
                continue
            ties = _ties(item, told, [each for each in near.values() if each.type == told.type])
            found.ties += ties
            if not any(tie.accepted for tie in ties):
                found.proposed.append((item, told))
    found.ties = list(
        {(tie.left, tie.right): tie for tie in sorted(found.ties, key=lambda each: (each.left, each.right, each.confidence))}.values()
    )
    return found


def _ties(item: Teller, told: ToldOutcome, candidates: Sequence[Recorded]) -> list[Tie]:
    """Return the links to the records of this kind: certain where one alone has the partner, the month and no other number."""
    agreeing = [each for each in candidates if told.count is None or each.count is None or each.count == told.count]
    certain = (
        len(agreeing) == 1
        and len(candidates) == 1
        and min(len(agreeing[0].date), len(item.date)) >= 7
        and agreeing[0].planned == told.planned
    )
    return [
        Tie(item.id, each.id, told.text, "same_outcome", 0.9 if certain else 0.5, certain, told.start, told.end, told.column)
        for each in agreeing[:3]
    ]


def _alike(a: str, b: str) -> bool:
    return a == b or any(a in group and b in group for group in _ALIKE)


def _is_near(a: str, b: str) -> bool:
    """Tell whether two ISO prefixes lie in one year, or within three months where both have a month."""
    if not a or not b:
        return False
    if len(a) < 7 or len(b) < 7 or int(a[5:7]) > 12 or int(b[5:7]) > 12:
        return a[:4] == b[:4]
    return abs((int(a[:4]) - int(b[:4])) * 12 + int(a[5:7]) - int(b[5:7])) <= 3
