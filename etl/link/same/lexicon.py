"""Words of organisation names in some forty languages, with what they mean: the facts behind ``partner_translation``.

The lists are ``organisation_terms.csv`` (what bodies are called and what they do), ``name_places.csv`` (places), the countries and
places of ``organisation_words.csv``, and the countries of CLDR.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from anyascii import anyascii
from babel import Locale

from etl.link.partner.words import alpha_3, vocabulary
from etl.reference import rows
from etl.text import clean, unmix

#: A word with its vowel signs, which are no letters to the regular expression in the scripts of India and further east.
WORD = re.compile(r"(?:[^\W_]|[\u0300-\u036f\u0900-\u0dff\u0e31-\u0e4e\u0eb1-\u0ecd\u1780-\u17ff])+")
#: Scripts that are written without spaces: Thai, kana, Chinese characters, Hangul.
UNSPACED = re.compile(r"([\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]+)")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_ARABIC_MARKS = re.compile(r"[\u064b-\u0652\u0640]")
#: Arabic and Persian letters that are written one for the other.
_ARABIC_FORMS = {ord(form): letter for forms, letter in (("أإآٱ", "ا"), ("ىئی", "ي"), ("ؤ", "و"), ("ة", "ه"), ("ک", "ك")) for form in forms}
_ARTICLE = re.compile(r"^(?:وال|بال|لل|ال|و(?=ال))(?=..)")
_LANGUAGE_COLUMNS = ("latin", "cyrillic", "han", "other")
_SILENT = ("drop", "legal", "honour")
#: Languages whose names of countries are read from CLDR beside our own list.
_CLDR = (
    "en", "ru", "uk", "zh", "ja", "ko", "de", "fr", "es", "pt", "it", "nl", "pl", "cs", "tr", "ar", "fa", "vi", "id", "sv", "da", "nb",
    "fi", "hu", "ro", "bg", "sr", "hr", "sk", "el", "he", "ka", "hy", "kk", "uz", "az", "th", "hi", "bn", "lt", "lv", "et",
)  # fmt: skip
_VOWELS_AT_END = "аеиоуыьюяіїαηοςի"
_SHORTEST_STEM = 4
#: Both halves of a compound ('Forschungsinstitut') have at least so many letters.
_SHORTEST_HALF, _LONG_HALF = 4, 7
_LONGEST_ENDING = 5
_LINKS = ("", "s", "es", "en", "n", "e", "о", "е")
_SHORTEST_PINYIN = 6

#: What a written word says: one set of possible meanings for each word that it stands for, none at all for one that says nothing.
Slots = tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words and phrases of all languages with the meanings they may have, each meaning with its group."""

    words: Mapping[str, Slots]
    stems: Mapping[str, Slots]
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], Slots], ...]]
    unspaced: re.Pattern[str]
    group: Mapping[str, str]
    silent: frozenset[str]

    def at(self, tokens: tuple[str, ...], start: int) -> tuple[Slots, int]:
        """Return the meanings of the longest entry that begins at ``start`` and its length; no meanings when there is none."""
        token = tokens[start]
        for phrase, slots in self.phrases.get(token[:3], ()):
            here = tokens[start : start + len(phrase)]
            if len(here) == len(phrase) and all(_fits(word, part) for word, part in zip(here, phrase, strict=True)):
                return slots, len(phrase)
        return word_meanings(token), 1

    def word(self, token: str) -> Slots:
        """Return the meanings of one word: as listed, by the longest stem, or as a compound of two."""
        found, stem = self.words.get(token), self.stem(token)
        if found or (stem and not self._may_be_compound(token)):
            return _either(found, stem) if found and len(found) == len(stem) == 1 else found or stem
        # Under a stem only a long second half counts: 'Environ|mental' is no compound.
        return self._compound(token, _LONG_HALF if stem else _SHORTEST_HALF) or stem

    def _may_be_compound(self, token: str) -> bool:
        """Tell whether a stem leaves more of a Latin word than an ending: 'Forschungs|institut'."""
        length = next(end for end in range(len(token), 2, -1) if token[:end] in self.stems)
        return token[0] < "\u0370" and len(token) - length > _LONGEST_ENDING

    def _compound(self, token: str, second_half: int) -> Slots:
        for cut in range(len(token) - second_half, _SHORTEST_HALF - 1, -1) if token[:1] < "\u0530" else ():
            tail = self.words.get(token[cut:]) or self.stem(token[cut:])
            if tail and (head := self._head(token[:cut])):
                return (*head, *tail)
        return ()

    def stem(self, token: str) -> Slots:
        """Return the meanings of the longest stem with which ``token`` begins."""
        for end in range(len(token), 2, -1):
            if found := self.stems.get(token[:end]):
                return found
        return ()

    def _head(self, text: str) -> Slots:
        for link in _LINKS:
            bare = text.removesuffix(link) if link else text
            if len(bare) >= _SHORTEST_HALF and (found := self.words.get(bare) or self.stems.get(bare) or self.stem(bare)):
                return found
        return ()


@lru_cache(maxsize=131_072)
def word_meanings(word: str) -> Slots:
    """Return the meanings of one word of any language, none when it is in no list."""
    return lexicon().word(word)


def _fits(word: str, part: str) -> bool:
    return word.startswith(part[:-1]) if part[-1] == "*" else word == part


@lru_cache(maxsize=65_536)
def plain(text: str) -> str:
    """Return ``text`` in small letters, without accents, in one form of Chinese and Arabic letters.

    >>> plain("Université"), plain("東京大學"), plain("الجامعة الأردنية")
    ('universite', '东京大学', 'الجامعه الاردنيه')
    """
    letters = unicodedata.normalize("NFKC", unmix(clean(text))).casefold().replace("'", "").replace("ʻ", "")
    if letters.isascii():
        return letters
    letters = _ARABIC_MARKS.sub("", letters).translate(_ARABIC_FORMS).translate(han_variants())
    return "".join(_bare(letter) for letter in letters)


def _bare(letter: str) -> str:
    if letter >= "\u0590" and not "\u1e00" <= letter <= "\u1fff":
        return letter
    kept = "".join(c for c in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(c))
    return {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ə": "a", "ð": "d", "þ": "th"}.get(kept, kept)


@cache
def han_variants() -> dict[int, str]:
    """Return the simplified form of traditional and Japanese characters."""
    return {ord(form): row["simplified"] for row in rows("name_characters") for form in row["variants"]}


@cache
def lexicon() -> Lexicon:
    """Return the lexicon, read once.

    >>> sorted(lexicon().word("forschungsinstitut")[0]), sorted(lexicon().word("политехническии")[0])
    (['research'], ['polytechnic'])
    """
    words: dict[str, Slots] = {}
    stems: dict[str, Slots] = {}
    phrases: dict[tuple[str, ...], Slots] = {}
    group: dict[str, str] = {}
    for written, meanings, of_group in _entries():
        if of_group != "phrase":
            for meaning in meanings:
                group.setdefault(meaning, of_group)
        slots = tuple(frozenset({meaning}) for meaning in meanings) if of_group != "silent" else (frozenset(),)
        parts = tuple(part + "*" * (raw[-1] == "*") for raw in written.split() for part in words_of(plain(raw)))
        if len(parts) > 1:
            phrases.setdefault(parts, slots)
        elif parts:
            target, word = (stems, parts[0][:-1]) if parts[0][-1] == "*" else (words, parts[0])
            target[word] = _either(target.get(word), slots)
    for said, entry in vocabulary().phrases.items():
        if entry.role in _SILENT and len(said) > 1:
            phrases.setdefault(said, (frozenset(),))
    unspaced = sorted((word for word in {*words, *stems} if UNSPACED.match(word)), key=lambda word: (-len(word), word))
    words |= {word: stems[word] for word in unspaced if word in stems and word not in words}
    for word, letters in _pinyin(words, group):
        words.setdefault(letters, words[word])
    silent = frozenset(said[0] for said, entry in vocabulary().phrases.items() if len(said) == 1 and entry.role in _SILENT)
    return Lexicon(words, stems, _by_beginning(phrases), re.compile("(" + "|".join(unspaced) + ")"), group, silent - set(words))


def _pinyin(words: Mapping[str, Slots], group: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the Chinese words of subjects with their pinyin: 'Xi'an Shiyou University' leaves 'petroleum' as it sounds."""
    subjects = [word for word in sorted(words) if len(word) > 1 and _HAN.fullmatch(word) and _is_subject(words[word], group)]
    said = ("".join(filter(str.isalnum, anyascii(word).casefold())) for word in subjects)
    return [(word, letters) for word, letters in zip(subjects, said, strict=True) if len(letters) >= _SHORTEST_PINYIN]


def _is_subject(slots: Slots, group: Mapping[str, str]) -> bool:
    return len(slots) == 1 and bool(slots[0]) and group.get(min(slots[0])) == "subject"


def _entries() -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Yield every written word with its meanings and their group."""
    for row in rows("organisation_terms"):
        for written in _written(row):
            yield written, tuple(row["meaning"].split()), row["group"]
    for row in rows("name_places"):
        for written in _written(row):
            yield written, (row["name"],), "country" if row["name"].isupper() else "place"
    for row in rows("organisation_words"):
        if row["role"] in ("country", "place"):
            yield row["word"], (row["meaning"],), row["role"]
    yield from _countries()


def _written(row: Mapping[str, str]) -> Iterator[str]:
    for column in _LANGUAGE_COLUMNS:
        yield from filter(None, row[column].split("|"))


def _countries() -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Yield the names of the countries in the languages of CLDR, inflected ones as stems."""
    for language in _CLDR:
        for code, name in sorted(Locale.parse(language).territories.items()):
            if country := alpha_3().get(code):
                bare = name.rstrip(_VOWELS_AT_END) if len(name.split()) == 1 and "\u0370" <= plain(name)[0] <= "\u058f" else name
                yield (f"{bare}*" if bare != name and len(bare) >= _SHORTEST_STEM else name), (country,), "country"


def _either(known: Slots | None, slots: Slots) -> Slots:
    """Return the meanings of a word that two entries have: any of them, when each has one."""
    if slots == (frozenset(),):
        return known or slots
    if known is None:
        return slots
    return (known[0] | slots[0],) if len(known) == len(slots) == 1 else known


def _by_beginning(
    phrases: Mapping[tuple[str, ...], Slots],
) -> dict[str, tuple[tuple[tuple[str, ...], Slots], ...]]:
    found: dict[str, list[tuple[tuple[str, ...], Slots]]] = defaultdict(list)
    for parts, slots in phrases.items():
        found[parts[0].rstrip("*")[:3]].append((parts, slots))
    return {start: tuple(sorted(each, key=lambda entry: (-len(entry[0]), entry[0]))) for start, each in found.items()}


def words_of(text: str) -> list[str]:
    """Return the words of a plain text; an Arabic word without its article."""
    return [_ARTICLE.sub("", word) if "\u0600" <= word[0] <= "\u06ff" else word for word in WORD.findall(text)]
