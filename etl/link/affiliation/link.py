"""An affiliation, as papers and spreadsheets print it -> the organisation of a list: 'Dept. of Physics, Univ. of Graz, Austria'.

Every name of the list that stands in the text is a candidate, whole, in another order or in good part. What speaks for each
(its words, its place, the country and the city, what stands around it) is weighed with ``etl/reference/affiliation_weights.csv``,
and the sums are made into probabilities, with one for 'none of them'. A body with an entry of its own is not its parent; a
department without one is its university.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from etl.link.affiliation.candidates import Candidate, Text, candidates
from etl.link.affiliation.features import Features
from etl.link.affiliation.index import Index
from etl.link.partner.reference import Organisation
from etl.reference import rows

#: From this probability an affiliation is answered; below it is a question, and below the other it is not even one.
SURE = 0.5
POSSIBLE = 0.05
_MOST = 5


@dataclass(frozen=True, slots=True)
class Linked:
    """An organisation that an affiliation may name: how probably, and by which of its names, as far as it stands there."""

    organisation: Organisation
    probability: float
    reason: str
    is_whole: bool


@cache
def weights() -> Mapping[str, float]:
    """Return how much each feature counts; ``none`` is what a candidate has to exceed.

    >>> weights()["exact"] > 0 > weights()["country_conflict"]
    True
    """
    return {row["feature"]: float(row["weight"]) for row in rows("affiliation_weights")}


def link(text: str, index: Index, where: frozenset[str] = frozenset()) -> list[Linked]:
    """Return the organisations that ``text`` may name, the most probable first, at most five; ``where`` are countries beside it."""
    read, weight = Text(text, index, where), weights()
    found = candidates(read, index)
    features = Features(read, index, found)
    best: dict[int, tuple[float, Candidate]] = {}
    for each in found:
        score = sum([weight[name] * value for name, value in features.of(each).items()])
        owner = index.owner[each.name]
        if owner not in best or score > best[owner][0]:
            best[owner] = (score, each)
    ordered = sorted(best.items(), key=lambda item: (-item[1][0], index.organisations[item[0]].id))
    highest = max([weight["none"], *(score for score, _ in best.values())])
    total = math.exp(weight["none"] - highest) + sum(math.exp(score - highest) for score, _ in best.values())
    ranked = [
        Linked(index.organisations[owner], math.exp(score - highest) / total, _reason(each, read), each.how != "partial")
        for owner, (score, each) in ordered[:_MOST]
    ]
    return [each for each in ranked if each.probability >= POSSIBLE]


_HOW = {"exact": "its name", "bag": "the words of its name", "partial": "most of its name"}


def _reason(one: Candidate, read: Text) -> str:
    first, last = read.segment_of[one.start], read.segment_of[one.end - 1]
    shown = ", ".join(segment.text for segment in read.segments[first : last + 1])
    return f"{_HOW[one.how]} in {shown[:80]!r}"
