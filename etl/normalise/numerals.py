"""Numbers in words and Chinese numerals -> numbers; shared by amounts, terms and dates."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from etl.reference import rows
from etl.text import fold

_NINE = ("〇零○", "一壹", "二两兩贰", "三叁", "四", "五", "六", "七", "八", "九")
_DIGITS = {sign: value for value, signs in enumerate(_NINE) for sign in signs}
_UNITS = {"十": 10, "拾": 10, "百": 100, "千": 1000, "万": 10_000, "萬": 10_000}
#: All signs of a Chinese number, for use in a regular expression.
HAN_SIGNS = "".join((*_DIGITS, *_UNITS))


@cache
def word_values() -> dict[str, float]:
    """Return the folded number words of English and Russian with their values."""
    return {fold(row["word"]): float(row["value"]) for row in rows("number_words")}


def in_words(words: Sequence[str]) -> float | None:
    """Return the number that folded ``words`` state, None when one of them is no number word.

    >>> in_words(["двух", "тысяч"]), in_words(["twenty", "five"]), in_words(["many"])
    (2000.0, 25.0, None)
    """
    values = word_values()
    if not words or any(word not in values for word in words):
        return None
    total, current = 0.0, 0.0
    for word in words:
        value = values[word]
        if value >= 1000:
            total, current = total + (current or 1) * value, 0.0
        elif value == 100 and current:
            current *= value
        elif current and value >= (10 if current % 10 else current):
            return None
        else:
            current += value
    return total + current


def han(text: str) -> int | None:
    """Return the number that Chinese numerals state, by place (二〇二三) or by unit (二十五), None when they state none.

    >>> han("二〇二三"), han("二十五"), han("十二"), han("三千五百"), han("两万"), han("百")
    (2023, 25, 12, 3500, 20000, 100)
    """
    if not text or any(sign not in _DIGITS and sign not in _UNITS for sign in text):
        return None
    if all(sign in _DIGITS for sign in text):
        return int("".join(str(_DIGITS[sign]) for sign in text))
    total, section, digit = 0, 0, 0
    for sign in text:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
            continue
        unit = _UNITS[sign]
        if unit == 10_000:
            total, section = total + (section + digit or 1) * unit, 0
        else:
            section += (digit or 1) * unit
        digit = 0
    return total + section + digit
