"""News -> the agreements it speaks of, where neither number nor page says so: by partner, date, kind and event.

Three ways, the surest first. ``date_of_signature``: the text says when the agreement was signed, and the partner has one of that date.
``signing``: the item reports a signing or a renewal, and the partner has exactly one agreement signed in those days.
``only_one``: the text speaks of an agreement of some kind, and the partner has exactly one of that kind that was in force.
The first two count; the last is a proposal, and so is everything that leaves a choice or does not fit in the days.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from etl.records import Tie

SIGNINGS = frozenset({"signing", "renewal"})
#: Days on either side of a signing within which the register may put it.
_DAYS_BEFORE, _DAYS_AFTER = 31, 10
#: Days more within which the one agreement of a partner may be the one told of, with a date that is wrong in one of the two.
_DOUBTFUL = 120
#: A partner named by more than this many agreements leaves too much choice even for a proposal.
_MOST_PROPOSED = 3


@dataclass(frozen=True, slots=True)
class Words:
    """Words of an item that speak of an agreement: kinds of document they can mean (empty: any), and the date of signature they give.

    ``partners`` are those named in the same clause, all of the item where none is.
    """

    text: str
    start: int
    end: int
    column: str
    types: frozenset[str] = frozenset()
    signed: str = ""
    partners: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Item:
    """A news item as linking sees it. ``date`` is that of the event, else of publication: an ISO prefix, empty when unknown."""

    id: str
    partners: frozenset[str]
    event: str
    date: str
    is_done: bool = True
    words: Sequence[Words] = ()
    signings: Sequence[Words] = ()

    @property
    def tells_signing(self) -> bool:
        """Tell whether the item is about a signing that took place."""
        return self.event in SIGNINGS and self.is_done


@dataclass(frozen=True, slots=True)
class Signed:
    """An agreement as linking sees it; dates are ISO prefixes, empty when unknown."""

    id: str
    partners: frozenset[str]
    type: str = ""
    signed: str = ""
    ends: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Links of news and agreements with the words that prove each, and the items whose signing no register has."""

    ties: list[Tie] = field(default_factory=list)
    unknown: list[Item] = field(default_factory=list)


def to_agreements(items: Iterable[Item], agreements: Sequence[Signed], linked: Mapping[str, frozenset[str]]) -> Found:
    """Return the further links of ``items``; ``linked`` are the agreements that each is linked to already.

    An item that is linked by its page is given no proposals: what it is about is known.
    """
    by_partner: dict[str, list[Signed]] = {}
    for agreement in agreements:
        for partner in sorted(agreement.partners):
            by_partner.setdefault(partner, []).append(agreement)
    found = Found()
    for item in items:
        known = linked.get(item.id, frozenset())
        ties: dict[str, Tie] = {}
        for tie in _ties(item, by_partner):
            if (
                tie.right not in known
                and (tie.accepted or not known)
                and (tie.right not in ties or tie.confidence > ties[tie.right].confidence)
            ):
                ties[tie.right] = tie
        found.ties.extend(ties.values())
        if _is_unknown(item, by_partner, known | {right for right, tie in ties.items() if tie.accepted}):
            found.unknown.append(item)
    return found


def _ties(item: Item, by_partner: Mapping[str, Sequence[Signed]]) -> Iterator[Tie]:
    for words in item.words:
        for partner in sorted(words.partners or item.partners):
            yield from _by_date(item, words, by_partner.get(partner, ()))
    for words in item.signings:
        for partner in sorted(words.partners or item.partners):
            yield from _by_signing(item, words, by_partner.get(partner, ()))
    for words in item.words if not item.tells_signing else ():  # a new agreement is not the one that was in force before
        for partner in sorted(words.partners or item.partners):
            yield from _by_kind(item, words, by_partner.get(partner, ()))


def _by_date(item: Item, words: Words, candidates: Sequence[Signed]) -> Iterator[Tie]:
    """Yield the agreement that was signed when the text says so."""
    if not words.signed:
        return
    same = [each for each in candidates if _agree(each.signed, words.signed) and _fits(words.types, each.type)]
    finest = min((len(each.signed) for each in same), default=0)
    shared = min(finest, len(words.signed))
    certain = len(same) == 1 and (
        shared >= 7 or len(candidates) == 1 or sum(each.signed[:4] == words.signed[:4] for each in candidates) == 1
    )
    for each in same[:_MOST_PROPOSED]:
        yield _tie(item, each, words, "date_of_signature", 0.93 if certain and shared >= 7 else 0.9 if certain else 0.5, certain)


def _by_signing(item: Item, words: Words, candidates: Sequence[Signed]) -> Iterator[Tie]:
    """Yield the agreement that was signed in the days of the signing that the item reports."""
    dated = [each for each in candidates if each.signed and item.date]
    near = [each for each in dated if within(each.signed, item.date)]
    if not near and item.tells_signing and len(about := [each for each in dated if within(each.signed, item.date, _DOUBTFUL)]) == 1:
        yield _tie(item, about[0], words, "signing", 0.4, False)
    fitting = [each for each in near if _fits(words.types, each.type)] or near
    on_the_day = len(item.date) == 10 and all(each.signed == item.date for each in fitting)
    certain = bool(fitting) and (on_the_day or (len(fitting) == 1 and min(len(fitting[0].signed), len(item.date)) >= 7))
    for each in fitting[:_MOST_PROPOSED]:
        yield _tie(item, each, words, "signing", 0.92 if certain else 0.5, certain)


def _by_kind(item: Item, words: Words, candidates: Sequence[Signed]) -> Iterator[Tie]:
    """Propose the one agreement of a kind that was in force when the item spoke of one."""
    if words.signed and any(each.signed for each in candidates):
        return
    in_force = [each for each in candidates if _is_in_force(each, item.date) and _fits(words.types, each.type)]
    if len(in_force) == 1:
        yield _tie(item, in_force[0], words, "only_one", 0.7 if len(candidates) == 1 else 0.6, False)


def _tie(item: Item, agreement: Signed, words: Words, method: str, confidence: float, accepted: bool) -> Tie:
    return Tie(item.id, agreement.id, words.text, method, confidence, accepted, words.start, words.end, words.column)


def _is_unknown(item: Item, by_partner: Mapping[str, Sequence[Signed]], known: frozenset[str]) -> bool:
    """Tell whether the item reports a signing with a partner none of whose agreements was signed about then."""
    if not item.tells_signing or known or not item.partners or not item.date:
        return False
    candidates = [each for partner in item.partners for each in by_partner.get(partner, ())]
    return not any(not each.signed or within(each.signed, item.date, _DOUBTFUL) for each in candidates)


def within(signed: str, date: str, slack: int = 0) -> bool:
    """Tell whether an agreement of ``signed`` can be the one whose signing is told of ``date``, both ISO prefixes.

    >>> within("2023-11-14", "2023-11-20"), within("2023-10", "2023-11-02"), within("2023", "2023-11"), within("2022", "2023-11")
    (True, True, True, False)
    """
    if len(signed) < 7 or len(date) < 7:
        return signed[:4] == date[:4]
    first, last = _days(signed)
    begin, end = _days(date)
    return first <= end + _DAYS_AFTER + slack and last >= begin - _DAYS_BEFORE - slack


def _days(iso: str) -> tuple[int, int]:
    """Return the first and the last day that an ISO prefix of a month or a day can mean, counted in months of 31 days."""
    season = int(iso[5:7]) > 12
    month = (int(iso[5:7]) - 21) * 3 + 3 if season else int(iso[5:7])
    first = int(iso[:4]) * 372 + (month - 1) * 31 + (int(iso[8:10]) if len(iso) == 10 else 1)
    return first, first if len(iso) == 10 else first + (92 if season else 30)


def _agree(a: str, b: str) -> bool:
    return bool(a) and bool(b) and (a.startswith(b) or b.startswith(a))


def _fits(wanted: frozenset[str], kind: str) -> bool:
    return not wanted or not kind or kind in wanted


def _is_in_force(agreement: Signed, date: str) -> bool:
    """Tell whether the agreement was in force at ``date`` as far as its dates say."""
    begun = not agreement.signed or not date or agreement.signed[: len(date)] <= date[: len(agreement.signed)]
    return begun and (not agreement.ends or not date or agreement.ends[: len(date)] >= date[: len(agreement.ends)])
