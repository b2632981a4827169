"""A short name in a cell is told by the title of its row: 'JSNU' beside 'Joint institute of Jiangsu Normal University'."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

from etl.link.partner.gazetteer import Gazetteer, compatible
from etl.link.partner.names import initials
from etl.text import clean, fold

_LONGEST_NAME = 9
_EDGES = re.compile(r"^\W+|[^\w)]+$")


@lru_cache(maxsize=4096)
def phrases(title: str) -> tuple[tuple[int, int, str], ...]:
    """Return every run of two to nine words of ``title`` with the numbers of its first word and of the word after it, the longest first.

    >>> phrases("Visit to TU Graz")[:3]
    ((0, 4, 'Visit to TU Graz'), (0, 3, 'Visit to TU'), (1, 4, 'to TU Graz'))
    """
    words = clean(title).split()
    lengths = range(min(_LONGEST_NAME, len(words)), 1, -1)
    return tuple((at, at + n, _EDGES.sub("", " ".join(words[at : at + n]))) for n in lengths for at in range(len(words) - n + 1))


def spelled_out(short: str, title: str) -> tuple[str, ...]:
    """Return the phrases of ``title`` that ``short`` abbreviates: by their initials, with up to two more of their letters.

    >>> spelled_out("JSNU", "Jiangsu Normal University"), spelled_out("CUL", "City, University of London joins")
    (('Jiangsu Normal University',), ('City, University of London',))
    """
    wanted = fold(short)
    return tuple(phrase for _, _, phrase in phrases(title) if phrase[:1].isupper() and _abbreviates(wanted, phrase))


def _abbreviates(short: str, phrase: str) -> bool:
    for letters in initials(phrase):
        if short == letters:
            return True
        if 3 <= len(letters) < len(short) <= len(letters) + 2 and _in_order(letters, short) and _in_order(short, fold(phrase)):
            return True
    return False


def _in_order(short: str, long: str) -> bool:
    rest = iter(long)
    return all(letter in rest for letter in short)


def named_by_title(short: str, title: str, countries: frozenset[str], known: Gazetteer) -> tuple[str, str] | None:
    """Return the one known organisation that ``title`` names and ``short`` may abbreviate, with the reason.

    Certain when the acronym is one of the organisation's own; else it must be within one letter of the initials of one of
    its names, and the country must agree.
    """
    named = _known_in(title, countries, known)
    own = sorted(each for each in named if each in known.exact(short))
    if len(own) == 1:
        return own[0], f"the title names {known.by_id[own[0]].name}, and {short} is its acronym"
    near = sorted(
        each
        for each in named
        if countries and compatible(known.by_id[each].country, countries) and _may_abbreviate(short, known.by_id[each].names)
    )
    if len(near) == 1:
        return near[0], f"the title names {known.by_id[near[0]].name} and no other organisation of the country that {short} may abbreviate"
    return None


def _known_in(title: str, countries: frozenset[str], known: Gazetteer) -> frozenset[str]:
    """Return the organisations that ``title`` names, also in another case of Russian; of a name within a name, the longer."""
    found: set[str] = set()
    taken: set[int] = set()
    for start, end, phrase in phrases(title):
        if taken.isdisjoint(range(start, end)) and (named := known.called(phrase, countries)):
            found |= named
            taken |= set(range(start, end))
    return frozenset(found)


def _may_abbreviate(short: str, names: tuple[str, ...]) -> bool:
    wanted = fold(short)
    if len(wanted) < 3:
        return False
    return any(
        letters[0] == wanted[0] and OSA.distance(letters, wanted, score_cutoff=1) <= 1
        for name in names
        for letters in initials(name)
        if len(letters) >= 3
    )
