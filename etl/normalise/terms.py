"""How long an agreement lasts: terms in words, no end at all, renewal by itself, and the day a term ends."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import cache, lru_cache

from etl.errors import Unreadable
from etl.normalise.keywords import Rule, first, rules
from etl.normalise.numerals import HAN_SIGNS, han, word_values
from etl.reference import rows
from etl.text import clean, fold

_MOST_MONTHS = 1200
_HAN = re.compile(
    rf"(?:有效|期限|为期|為期|协议|合同|期|为|共|[::])*(?:(?P<years>[\d{HAN_SIGNS}]+)\s*年(?P<half>半)?)?"
    rf"(?:零|又|零)?(?:(?P<months>[\d{HAN_SIGNS}]+)\s*个?個?月)?(?:有效|期限|期)*"
)
_AFTER_COMMA = re.compile("[，,；;].*$")
_TOKEN = re.compile(r"\d+(?:[.,]\d+)?|½|[^\W\d_]+|[^\s\w]")
_IN_BRACKETS = re.compile(r"\((?P<words>[^()\d]*)\)")


def months(text: str) -> int:
    """Return the number of months that a term in words lasts.

    Raises:
        Unreadable: no length of time, an unknown word, days or weeks, or no whole number of months.

    >>> months("5 years"), months("сроком на пять лет"), months("1,5 года"), months("2 years 6 months"), months("三年")
    (60, 60, 18, 30, 36)
    >>> months("90 days")
    Traceback (most recent call last):
    etl.errors.Unreadable: not a term in years or months: 'days'
    """
    plain = clean(text)
    if (match := _HAN.fullmatch(_AFTER_COMMA.sub("", plain))) and (match["years"] or match["months"]):
        return _checked(_han(match["years"]) * 12 + (6 if match["half"] else 0) + _han(match["months"]), text)
    total, number = 0.0, None
    for piece in _TOKEN.findall(_IN_BRACKETS.sub(" ", plain)):
        word = fold(piece)
        if (value := _value(piece, word)) is not None and not (word in ("a", "an") and number is not None):
            number = _combined(number, value, text)
        elif word in _lengths():
            total, number = _added(total, number, word, text), None
        elif word and not _fillers().fullmatch(word):
            raise Unreadable(f"not a term in years or months: {piece!r}")
    if number not in (None, 1.0) or not total:
        raise Unreadable(f"no length of time: {text!r}")
    return _checked(total, text)


def _han(written: str | None) -> int:
    return int(written) if written and written.isdecimal() else han(written or "") or 0


def _value(piece: str, word: str) -> float | None:
    if piece == "½" or word == "half":
        return 0.5
    if piece[0].isdigit():
        try:
            return float(piece.replace(",", "."))
        except ValueError:
            return None
    return word_values().get(word)


def _combined(number: float | None, value: float, text: str) -> float:
    if number is None:
        return value
    if value == 0.5 or (number >= 20 and value < 10 and number % 10 == 0):
        return number + value if value != 0.5 or number != 1.0 else 0.5
    if number == value:
        return number
    raise Unreadable(f"several numbers: {text!r}")


def _added(total: float, number: float | None, word: str, text: str) -> float:
    """Add a length to ``total``: years first, then months; a second term of years is another term, not more of this one."""
    length, alone = _lengths()[word]
    if (number is None and not alone) or (total and length * (number or 1) >= 12):
        raise Unreadable(f"no single length of time: {text!r}")
    return total + (1 if number is None else number) * length


def _checked(total: float, text: str) -> int:
    if total != int(total) or not 0 < total <= _MOST_MONTHS:
        raise Unreadable(f"not a whole number of months up to a hundred years: {text!r}")
    return int(total)


@cache
def _lengths() -> dict[str, tuple[float, bool]]:
    """Return the words for a length: its months, and whether the word alone states it ("a year", "annual")."""
    return {fold(row["word"]): (float(row["months"]), row["alone"] == "y") for row in rows("term_words")}


def is_length(word: str) -> bool:
    """Tell whether ``word`` alone names a unit of time in years or months.

    >>> is_length("лет"), is_length("年"), is_length("days")
    (True, True, False)
    """
    return fold(word) in _lengths() or word in ("年", "月", "个月")


@cache
def _fillers() -> re.Pattern[str]:
    words = (row["word"] for row in rows("term_fillers"))
    return re.compile("|".join(fold(word.rstrip("*")) + (r"\S*" if word.endswith("*") else "") for word in words))


@cache
def _rules(name: str) -> tuple[Rule, ...]:
    return rules(rows(name), gives="meaning")


@lru_cache(maxsize=16_384)
def open_ended(text: str) -> bool:
    """Tell whether ``text`` says that there is no end.

    >>> open_ended("бессрочно"), open_ended("open-ended"), open_ended("长期有效"), open_ended("5 years")
    (True, True, True, False)
    """
    found = first(_rules("end_words"), text)
    return found is not None and found.gives == "open_ended"


@lru_cache(maxsize=16_384)
def auto_renewal(text: str) -> bool:
    """Tell whether ``text`` says that the agreement renews itself.

    >>> auto_renewal("5 лет с автоматической пролонгацией"), auto_renewal("без пролонгации"), auto_renewal("自动续签")
    (True, False, True)
    """
    found = first(_rules("renewal_words"), text)
    return found is not None and found.gives == "yes"


@lru_cache(maxsize=65_536)
def expiry(signed_iso: str, length: int) -> str:
    """Return the last day, month or year of a term of ``length`` months, no more precise than the start.

    The end is inclusive (INDICATORS 3.7); where the month of the end is too short, its last day is the end.

    >>> expiry("2020-09-01", 60), expiry("2020-02-29", 12), expiry("2020-04", 60), expiry("2020", 60)
    ('2025-08-31', '2021-02-28', '2025-04', '2025')
    """
    year, _, rest = signed_iso.partition("-")
    if not rest or int(rest[:2]) > 12:
        return f"{int(year) + length // 12:04d}"
    ahead = int(year) * 12 + int(rest[:2]) - 1 + length
    end_year, end_month = ahead // 12, ahead % 12 + 1
    if len(rest) == 2:
        return f"{end_year:04d}-{end_month:02d}"
    day, last = int(rest[3:]), monthrange(end_year, end_month)[1]
    if day == 1:
        return (date(end_year, end_month, 1) - timedelta(days=1)).isoformat()
    return f"{end_year:04d}-{end_month:02d}-{last if day > last else day - 1:02d}"
