"""Units of outcomes in the reader's language: ``2,200 students`` is ``2 200 студентов``; a unit that is not known stays as written."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from dashboard.locale import LANGUAGES, Say, mark_plural, speaker

Texts = tuple[str, str]
UNITS: tuple[Texts, ...] = (
    mark_plural("{n} student", "{n} students"),
    mark_plural("{n} PhD student", "{n} PhD students"),
    mark_plural("{n} postgraduate", "{n} postgraduates"),
    mark_plural("{n} pupil", "{n} pupils"),
    mark_plural("{n} graduate", "{n} graduates"),
    mark_plural("{n} intern", "{n} interns"),
    mark_plural("{n} trainee", "{n} trainees"),
    mark_plural("{n} participant", "{n} participants"),
    mark_plural("{n} person", "{n} people"),
    mark_plural("{n} teacher", "{n} teachers"),
    mark_plural("{n} lecturer", "{n} lecturers"),
    mark_plural("{n} professor", "{n} professors"),
    mark_plural("{n} visiting professor", "{n} visiting professors"),
    mark_plural("{n} researcher", "{n} researchers"),
    mark_plural("{n} scientist", "{n} scientists"),
    mark_plural("{n} expert", "{n} experts"),
    mark_plural("{n} employee", "{n} employees"),
    mark_plural("{n} delegate", "{n} delegates"),
    mark_plural("{n} subscriber", "{n} subscribers"),
    mark_plural("{n} university", "{n} universities"),
    mark_plural("{n} partner", "{n} partners"),
    mark_plural("{n} country", "{n} countries"),
    mark_plural("{n} laboratory", "{n} laboratories"),
    mark_plural("{n} centre", "{n} centres"),
    mark_plural("{n} programme", "{n} programmes"),
    mark_plural("{n} course", "{n} courses"),
    mark_plural("{n} project", "{n} projects"),
    mark_plural("{n} project proposal", "{n} project proposals"),
    mark_plural("{n} application", "{n} applications"),
    mark_plural("{n} grant", "{n} grants"),
    mark_plural("{n} patent", "{n} patents"),
    mark_plural("{n} paper", "{n} papers"),
    mark_plural("{n} article", "{n} articles"),
    mark_plural("{n} publication", "{n} publications"),
    mark_plural("{n} book", "{n} books"),
    mark_plural("{n} event", "{n} events"),
    mark_plural("{n} exhibition", "{n} exhibitions"),
    mark_plural("{n} conference", "{n} conferences"),
    mark_plural("{n} lecture", "{n} lectures"),
    mark_plural("{n} visit", "{n} visits"),
    mark_plural("{n} agreement", "{n} agreements"),
    mark_plural("{n} year", "{n} years"),
    mark_plural("{n} month", "{n} months"),
    mark_plural("{n} day", "{n} days"),
    mark_plural("{n} hour", "{n} hours"),
)
_EACH_FORM = (1, 2, 5)
"""Numbers that between them take every plural form of every language."""


def amount(say: Say, number: float, unit: str | None) -> str:
    """Return a number with its unit, in the form that the language wants beside it.

    >>> amount(speaker("ru"), 22, "students"), amount(speaker("en"), 1, "Students"), amount(speaker("ru"), 3, "wind tunnels")
    ('22 студента', '1 student', '3 wind tunnels')
    """
    texts = _known().get(_folded(unit)) if unit else None
    if texts is None or number % 1:
        return f"{say.number(number)} {unit or ''}".strip()
    return say.count(texts, int(number))


def alone(say: Say, number: float | None, unit: str | None) -> str | None:
    """Return the unit as it stands beside ``number``, for a column of its own.

    >>> alone(speaker("ru"), 5, "student"), alone(speaker("en"), None, "студентов")
    ('студентов', 'students')
    """
    texts = _known().get(_folded(unit)) if unit else None
    return unit if texts is None else _bare(say, texts, 5 if number is None or number % 1 else int(number))


@cache
def _known() -> Mapping[str, Texts]:
    """Return every form of every unit, in each language, with what it is a form of; of two the first."""
    found: dict[str, Texts] = {}
    for texts in UNITS:
        for form in {_bare(speaker(language), texts, n) for language in LANGUAGES for n in _EACH_FORM}:
            found.setdefault(_folded(form), texts)
    return found


def _bare(say: Say, texts: Texts, number: int) -> str:
    return say.count(texts, number).removeprefix(say.number(number)).strip()


def _folded(unit: str) -> str:
    return " ".join(unit.casefold().replace("ё", "е").split())
