"""A name of an organisation -> what it says: the words it shares with other names, and the rare words that decide.

Two names are compared by meaning, not by letters: 'Technische Universität Graz' and 'Graz University of Technology'
both say *university*, *technology* and the rare word *graz*.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import TypeVar

from etl.link.partner.sounds import canonical, sound
from etl.link.partner.words import Word, country_names, family, kinds, vocabulary
from etl.text import LETTER, clean, fold, script

_BRACKETS = re.compile(r"\s*[(\[（]([^()\[\]（）]*)[)\]）]\s*")
_TAIL = re.compile(r"\s+[-–—]\s*([^\s,;()]+)$|\s*,\s*([^\s,;()]+)$")
_HEAD = re.compile(r"^([^\s,;()]+)\s+[-–—]\s+")
#: What stands before an acronym, or behind one; most names have none of it.
_MAY_HOLD_ACRONYM = re.compile(r"[(\[（,–—-]")
#: 'Y' in 'Đại học Y Hà Nội' is a word of the name, not the Spanish 'and'; marked, it is in no vocabulary.
_LETTER_WORD = re.compile(r"\b([AEIOYU])\b(?!\.)")
_LONGEST_ACRONYM = 8
_LONGEST_INITIALS = 12


_Said = TypeVar("_Said", bound=Hashable)
_Part = tuple[tuple[str, ...], Word | None]


@dataclass(frozen=True, slots=True)
class Name:
    """What a name says.

    ``concepts`` are the meanings of its common words and ``rare`` its other words in Latin letters, both sorted;
    ``languages`` those of its common words; ``honour`` the words of a dedication ('имени ...'); ``squeezed`` the key without
    spaces; ``order`` its words in the order in which they stand.
    """

    key: str
    squeezed: str
    concepts: tuple[str, ...]
    rare: tuple[str, ...]
    honour: tuple[str, ...]
    languages: frozenset[str]
    order: tuple[str, ...]
    script: str

    @property
    def says_enough(self) -> bool:
        """Tell whether the name decides without its dedication: 'Tashkent State University', but not 'University of Madrid'."""
        return bool(self.rare) and len(self.rare) + len(self.concepts) > 2

    @property
    def strict(self) -> tuple[str, ...]:
        """Return the signature that equal names share whatever the order of their words."""
        return (*self.concepts, "|", *self.rare)

    @property
    def loose(self) -> tuple[str, ...]:
        """Return the signature across languages: 'technical' is as good as 'of technology', words as they sound."""
        tech = family("tech")
        concepts = sorted({"tech" if concept in tech else concept for concept in self.concepts})
        return (*concepts, "|", *sorted(sound(word) for word in self.rare))


@lru_cache(maxsize=262_144)
def is_acronym(text: str) -> bool:
    """Tell whether ``text`` is one word written as an abbreviation.

    >>> [is_acronym(text) for text in ("TUHH", "PolyU", "СамГУ", "Tsinghua", "GmbH", "TU Graz")]
    [True, True, True, False, False, False]
    """
    if len(text.split()) != 1:
        return False
    letters = "".join(LETTER.findall(text))
    if not 2 <= len(letters) <= _LONGEST_ACRONYM or script(letters) not in ("latin", "cyrillic"):
        return False
    upper = sum(letter.isupper() for letter in letters)
    if upper < 2 or upper * 3 < len(letters) or (len(letters) > 7 and upper == len(letters)):
        return False
    word, _ = vocabulary().at((fold(letters),), 0)
    return word is None or word.role in ("drop", "place")


def acronyms(name: str) -> tuple[str, ...]:
    """Return the acronyms that ``name`` gives of itself: in brackets, after a dash, or because it is one.

    >>> acronyms("Technical University of Madrid (UPM)"), acronyms("TUHH"), acronyms("University of Porto")
    (('UPM',), ('TUHH',), ())
    """
    return _split_acronyms(clean(name))[1]


def _split_acronyms(text: str) -> tuple[str, tuple[str, ...]]:
    if is_acronym(text):
        return text, (text,)
    if not _MAY_HOLD_ACRONYM.search(text):
        return text, ()
    found = [match.strip() for match in _BRACKETS.findall(text) if is_acronym(match.strip())]
    bare = _BRACKETS.sub(lambda match: " " if is_acronym(match.group(1).strip()) else match.group(), text).strip()
    for pattern in (_TAIL, _HEAD):
        match = pattern.search(bare)
        if match and is_acronym(short := next(filter(None, match.groups()))) and fold(short) not in country_names():
            # ', CAS' or ' - NYU' may be who it belongs to: only the initials make it the name's own acronym.
            rest = pattern.sub("", bare)
            if fold(short) in initials(rest):
                found.append(short)
                bare = rest
    return bare or text, tuple(dict.fromkeys(found))


def initials(name: str) -> frozenset[str]:
    """Return the folded initials of ``name``, with and without its articles.

    >>> sorted(initials("City, University of London"))
    ['cul', 'cuol']
    """
    tokens = tuple(fold(name).split())
    short = "".join(token[0] for token in tokens if not _is_dropped(token))
    return frozenset({"".join(token[0] for token in tokens), short} - {""})


@lru_cache(maxsize=65_536)
def _is_dropped(token: str) -> bool:
    word, _ = vocabulary().at((token,), 0)
    return word is not None and word.role in ("drop", "legal")


def key(name: str) -> str:
    """Return the form under which two spellings are the same name: folded, without articles, legal form and own acronym.

    >>> key("The Technical University of Madrid (UPM)"), key("LG Electronics Inc."), key("BMW AG")
    ('technical university madrid', 'lg electronics', 'bmw')
    """
    return analyse(name).key


@lru_cache(maxsize=262_144)
def analyse(name: str) -> Name:
    """Return what ``name`` says.

    >>> analyse("Technische Universität Graz").loose == analyse("Технологический университет города Граца").loose
    True
    >>> analyse("Xi'an University of Technology").strict == analyse("Xi'an Technological University").strict
    False
    """
    text, _ = _split_acronyms(clean(name))
    upper = text.isupper()
    folded = fold(text if upper else _LETTER_WORD.sub(r"\1_", text))
    said = _meant(folded, is_acronym(text), upper and len(text) <= _LONGEST_INITIALS, script(text))
    return said if said.key else replace(said, key=fold(name), squeezed=fold(name).replace(" ", ""))


@lru_cache(maxsize=65_536)
def _meant(folded: str, is_short: bool, is_initials: bool, letters: str) -> Name:
    """Return what a folded name says, the same for all its spellings; letters that are words are marked in it."""
    tokens = vocabulary().tokens(folded)
    words: list[_Part] = [((token,), None) for token in tokens] if is_short else _words(tokens)
    if is_initials:  # 'IM SB RAS' has no German 'im' in it
        words = [(part, None if word and word.role == "drop" else word) for part, word in words]
    kept = [part for part, word in words if word is None or word.role not in ("drop", "legal", "honour")] or [tokens]
    return _assemble(" ".join([token.rstrip("_") for part in kept for token in part]), words, letters)


def forget() -> None:
    """Let go of what was remembered of names: a register of a hundred thousand rows has as many, and names each of them once."""
    analyse.cache_clear()
    _meant.cache_clear()
    is_acronym.cache_clear()


def _words(tokens: tuple[str, ...]) -> list[_Part]:
    found: list[_Part] = []
    start = 0
    while start < len(tokens):
        word, length = vocabulary().at(tokens, start)
        word = word or vocabulary().near(tokens[start])
        found.append((tokens[start : start + length], word))
        start += length
    return found


def _assemble(plain: str, words: list[_Part], letters: str) -> Name:
    concepts: list[str] = []
    rare: list[str] = []
    honour: list[str] = []
    order: list[str] = []
    languages: set[str] = set()
    dedicated = False
    for part, word in words:
        if word is None or (word.role in ("place", "country") and dedicated):
            target = honour if dedicated else rare
            target += [canonical(token) for token in part if len(token) > 1 or not dedicated]
            order += [canonical(token) for token in part]
        elif word.role == "honour":
            dedicated = True
        elif word.role in ("institution", "generic"):
            dedicated = False
            concepts += word.meanings
            order += word.meanings
            languages.add(word.language)
        elif word.role in ("place", "country"):
            rare += word.meanings
            order += word.meanings
    names = (_shared(tuple(sorted(concepts))), tuple(sorted(rare)), tuple(sorted(honour)))
    spoken = _shared(frozenset(languages - {"*"}))
    return Name(plain, plain.replace(" ", ""), *names, spoken, tuple(order), letters)


@lru_cache(maxsize=4096)
def _shared(said: _Said) -> _Said:
    """Return one object for all names that say the same in common words: they are few, and names are many."""
    return said


def kind(name: str) -> str:
    """Return the kind of organisation that the words of ``name`` tell, ``other`` when they tell none.

    >>> kind("Ташкентский университет"), kind("Institute of Physics"), kind("Harbin Institute of Technology"), kind("LG Electronics Inc.")
    ('university', 'institute', 'university', 'company')
    """
    said = analyse(name)
    concepts = set(said.concepts)
    if "academy" in concepts and "science" not in concepts:
        return "university"
    is_school = "institute" in concepts and "research" not in concepts
    if is_school and (concepts & {"polytechnic", "pedagogical"} or ("institute", "technology") in pairwise(said.order)):
        return "university"
    if telling := concepts & kinds().keys():
        return min(kinds()[concept] for concept in telling)[1]
    return "company" if _has_company_form(name) else "other"


def _has_company_form(name: str) -> bool:
    words = _words(tuple(fold(name).split()))
    return any(word is not None and word.role == "legal" and "company" in word.meanings for _, word in words)


def split_country(name: str) -> tuple[str, str]:
    """Return ``name`` without a country that stands behind it, and the code of that country, empty when there is none.

    >>> split_country("Tsinghua University, China"), split_country("University of Oregon (United States)")
    (('Tsinghua University', 'CHN'), ('University of Oregon', 'USA'))
    >>> split_country("University of Zambia")
    ('University of Zambia', '')
    """
    text = clean(name)
    head, _, tail = text.rpartition(",")
    if head and (code := country_names().get(fold(tail))):
        return head.strip(), code
    last = next(reversed(list(_BRACKETS.finditer(text))), None) if text.endswith((")", "]", "）")) else None
    if last and last.end() == len(text) and (code := country_names().get(fold(last.group(1)))):
        return text[: last.start()].strip() or text, code
    return text, ""


def split_brackets(name: str) -> tuple[str, tuple[str, ...]]:
    """Return ``name`` without its brackets, and what stands in them.

    >>> split_brackets("China University of Petroleum (East China)")
    ('China University of Petroleum', ('East China',))
    """
    text = clean(name)
    return _BRACKETS.sub(" ", text).strip(" ,"), tuple(inside.strip() for inside in _BRACKETS.findall(text) if inside.strip())
