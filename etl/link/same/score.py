"""How far two names say the same, word by word, whatever their languages: from 0 to 1, and which names speak against it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from etl.link.same.sounds import one_name, one_run, spelled_out
from etl.link.same.translation import Token, tokens
from etl.reference import rows

#: How much a word speaks against them where the other name says something else instead.
INSTEAD = 1.4
#: A name of its own on either side: 'Guangxi' is not 'Guangdong'.
VETO = 0.55
#: A subject of its own on either side: the institutes of one society.
SUBJECT_VETO = 0.2
_CROWD = 0.15
_NAMES = ("place", "rare", "number")


@dataclass(frozen=True, slots=True)
class Agreement:
    """The score, and the names (in Latin letters) that only one of the two has."""

    score: float
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()


@cache
def weights() -> Mapping[str, float]:
    """Return what a word of each group counts when both names have it: a rare name decides, 'university' hardly tells anything.

    >>> weights()["rare"] > weights()["subject"] > weights()["body"]
    True
    """
    return {row["group"]: float(row["weight"]) for row in rows("organisation_groups")}


@cache
def _alone() -> Mapping[str, float]:
    """Return how much of that speaks against two names when only one has it: a subject more makes another school, a name may not."""
    return {row["group"]: float(row["alone"]) for row in rows("organisation_groups")}


@cache
def near() -> Mapping[tuple[str, str], float]:
    """Return how close two meanings are that translators take for each other.

    >>> near()["technology", "technical"]
    0.85
    """
    found = {(row["one"], row["other"]): float(row["closeness"]) for row in rows("organisation_near")}
    return found | {(other, one): closeness for (one, other), closeness in found.items()}


def _alike(one: Token, two: Token, across: bool) -> float:
    """Return how far two words are one, from 0 to 1."""
    if not one.meanings or not two.meanings:
        return one_name(one, two, across)
    if one.meanings & two.meanings:
        return 1.0
    return max(near().get((left, right), 0.0) for left in one.meanings for right in two.meanings)


@lru_cache(maxsize=65_536)
def agreement(first: str, second: str, across: bool) -> Agreement:
    """Return how far two names say the same; ``across`` when they are in different scripts.

    >>> agreement("湖南工业大学", "Hunan University of Technology", True).score > 0.8
    True
    >>> agreement("Guangxi Academy of Sciences", "Guangdong Academy of Sciences", False).right
    ('guangdong',)
    """
    return agree(tokens(first), tokens(second), across)


def agree(one: Sequence[Token], two: Sequence[Token], across: bool, weigh: Callable[[Token], float] | None = None) -> Agreement:
    """Return how far two lists of words say the same; ``weigh`` gives the weight of a word."""
    sides = tuple(dict.fromkeys(one)), tuple(dict.fromkeys(two))
    left, right = ({at: _weight(token, weigh) for at, token in enumerate(side)} for side in sides)
    matched = against = 0.0
    for alike, here, there in _pairs(*sides, across):
        if here in left and there in right:
            both = (left.pop(here) + right.pop(there)) / 2
            matched += alike * both
            against += (1 - alike) * both
    rest = [[side[at] for at in over] for side, over in zip(sides, (left, right), strict=True)]
    if all(rest) and (explained := _explained(rest[0], rest[1], across)):
        matched += 0.4 * sum(_weight(token, weigh) for side in explained for token in side)
        rest = [[token for token in side if token not in gone] for side, gone in zip(rest, explained, strict=True)]
    whole = [sum(_weight(token, weigh) for token in side) for side in rest]
    more = [_more(side, weigh) for side in rest]
    against += INSTEAD * min(whole) + max(more)
    score = matched / (matched + against + 1e-9)
    names = [tuple(token.latin for token in side if token.group in _NAMES) for side in rest]
    if all(names) or all(any(token.group == "country" for token in side) for side in rest):
        score *= VETO
    elif all(any(token.group == "subject" for token in side) for side in rest):
        score *= SUBJECT_VETO
    return Agreement(score, names[0], names[1])


def _weight(token: Token, weigh: Callable[[Token], float] | None) -> float:
    return weigh(token) if weigh else weights()[token.group]


def _more(side: Sequence[Token], weigh: Callable[[Token], float] | None) -> float:
    """Return what words that only one name has count against it; many more names ('of Saint John the Baptist') little more than one."""
    names = sorted((_weight(token, weigh) * _alone()[token.group] for token in side if token.group in _NAMES), reverse=True)
    others = sum(_weight(token, weigh) * _alone()[token.group] for token in side if token.group not in _NAMES)
    return others + sum(names[:1]) + _CROWD * sum(names[1:])


def _pairs(one: Sequence[Token], two: Sequence[Token], across: bool) -> list[tuple[float, int, int]]:
    """Return the pairs of words that may be one, the most alike first."""
    found = [
        (alike, here, there) for here, left in enumerate(one) for there, right in enumerate(two) if (alike := _alike(left, right, across))
    ]
    return sorted(found, key=lambda pair: (-pair[0], pair[1], pair[2]))


def _explained(one: Sequence[Token], two: Sequence[Token], across: bool) -> tuple[list[Token], list[Token]] | None:
    """Return the words of either side that are one after all: names cut in another way, or an acronym and its words."""
    names = [token for token in one if token.group in _NAMES], [token for token in two if token.group in _NAMES]
    if all(names) and one_run(*names, across):
        return names
    for at, (side, other) in enumerate(((one, two), (two, one))):
        for token in side:
            if token.written and spelled_out(token.written, other):
                found = [token], list(other)
                return found if at == 0 else (found[1], found[0])
    return None
