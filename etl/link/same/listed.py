"""What a list of organisations says about two names: whether they lead to one entry, and how far each agrees with the other's."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from etl.link.affiliation.link import link
from etl.link.partner.gazetteer import ANYWHERE, SURE, Gazetteer, Match
from etl.link.partner.names import analyse
from etl.link.partner.variants import find
from etl.link.same.score import agree, weights
from etl.link.same.translation import Token, tokens
from etl.reference import rows

#: The weight of a rare word, by the share of the list's organisations that have it: one in ten thousand 3.2, one in a hundred 1.9.
_LEAST, _PER_LOG = 0.6, 0.28
#: Only a list of so many organisations tells which words are rare.
_LARGE = 10_000
#: An entry that a name means with less than this is not compared.
_POSSIBLE = 0.3
_COMPARED = 2


def across(first: str, second: str) -> bool:
    """Tell whether two names are in different scripts or languages, where one name is spelled in two ways.

    >>> across("Universität Rom", "Университет Рима"), across("University of Rome", "Università di Roma"), across("Rome", "Roma")
    (True, True, False)
    """
    one, two = analyse(first), analyse(second)
    return one.script != two.script or bool(one.languages and two.languages and not one.languages & two.languages)


@lru_cache(maxsize=16)
def weigher(known: Gazetteer) -> Callable[[Token], float]:
    """Return what a word weighs in a list of organisations: a name that many have decides less."""
    everybody = len(known.by_id)

    @lru_cache(maxsize=65_536)
    def weight(token: Token) -> float:
        if token.group != "rare" or everybody < _LARGE:
            return weights()[token.group]
        return _LEAST + _PER_LOG * math.log(everybody / (len(known.with_word(token.latin)) + 1))

    return weight


@lru_cache(maxsize=65_536)
def likeness(first: str, second: str, known: Gazetteer) -> float:
    """Return how far two names agree, with the weights of the list.

    >>> from etl.link.partner.gazetteer import gazetteer
    >>> round(likeness("Uniwersytet Gdański", "University of Gdansk", gazetteer()), 2)
    1.0
    """
    return agree(tokens(first), tokens(second), across(first, second), weigher(known)).score


@lru_cache(maxsize=65_536)
def found(text: str, known: Gazetteer) -> tuple[Match, ...]:
    """Return what the list answers to a name; a name comes in many pairs."""
    return tuple(find(text, ANYWHERE, known))


@lru_cache(maxsize=65_536)
def meant(text: str, known: Gazetteer) -> Mapping[str, float]:
    """Return the ids of the organisations of the list that ``text`` may mean, each with how probable that is."""
    matches = found(text, known)
    if len(matches) == 1 and matches[0].confidence >= SURE:
        return {matches[0].id: matches[0].confidence}
    likely = {match.id: 0.5 / len(matches) for match in matches}
    for each in link(text, known.shelf.index) if known.shelf else ():
        likely[each.organisation.id] = max(likely.get(each.organisation.id, 0.0), each.probability)
    return likely


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for two names being one organisation.

    ``words``: how far they agree; ``best``: how far one agrees with the best name of the entry of the other, if that is more;
    ``one_entry`` and ``two_entries``: how probably they lead to one and the same entry of the list, and to two.
    """

    words: float
    best: float
    one_entry: float
    two_entries: float

    @property
    def score(self) -> float:
        """Return how probably they are one organisation.

        >>> Evidence(1, 1, 0.9, 0).score > Evidence(1, 1, 0, 0).score > 0.9 > 0.2 > Evidence(0.5, 0.5, 0, 0.9).score
        True
        """
        weight = _weights()
        values = {"words": self.words, "best": self.best, "one_entry": self.one_entry, "two_entries": self.two_entries, "none": 1.0}
        return 1 / (1 + math.exp(-sum(weight[name] * value for name, value in values.items())))


@lru_cache(maxsize=1)
def _weights() -> Mapping[str, float]:
    return {row["evidence"]: float(row["weight"]) for row in rows("organisation_evidence")}


def evidence(first: str, second: str, known: Gazetteer) -> Evidence:
    """Return what speaks for two names being one organisation, by their words and by the list."""
    one, two = meant(first, known), meant(second, known)
    words = likeness(first, second, known)
    best = max(words, _to_entries(second, one, known), _to_entries(first, two, known))
    together = sum(probability * two[each] for each, probability in one.items() if each in two)
    apart = min(sum(one.values()), 1.0) * min(sum(two.values()), 1.0) - together
    return Evidence(words, best, together, max(apart, 0.0))


def _to_entries(text: str, entries: Mapping[str, float], known: Gazetteer) -> float:
    """Return how far ``text`` agrees with the best name of the likeliest of some organisations."""
    likely = sorted((each for each in entries if entries[each] >= _POSSIBLE), key=lambda each: (-entries[each], each))[:_COMPARED]
    return max((likeness(text, name, known) for each in likely for name in known.by_id[each].names), default=0.0)
