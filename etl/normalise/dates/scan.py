"""The text of a date -> its parts: numbers, months, seasons and what the words around them mean.

A word that nobody knows refuses the whole text: a number beside it may be anything.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from etl.errors import Unreadable
from etl.normalise.dates import words
from etl.normalise.numerals import HAN_SIGNS, han
from etl.reference import rows
from etl.text import clean

_MONTHS_EN = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ZONE = r"(?:\s*(?:z|utc|gmt|msk|мск|[ecmp][sd]t|b?cest|cet|uhr|h|час\w*)\b\.?)?(?:\s*(?:utc|gmt)?[+-]\d{2}:?\d{2})?"
_CLOCK = re.compile(
    rf"t?(?<!\d)\d{{1,2}}\s?(?::|h|時|时|点|點|시)\s?\d{{2}}(?!\d)(?::\d{{2}}|分)?(?:秒|분)?(?:[.,:]\d+)?(?:\s*[ap]\.?\s?m\b\.?)?{_ZONE}"
    rf"|(?<=\d)t\d{{2}}(?:\d{{2}})*(?:[.,]\d+)?(?:z|[+-]\d{{2}}:?\d{{2}})?"
    rf"|(?<![\d.])\d{{1,2}}(?:[.:]\d{{2}})?\s*[ap]\.?\s?m\b\.?{_ZONE}"
    rf"|(?<![\d./-])\d{{1,2}}(?:[.:]\d+)?\s?(?:uhr|h|horas?|heures?|hours?|hrs|час\w*|oclock|o'clock)\b\.?(?:\s*[ap]\.?m\b\.?)?"
    rf"|(?<=\d{{4}}\s)\d{{1,2}}\.\d{{2}}$"
)
_GLUED_CLOCK = re.compile(r"(?<=\d{4}-\d{2}-\d{2})(?=\d{2}:)")
_HAN_NUMBER = re.compile(rf"[{HAN_SIGNS}]+(?=\s*(?:[年月日号號个個]|季度))")
_CJK_YEAR = re.compile(r"(\d{4}|\d{2})\s*[年년]の?")
_CJK_MONTH = re.compile(r"第?(\d{1,2})\s*(?:[个個])?(?:月份?|월)(?:の|에)?")
_CJK_DAY = re.compile(r"(\d{1,2})\s*[日号號일]")
_VIETNAMESE = re.compile(
    r"(?:(?:ngày\s*)?(?:mồng|mùng)?\s*(?P<day>\d{1,2})[\s,-]*)?"
    r"tháng\s*(?P<month>\d{1,2}|[^\W\d]+)[\s,/-]*(?:năm\s*)?(?P<year>\d{4})"
)
_VIETNAMESE_MONTHS = ("một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai")
_TOKEN = re.compile(r"\d+|[~≈?]|[^\W\d_](?:[^\s\d.,/\\\-–—―‒−~≈?:;()\[\]（）\"«»<>+|、，。'_&=@]|(?<=\w)'(?=\w))*|\S")
_ROMAN = re.compile(r"(?:(?<=\d[./\s-])|^)(?P<roman>x?i{1,3}|x?i?v|vi{1,3}|i?x)(?=[./\s-]\d{4})")
_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")

#: Hebrew puts "in" and "to" before a month without a blank.
_HEBREW = re.compile("\\b[בל](?=[א-ת]{3})([א-ת]+)")
_YEAR_WITH_DOT = re.compile(r"\d{4}\.(?!\d)")
_HALF = re.compile(r"\bh[12]\b|\b[12]h\b")
#: Cheap tests that spare most texts the long patterns.
_MAYBE_CLOCK = re.compile(r"\d\s?(?:[:htuoapсч時时点點시]|\.\d)")
_MAYBE_NTH = re.compile(r"mont?h|monat|mois|m[eê]s|maand|месяц")
_MAYBE_ROMAN = re.compile(r"(?:^|[\d./\s-])[ivx]")
#: The letter o where a zero was meant: '2O20'.
_LETTER_ZERO = re.compile(r"(?<=\d)[oо](?=\d)")
_TODAY = re.compile(r"\bн\.\s?в\b\.?")
_DECADE = re.compile(r"\d0(?:-?[ео]?е|'?s)(?![^\W\d_])(?!\s*[^\W\d_]{3,}\s+\d)")

Kind = Literal["number", "month", "season", "range", "mark"]


@dataclass(slots=True)
class Part:
    """One number, month, season or sign of a range; ``gap`` is what stands between it and the part before."""

    kind: Kind
    value: int = 0
    digits: int = 0
    others: tuple[int, ...] = ()
    gap: str = ""
    apostrophe: bool = False


@dataclass(slots=True)
class Scan:
    """The parts of a text in their order and the notes on it: about, until, part, quarter, slip."""

    parts: list[Part] = field(default_factory=list)
    notes: set[str] = field(default_factory=set)


def prepare(text: str) -> str:
    """Return ``text`` with plain digits and one width and case, without marks of direction.

    >>> prepare("２０２１／３"), prepare("٢٨‏/١١‏/٢٠٢٤")
    ('2021/3', '28/11/2024')
    """
    plain = clean(unicodedata.normalize("NFKC", text)).casefold()
    if plain.isascii():
        return plain
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in plain)


def scan(plain: str) -> Scan:
    """Return the parts of a prepared text.

    Raises:
        Unreadable: a word or sign that has no place in a date.
    """
    plain = _LETTER_ZERO.sub("0", plain) if "o" in plain or "о" in plain else plain
    body = _CLOCK.sub(" ", _GLUED_CLOCK.sub(" ", plain)) if _MAYBE_CLOCK.search(plain) else plain
    if not body.isascii() or "thg" in body:
        body = _far_eastern(body)
    if "0" in body and (decade := _DECADE.search(body)) and decade.group()[-1] in "es\u0435":
        raise Unreadable(f"a decade, not a date: {plain!r}")
    if _MAYBE_NTH.search(body):
        body = _nth_month().sub(lambda match: f" {_MONTHS_EN[_ordinals()[match[1]] - 1]} ", body)
    body = _HALF.sub(" half ", body) if "h" in body else body
    body = _TODAY.sub(" now ", body) if "н" in body else body
    if _MAYBE_ROMAN.search(body):
        body = _ROMAN.sub(lambda match: _MONTHS_EN[_ROMANS.index(match["roman"])] if match["roman"] in _ROMANS else match.group(), body)
    found, end, glued = Scan(), 0, False
    for match in _TOKEN.finditer(body):
        gap = body[end : match.start()]
        glued, end = not gap and end > 0 and body[end - 1].isdigit(), match.end()
        _take(match.group(), gap, glued, found, plain)
        if match.group() == "w" and body[end : end + 1].isdigit():
            raise Unreadable(f"a week, not a date: {plain!r}")
    _unite(found)
    if _YEAR_WITH_DOT.search(plain):
        _read_southern(found)
    return found


@cache
def _ordinals() -> dict[str, int]:
    return {row["word"]: int(row["month"]) for row in rows("date_ordinals")}


@cache
def _nth_month() -> re.Pattern[str]:
    """Return a pattern of 'third month of', 'décimo segundo mês de' and the like."""
    names = "|".join(sorted(map(re.escape, _ordinals()), key=len, reverse=True))
    return re.compile(rf"\b({names})\s+(?:months?|mês|mes|mois|mese|monats?|maand|месяц[еа]?)\b")


def _read_southern(found: Scan) -> None:
    """Read a month name of two meanings as Croatian, which writes a dot after the year where Czech and Polish do not."""
    for part in found.parts:
        if part.others:
            part.value, part.others = part.others[-1], (part.value,)


def _far_eastern(body: str) -> str:
    """Return ``body`` with Chinese, Japanese, Korean and Vietnamese dates in the words of the others."""
    if ("thg" in body or "tháng" in body) and (match := _VIETNAMESE.search(body.replace("thg", "tháng"))):
        number = match["month"]
        month = int(number) if number.isdigit() else _VIETNAMESE_MONTHS.index(number) + 1 if number in _VIETNAMESE_MONTHS else 0
        if 1 <= month <= 12:
            return f"{match['day'] or ''} {_MONTHS_EN[month - 1]} {match['year']}"
    body = words.without_cjk_weekdays(body)
    pattern, numbers = words.several_words()
    body = _HEBREW.sub(r"\1", pattern.sub(lambda match: _MONTHS_EN[numbers[match[1]] - 1], body))
    if not any(sign in body for sign in "年月日号號년월일季"):
        return body
    body = re.sub(r"(?:上|下)半年", " half ", body)
    body = _HAN_NUMBER.sub(lambda match: str(han(match.group())), body)
    body = _era().sub(lambda match: f"{_eras()[match[1]] + int(match[2])}年", body)
    body = _CJK_YEAR.sub(lambda match: f" {_full_year(match[1])} ", body)
    body = _CJK_MONTH.sub(lambda match: f" {_MONTHS_EN[int(match[1]) - 1]} " if 1 <= int(match[1]) <= 12 else match.group(), body)
    return _CJK_DAY.sub(r" \1 ", body)


@cache
def _eras() -> dict[str, int]:
    return {row["era"]: int(row["years_before_its_first"]) for row in rows("date_eras")}


@cache
def _era() -> re.Pattern[str]:
    return re.compile(rf"({'|'.join(_eras())})\s*(\d{{1,3}})\s*年")


def full_year(two_digits: int) -> int:
    """Return the year that two digits stand for: up to 39 this century, as agreements end in the future.

    >>> full_year(27), full_year(40), full_year(99)
    (2027, 1940, 1999)
    """
    return two_digits + (2000 if two_digits < 40 else 1900)


def _full_year(digits: str) -> str:
    return digits if len(digits) == 4 else str(full_year(int(digits)))


def _take(piece: str, gap: str, glued: bool, found: Scan, plain: str) -> None:
    if piece[0].isdigit():
        mark = bool(found.parts) and found.parts[-1].kind == "mark"
        if mark:
            found.parts.pop()
        found.parts.append(Part("number", int(piece) if len(piece) < 15 else -1, len(piece), gap=gap, apostrophe=mark))
    elif piece[0].isalpha():
        _take_word(piece, gap, glued, found)
    elif piece in "-–—―‒−/.,|\\":
        found.parts.append(Part("range", gap=piece))
    elif piece in "~≈?":
        found.notes.add("about")
    elif piece == "'":
        found.parts.append(Part("mark"))
    elif piece not in '()[]（）{}:;"«»<=@。、，_*º°ª·،':
        raise Unreadable(f"not a date: {piece!r} in {plain!r}")


def _take_word(piece: str, gap: str, glued: bool, found: Scan) -> None:
    word = words.key(piece)
    meaning = words.small_words().get(word, "")
    if glued and (meaning == "ordinal" or not word):
        return
    if (named := words.months().get(word)) and not (glued and meaning == "ordinal"):
        found.parts.append(Part("month", named[0], others=named[1:], gap=word))
        return
    if meaning.isdigit():
        found.parts.append(Part("season", int(meaning), gap=gap))
        return
    if meaning in ("to", "until", "or") and found.parts:
        found.parts.append(Part("range", gap=meaning))
        found.notes.update({"or"} & {meaning})
    if meaning == "refuse":
        raise Unreadable(f"not a year of our era: {piece!r}")
    if meaning:
        found.notes.add(meaning)
        return
    _take_name(piece, word, gap, glued, found)


def _take_name(piece: str, word: str, gap: str, glued: bool, found: Scan) -> None:
    named, slip = words.month(word)
    if named:
        found.parts.append(Part("month", named[0], others=named[1:], gap=word))
        found.notes.update({"slip"} if slip else ())
        return
    if not word or words.is_weekday(word):
        return
    before, _, after = piece.rpartition("'")
    if before and after:  # l'année, l'estate
        _take_word(before, gap, glued, found)
        _take_word(after, "'", False, found)
        return
    raise Unreadable(f"not a date: unknown word {piece!r}")


def _unite(found: Scan) -> None:
    """Drop the words that are a month and something else (mar. a Tuesday, des a preposition) where another month is named."""
    named = [part for part in found.parts if part.kind == "month"]
    if len(named) > 1:
        sure = [part for part in named if part.gap not in words.weekdays() and part.gap not in words.small_words()]
        if sure and len(sure) < len(named):
            found.parts = [part for part in found.parts if part.kind != "month" or part in sure]
    found.parts = [part for part in found.parts if part.kind != "mark"]
