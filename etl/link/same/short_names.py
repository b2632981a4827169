"""Does an acronym abbreviate a name? Letter by letter, as people shorten: 'МЭСИ', 'МосГУ', 'РосНОУ', in either language."""

from __future__ import annotations

import re
from functools import lru_cache

from etl.link.partner.names import initials, is_acronym
from etl.link.same.lexicon import plain
from etl.link.same.sounds import one_name
from etl.link.same.translation import Token, tokens
from etl.text import fold, script

#: What it costs to pass over a word of the name, a short one less; a letter of the acronym that no word gives; each letter that a
#: word gives after its first; a letter from within a compound.
_PASSED, _SHORT_PASSED, _MISSING, _MORE_LETTERS, _WITHIN = 0.14, 0.03, 0.6, 0.04, 0.2
#: A branch is not what the bare acronym means, nor the house of another city; among equals the М is most often Moscow's.
_OF_A_BRANCH, _ELSEWHERE, _OTHER_M = 0.6, 0.9, 0.99
_SHORT = 3
_LONGEST = 24
_APART = re.compile(r"[\s\-–—/]+")
_BRACKETS = re.compile(r"\s*\([^()]*\)")
#: 'при Институте ...' says at whose house.
_HOST = re.compile(r"\s+при\s.*$")
#: A remark beside an acronym ('им. Косыгина', 'печати') has at most so many words, and counts so much.
_LONGEST_REMARK, _REMARK = 4, 0.4
_PARTS = frozenset({"branch", "campus"})


def abbreviates(brief: str, full: str) -> float:
    """Return how well the letters of an acronym are explained by a name, 1 when they are its initials.

    >>> abbreviates("МАИ", "Московский авиационный институт"), round(abbreviates("МосГУ", "Московский гуманитарный университет"), 2)
    (1.0, 0.96)
    >>> abbreviates("TSU", "Томский государственный университет"), abbreviates("ТГУ", "Казанский федеральный университет") < 0.4
    (1.0, True)
    """
    name = _HOST.sub("", _BRACKETS.sub(" ", _without_city(full)[0]))
    if fold(brief) in initials(name):
        return 1.0
    return max(0.0, 1 - _cost(_letters(brief), _words(brief, name)) / 2)


def standing(brief: str, full: str) -> float:
    """Return how far a name can be what a bare acronym means: a branch, or a house in another city than its name says, less so.

    >>> standing("МАИ", "Филиал Московского авиационного института, Ахтубинск") < standing("МАИ", "Московский авиационный институт, Москва")
    True
    """
    name, city = _without_city(full)
    found = _OF_A_BRANCH if {meaning for token in tokens(full) for meaning in token.meanings} & _PARTS else 1.0
    if city and not _is_of(city, name):
        found *= _ELSEWHERE
    return found * _OTHER_M if fold(brief)[:1] == "м" and not fold(name).startswith("моск") else found


def with_remark(brief: str) -> tuple[tuple[str, ...], str] | None:
    """Return the acronyms with which a short name begins, and what it says beside them; None when it is no such name.

    >>> with_remark("МГТУ им. Косыгина"), with_remark("МГСУ-МИСИ"), with_remark("Томский политех")
    ((('МГТУ',), 'им. Косыгина'), (('МГСУ', 'МИСИ'), ''), None)
    """
    head, _, rest = brief.strip().partition(" ")
    short = tuple(part for part in head.split("-") if part)
    return (short, rest.strip("() ")) if short and all(map(is_acronym, short)) and len(rest.split()) <= _LONGEST_REMARK else None


def remarked(short: tuple[str, ...], rest: str, full: str) -> float:
    """Return how well acronyms with a remark fit a name: the best of the acronyms, and the words of the remark that it has."""
    found = max(abbreviates(each, full) for each in short)
    words = tokens(rest)
    if not words:
        return found
    there = tokens(full)
    share = sum(max((_alike(word, other) for other in there), default=0.0) for word in words) / len(words)
    return (1 - _REMARK) * found + _REMARK * share


def _alike(word: Token, other: Token) -> float:
    return float(bool(word.meanings & other.meanings)) if word.meanings else one_name(word, other, False)


def _without_city(full: str) -> tuple[str, str]:
    """Return a name without the city behind its last comma, and the city, empty when nothing or more than a city stands there."""
    name, comma, city = full.rpartition(",")
    said = tokens(city)
    is_city = bool(comma) and 1 <= len(said) <= 2 and all(token.group in ("place", "rare") for token in said)
    return (name, city) if is_city and not is_acronym(city.strip()) else (full, "")


def _is_of(city: str, name: str) -> bool:
    """Tell whether a name can be of ``city``: it says that place, or none."""
    here, said = tokens(city), [token for token in tokens(name) if token.group == "place"]
    return not said or any(token.meanings & place.meanings for token in said for place in here)


def _letters(brief: str) -> str:
    return "".join(letter for letter in plain(brief) if letter.isalpha())


def _words(brief: str, full: str) -> tuple[str, ...]:
    """Return the words of a name in the alphabet of the acronym: as they stand, else what they mean in English."""
    if script(brief) == script(full):
        return tuple(filter(None, (fold(word).replace(" ", "") for word in _APART.split(full))))[:_LONGEST]
    return tuple(token.latin for token in tokens(full))[:_LONGEST]


@lru_cache(maxsize=65_536)
def _cost(letters: str, words: tuple[str, ...]) -> float:
    """Return the least cost of finding ``letters`` in ``words``, in order."""
    ends = [at * _MISSING for at in range(len(letters) + 1)]
    # ends[n]: the cost of having explained the first n letters with the words so far.
    for word in words:
        passed = _SHORT_PASSED if len(word) <= _SHORT else _PASSED
        after = [cost + passed for cost in ends]
        for at in range(len(letters)):
            if word[0] == letters[at]:
                for taken, cost in _taken(letters[at:], word):
                    after[at + taken] = min(after[at + taken], ends[at] + cost)
        for at in range(len(letters)):
            after[at + 1] = min(after[at + 1], after[at] + _MISSING)
        ends = after
    return ends[-1]


def _taken(letters: str, word: str) -> list[tuple[int, float]]:
    """Return how many letters a word can give that begins with the first of them, with what each number costs."""
    found = [(1, 0.0)]
    for length in range(2, min(len(letters), len(word)) + 1):
        if word[length - 1] != letters[length - 1]:
            break
        found.append((length, _MORE_LETTERS * (length - 1)))
    if len(letters) > 1 and letters[1] in word[_SHORT:]:
        found.append((2, _WITHIN))
    return found
