"""Dates in a news text, with their spans; the day of the event apart from history and plans.

Finds what looks like a date in running text and lets the caller's normaliser read it. A day without a year ("27 июня") gets the
year of the news: the latest such day that is not after its publication, or the next one where the sentence speaks of plans.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from etl.errors import Unreadable
from etl.extract.stance import Sentence, Stance
from etl.records import Read
from etl.reference import rows
from etl.text import fold

#: A word before a date that makes it a plan: "until", "by".
_ENDS = re.compile(r"(?:\b(?:until|till|by|through|до|к)\b)\s*(?:the\s+)?(?:end of\s+|конца\s+)?$", re.IGNORECASE)

#: Groups of the pattern that are no form of a date.
_SIGNS = frozenset(("sign", "part"))
#: The days of a range in figures and what stands behind: 12-15.03.2024 begins on the 12th.
_RANGE = re.compile(r"^(?:(?P<first>\d{1,2})\s?[-–]\s?\d{1,2}(?=[./]))?(.*?)(?:\s?(?:года|г\.?))?$")


@dataclass(frozen=True, slots=True)
class Dated:
    """A date that a text states: ISO prefix, the words that state it, and whether it is told as done, as history or as planned."""

    value: str
    text: str
    start: int
    end: int
    column: str
    told: Stance
    method: str
    confidence: float


def dates(told: Sequence[Sentence], published: str, read: Callable[[str], Read]) -> list[Dated]:
    """Return the dates of an item in the order of the text; what ``read`` refuses is no date."""
    return [found for sentence in told for found in _in_sentence(sentence, published, read)]


def event_date(found: Sequence[Dated], published: str) -> Dated | None:
    """Return the date of what an item reports: the first one of the text that is told as done and lies near its publication.

    Without a date of publication the finest of the latest year. None where the text states none.
    """
    ours = [each for each in found if each.told == "done" and len(each.value) >= 7]
    if published:
        ours = [each for each in ours if is_near(each.value, published)]
    else:
        latest = max((each.value[:4] for each in ours), default="")
        ours = [each for each in ours if each.value.startswith(latest)]
    return max(ours, key=lambda each: (len(each.value) == 10, -ours.index(each)), default=None)


def is_near(value: str, published: str, months: int = 3) -> bool:
    """Tell whether ``value`` lies at most ``months`` before ``published`` and not after; of two years alone, whether they are the same.

    >>> is_near("2023-11-14", "2023-12"), is_near("2019", "2023-12"), is_near("2024-02", "2023-12")
    (True, False, False)
    """
    if len(published) < 7 or len(value) < 7:
        return value[:4] == published[:4]
    distance = (int(published[:4]) - int(value[:4])) * 12 + int(published[5:7]) - int(value[5:7])
    return 0 <= distance <= months


@cache
def _form() -> re.Pattern[str]:
    """Return the pattern of a date in running text: with a month in words, in figures, or a year after "in"."""
    months = "|".join(sorted((row["word"] for row in rows("news_months")), key=lambda word: (-len(word), word)))
    day, year = r"(?:\d{1,2}(?:st|nd|rd|th|-?(?:го|е))?)", r"(?:19|20)\d{2}"
    days = rf"{day}(?:\s*(?:[-–—]|to|and|и|по)\s*{day})?"
    forms = (
        rf"(?P<span>{day}\s+(?:{months})\s*(?:[-–—]|to|and|по|и|до)\s*{day}\s+(?:{months})\.?,?\s+{year})",
        rf"(?P<en>{days}\s+(?:of\s+)?(?:{months})\.?(?:,?\s+{year})?(?:\s*(?:года|год|г\.))?)",
        rf"(?P<us>(?:{months})\.?\s+{days}(?:,?\s+{year})?)(?!\d)",
        rf"(?P<month>(?:{months})\.?,?\s+{year}(?:\s*(?:года|год|г\.))?)",
        rf"(?P<figures>(?:\d{{1,2}}\s?[-–]\s?)?\d{{1,2}}(?P<sign>[./-])\d{{1,2}}(?P=sign){year}(?:\s?(?:года|г\.?))?)",
        rf"(?P<iso>{year}(?P<part>[./-])\d{{1,2}}(?P=part)\d{{1,2}})",
        r"(?P<short>\d{2}\.\d{2}\.\d{2}(?![\d.]))",
        rf"(?P<year>(?:(?<=\bin\s)|(?<=\bof\s)|(?<=\bthe\s)|(?<=\bsince\s)|(?<=\bfrom\s)){year}(?![\d/–-])|{year}(?=\s*(?:год|г\.)))",
        rf"(?P<alone>(?<=\bin\s)(?:{months})\b|(?<=\bв\s)(?:{months})\b)",
    )
    chinese = rf"{year}年(?:\d{{1,2}}月(?:\d{{1,2}}日)?)?"
    return re.compile(rf"(?<![\w.])(?:{'|'.join(forms)})(?![\w])|(?P<chinese>{chinese})", re.IGNORECASE)


@cache
def _months() -> dict[str, int]:
    return {fold(row["word"]): int(row["month"]) for row in rows("news_months")}


def _in_sentence(sentence: Sentence, published: str, read: Callable[[str], Read]) -> Iterator[Dated]:
    passage = sentence.passage
    for match in _form().finditer(passage.text, passage.start, passage.end):
        written = match.group() if match.group().endswith("г.") else match.group().rstrip(" ,.")
        start, end = match.start(), match.start() + len(written)
        form = next(name for name, found in match.groupdict().items() if found and name not in _SIGNS)
        stance = "planned" if _ENDS.search(passage.text[passage.start : start]) else sentence.stance(start, end)
        found = Dated("", written, start, end, sentence.column, stance, "", 0.0)
        try:
            yield _value(found, form, published, read)
        except Unreadable:
            continue


def _value(found: Dated, form: str, published: str, read: Callable[[str], Read]) -> Dated:
    """Return ``found`` with its value.

    Raises:
        Unreadable: the caller cannot read it, or it lacks a year and none can be told.
    """
    text = re.sub(r"\s+(?:and|и|to|по)\s+", "-", re.sub(r"(?<=\d)-?(?:го|е)\b", "", found.text))
    if form == "figures":
        text = _RANGE.sub(lambda found: (found["first"] or "") + found[2], text)
    if re.search(r"(?:19|20)\d{2}", text) or form == "short":
        answer = read(text)
        return replace(found, value=answer.value, method=f"date in the text, {form}", confidence=round(0.9 * answer.confidence, 2))
    years = _years(text, found.told, published)
    answer = read(f"{text} {years[0]}")
    value = next((v for v in (f"{year}{answer.value[4:]}" for year in years) if _fits(v, found.told, published)), "")
    if not value:
        raise Unreadable(f"no year: {found.text!r}")
    return replace(found, value=value, method="date in the text, year of the news", confidence=0.8)


def _years(text: str, told: Stance, published: str) -> tuple[str, ...]:
    if len(published) < 4:
        raise Unreadable(f"no year: {text!r}")
    year = int(published[:4])
    return (str(year), str(year + 1)) if told == "planned" else (str(year), str(year - 1))


def _fits(value: str, told: Stance, published: str) -> bool:
    """Tell whether a completed date can be: what is done lies not after the publication, what is planned not before it."""
    shared = min(len(value), len(published))
    if told == "planned":
        return value[:shared] >= published[:shared]
    return value[:shared] <= published[:shared]
