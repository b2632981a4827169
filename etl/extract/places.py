"""Where a text takes place: cities, regions and their adjectives, each with its country."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from etl.extract.declension import adjective_forms, noun_forms, places_of
from etl.extract.text_words import listed
from etl.extract.tokens import Phrases, Token
from etl.reference import rows
from etl.text import fold


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the list: its key (the folded English name) and the countries that have one of this name, the likeliest first."""

    key: str
    countries: tuple[str, ...]
    needs_preposition: bool = False
    is_adjective: bool = False


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a text, as the half-open range of its tokens."""

    place: Place
    first: int
    last: int


class Places:
    """The gazetteer: built once; ``more`` are further cities with their countries, trusted only behind a preposition."""

    def __init__(self, more: Iterable[tuple[str, str]] = ()) -> None:
        self._listed = _listed()
        self._parts = _parts()
        self._more = Phrases[Place]()
        for (city, code), known in sorted(_sole(more).items()):
            if known:
                self._more.add(city, Place(fold(city), (code,), needs_preposition=True))

    def at(self, words: Sequence[Token], start: int) -> tuple[Place | None, int]:
        """Return the place that begins at ``start``, and its number of words; a short word in capitals is an acronym."""
        if words[start].is_acronym and len(words[start].text) < 5:
            return None, 1
        found, length = self._listed.at(words, start)
        if found and (found[0].is_adjective or words[start].is_capital):
            return found[0], length
        if (words[start].is_capital or len(words[start].folded) > 7) and (place := _by_adjective(words[start].folded)):
            return place, 1
        found, length = self._parts.at(words, start)
        if found and words[start].is_capital and _has_part_word(words, start, start + length):
            return found[0], length
        found, length = self._more.at(words, start)
        if found and words[start].is_capital and len(words[start].text) > 3:
            return found[0], length
        return None, 1

    def is_alone(self, folded: str) -> bool:
        """Tell whether a word is read alike whatever stands around it."""
        return self._listed.longest(folded) < 2 and self._more.longest(folded) < 2 and not self._parts.longest(folded)

    def countries_of(self, key: str) -> tuple[str, ...]:
        """Return the countries of the listed place with this key, none for one that is not listed."""
        found = self._listed.exactly(key)
        return found[0].countries if found else ()

    def find(self, words: Sequence[Token]) -> Iterator[Spot]:
        """Yield the places among ``words`` from left to right."""
        position = 0
        while position < len(words):
            place, length = self.at(words, position)
            if place is not None:
                before = words[position - 1].folded if position and words[position].follows else ""
                if not place.needs_preposition or before in listed("before place"):
                    yield Spot(place, position, position + length)
                else:
                    length = 1
            position += length


def _has_part_word(words: Sequence[Token], first: int, last: int) -> bool:
    before = [word.folded for word in words[max(first - 2, 0) : first] if word.folded not in ("of", "the")]
    after = words[last].folded if last < len(words) else ""
    return after in listed("part") or any(word in listed("part") for word in before[-1:])


@cache
def _listed() -> Phrases[Place]:
    """Return the places of the list in all their forms."""
    found = Phrases[Place]()
    for row in rows("cities"):
        place = Place(fold(row["place"]), tuple(row["alpha_3"].split("|")), row["found"] == "after", row["found"] == "adjective")
        if place.is_adjective:
            forms = adjective_forms(row["name"])
        else:
            forms = noun_forms(row["name"]) if row["language"] == "ru" else [row["name"]]
        for form in forms:
            found.add(form, place)
    return found


@cache
def _parts() -> Phrases[Place]:
    """Return the parts of countries that ISO 3166-2 lists: found only beside a word such as province."""
    return Phrases((row["name"], Place(fold(row["name"]), (row["alpha_3"],))) for row in rows("country_parts"))


def _sole(cities: Iterable[tuple[str, str]]) -> dict[tuple[str, str], bool]:
    """Tell of each city with its country whether only that country has one of that name."""
    found: dict[str, set[str]] = {}
    for city, code in cities:
        if city and code:
            found.setdefault(city, set()).add(code)
    return {(city, code): len(codes) == 1 for city, codes in found.items() for code in codes}


@lru_cache(maxsize=65_536)
def _by_adjective(folded: str) -> Place | None:
    if "ск" not in folded:
        return None
    for name in places_of(folded):
        found = _listed().exactly(name)
        if found and not found[0].is_adjective:
            return Place(found[0].key, found[0].countries, is_adjective=True)
    return None


def resolved(place: Place, met: Mapping[str, object]) -> str:
    """Return the country of ``place``: of several the one that the text names otherwise, or none.

    >>> resolved(Place("cambridge", ("GBR", "USA")), {"USA": 1}), resolved(Place("cambridge", ("GBR", "USA")), {})
    ('USA', '')
    """
    if len(place.countries) == 1:
        return place.countries[0]
    named = [code for code in place.countries if code in met]
    return named[0] if len(named) == 1 else ""
