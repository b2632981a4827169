"""A number of a workbook and its number format -> the text a person sees."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple

from etl.cells import CellType

_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_TOKEN = re.compile(r"y+|e+|m+|d+|h+|s+|am/pm|a/p|上午/下午|general|b+", re.IGNORECASE)
_ZEROS = re.compile(r'((?:"[^"]*"|\\.|[-/ ])*)(0+)((?:"[^"]*"|\\.|[-/ ])*)')
#: Formats that a workbook names by number only (ECMA-376 part 1, 18.8.30); 27 to 58 as the Chinese Excel shows them.
_BUILT_IN = {
    14: "d.m.y", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm", 19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss", 22: "d.m.y h:mm",
    27: "y-m", 28: "m-d", 29: "m-d", 30: "m-d-yy", 31: "y-m-d", 32: "h:mm", 33: "h:mm:ss", 34: "h:mm", 35: "h:mm:ss", 36: "y-m",
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss", 50: "y-m", 51: "m-d", 52: "y-m", 53: "m-d", 54: "m-d", 55: "h:mm", 56: "h:mm:ss",
    57: "y-m", 58: "m-d",
}  # fmt: skip


class Format(NamedTuple):
    """What a number format shows: a date down to ``precision``, with the time of day or not, or digits between two texts."""

    precision: Literal["", "day", "month", "year", "time"] = ""
    time: bool = False
    digits: int = 0
    before: str = ""
    after: str = ""


GENERAL = Format()


@lru_cache(maxsize=4096)
def number_format(number: int, code: str | None) -> Format:
    """Return what the format ``code``, or the built-in format called ``number``, shows.

    >>> [number_format(0, code).precision for code in ("dd.mm.yyyy", "mmm yyyy", "yyyy", '0.00"day"', "[$-419]mmmm\\\\ yyyy;@")]
    ['day', 'month', 'year', '', 'month']
    >>> number_format(17, None).precision, number_format(0, "hh:mm").precision
    ('month', 'time')
    """
    code = _BUILT_IN.get(number, "") if code is None else code
    first = code.split(";")[0]
    if zeros := _ZEROS.fullmatch(first):
        return Format(digits=len(zeros[2]), before=_literal(zeros[1]), after=_literal(zeros[3]))
    bare = _QUOTED.sub(" ", first)
    if "general" in bare.lower() or re.search(r"[0#?]", re.sub(r"s+\.?0+", "s", bare, flags=re.IGNORECASE)):
        return GENERAL
    return _date_format([each[0].lower() for each in _TOKEN.findall(bare)])


def _literal(text: str) -> str:
    return text.replace('"', "").replace("\\", "")


def _date_format(tokens: list[str]) -> Format:
    time = "h" in tokens or "s" in tokens
    months = [i for i, each in enumerate(tokens) if each == "m" and not _is_minute(tokens, i)]
    year = "y" in tokens or "e" in tokens or "b" in tokens
    if "d" in tokens:
        return Format("day", time)
    if months and not time:
        return Format("month")
    if year or months:
        return Format("day" if time else "year", time)
    return Format("time", True) if time else GENERAL


def _is_minute(tokens: list[str], at: int) -> bool:
    return tokens[max(at - 1, 0)] == "h" or tokens[min(at + 1, len(tokens) - 1)] == "s"


def shown(raw: str, form: Format, is_1904: bool) -> tuple[str, CellType]:
    """Return the text of the number ``raw`` and what it is.

    A serial that no calendar day answers to (0, negative, 29 February 1900, after 9999) stays the number it is.

    >>> shown("44256", Format("day"), False), shown("44256", Format("month"), False), shown("42795", Format("day"), True)
    (('2021-03-01', 'date'), ('2021-03', 'date'), ('2021-03-02', 'date'))
    >>> shown("2019.0", GENERAL, False), shown("60", Format("day"), False), shown("0.1", GENERAL, False)
    (('2019', 'number'), ('60', 'number'), ('0.1', 'number'))
    >>> shown("44256.75", Format("day", True), False), shown("7", Format(digits=4, before="AGR-"), False)
    (('2021-03-01T18:00', 'date'), ('AGR-0007', 'number'))
    """
    if form is GENERAL:
        return plain_number(raw), "number"
    if form.precision and (text := _date(raw, form, is_1904)):
        return text, "date"
    text = plain_number(raw)
    if form.digits and text.isdigit():
        text = f"{form.before}{text.zfill(form.digits)}{form.after}"
    return text, "number"


def plain_number(raw: str) -> str:
    """Return the shortest text of a number, without exponent where it is whole.

    >>> plain_number("2019.0"), plain_number("1E3"), plain_number("0.30000000000000004"), plain_number("1e400"), plain_number("x")
    ('2019', '1000', '0.3', '1e400', 'x')
    """
    if raw.isdigit() and raw.isascii() and len(raw) < 16 and raw[0] != "0":
        return raw
    try:
        value = float(raw)
    except ValueError:
        return raw
    if value in (float("inf"), float("-inf")) or value != value:
        return raw
    # Excel keeps and shows fifteen digits; the rest is noise of binary fractions.
    value = float(f"{value:.15g}")
    return str(int(value)) if value.is_integer() and abs(value) < 1e21 else repr(value)


@lru_cache(maxsize=65_536)
def _date(raw: str, form: Format, is_1904: bool) -> str:
    try:
        serial = float(raw)
    except ValueError:
        return ""
    if form.precision == "time":
        return _time(serial) if 0 <= serial < 1 else ""
    if not (0 if is_1904 else 1) <= serial < 2_958_466 - (1462 if is_1904 else 0) or (not is_1904 and 60 <= serial < 61):
        return ""
    # The calendar of 1900 counts a 29 February that never was.
    start = datetime(1904, 1, 1) if is_1904 else datetime(1899, 12, 31 if serial < 60 else 30)  # noqa: DTZ001 - a calendar day has no zone
    return iso(start + timedelta(seconds=round(serial * 86_400)), form)


def _time(serial: float) -> str:
    seconds = round(serial * 86_400) % 86_400
    return f"{seconds // 3600:02}:{seconds % 3600 // 60:02}" + (f":{seconds % 60:02}" if seconds % 60 else "")


def iso(moment: datetime, form: Format) -> str:
    """Return ``moment`` no finer than ``form`` shows it; midnight is no time of day."""
    day = f"{moment.year:04}-{moment.month:02}-{moment.day:02}"
    text = {"year": day[:4], "month": day[:7]}.get(form.precision, day)
    if form.time and (moment.hour or moment.minute or moment.second):
        text += f"T{moment.hour:02}:{moment.minute:02}" + (f":{moment.second:02}" if moment.second else "")
    return text
