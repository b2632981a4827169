"""Which works without a DOI of their own are one work: same title, with as much beside it as the title needs.

Works with two different DOIs are two works, whatever they are called: a conference paper and the article that grew out of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from etl.publications.keys import is_telling

#: Works under one title that are compared with each other; more under one title are no duplicates but a series.
_MOST = 200


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is compared: ``node`` is the DOI (``d...``) or another mark that some records share already."""

    node: str
    title: str
    year: int
    surnames: tuple[str, ...]
    venue: str
    page: str
    kind: str


def is_same(one: Candidate, other: Candidate) -> bool:
    """Tell whether two works of one folded title are one.

    A telling title needs the same year, authors that do not contradict, and the same venue where the kinds of document differ. A year
    apart (online first, then in an issue) it needs the same author and venue. A title such as "Editorial" needs author, venue and page.

    >>> article = Candidate("r1", "fatigue of welded joints in bridges", 2020, ("ivanov",), "j steel", "1", "journal")
    >>> paper = Candidate("r2", "fatigue of welded joints in bridges", 2020, ("ivanov",), "proc conf", "7", "proceedings")
    >>> is_same(article, article), is_same(article, paper)
    (True, False)
    """
    if one.node.startswith("d") and other.node.startswith("d") and one.node != other.node:
        return False
    shared = bool(set(one.surnames) & set(other.surnames))
    same_venue = bool(one.venue) and one.venue == other.venue
    if not is_telling(one.title):
        return one.year == other.year != 0 and shared and same_venue and bool(one.page) and one.page == other.page
    if one.kind and other.kind and one.kind != other.kind and not same_venue:
        return False
    if one.year != other.year:
        return abs(one.year - other.year) == 1 and shared and same_venue
    return shared or not one.surnames or not other.surnames or not _comparable(one.surnames, other.surnames)


def _comparable(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether two names are in one script; 'Иванов' and 'Ivanov' do not contradict each other."""
    return ("".join(one).isascii()) == ("".join(other).isascii())


def merged(candidates: Iterable[Candidate]) -> Iterator[tuple[str, str]]:
    """Yield (node, node that it is one with) for candidates in the order of their titles, those with a DOI first within a title."""
    roots: dict[str, str] = {}

    def root(node: str) -> str:
        while node in roots:
            node = roots[node]
        return node

    for _, group in groupby(candidates, key=lambda each: each.title):
        kept: list[Candidate] = []
        for each in group:
            found = next((other for other in kept if is_same(other, each)), None)
            if found is None:
                kept = kept if len(kept) >= _MOST else [*kept, each]
                continue
            target, node = root(found.node), root(each.node)
            # A record may lead to two works with a DOI each under two titles: then it stays with the first.
            if node != target and not (node.startswith("d") and target.startswith("d")):
                low, high = sorted((target, node))
                roots[high] = low
            kept = kept if len(kept) >= _MOST else [*kept, each]
    for node in sorted(roots):
        yield node, root(node)
