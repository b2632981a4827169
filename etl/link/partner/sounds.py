"""How a rare word of a name sounds: Cyrillic and Latin spellings of one name lead to one text."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from etl.link.partner.words import syllables
from etl.text import script

_LETTERS = dict(
    zip(
        "абвгдежзиклмнопрстуфхцчшщъыьэюяіїєґў",
        "a b v g d e zh z i k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya i i e g u".replace("_", "").split(" "),
        strict=True,
    )
)
_FIGURE = re.compile(r"\d")
_ADJECTIVE = re.compile(r"(?<=..)(?:[сц]ьк|[сц]к)(?:ии|ая|ое|ого|ои|ому|им|ую|ие|их)$")
_CASE = re.compile(r"(?<=...)(?:ого|ая|ои|ии|ом|ем|ых|[ыиаяуюеь])$")
#: Applied in this order; each joins spellings of one sound in the transliterations in use (ISO 9, BGN, GOST, German, French).
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("shch|schtsch", "sh"), ("tsch|tch|cz", "ch"), ("sch|sz", "sh"), ("zh|dj", "j"), ("kh", "h"), ("ph", "f"), ("th", "t"), ("ck", "k"),
        ("ts|tz", "c"), ("x", "ks"), ("qu", "kv"), ("w", "v"), ("q", "k"), ("ou", "u"), ("yu|iu|ju", "u"), ("ya|ia|ja", "a"),
        ("ae|oe|ue", "e"), ("[yj]", "i"), ("c(?=[eih])|c", "k"), ("z", "s"), ("(.)\\1+", "\\1"), ("[eaiou]+$", ""),
    )
)  # fmt: skip


def stem(token: str) -> str:
    """Return a folded Cyrillic word without the ending of its case or adjective.

    >>> stem("харбинскии"), stem("граца"), stem("бомбея")
    ('харбин', 'грац', 'бомбе')
    """
    bare = _ADJECTIVE.sub("", token)
    return bare if bare != token else _CASE.sub("", token)


def latin(token: str) -> str:
    """Return a folded Cyrillic word in Latin letters.

    >>> latin("кутафин")
    'kutafin'
    """
    return "".join(_LETTERS.get(letter, letter) for letter in token)


@cache
def _starts() -> int:
    return max(map(len, syllables()))


@lru_cache(maxsize=65_536)
def pinyin(token: str) -> str:
    """Return the pinyin of a Chinese name spelled in Russian; empty when it is no such spelling.

    >>> pinyin("чжэцзян"), pinyin("цзянсу"), pinyin("грац")
    ('zhejiang', 'jiangsu', '')
    """
    parts = _spell(token)
    return "".join(parts) if parts is not None and len(parts) > 1 else ""


def _spell(token: str) -> list[str] | None:
    if not token:
        return []
    for end in range(min(_starts(), len(token)), 0, -1):
        if (first := syllables().get(token[:end])) and (rest := _spell(token[end:])) is not None:
            return [first, *rest]
    return None


@cache
def _pinyin_syllables() -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(sorted(set(syllables().values()), key=len, reverse=True)) + ")+")


def is_pinyin(token: str) -> bool:
    """Tell whether ``token`` can be read as pinyin, where one letter makes another name.

    >>> is_pinyin("guangxi"), is_pinyin("regensburg")
    (True, False)
    """
    return bool(_pinyin_syllables().fullmatch(token))


def has_figure(token: str) -> bool:
    """Tell whether ``token`` has a figure in it: then each other figure makes another name, never a slip.

    >>> has_figure("1234567"), has_figure("2ndgymnasium"), has_figure("regensburg")
    (True, True, False)
    """
    return bool(_FIGURE.search(token))


@lru_cache(maxsize=262_144)
def canonical(token: str) -> str:
    """Return a folded rare word in Latin letters and, where Cyrillic, without its ending.

    >>> canonical("чжэцзянскии"), canonical("regensburg"), canonical("аахене")
    ('zhejiang', 'regensburg', 'aakhen')
    """
    if script(token) != "cyrillic":
        return token
    bare = stem(token)
    return pinyin(bare) or pinyin(token) or latin(bare)


@lru_cache(maxsize=262_144)
def sound(token: str) -> str:
    """Return the sounds of a Latin word, coarse enough that a transliteration and its original agree; a number has none but itself.

    >>> sound("shchukin") == sound("schtschukin"), sound("khujand") == sound("hudjand"), sound("1123") == sound("1223")
    (True, True, False)
    """
    if has_figure(token):
        return token
    for pattern, replacement in _SOUNDS:
        token = pattern.sub(replacement, token)
    return token or "_"
