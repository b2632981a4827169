"""Dates as people write them -> ISO 8601, never more precise than the source.

A season is EDTF (2023-21 spring to 2023-24 winter). A range is its start unless its end is asked for. A quarter or a
half year stays its year: the contract has no name for it, and its first month would be an invention.
"""

from __future__ import annotations

import re
from datetime import date as calendar_date
from datetime import timedelta

from etl.errors import Unreadable
from etl.normalise.dates import words
from etl.normalise.dates.compose import compose, iso
from etl.normalise.dates.ranges import one_or_range
from etl.normalise.dates.scan import Scan, full_year, prepare, scan
from etl.records import Read

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[t ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:z|[+-]\d{2}:?\d{2})?)?)?)?")
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?: ?г\.?)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:t?\d{2}(?::?\d{2}){0,2}(?:[.,]\d+)?(?:z|[+-]\d{2}:?\d{2})?)?")
_SERIAL = re.compile(r"([2-5]\d{4}|60000)(?:\.\d+)?")
_IN_WORDS = re.compile(
    r"(?:(?P<day>\d{1,2})\.? )?(?P<month>[^\W\d_]{3,})\.?,? (?P<year>\d{4})(?: ?г(?:\.|ода?)?)?"
    r"|(?P<month_us>[a-z]{3,9})\.? (?P<day_us>\d{1,2}), ?(?P<year_us>\d{4})"
)
#: As Excel shows a month, 'mmm-yy' and 'МММ.ГГ': a day of that month would have its year behind it.
_EXCEL_MONTH = re.compile(r"([a-z]{3,4})-(\d{2})|([а-я]{3})\.(\d{2})")
_CHINESE = re.compile(r"(\d{4})年(\d{1,2})月(?:(\d{1,2})日)?")
_FLOAT_YEAR = re.compile(r"(\d{4})\.0+")
_NEGATIVE = re.compile(r"[-−]\d+")
_LONGEST = 120
#: Day 0 of Excel's calendar for all serials after 28 February 1900, which it takes for a leap year.
_SERIAL_ORIGIN = calendar_date(1899, 12, 30)
_NOTES = (
    ("or", "one of two dates, the first", 0.7),
    ("quarter", "quarter or half year, kept as its year", 0.9),
    ("half", "quarter or half year, kept as its year", 0.9),
    ("about", "approximate", 0.7),
    ("slip", "month name with a slip", 0.8),
    ("part", "part of a period, kept as the period", 0.9),
    ("until", "until", 1.0),
)


def date(text: str, order: str = "", end: bool = False) -> Read:
    """Return the date that ``text`` states: YYYY, YYYY-MM, YYYY-MM-DD or a season.

    ``order`` (dmy, mdy or ymd) decides between day and month where both are possible; where it is not known the day is
    taken first and the rule says so; where a column is ``mixed`` only the year is kept. ``end`` asks for the end of a range.

    Raises:
        Unreadable: not a date, a date without a year, a day that does not exist, or a word nobody knows.

    >>> date("14 ноября 2023 г.").value, date("09.2023").value, date("spring 2021").value, date("1-5 июня 2023").value
    ('2023-11-14', '2023-09', '2021-21', '2023-06-01')
    >>> date("05/03/2021")
    Read(value='2021-03-05', rule='ambiguous, read day first', confidence=0.6)
    >>> date("31.02.2019")
    Traceback (most recent call last):
    etl.errors.Unreadable: the day does not exist: 31.2.2019
    """
    if _ISO_DAY.fullmatch(text) and text[5:7] <= "12":  # what a true date of a workbook is; the next lines read it the same way
        return Read(iso(int(text[:4]), int(text[5:7]), int(text[8:])), "ISO")
    plain = prepare(text)
    if _NEGATIVE.fullmatch(plain):
        raise Unreadable(f"a negative year: {text!r}")
    if not plain or len(plain) > _LONGEST or not any(sign.isdigit() or "一" <= sign <= "龥" for sign in plain):
        raise Unreadable(f"not a date: {text[:_LONGEST]!r}" if plain else "no date")
    if found := _figures(plain, order) or _in_words(plain):
        return found
    return _noted(scan(plain), order, end)


def _figures(plain: str, order: str) -> Read | None:
    """Read the forms of figures alone, which most cells are."""
    if match := _ISO.fullmatch(plain):
        year, month, day = (int(group) if group else None for group in match.groups())
        if day is None and month is not None and 21 <= month <= 24:
            return Read(f"{iso(year or 0)}-{month}", "EDTF season")
        if month is None or month <= 12:
            return Read(iso(year or 0, month, day), "ISO" if month else "year")
    if (match := _DAY_FIRST.fullmatch(plain)) and order in ("", "dmy", "mixed") and int(match[2]) <= 12:
        return Read(iso(int(match[3]), int(match[2]), int(match[1])), "day first")
    if match := _COMPACT.fullmatch(plain):
        return Read(iso(int(match[1]), int(match[2]), int(match[3])), "year first, no separators", 0.9)
    if match := _SERIAL.fullmatch(plain):
        return Read((_SERIAL_ORIGIN + timedelta(days=int(match[1]))).isoformat(), "excel serial", 0.8)
    if match := _FLOAT_YEAR.fullmatch(plain):
        return Read(iso(int(match[1])), "year")
    return None


def _in_words(plain: str) -> Read | None:
    """Read the commonest forms with a month in words without scanning them; the scan reads them the same way, only slower."""
    if match := _CHINESE.fullmatch(plain):
        year, month, day = (int(group) if group else None for group in match.groups())
        return Read(iso(year or 0, month, day), "day and month in words" if day else "month in words")
    if (match := _EXCEL_MONTH.fullmatch(plain)) and len(names := words.months().get(match[1] or match[3], ())) == 1:
        return Read(iso(full_year(int(match[2] or match[4])), names[0]), "month and two digits of the year", 0.8)
    match = _IN_WORDS.fullmatch(plain)
    name = match and words.plain_months().get(match["month"] or match["month_us"])
    if not match or not name:
        return None
    day_text = match["day"] or match["day_us"]
    found = iso(int(match["year"] or match["year_us"]), name, int(day_text) if day_text else None)
    return Read(found, "day and month in words" if day_text else "month in words")


def _noted(found: Scan, order: str, end: bool) -> Read:
    if "nth" in found.notes and not {"quarter", "half"} & found.notes:
        raise Unreadable("an ordinal number in words, where a date is wanted")
    if {"quarter", "half"} & found.notes:
        years = [part for part in found.parts if part.kind == "number" and part.digits == 4]
        read = compose(years, order)
    else:
        read = one_or_range(found, order, end)
    for note, rule, sure in _NOTES:
        if note in found.notes and not (note == "until" and read.rule.startswith("range")):
            return Read(read.value, rule, min(read.confidence, sure))
    return read
