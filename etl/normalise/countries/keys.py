"""The form under which two spellings of a country's name are one; quicker than the general fold and wider for two scripts."""

from __future__ import annotations

import re
import unicodedata

from etl.reference import rows
from etl.text import clean, unmix

_APART = re.compile(r"[^\w&+]+")
_LATIN, _CYRILLIC = re.compile("[a-z]"), re.compile("[\u0400-\u04ff]")
#: Marks above and below letters go; letters that Unicode does not take apart are written as their neighbours write them.
_PLAIN: dict[str, str | None] = {chr(code): None for code in range(0x300, 0x1F000) if unicodedata.combining(chr(code))}
_PLAIN |= {"'": None, "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ə": "a"}
#: Arabic letters that are written for each other at the end of a word, Persian ones for Arabic, and the stretching line.
_PLAIN |= {"ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك", "ـ": None}
#: Turned commas that stand for a letter of a transliteration.
_PLAIN |= dict.fromkeys("ʹʺ′″ʿʾʻ")
_PLAIN |= {row["traditional"]: row["simplified"] for row in rows("country_han")}
_TABLE = str.maketrans(_PLAIN)


def key(text: str) -> str:
    """Return the form of a name that is compared: no case, marks or punctuation, simplified characters.

    >>> key("Côte d’Ivoire"), key("紐西蘭"), key("Ελλάδα"), key("U.S.A.")
    ('cote divoire', '纽西兰', 'ελλαδα', 'u s a')
    """
    if text.isascii():
        return " ".join(_APART.sub(" ", text.lower().replace("'", "").replace("`", "")).split())
    plain = clean(text).casefold()
    if _CYRILLIC.search(plain) and _LATIN.search(plain):
        plain = unmix(plain)
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", plain).casefold())  # a letter of mathematics is a capital
    return " ".join(_APART.sub(" ", apart.translate(_TABLE)).split())
