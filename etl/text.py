"""Text as people type it -> text that can be compared, without losing what was typed."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import filterfalse

_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
#: Characters that show nothing. Joiners of letters and emoji and plain marks of direction are not among them: texts need those.
INVISIBLE = re.compile("[\u00ad\u200b\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_APART = re.compile(r"[^\w&+]+")
_BLANK_OF_NUMBER = re.compile(r"(?<!\d) | (?!\d)")
LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_NOT_CYRILLIC = re.compile(r"(?![\u0400-\u04ff])[^\W\d_]")
_LATIN_LETTERS = re.compile("[A-Za-z\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]+")
_CYRILLIC_LETTERS = re.compile("[\u0400-\u052f]+")
_HAN_LETTERS = re.compile("[\u3400-\u9fff\uf900-\ufaff]+")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
_TO_CLEAN = re.compile(f"{_INVISIBLE.pattern}|[{''.join(map(chr, _QUOTES))}]")
#: Cyrillic letters that look like Latin ones, and back: one wrong letter in a word is a slip of the keyboard.
_LOOKALIKE = dict(zip("аеорсухкмтвніАЕОРСУХКМТВНІ", "aeopcyxkmtbhiAEOPCYXKMTBHI", strict=True))
_TO_LATIN = str.maketrans(_LOOKALIKE)
_TO_CYRILLIC = str.maketrans({latin: cyrillic for cyrillic, latin in _LOOKALIKE.items() if latin not in "hHiIbBtTmM"})


@lru_cache(maxsize=16_384)
def clean(text: str) -> str:
    """Return ``text`` in NFC, with plain quotes, single spaces and without invisible characters.

    >>> clean("  Xi’an\\u00a0 Jiaotong\\u200b University ")
    "Xi'an Jiaotong University"
    """
    if text.isascii():
        return " ".join(text.replace("`", "'").split())
    text = unicodedata.normalize("NFC", text)
    if _TO_CLEAN.search(text):
        text = _INVISIBLE.sub("", text).translate(_QUOTES)
    return " ".join(text.split())


def literal(text: str) -> str:
    """Return ``text`` as it was typed: in NFC, without the characters that show nothing and without blanks around it.

    >>> literal("  “On  peace”, № 5 ") == "“On  peace”, № 5"
    True
    """
    text = unicodedata.normalize("NFC", text)
    if text.isprintable():  # so it has neither line ends nor characters that show nothing
        return text.strip()
    return INVISIBLE.sub("", text).replace("\r\n", "\n").replace("\r", "\n").strip()


@lru_cache(maxsize=131_072)
def number_key(text: str) -> str:
    """Return the form under which two spellings of a record's number are the same: figures that stand apart stay apart.

    >>> number_key("AGR - 001") == number_key("agr-001"), number_key("12/3") == number_key("1/23")
    (True, False)
    """
    return _BLANK_OF_NUMBER.sub("", fold.__wrapped__(text))  # a number is folded for nothing else, so it need not be kept twice


def unmix(text: str) -> str:
    """Return ``text`` with each word in one script where a look-alike letter of the other slipped in.

    >>> unmix("University \\u043ef Regensburg") == "University of Regensburg"
    True
    """
    if text.isascii() or not (_CYRILLIC.search(text) and _NOT_CYRILLIC.search(text)):
        return text
    return _WORD.sub(_one_script, text)


def _one_script(match: re.Match[str]) -> str:
    word = match.group()
    cyrillic = sum("\u0400" <= letter <= "\u04ff" for letter in word)
    if not cyrillic or cyrillic == len(word):
        return word
    latin = word.translate(_TO_LATIN)
    if latin.isascii() and cyrillic * 2 <= len(word):
        return latin
    return word.translate(_TO_CYRILLIC)


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Return the form under which two spellings are the same: no case, accents, punctuation or double spaces.

    >>> fold("École  Polytechnique "), fold("Кыргызско-Российский университет имени Ёлкина"), fold("R&D")
    ('ecole polytechnique', 'кыргызско россиискии университет имени елкина', 'r&d')
    """
    if text.isascii():
        return " ".join(_APART.sub(" ", text.lower().replace("`", "").replace("'", "")).split())
    letters = "".join(filterfalse(unicodedata.combining, unicodedata.normalize("NFKD", unmix(clean(text)).casefold())))
    letters = letters.replace("ß", "ss").replace("ø", "o").replace("ł", "l").replace("đ", "d").replace("ı", "i").replace("æ", "ae")
    return " ".join(_APART.sub(" ", letters.replace("'", "")).split())


@lru_cache(maxsize=16_384)
def script(text: str) -> str:
    """Return the script that most letters of ``text`` are in: latin, cyrillic, han or other.

    >>> script("Graz"), script("Грац"), script("格拉茨"), script("42")
    ('latin', 'cyrillic', 'han', 'other')
    """
    if text.isascii():
        return "latin" if _WORD.search(text) else "other"
    cyrillic = sum(map(len, _CYRILLIC_LETTERS.findall(text)))
    if 3 * cyrillic > 2 * len(text):  # no other script can have more, though a letter of Chinese counts twice
        return "cyrillic"
    latin = sum(map(len, _LATIN_LETTERS.findall(text)))
    han = 2 * sum(map(len, _HAN_LETTERS.findall(text)))
    if not (latin or cyrillic or han):
        return "other"
    if latin >= max(cyrillic, han):
        return "latin"
    return "cyrillic" if cyrillic >= han else "han"
