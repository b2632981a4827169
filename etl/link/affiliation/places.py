"""Which places an affiliation names: 'Austria', 'PR China', 'Madison, WI 53706'; a place is never the organisation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from etl.link.affiliation.words import Segment, words
from etl.link.partner.words import country_names
from etl.reference import rows
from etl.text import fold

_LONGEST = 5
#: The code of a state stands alone or before a postal code, never in small letters.
_CODE = re.compile(r"(?:^|[\s,])([A-Z]{2,3})[\s.]*(?:[A-Z]?\d[\w-]*[\s.]*(?:\d\w{2})?)?$")
_DIGITS = re.compile(r"[\s.,-]*[a-z]{0,2}-?\d[\d\s-]*[\s.,-]*$|^\s*[A-Za-z]{0,3}-?\d[\d\s-]*\s")
#: After these the last word of a segment is part of a name: 'University of China'.
_JOINING = frozenset({"of", "the", "de", "du", "di", "in", "and", "for", "von", "der", "d"})


@cache
def _by_name() -> Mapping[str, str]:
    regions = {fold(row["name"]): row["alpha_3"] for row in rows("affiliation_regions") if row["kind"] != "code"}
    return {**regions, **country_names()}


@cache
def _by_code() -> Mapping[str, frozenset[str]]:
    """Return the countries by the code of a state; 'WA' is one of two."""
    codes = [row for row in rows("affiliation_regions") if row["kind"] == "code"]
    return {code: frozenset(row["alpha_3"] for row in codes if row["name"] == code) for code in {row["name"] for row in codes}}


@cache
def _parts() -> Mapping[str, str]:
    return {fold(row["name"]): row["alpha_3"] for row in rows("country_parts")}


@cache
def regions() -> frozenset[str]:
    """Return the keys of all countries and their parts, as the words of a segment run together."""
    names = (*_by_name(), *_by_code(), *_parts())
    return frozenset(key for name in names if (key := "".join(words(name))))


def countries(said: Sequence[Segment]) -> frozenset[str]:
    """Return the alpha-3 codes of the countries that the segments end with, empty when none does.

    >>> from etl.link.affiliation.words import segments
    >>> [sorted(countries(segments(text))) for text in ("Univ. Graz, Austria", "Madison, WI 53706", "University of China")]
    [['AUT'], ['USA'], []]
    """
    return frozenset(code for segment in said for code in _of_end(segment, len(said) == 1))


def _of_end(segment: Segment, is_only: bool) -> Iterable[str]:
    tokens = fold(_DIGITS.sub("", segment.text)).split()
    for length in range(min(_LONGEST, len(tokens)), 0, -1):
        code = _by_name().get(" ".join(tokens[-length:]))
        if code and (length == len(tokens) or tokens[-length - 1] not in _JOINING):
            return (code,)
    match = _CODE.search(segment.text)
    if match and not is_only and match.group(1) in _by_code():
        return _by_code()[match.group(1)]
    return (_parts()[" ".join(tokens)],) if " ".join(tokens) in _parts() else ()


def is_place(said: Sequence[str], cities: Mapping[str, frozenset[str]]) -> bool:
    """Tell whether the words of a segment are only places: a city of the list, a region, or one after the other.

    >>> is_place(("boston", "ma", "02115"), {"boston": frozenset({"USA"})}), is_place(("boston", "university"), {"boston": frozenset()})
    (True, False)
    """
    kept = [word for word in said if not word[0].isdigit()]

    def known(key: str) -> bool:
        return key in cities or key in regions()

    if not kept or known("".join(kept)):
        return True
    return any(known("".join(kept[:cut])) and known("".join(kept[cut:])) for cut in range(1, len(kept)))
