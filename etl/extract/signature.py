"""What the words of an organisation's name say, whatever their order and language: kind, subject, place, country, and its own name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from etl.extract.declension import ANY_CASE, OF_PLACE
from etl.extract.places import Places
from etl.extract.text_words import listed
from etl.extract.tokens import Phrases, Token
from etl.reference import rows
from etl.text import fold

#: Meanings that a short form leaves out, and that a careless one adds.
WEAK = frozenset(("state", "national", "federal", "research", "public", "private", "republic", "city", "province", "higher-education"))
#: Meanings that translators use for one another.
TECHNICAL = frozenset(("technical", "technology", "technological", "polytechnic", "politecnico"))
#: Kinds of bodies that teach: 'the Madras institute' and 'the university in Madras' may be one.
TEACHING = frozenset(("university", "institute", "college", "school", "academy", "polytechnic", "politecnico"))

_CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_LATIN = "a b v g d e e j z i i k l m n o p r s t u f h c ch sh sh - i - e u a"
_LETTERS = {one: other.strip("-") for one, other in zip(_CYRILLIC, _LATIN.split(), strict=True)}
_SOUNDS = tuple(
    {
        "kh": "h", "zh": "j", "dj": "j", "tz": "c", "ts": "c", "ck": "k", "cs": "ks", "ph": "f", "th": "t", "sch": "sh", "w": "v",
        "x": "ks", "q": "k", "yu": "u", "iu": "u", "ya": "a", "ia": "a", "ye": "e", "yo": "e", "y": "i", "oo": "u", "ou": "u",
    }.items()
)  # fmt: skip
#: The part of a signature that a word of the vocabulary belongs to.
_PARTS = {"institution": "heads", "generic": "common", "country": "countries", "place": "places"}
_DOUBLE = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True)
class Signature:
    """The parts of a name: ``heads`` say what it is, ``common`` what it is about, ``rare`` are the words of its own."""

    heads: frozenset[str]
    common: frozenset[str]
    places: frozenset[str]
    countries: frozenset[str]
    rare: frozenset[str]

    @property
    def strong(self) -> frozenset[str]:
        """Return what it is about, without the words that come and go, and with one word for all that is technical."""
        plain = (self.common | self.heads & TECHNICAL) - WEAK
        return frozenset("technical" if word in TECHNICAL else word for word in plain)


class Signatures:
    """Reads names and phrases into signatures; ``countries`` are folded names and adjectives with their codes."""

    def __init__(self, places: Places, countries: Phrases[str]) -> None:
        self.places = places
        self._countries = countries
        self._words = _vocabulary()
        self._alone: dict[tuple[str, bool, bool], tuple[str, tuple[str, ...], int]] = {}

    def of(self, words: Sequence[Token]) -> Signature:
        """Return the signature of ``words``."""
        parts: dict[str, set[str]] = {"heads": set(), "common": set(), "places": set(), "countries": set(), "rare": set()}
        position = 0
        while position < len(words):
            word = words[position]
            key = (word.folded, word.is_capital, word.is_acronym)
            read = self._alone.get(key)
            if read is None:
                read = self._read(words, position)
                if self._is_alone(word.folded):
                    self._alone[key] = read
            name, values, length = read
            if values:
                parts[name].update(values)
            position += length
        return Signature(*(frozenset(values) for values in parts.values()))

    def spans(self, words: Sequence[Token]) -> Iterator[tuple[str, tuple[str, ...], int, int]]:
        """Yield the parts of ``words`` one by one: which part of a signature, its values, and the half-open range of its tokens."""
        position = 0
        while position < len(words):
            part, values, length = self._read(words, position)
            yield part, values, position, position + length
            position += length

    def country_of(self, place: str) -> tuple[str, ...]:
        """Return the countries that have a place of this key."""
        return self.places.countries_of(place)

    def _is_alone(self, folded: str) -> bool:
        """Tell whether a word is read alike whatever stands behind it."""
        return self._words.longest(folded) < 2 and self._countries.longest(folded) < 2 and self.places.is_alone(folded)

    def _read(self, words: Sequence[Token], start: int) -> tuple[str, tuple[str, ...], int]:
        """Return the part of a signature that the longest phrase at ``start`` belongs to, its meanings and its number of words."""
        roles, length = self._words.at(words, start)
        codes, long = self._countries.at(words, start)
        place, wide = self.places.at(words, start)
        if place is not None and wide >= max(long if codes else 1, length if roles else 1) and not (codes and long >= wide):
            return "places", (place.key,), wide
        if codes and long >= length:
            return "countries", tuple(codes), long
        if not roles:
            roles = [stem] if (stem := _by_stem(words[start].folded)) else []
        if roles:
            role, meanings = roles[0]
            return _PARTS.get(role, ""), meanings if role in _PARTS else (), length
        if words[start].folded in listed("empty"):
            return "", (), 1
        word = root(words[start].folded)
        return "rare", (word,) if len(word) > 1 or words[start].is_capital else (), 1


@cache
def _vocabulary() -> Phrases[tuple[str, tuple[str, ...]]]:
    """Return role and meanings of the whole words of the vocabulary of names, the stronger role first."""
    found = Phrases[tuple[str, tuple[str, ...]]]()
    for role in ("honour", "legal", "institution", "generic", "country", "place", "drop"):
        for row in rows("organisation_words"):
            if row["role"] == role and not row["word"].endswith("*"):
                found.add(row["word"], (role, tuple(row["meaning"].split())))
    for row in rows("text_heads"):
        if not row["word"].endswith("*") and row["use"] != "legal" and not found.exactly(fold(row["word"])):
            found.add(row["word"], ("institution", tuple(row["meaning"].split())))
    return found


@cache
def _stems() -> dict[str, tuple[str, tuple[str, ...]]]:
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    for role in ("institution", "generic", "country", "place"):
        for row in rows("organisation_words"):
            if row["role"] == role and row["word"].endswith("*"):
                found.setdefault(fold(row["word"][:-1]), (role, tuple(row["meaning"].split())))
    for row in rows("text_heads"):
        if row["word"].endswith("*"):
            found.setdefault(fold(row["word"][:-1]), ("institution", tuple(row["meaning"].split())))
    return found


@lru_cache(maxsize=65_536)
def _by_stem(folded: str) -> tuple[str, tuple[str, ...]] | None:
    if folded[0] < "\u0400":
        return None
    known = _stems()
    return next((known[folded[:end]] for end in range(len(folded), 2, -1) if folded[:end] in known), None)


def role_of(word: Token) -> tuple[str, tuple[str, ...]] | None:
    """Return role and meanings of a single word, none for one that is not in the vocabulary of names."""
    found = _vocabulary().exactly(word.folded)
    return found[0] if found else _by_stem(word.folded)


@lru_cache(maxsize=65_536)
def root(folded: str) -> str:
    """Return how a rare word sounds, without cases and in Latin letters: Салымбекова and Salymbekov are one.

    >>> root("салымбекова") == root("salymbekov"), root("гунадарма") == root("gunadarma"), root("цзяотун") == root("jiaotong")
    (True, True, True)
    """
    if folded[0] >= "\u0400":
        stem = OF_PLACE.sub("", folded)
        if stem == folded and len(folded) > 4:
            stem = ANY_CASE.sub("", folded)
        folded = _pinyin(folded) or _pinyin(stem) or "".join(_LETTERS.get(letter, letter) for letter in stem)
    for written, sound in _SOUNDS:
        folded = folded.replace(written, sound)
    plain = _DOUBLE.sub(r"\1", folded)
    return plain.rstrip("aeiou") if len(plain) > 4 else plain


@cache
def _syllables() -> dict[str, str]:
    return {fold(row["word"]): row["meaning"] for row in rows("organisation_words") if row["role"] == "syllable"}


def _pinyin(folded: str) -> str:
    """Return the pinyin of a word of at least two Chinese syllables, empty when it is no such word."""
    known = _syllables()
    ways: dict[int, str] = {0: ""}
    for end in range(1, len(folded) + 1):
        for start in range(max(0, end - 6), end):
            if start in ways and folded[start:end] in known and end not in ways:
                ways[end] = ways[start] + known[folded[start:end]]
    spelled = ways.get(len(folded), "")
    return spelled if spelled and len(folded) > 4 else ""
