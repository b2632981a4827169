"""The words of dates: month names of CLDR, and the small words and seasons of date_words.csv."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from etl.reference import rows
from etl.text import fold

#: Locales whose month and weekday names are known. Where a name means two months (listopad is November in Czech and
#: Polish, October in Croatian), the earlier locale wins and the confidence says so.
LOCALES = (
    "en", "ru", "zh", "zh_Hant", "de", "fr", "es", "pt", "it", "nl", "pl", "cs", "uk", "be", "tr", "kk", "ky", "uz", "uz_Cyrl",
    "tg", "tk", "az", "az_Cyrl", "hy", "ka", "mn", "ar", "ar_SY", "ar_MA", "ar_DZ", "fa", "ps", "ur", "he", "hi", "bn", "mr",
    "ta", "ne", "ja", "ko", "vi", "th", "id", "ms", "fil", "el", "bg", "sr", "sr_Latn", "mk", "hr", "bs", "sl", "sk", "ro", "hu",
    "fi", "et", "lv", "lt", "sv", "da", "nb", "nn", "is", "ca", "gl", "sq", "af", "sw", "am", "de_AT", "pt_PT", "en_AU",
    "en_CA", "en_GB", "ga", "cy", "lb", "mt", "so", "ha", "zu", "my", "km", "lo", "si", "te", "gu", "kn", "ml", "pa", "tt",
    "eo",
)  # fmt: skip
_SLIPS_IN = ("en", "ru", "de", "fr", "es", "pt", "it", "uk")
WEEKDAY_WIDTHS = ("wide", "abbreviated", "short")


#: Scripts of India and South-East Asia, where a vowel is a mark that folding would drop.
_MARKED = re.compile("[\u0900-\u109f\u1780-\u17ff]")


def key(word: str) -> str:
    """Return the form under which two spellings of a word in a date are the same.

    >>> key("Août"), key("जून") == key("जन"), fold("জানু") == fold("জুন"), key("জানু") == key("জুন")
    ('aout', False, True, False)
    """
    return word.casefold().strip(" .॰") if _MARKED.search(word) else fold(word)


class Named(NamedTuple):
    """A month or day of the week as one locale calls it; ``number`` counts months from 1."""

    locale: str
    width: str
    number: int
    word: str


@cache
def calendar(what: str) -> tuple[Named, ...]:
    """Return the names of every ``month`` or ``weekday`` in the order of :data:`LOCALES` (calendar_names.csv)."""
    known = (row for row in rows("calendar_names") if row["what"] == what)
    return tuple(Named(row["locale"], row["width"], int(row["number"]), row["name"]) for row in known)


@cache
def months() -> dict[str, tuple[int, ...]]:
    """Return the folded month names with their months, the likeliest first."""
    found: dict[str, dict[int, None]] = defaultdict(dict)
    for row in rows("month_names"):
        found[key(row["name"])][int(row["month"])] = None
    for each in calendar("month"):
        if (name_key := key(each.word)) and not any(sign.isdigit() for sign in name_key):
            found[name_key][each.number] = None
    return {name_key: tuple(numbers) for name_key, numbers in found.items()}


@cache
def plain_months() -> dict[str, int]:
    """Return the casefolded month names that mean one month and nothing else in a date, with that month.

    >>> plain_months()["ноября"], "listopad" in plain_months(), "mar" in plain_months()
    (11, False, False)
    """
    spoken: dict[str, set[int]] = defaultdict(set)
    for each in calendar("month"):
        spoken[each.word.casefold().strip(".")].add(each.number)
    taken = weekdays() | small_words().keys()
    return {
        word: min(numbers)
        for word, numbers in spoken.items()
        if len(numbers) == 1 and months().get(key(word)) == tuple(numbers) and key(word) not in taken
    }


@cache
def several_words() -> tuple[re.Pattern[str], dict[str, int]]:
    """Return a pattern of the month names of several words (Mongolian, Levantine Arabic), and the month of each."""
    found: dict[str, int] = {}
    for name in ("mn", "ar_SY"):
        for each in calendar("month"):
            if (each.locale, each.width) == (name, "wide") and " " in each.word:
                found.setdefault(each.word.casefold(), each.number)
    return re.compile(rf"({'|'.join(sorted(map(re.escape, found), key=len, reverse=True))})(?:ын)?"), found


@cache
def _sorted_months() -> list[str]:
    return sorted(months())


@cache
def weekdays() -> frozenset[str]:
    """Return the folded names of the days of the week in all widths but the single letters."""
    names = {key(each.word) for each in calendar("weekday")}
    pieces = {piece for name in names for piece in name.split() if len(piece) > 2}  # segunda-feira is two words here
    return frozenset(name for name in names | pieces if len(name) > 1 and not name.isdigit())


@cache
def _sorted_weekdays() -> list[str]:
    return sorted(name for name in weekdays() if len(name) > 4)


@lru_cache(maxsize=65_536)
def is_weekday(word: str) -> bool:
    """Tell whether a folded word is a day of the week, or the first letters (three or more) of one.

    >>> is_weekday("mittwoch"), is_weekday("woensd"), is_weekday("mi"), is_weekday("hotel")
    (True, True, True, False)
    """
    if word in weekdays():
        return True
    at = bisect_left(_sorted_weekdays(), word)
    return len(word) > 2 and at < len(_sorted_weekdays()) and _sorted_weekdays()[at].startswith(word)


@cache
def small_words() -> dict[str, str]:
    """Return the folded small words with their meanings: drop, about, until, a season's EDTF number and so on."""
    return {key(row["word"]): row["meaning"] for row in rows("date_words")}


@lru_cache(maxsize=65_536)
def month(word: str) -> tuple[tuple[int, ...], bool]:
    """Return the months that a folded word may mean, the likeliest first, and whether it was read through a slip.

    A word cut short counts where all names that go on from it agree.

    >>> month("сентября"), month("sept"), month("listopad"), month("febuary"), month("smarch")
    (((9,), False), ((9,), False), ((11, 10), False), ((2,), True), ((), False))
    """
    if found := months().get(word):
        return found, False
    if len(word) < 3 or word in small_words() or word in weekdays():
        return (), False
    if found := _completed(word):
        return found, False
    if is_weekday(word):
        return (), False
    found = _slip(word)
    return found, bool(found)


def _completed(word: str) -> tuple[int, ...]:
    names = _sorted_months()
    found: set[int] = set()
    at = bisect_left(names, word)
    while at < len(names) and names[at].startswith(word):
        found.update(months()[names[at]])
        at += 1
    return tuple(found) if len(found) == 1 else ()


@cache
def _whole_names() -> tuple[tuple[str, int], ...]:
    whole = [each for name in _SLIPS_IN for each in calendar("month") if (each.locale, each.width) == (name, "wide")]
    pairs = ((fold(each.word), each.number) for each in whole)
    return tuple((word, number) for word, number in pairs if len(word) >= 5)


def _slip(word: str) -> tuple[int, ...]:
    """Return the month of which ``word`` is one slip of the keyboard away; never in the first letter."""
    if len(word) < 5:
        return ()
    near = {number for name, number in _whole_names() if name[0] == word[0] and OSA.distance(name, word, score_cutoff=1) <= 1}
    return tuple(near) if len(near) == 1 else ()


_WEEKDAY_CJK = re.compile(
    "[((]?(?:(?:星期|礼拜|禮拜|周|週)[一二三四五六日天]|[月火水木金土日]曜日?|[월화수목금토일]요일)[))]?|[((][月火水木金土日一二三四五六][))]"
)


def without_cjk_weekdays(text: str) -> str:
    """Return ``text`` without Chinese, Japanese and Korean days of the week.

    >>> without_cjk_weekdays("2012/8/27(水)"), without_cjk_weekdays("5月1日星期六")
    ('2012/8/27 ', '5月1日 ')
    """
    return _WEEKDAY_CJK.sub(" ", text)
