"""Counts as people write them -> a whole number with its unit and how exact it is meant."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from math import isfinite
from typing import Literal, cast

from etl.errors import Unreadable, Unsure
from etl.normalise.numerals import HAN_SIGNS, han, in_words, word_values
from etl.reference import rows
from etl.text import clean, fold

Qualifier = Literal["exact", "at_least", "about", "at_most"]
_MOST = 10**15
_NUMBER = re.compile(r"(?P<digits>\d+(?:[ ,.']\d+)*)")
_MINUS = str.maketrans("\u2212\u2013\u2014", "---")
_NEGATIVE = re.compile(r"-\s*\d|\(\s*\d+\s*\)$")
_HAN = re.compile(rf"(?P<han>[{HAN_SIGNS}]+)")
_GROUPED = re.compile(r"\d{1,3}(?:([ ,.'])\d{3})(?:\1\d{3})*")
_LABEL = re.compile(r"[^\W\d][^\d:=]*[:=]\s*(?=\S)")
_WORD = re.compile(r"[^\W\d_]+\.?")
_SCALE = re.compile(r"\s*(тыс\.|тыс\b|тысяч[аи]?\b|млн\.?|million\b|mln\b|thousand\b|k\b|万|千)\s*", re.IGNORECASE)
_SCALES = {"万": 10_000, "千": 1_000}


@dataclass(frozen=True, slots=True)
class Amount:
    """A count: ``unit`` is what stands after the number as written, empty when nothing does."""

    value: int
    unit: str
    qualifier: Qualifier


def amount(text: str) -> Amount:
    """Return the count that ``text`` states.

    Raises:
        Unreadable: no number, a fraction, a negative number, a range, or several numbers.
        Unsure: '1.000', which is a thousand or one.

    >>> amount("3\\xa0595"), amount("over 100")
    (Amount(value=3595, unit='', qualifier='exact'), Amount(value=100, unit='', qualifier='at_least'))
    >>> amount("25 projects honoured").unit, amount("около двух тысяч студентов")
    ('projects honoured', Amount(value=2000, unit='студентов', qualifier='about'))
    >>> amount("2.5")
    Traceback (most recent call last):
    etl.errors.Unreadable: a fraction, where a whole number is wanted: '2.5'
    """
    plain = clean(unicodedata.normalize("NFKC", text)).strip(" .;,")
    if not plain:
        raise Unreadable("no number")
    if _NEGATIVE.match(plain.translate(_MINUS)):
        raise Unreadable(f"a negative number: {text!r}")
    label, body = _label(plain)
    qualifier, body = _qualifier_before(body)
    value, rest = _number(body, text)
    value, rest = _scaled(value, rest)
    after, rest = _qualifier_after(rest)
    return Amount(_whole(value, text), _unit(rest, text) or label, after if qualifier == "exact" else qualifier)


def code_of(text: str) -> str:
    """Return the reason code of a text that is no count: negative_count, non_finite or bad_number.

    >>> code_of("-3"), code_of("(3)"), code_of("NaN"), code_of("1e400"), code_of("2.5")
    ('negative_count', 'negative_count', 'non_finite', 'non_finite', 'bad_number')
    """
    plain = clean(unicodedata.normalize("NFKC", text)).translate(_MINUS)
    try:
        value = float(plain)
    except ValueError:
        return "negative_count" if _NEGATIVE.match(plain) else "bad_number"
    if not isfinite(value):
        return "non_finite"
    return "negative_count" if value < 0 else "bad_number"


def _label(text: str) -> tuple[str, str]:
    match = _LABEL.match(text)
    return (match.group().rstrip(" :="), text[match.end() :]) if match else ("", text)


@cache
def _phrases(where: str) -> tuple[tuple[re.Pattern[str], Qualifier], ...]:
    """Return the qualifying phrases, the longest first, so that 'not more than' is not read as 'more than'."""
    found = sorted((row for row in rows("amount_words") if row["where"] == where), key=lambda row: -len(row["phrase"]))
    return tuple((_phrase(row["phrase"], where), cast(Qualifier, row["qualifier"])) for row in found)


def _phrase(phrase: str, where: str) -> re.Pattern[str]:
    edge = r"(?![^\W\d_])\.?" if phrase[-1].isascii() or "а" <= phrase[-1].lower() <= "я" else ""
    end = r"\s*" if where == "before" else r"(?!\w)\s*" if edge else r"\s*"
    return re.compile(rf"\s*{re.escape(phrase)}{edge if phrase[-1].isalpha() else ''}{end}", re.IGNORECASE)


def _qualifier_before(text: str) -> tuple[Qualifier, str]:
    for phrase, qualifier in _phrases("before"):
        if (match := phrase.match(text)) and match.end() < len(text):
            return qualifier, text[match.end() :]
    return "exact", text


def _qualifier_after(text: str) -> tuple[Qualifier, str]:
    for phrase, qualifier in _phrases("after"):
        if match := phrase.match(text):
            return qualifier, text[match.end() :]
    return "exact", text


def _number(body: str, text: str) -> tuple[float, str]:
    if match := _NUMBER.match(body):
        rest = body[match.end() :]
        if re.match(r"\s*(?:[/⁄×*^]|[eE]\d|[-–—]\s*\d|\.{2,}\s*\d)", rest):
            raise Unreadable(f"a range, a fraction or a formula, where one number is wanted: {text!r}")
        return _digits(match["digits"], text), rest
    if match := _HAN.match(body):
        value = han(match["han"])
        return float(value or 0), body[match.end() :]
    return _words(body, text)


def _digits(written: str, text: str) -> float:
    if written.isdigit():
        return float(written) if len(written) < 16 else float("inf")
    if match := _GROUPED.fullmatch(written):
        if match[1] == "." and written.count(".") == 1:
            raise Unsure(f"a thousand or a fraction: {text!r}", (written.replace(".", ""), written.split(".")[0]))
        return float(re.sub(r"\D", "", written))
    if re.fullmatch(r"\d+[.,]\d+", written):
        return float(written.replace(",", "."))
    raise Unreadable(f"several numbers in one cell: {text!r}")


def _words(body: str, text: str) -> tuple[float, str]:
    known, end = [], 0
    for match in _WORD.finditer(body):
        word = fold(match.group())
        if word not in word_values() or body[end : match.start()].strip(" -"):
            break
        known.append(word)
        end = match.end()
    value = in_words(known)
    if value is None or known in (["a"], ["an"]):
        raise Unreadable(f"no number: {text!r}")
    return value, body[end:]


def _scaled(value: float, rest: str) -> tuple[float, str]:
    if match := _SCALE.match(rest):
        word = match[1].rstrip(".")
        scale = _SCALES.get(word) or word_values().get(fold(word), 1.0)
        value, rest = round(value * scale, 6), rest[match.end() :]
    return value, rest


def _whole(value: float, text: str) -> int:
    if value >= _MOST:
        raise Unreadable(f"too large to be a count: {text!r}")
    if value != int(value):
        raise Unreadable(f"a fraction, where a whole number is wanted: {text!r}")
    return int(value)


def _unit(rest: str, text: str) -> str:
    """Return what stands after the number; a second number outside brackets would make the count a guess."""
    unit = rest.strip(" .,;:-–—")
    if re.search(r"\d", re.sub(r"\([^)]*\)", "", unit)):
        raise Unreadable(f"several numbers in one cell: {text!r}")
    return unit
