"""How many: the number that counts the words at a place of a text, in figures or in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from etl.extract.phrases import Passage, Word
from etl.reference import rows
from etl.text import fold

_FIGURES = re.compile(r"\d{1,3}(?:[  \u00a0\u202f]\d{3})+(?!\d)|\d+(?:,\d{3})+(?!\d)|\d+")
_ORDINAL = re.compile(r"\s?(?:st|nd|rd|th|-?(?:й|я|е|го|м|му|ми|х|ая|ый|ой))\b|\s?%|[.:/]\d|\s*[-–—]\s*\d")
_LONGEST = 9


@dataclass(frozen=True, slots=True)
class Count:
    """A number of a text and where it stands."""

    value: int
    start: int
    end: int


@cache
def _values() -> dict[str, int]:
    """Return folded number words with their values; an article counts nothing here."""
    return {fold(row["word"]): int(float(row["value"])) for row in rows("number_words") if row["word"] not in ("a", "an", "k", "zero")}


@cache
def _months() -> frozenset[str]:
    return frozenset(fold(row["word"]) for row in rows("news_months"))


def counts(passage: Passage) -> list[Count]:
    """Return the numbers of ``passage`` that can count something, from left to right: no years, ordinals, days of a month or shares.

    >>> [found.value for found in counts(Passage("On 5 May 2019 more than 1 200 guests and twenty-five students saw 3 films, a 5th time"))]
    [1200, 25, 3]
    """
    figures = list(_in_figures(passage))
    words = (found for found in _in_words(passage) if not any(each.start <= found.start < each.end for each in figures))
    return sorted([*figures, *words], key=lambda found: found.start)


def counting(found: Sequence[Count], passage: Passage, start: int, end: int, reach: int = 3) -> Count | None:
    """Return the number that counts a noun ending at ``end``, at most ``reach`` words before it; None where none does."""
    before = [each for each in found if each.end <= end and each.end >= start]
    near = before or [each for each in found if each.end <= start]
    if not near:
        return None
    last = max(near, key=lambda each: each.start)
    between = [word for word in passage.words if last.end <= word.start and word.end < end]
    is_apart = any(sign in passage.text[last.end : end] for sign in ",;:.()")
    return None if is_apart or len(between) > reach else last


def _in_figures(passage: Passage) -> Iterator[Count]:
    for match in _FIGURES.finditer(passage.text, passage.start, passage.end):
        start, end = match.span()
        before, after = passage.text[max(0, start - 1) : start], passage.text[end : end + 12]
        digits = re.sub(r"\D", "", match.group())
        if (before and (before.isalpha() or before in "-–—/.:№+")) or _ORDINAL.match(after) or len(digits) > _LONGEST:
            continue
        if (len(match.group()) == 4 and 1900 <= int(digits) <= 2100) or _is_day(passage, start, end):
            continue
        value = int(digits)
        if scale := re.match(r"\s*(?:thousand|тысяч\w*|тыс\.?)(?!\w)", after):
            value, end = value * 1000, end + scale.end()
        yield Count(value, start, end)


def _is_day(passage: Passage, start: int, end: int) -> bool:
    """Tell whether a month stands beside the number."""
    index = next((at for at, word in enumerate(passage.words) if word.start <= start < word.end), None)
    if index is None:
        return False
    beside = [passage.words[at] for at in (index - 1, index + 1) if 0 <= at < len(passage.words)]
    return any(
        word.folded in _months() and not set(passage.text[min(word.end, end) : max(word.start, start)]) & set(",;") for word in beside
    )


def _in_words(passage: Passage) -> Iterator[Count]:
    run: list[Word] = []
    for word in [*passage.words, None]:
        if word is not None and word.folded in _values() and not word.folded.isdigit():
            run.append(word)
            continue
        if run and not (len(run) == 1 and run[0].folded in ("one", "один", "одна", "одно", "одного", "одной")):
            yield Count(_sum([_values()[each.folded] for each in run]), run[0].start, run[-1].end)
        run = []


def _sum(values: Sequence[int]) -> int:
    total = current = 0
    for value in values:
        if value >= 1000:
            total, current = total + (current or 1) * value, 0
        elif value in (12, 100) and current:  # two dozen, three hundred
            current *= value
        else:
            current += value
    return total + current
