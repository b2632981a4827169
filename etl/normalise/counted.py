"""Cells that count what came of a cooperation: '5 publications, 2 grants' is two outcomes, '12 publ.' is one with its number."""

from __future__ import annotations

import re

from etl.errors import Unreadable
from etl.normalise import types
from etl.normalise.numbers import Amount, amount

_APART = re.compile(r"\s*[,;+\n、，；/]\s*|\s+(?:and|и|а также|плюс|plus)\s+|和|及")
_BEGINS = re.compile(r"\d+[^\W\d_]|\d+-[^\W\d]")
_LONGEST = 200
#: What is counted is a few words; more is the title of something that has a number in it.
_MOST_WORDS = 3
_YEARS = range(1900, 2100)


def counted(text: str) -> tuple[Amount, ...]:
    """Return the amounts that ``text`` lists, if it is nothing but numbers of outcomes of a known type; else nothing.

    >>> [(each.value, each.unit) for each in counted("5 публикаций, 2 гранта")]
    [(5, 'публикаций'), (2, 'гранта')]
    >>> counted("Workshop, 2 days"), counted("2023 workshop"), counted("5th conference"), counted("Two rivers meet in one project")
    ((), (), (), ())
    """
    if len(text) > _LONGEST:
        return ()
    found = tuple(_one(part) for part in _APART.split(text.strip()) if part)
    whole = tuple(each for each in found if each is not None)
    return whole if len(whole) == len(found) else ()


def _one(text: str) -> Amount | None:
    """Return the amount that ``text`` is; None for anything else, also for a year or an ordinal number before a name."""
    if _BEGINS.match(text):
        return None
    try:
        found = amount(text)
        types.outcome_type(found.unit)
    except Unreadable:
        return None
    is_year = found.value in _YEARS and found.qualifier == "exact"
    return None if is_year or not found.unit or len(found.unit.split()) > _MOST_WORDS else found
