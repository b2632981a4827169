"""The order of names: letters of the reader's script first, Chinese by pinyin, ё beside е, accents aside.

It is the order of a browser's ``Intl.Collator`` as far as lists need it, without a collation library (docs/adr/0020): the syllable of a
Chinese character is that of ``anyascii``; within a syllable the frequent characters stand in the order of GB 2312, which is pinyin with
its tones, then strokes.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from anyascii import anyascii

Key = tuple[tuple[tuple[int, str, int], ...], str, str]

_SPACE, _SIGN, _DIGIT, _OWN, _LATIN, _CYRILLIC, _HAN, _OTHER = range(8)
_SCRIPTS = {"en": _LATIN, "ru": _CYRILLIC, "zh": _HAN}
#: The characters of GB 2312 whose lead byte is lower are ordered by pinyin, the rarer ones by radical.
_FREQUENT = 0xD8
#: Characters that names of places read otherwise than most words do: 重庆, 长春, 厦门, 朝鲜, 西藏, 柏林, 佛山, 尼泊尔, 成都.
_IN_NAMES = {"重": "chong", "长": "chang", "厦": "xia", "朝": "chao", "藏": "zang", "柏": "bo", "佛": "fo", "泊": "bo", "都": "du"}


@lru_cache(maxsize=16_384)
def sort_key(language: str, text: str) -> Key:
    """Return what ``text`` is sorted by among names in ``language``; no two texts have the same key, small letters stand first.

    >>> sorted(["德国", "中国", "埃及", "Oman"], key=lambda name: sort_key("zh", name))
    ['埃及', '德国', '中国', 'Oman']
    >>> sorted(["Австрия", "Ёлка", "TU Wien", "Ель", "Енисей"], key=lambda name: sort_key("ru", name))
    ['Австрия', 'Ёлка', 'Ель', 'Енисей', 'TU Wien']
    >>> sorted(["Zagreb", "Örebro", "oman", "Oslo", "9th"], key=lambda name: sort_key("en", name))
    ['9th', 'oman', 'Örebro', 'Oslo', 'Zagreb']
    """
    own = _SCRIPTS.get(language, _LATIN)
    weights = tuple((_OWN if rank == own else rank, said, at) for rank, said, at in map(_weight, text))
    return weights, text.swapcase(), text


@lru_cache(maxsize=16_384)
def _weight(letter: str) -> tuple[int, str, int]:
    """Return the script of ``letter``, how it is read, and its place among those read alike."""
    if letter.isspace():
        return _SPACE, "", 0
    if letter.isdigit():
        return _DIGIT, anyascii(letter), 0
    if not letter.isalpha():
        return _SIGN, letter, 0
    name = unicodedata.name(letter, "")
    if name.startswith("CJK"):
        return _HAN, _IN_NAMES.get(letter) or anyascii(letter).strip().casefold(), _place(letter)
    if name.startswith("CYRILLIC"):
        return _CYRILLIC, letter.casefold().replace("ё", "е"), 0
    return (_LATIN, anyascii(letter).casefold(), 0) if name.startswith("LATIN") else (_OTHER, letter.casefold(), 0)


def _place(letter: str) -> int:
    try:
        lead, trail = letter.encode("gb2312")
    except (UnicodeEncodeError, ValueError):
        return 0x20000 + ord(letter)
    return lead * 256 + trail if lead < _FREQUENT else 0x10000 + lead * 256 + trail
