"""Are two rare words one name? By its sounds in two scripts, by the readings of Japanese characters, by initials."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from rapidfuzz import fuzz

from etl.link.partner.sounds import is_pinyin, latin, sound
from etl.link.same.lexicon import plain
from etl.link.same.translation import Token
from etl.reference import rows

#: Spellings in two scripts are taken for one name from this likeness of their sounds, those of one script only when nearly equal.
_ALIKE_ACROSS, _ALIKE_WITHIN = 0.76, 0.85
#: Arabic and Hebrew write no vowels: their consonants must agree the better.
_ALIKE_BONES = 0.75
_VOWELS = re.compile("[aeiou]")
_SHORTEST_STEM = 5
_UNVOICED = str.maketrans("bdgzv", "ptksf")
_LONG_VOWELS = tuple(
    (re.compile(long), short) for long, short in (("ou|oo|oh(?![aeiou])", "o"), ("uu", "u"), ("tsu", "tu"), ("m(?=[pbm])", "n"))
)
_HAN = re.compile(r"[\u3400-\u9fff]+")


@lru_cache(maxsize=65_536)
def _skeleton(word: str) -> str:
    """Return the consonants of a word, voiced ones as voiceless: Korean and Arabic are spelled in many ways."""
    heard = sound(word)
    return "".join(letter for letter in heard if letter not in "aeiouy`'").translate(_UNVOICED) or heard


@lru_cache(maxsize=262_144)
def one_sound(word: str, other: str, across: bool) -> float:
    """Return how far two spellings in Latin letters are one name, ``across`` when they come from different scripts or languages.

    >>> one_sound("shchukin", "schtschukin", True), one_sound("guangxi", "guangdong", False)
    (0.95, 0.0)
    """
    if word == other:
        return 1.0
    if not across and is_pinyin(word) and is_pinyin(other):
        return 0.0
    one, two = sound(word), sound(other)
    if len(one) > 2 and (one == two or f"{one}sk" == two or one == f"{two}sk"):
        return 0.95
    if not across:
        alike = fuzz.ratio(one, two) / 100
        return 0.9 * alike if alike >= _ALIKE_WITHIN and min(len(one), len(two)) > 4 else 0.0
    if _is_inflected(word, other):
        return 0.9
    bones = fuzz.ratio(_skeleton(word), _skeleton(other)) / 100
    if not _VOWELS.search(word) or not _VOWELS.search(other):
        return 0.9 * bones if bones >= _ALIKE_BONES else 0.0
    alike = 0.5 * (fuzz.ratio(one.translate(_UNVOICED), two.translate(_UNVOICED)) / 100 + bones)
    return alike if alike >= _ALIKE_ACROSS else 0.0


def _is_inflected(word: str, other: str) -> bool:
    """Tell whether two words have one stem: 'Kalisz' and 'w Kaliszu', 'Tirana' and 'Tiranës'."""
    shorter = min(len(word), len(other))
    return shorter >= _SHORTEST_STEM and abs(len(word) - len(other)) <= 3 and word[: shorter - 1] == other[: shorter - 1]


@cache
def _readings() -> Mapping[str, str]:
    """Return the Japanese readings of a character as a pattern."""
    return {plain(row["character"]): f"(?:{_short(row['readings'])})" for row in rows("name_kanji")}


def _short(romaji: str) -> str:
    for long, short in _LONG_VOWELS:
        romaji = long.sub(short, romaji)
    return romaji


@lru_cache(maxsize=65_536)
def reads_as(han: str, romaji: str) -> bool:
    """Tell whether Chinese characters can be read as ``romaji`` in a Japanese name.

    >>> reads_as("湘南", "shonan"), reads_as("金沢", "kanazawa"), reads_as("金沢", "osaka")
    (True, True, False)
    """
    letters = plain(han)
    if not _HAN.fullmatch(letters) or not all(letter in _readings() for letter in letters):
        return False
    return bool(re.fullmatch("".join(_readings()[letter] for letter in letters), _short(romaji)))


def one_name(one: Token, two: Token, across: bool) -> float:
    """Return how far two words are spellings of one name.

    >>> from etl.link.same.translation import tokens
    >>> one_name(tokens("Циолковский")[0], tokens("Tsiolkovsky")[0], True) > 0.9
    True
    """
    if one.group == "number" or two.group == "number":
        return float(one.latin == two.latin)
    if any(han.written and reads_as(han.written, romaji.latin) for han, romaji in ((one, two), (two, one))):
        return 1.0
    if one.written and two.written and one.written.isupper() and two.written.isupper():
        return max(float(_one_acronym(one, two)), float(_one_acronym(two, one)))
    if across and any(_is_chinese(one, two) for one, two in ((one, two), (two, one))):
        return float(one.latin == two.latin)
    return max(one_sound(left, right, across) for left in spellings(one) for right in spellings(two))


def _one_acronym(one: Token, two: Token) -> bool:
    """Tell whether an acronym is that of another language, 'государственный' being 'state': 'ВГУ' and 'VSU'."""
    letters = latin(plain(one.written))
    return latin(plain(two.written)) in (letters, letters.replace("g", "s"))


def _is_chinese(one: Token, two: Token) -> bool:
    """Tell whether ``one`` is written as only a Chinese name is, and ``two`` may be its pinyin, where one letter makes another name."""
    written = bool(one.written) and (bool(_HAN.fullmatch(one.written)) or ("\u0400" <= one.written[0] <= "\u052f" and is_pinyin(one.latin)))
    return written and is_pinyin(one.latin) and is_pinyin(two.latin)


def spellings(token: Token) -> tuple[str, ...]:
    """Return a word in Latin letters, in every way that is known."""
    return token.spelled or tuple(sorted(token.meanings))


def one_run(one: Sequence[Token], two: Sequence[Token], across: bool) -> bool:
    """Tell whether two runs of names are the same letters, cut into words in another way: 'Sunyatsen', 'Sun Yat-sen'."""
    left, right = ("".join(spellings(token)[0] for token in side) for side in (one, two))
    if any(len(han) == 1 and reads_as(han[0].written, run) for han, run in ((one, right), (two, left))):
        return True
    return len(one) != len(two) and min(len(left), len(right)) > 4 and one_sound(left, right, across) >= _ALIKE_WITHIN


def spelled_out(short: str, words: Sequence[Token]) -> bool:
    """Tell whether an acronym gives the initials of some words, in the language of either.

    >>> from etl.link.same.translation import tokens
    >>> spelled_out("ИФМ", tokens("Институт физики металлов")), spelled_out("IPM", tokens("Институт физики металлов"))
    (True, True)
    >>> spelled_out("TU", tokens("Институт физики металлов"))
    False
    """
    letters = latin(plain(short))
    if not 2 <= len(letters) <= len(words) + 1 or len(words) > len(letters) + 1:
        return False
    rest = list(letters)
    for word in words:
        if rest and rest[0] in {latin(plain(word.first))[:1], *(each[:1] for each in spellings(word))}:
            rest.pop(0)
    return not rest or (len(letters) == len(words) > 2 and sorted(letters) == sorted(spellings(word)[0][0] for word in words))
