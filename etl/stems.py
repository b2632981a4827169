"""A word -> the stem under which its inflected forms are one.

The stemmer is light on purpose: it only has to give a list of terms and a text the same form, never a dictionary form.
"""

from __future__ import annotations

import re
from functools import lru_cache

_RU_ENDING = re.compile(
    "(?:иями|ями|ами|ими|ыми|ого|его|ому|ему|иях|иям|иеи|ием|ях|ах|ям|ам|ем|ом|еи|ои|ии|ыи|ая|яя|ую|юю|ое|ее|ые|ие|ых|их|ым|им|ев|ов|ия|ию|ью|ья|ье"
    "|[аяоеиыуюь])$"
)
#: British and learned spellings -> one of each; applied in this order to both sides.
_SPELLING = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        ("is(ation|ing|ed|e|er)$", r"iz\1"), ("yse$", "yze"), ("our(?=$|al|ism)", "or"), ("([tb])re$", r"\1er"),
        ("ll(ing|ed|er)$", r"l\1"), ("programme$", "program"), ("logue$", "log"), ("sulph", "sulf"),
    )
)  # fmt: skip


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Return the stem of one folded word: Russian endings, English plurals and spellings go.

    >>> stem("материалов"), stem("материалы"), stem("haematology"), stem("batteries"), stem("physics")
    ('материал', 'материал', 'hematology', 'battery', 'physic')
    """
    if "а" <= word[0] <= "я":
        bare = _RU_ENDING.sub("", word)
        return bare if len(bare) >= 3 else word
    return _english(word) if len(word) > 3 and word.isascii() else word


def _english(word: str) -> str:
    if word.endswith("ies"):
        word = word[:-3] + "y"
    elif word.endswith(("sses", "ches", "shes", "xes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    word = spell(word)
    for pattern, to in _SPELLING:
        word = pattern.sub(to, word)
    return word


def spell(word: str) -> str:
    """Return ``word`` with the plain vowel of American spelling.

    >>> spell("haem"), spell("oestrogen"), spell("paed")
    ('hem', 'estrogen', 'ped')
    """
    return word.replace("ae", "e").replace("oe", "e")
