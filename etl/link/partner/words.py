"""The vocabulary of organisation names: what a word means in any of the languages partners are written in.

The facts are in ``etl/reference/organisation_words.csv``. A word that ends in ``*`` stands for all words that begin so.
Roles: *drop* and *legal* words say nothing of who it is; *institution* and *generic* words have a common meaning;
*place* and *country* words have a common name; *honour* opens a dedication; *syllable* spells Chinese in Russian;
*family* and *kind* group the meanings.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from etl.reference import rows
from etl.text import fold

#: Roles that a word of a name can play, the stronger first where one word has two.
ROLES = ("honour", "legal", "institution", "generic", "country", "place", "drop")

#: A word is taken for a misspelt common word only from this length.
_SHORTEST_TYPO = 8


@dataclass(frozen=True, slots=True)
class Word:
    """One entry: the role, the meanings (``technical university`` are two) and the language, ``*`` for any."""

    role: str
    meanings: tuple[str, ...]
    language: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All words by their folded tokens; ``longest`` is the most tokens a phrase has that begins with a token."""

    phrases: Mapping[tuple[str, ...], Word]
    stems: Mapping[str, Word]
    longest: Mapping[str, int]
    han: re.Pattern[str]
    frequent: Mapping[str, tuple[str, ...]]

    def at(self, tokens: tuple[str, ...], start: int) -> tuple[Word | None, int]:
        """Return the longest entry that begins at ``start`` and how many tokens it takes (1 when there is none)."""
        token = tokens[start]
        for length in range(min(self.longest.get(token, 0), len(tokens) - start), 0, -1):
            if word := self.phrases.get(tokens[start : start + length]):
                return word, length
        if token[0] < "\u0400":  # no stem is in Latin letters
            return None, 1
        for end in range(len(token), 2, -1):
            if word := self.stems.get(token[:end]):
                return word, 1
        return None, 1

    def near(self, token: str) -> Word | None:
        """Return the institution or technical word that ``token`` misspells by one letter, none for short tokens.

        >>> vocabulary().near("univeristy").meanings
        ('university',)
        """
        if len(token) < _SHORTEST_TYPO:
            return None
        # One slip spoils the beginning or the end of a long word, not both.
        near = (*self.frequent.get(token[:3], ()), *self.frequent.get(f"-{token[-3:]}", ()))
        found = process.extractOne(token, near, scorer=OSA.distance, score_cutoff=1) if near else None
        return self.phrases[(found[0],)] if found else None

    def tokens(self, folded: str) -> tuple[str, ...]:
        """Return the tokens of a folded name; Chinese, which has no spaces, is cut at the words that are known.

        >>> vocabulary().tokens("湖南大学")
        ('湖南', '大学')
        """
        if max(folded, default="") < "\u3400":
            return tuple(folded.split())
        return tuple(self.han.sub(r" \1 ", folded).split())


@cache
def vocabulary() -> Vocabulary:
    """Return the vocabulary, read once.

    >>> vocabulary().at(("technische", "universitat", "graz"), 1)[0].meanings
    ('university',)
    """
    phrases: dict[tuple[str, ...], Word] = {}
    stems: dict[str, Word] = {}
    for role in ROLES:
        for row in rows("organisation_words"):
            if row["role"] != role:
                continue
            word = Word(role, tuple(row["meaning"].split()), row["language"])
            tokens = tuple(fold(row["word"].rstrip("*")).split())
            if row["word"].endswith("*") and len(tokens) == 1:
                stems.setdefault(tokens[0], word)
            elif tokens:
                phrases.setdefault(tokens, word)
    longest: dict[str, int] = {}
    for tokens in phrases:
        longest[tokens[0]] = max(longest.get(tokens[0], 0), len(tokens))
    han = sorted((tokens[0] for tokens in phrases if len(tokens) == 1 and tokens[0][0] >= "\u3400"), key=lambda word: (-len(word), word))
    return Vocabulary(phrases, stems, longest, re.compile("(" + "|".join(han) + ")"), _frequent(phrases))


def _frequent(phrases: Mapping[tuple[str, ...], Word]) -> dict[str, tuple[str, ...]]:
    """Return the institution and technical words by their first three letters, and by a dash and their last three."""
    tech = family("tech")
    found: dict[str, tuple[str, ...]] = {}
    for tokens, word in phrases.items():
        token = tokens[0]
        if len(tokens) == 1 and len(token) >= _SHORTEST_TYPO - 1 and (word.role == "institution" or set(word.meanings) & tech):
            for edge in (token[:3], f"-{token[-3:]}"):
                found[edge] = (*found.get(edge, ()), token)
    return found


@cache
def family(name: str) -> frozenset[str]:
    """Return the meanings that belong to the family ``name``.

    >>> sorted(family("tech"))
    ['politecnico', 'polytechnic', 'technical', 'technological', 'technology']
    """
    return frozenset(row["word"] for row in rows("organisation_words") if row["role"] == "family" and row["meaning"] == name)


@cache
def kinds() -> Mapping[str, tuple[int, str]]:
    """Return the kind of partner that a meaning tells, with its rank: the most telling has the least."""
    found: dict[str, tuple[int, str]] = {}
    for row in rows("organisation_words"):
        if row["role"] == "kind":
            found.setdefault(row["word"], (len(found), row["meaning"]))
    return found


@cache
def country_names() -> Mapping[str, str]:
    """Return alpha-3 codes by the folded names of the countries, without the adjectives written with ``*``.

    >>> country_names()["кнр"]
    'CHN'
    """
    return {fold(row["word"]): row["meaning"] for row in rows("organisation_words") if row["role"] == "country" and "*" not in row["word"]}


@cache
def alpha_3() -> Mapping[str, str]:
    """Return alpha-3 codes by alpha-2 code.

    >>> alpha_3()["CN"]
    'CHN'
    """
    return {row["word"]: row["meaning"] for row in rows("organisation_words") if row["role"] == "alpha2"}


@cache
def syllables() -> Mapping[str, str]:
    """Return pinyin by the folded Cyrillic spelling of a Chinese syllable (Palladius)."""
    return {fold(row["word"]): row["meaning"] for row in rows("organisation_words") if row["role"] == "syllable"}
