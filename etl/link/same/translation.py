"""What a name says in no language: its words as meanings, places and sounds.

'Харбинский политехнический университет', '哈尔滨理工大学' and 'Harbin University of Science and Technology' are read into the same
vocabulary, so that names of different languages and scripts can be compared word by word.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from functools import lru_cache

from anyascii import anyascii

from etl.link.partner.sounds import latin, pinyin, stem
from etl.link.same.lexicon import UNSPACED, WORD, Lexicon, han_variants, lexicon, plain, words_of
from etl.text import clean, fold

_ELISION = re.compile(r"\b(?:[ldscmnjt]|qu|un|dell|nell|sull|all|dall|degl|sant)'(?=\w{3})", re.IGNORECASE)
_APOSTROPHES = re.compile(r"(?<=\w)['ʻʿ`](?=\w)")
_NAMED_AFTER = frozenset({"имени", "им", "iм", "імені", "iменi", "імя"})
_LONGEST_ACRONYM = 7
#: After 'имени' stand at most so many words of a person's name.
_LONGEST_DEDICATION = 4
#: Of a word that may mean two things the weaker group counts.
_WEAKER_FIRST = ("weak", "country", "body", "part", "quality", "subject", "place")


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a name: what it may mean, to which group it belongs, its letters in Latin script, all its spellings there,
    how it is written (of an acronym or Chinese characters), and its first letter as written.

    ``meanings`` is empty for a word that no list knows; ``group`` is then *rare*, or *subject* for a common word of a language
    that writes only names with a capital letter.
    """

    meanings: frozenset[str]
    group: str
    latin: str
    spelled: tuple[str, ...] = ()
    written: str = field(default="", compare=False)
    first: str = field(default="", compare=False)


@lru_cache(maxsize=262_144)
def tokens(text: str) -> tuple[Token, ...]:
    """Return the words of a name in the order in which they stand, without articles, prepositions and legal forms.

    >>> [(token.latin, sorted(token.meanings)) for token in tokens("湖南工业大学")]
    [('hunan', ['hunan']), ('industry', ['industry']), ('university', ['university'])]
    >>> [token.latin for token in tokens("Universität Bielefeld")]
    ['university', 'bielefeld']
    """
    known = lexicon()
    words, raw = _split(text, known)
    shouts = text.isupper()
    found: list[Token] = []
    start = named = 0
    while start < len(words):
        named = _LONGEST_DEDICATION if words[start] in _NAMED_AFTER else max(named - 1, 0) if raw[start][0].isupper() else 0
        slots, length = known.at(words, start) if not named or words[start] in _NAMED_AFTER else ((), 1)
        if slots:
            found += (Token(slot, _group(slot, known), min(slot), first=raw[start][0]) for slot in slots if slot)
        elif words[start] not in known.silent and len(words[start]) > 1:
            found += _unknown(words[start], raw[start], shouts, known)
        start += length
    return _with_parent(found)


def _with_parent(found: list[Token]) -> tuple[Token, ...]:
    """Set apart the academy that an institute names as its own: 'Institute of Physics, Chinese Academy of Sciences'."""
    academies = [at for at, token in enumerate(found) if "academy" in token.meanings]
    others = [token for token in found if token.group == "body" and "academy" not in token.meanings]
    if len(academies) != 1 or not others:
        return tuple(found)
    start = end = academies[0]
    while start and found[start - 1].group in ("weak", "country"):
        start -= 1
    sciences = [at for at in range(end, min(end + 4, len(found))) if "science" in found[at].meanings]
    if not sciences:
        return tuple(found)
    end = sciences[0]
    if end + 1 < len(found) and found[end + 1].group == "country":
        end += 1
    return tuple(replace(token, group="parent") if start <= at <= end else token for at, token in enumerate(found))


def _group(slot: frozenset[str], known: Lexicon) -> str:
    groups = [known.group.get(meaning, "place") for meaning in sorted(slot)]
    return min(groups, key=_WEAKER_FIRST.index)


def _split(text: str, known: Lexicon) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the plain words of a name, and each as it is written."""
    found: list[str] = []
    written: list[str] = []
    for raw in WORD.findall(_spaced(_APOSTROPHES.sub("", _ELISION.sub(" ", clean(text))), known)):
        parts = words_of(plain(raw))
        found += parts
        written += [raw] * len(parts)
    return tuple(found), tuple(written)


def _spaced(text: str, known: Lexicon) -> str:
    """Put spaces between the known words of a script that has none."""
    if not UNSPACED.search(text):
        return text
    simple = unicodedata.normalize("NFKC", clean(text)).translate(han_variants())
    return UNSPACED.sub(lambda run: " " + known.unspaced.sub(r" \1 ", run.group()) + " ", simple)


def _unknown(word: str, raw: str, shouts: bool, known: Lexicon) -> list[Token]:
    """Return a word that no list knows: Cyrillic writes only names with a capital letter, the other words are common."""
    short = raw if raw.isupper() and not shouts and 2 <= len(raw) <= _LONGEST_ACRONYM else ""
    if "\u0400" <= word[0] <= "\u052f":
        folded = fold(word)
        chinese = pinyin(stem(folded)) or pinyin(folded)
        if chinese:
            return [Token(frozenset(), "rare", chinese, (chinese, latin(stem(folded))), raw, raw[0])]
        bare = latin(stem(folded))
        # Russian has no h: 'Генрих' is Heinrich.
        spelled = tuple(dict.fromkeys((bare, latin(folded), bare.replace("g", "h"))))
        return [Token(frozenset(), "rare" if raw[0].isupper() else "subject", spelled[0], spelled, short, raw[0])]
    if word.isascii():
        return [Token(frozenset(), "number" if word.isdigit() else "rare", word, (word,), short, raw[0])]
    letters = "".join(filter(str.isalnum, anyascii(word).casefold()))
    # Japanese is also written as it sounds: 'ダイガク' is 'daigaku'.
    if "\u3040" <= word[0] <= "\u30ff" and (slots := known.words.get(letters.replace("oo", "o").replace("ou", "o"), ())):
        return [Token(slot, _group(slot, known), min(slot)) for slot in slots if slot]
    if "\u0600" <= word[0] <= "\u06ff":
        letters = letters.removesuffix("h")
    return [Token(frozenset(), "rare", letters, (letters,), word)] if letters else []
