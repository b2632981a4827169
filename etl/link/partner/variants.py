"""A name with remarks -> the known organisation: brackets, a country or city behind it, two languages, a department before it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from etl.link.partner.gazetteer import SURE, UNSURE, Gazetteer, Match
from etl.link.partner.names import analyse, is_acronym, split_brackets, split_country
from etl.link.partner.words import family

#: What stands between a name and a remark, its country, its city or a department.
_MORE = re.compile(r"[()\[\]（）/,]")
_SLASH = re.compile(r"\s+/\s+")
_CITY = re.compile(r"^(?:г\.|гор\.|city of)\s*", re.IGNORECASE)


def find(text: str, countries: frozenset[str], known: Gazetteer) -> list[Match]:
    """Return who ``text`` may be: one match when that is certain, several or one below 0.8 when it is open, none when unknown.

    >>> from etl.link.partner.gazetteer import ANYWHERE, gazetteer
    >>> [match.id for match in find("Faculty of Physics, Graz University of Technology (Austria)", ANYWHERE, gazetteer())]
    ['org-tu-graz']
    >>> find("China University of Petroleum (North)", ANYWHERE, gazetteer())
    []
    """
    if known.own and _is_certain(found := find(text, countries, known.own), text, known):
        return found
    if not _MORE.search(text):
        return known.named(text, countries) or _in_academy(text, countries, known)
    bare, code = split_country(text)
    where = countries or frozenset({code} - {""})
    if found := known.named(text, where) or (known.named(bare, where) if code else []):
        return found
    readings: tuple[Callable[[str, frozenset[str], Gazetteer], list[Match]], ...] = (
        _without_brackets,
        _in_two_languages,
        _without_city,
        _in_academy,
        _without_unit,
    )
    return next((found for reading in readings if (found := reading(bare, where, known))), [])


def _is_certain(found: list[Match], text: str, known: Gazetteer) -> bool:
    """Tell whether our own list has the answer; a mere resemblance yields to one of an added list that is called so."""
    if len(found) != 1 or found[0].confidence < SURE:
        return False
    return found[0].method != "spelling" or not (known.shelf and known.shelf.called(text))


def _without_brackets(text: str, countries: frozenset[str], known: Gazetteer) -> list[Match]:
    """Drop what is in brackets when it is the city or another name of the same; otherwise it may distinguish."""
    outer, inside = split_brackets(text)
    if not inside:
        return []
    found = known.named(outer, countries)
    others = {match.id for each in inside if not _is_place(each) for match in known.named(each, countries)}
    if len(found) == 1 and (others == {found[0].id} or all(_is_city(each, found[0], known) for each in inside)):
        return found
    if not found and len(others) == 1 and is_acronym(outer):
        return [Match(min(others), "alias", 0.95, "its name stands in brackets")]
    return [replace(match, confidence=UNSURE, reason=f"without '{', '.join(inside)}': {match.reason}") for match in found]


def _is_place(text: str) -> bool:
    said = analyse(text)
    return not said.concepts and len(said.order) == 1


def _is_city(text: str, match: Match, known: Gazetteer) -> bool:
    city = known.by_id[match.id].city
    return bool(city) and analyse(_CITY.sub("", text)).order == analyse(city).order


def _in_two_languages(text: str, countries: frozenset[str], known: Gazetteer) -> list[Match]:
    parts = _SLASH.split(text)
    found = [match for part in parts if len(parts) > 1 for match in find(part, countries, known)]
    return found[:1] if len({match.id for match in found}) == 1 else found


def _without_city(text: str, countries: frozenset[str], known: Gazetteer) -> list[Match]:
    head, comma, tail = text.rpartition(",")
    if not comma:
        return []
    return [match for match in find(head, countries, known) if _is_city(tail.strip(), match, known)]


def _in_academy(text: str, countries: frozenset[str], known: Gazetteer) -> list[Match]:
    """Try an institute with the full name of its academy: 'Institute of Physics, CAS'."""
    academy, rest = known.parent(text, countries)
    if not academy or not rest:
        return []
    names = known.by_id[academy].names
    return next((found for name in names[:3] if (found := known.named(f"{rest}, {name}", countries))), [])


def _without_unit(text: str, countries: frozenset[str], known: Gazetteer) -> list[Match]:
    """Read a department or faculty of a known university as the university, whichever stands first."""
    for part, whole in ((text.partition(",")[0], text.partition(",")[2]), (text.rpartition(",")[2], text.rpartition(",")[0])):
        concepts = set(analyse(part).concepts)
        if not whole.strip() or not concepts & family("unit") or concepts & {"university", "ministry"}:
            continue
        found = find(whole.strip(), countries, known)
        if len(found) == 1 and known.by_id[found[0].id].kind == "university":
            # A school or a laboratory is sometimes an organisation of its own.
            sure = 0.85 if concepts & {"department", "faculty"} else UNSURE
            return [replace(found[0], method="alias", confidence=min(sure, found[0].confidence), reason="a department of it")]
    return []
