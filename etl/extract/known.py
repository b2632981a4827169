"""Known organisations, found by what a phrase says of them when it is not one of their names letter for letter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from etl.extract.signature import TEACHING, TECHNICAL, Signature, Signatures
from etl.extract.tokens import tokens
from etl.text import fold


@dataclass(frozen=True, slots=True)
class Known:
    """An organisation that is known, under all its names.

    ``is_partner``: the office has an agreement with it, or it stands in a register; such a one is meant rather than another.
    """

    id: str
    name: str
    names: tuple[str, ...]
    city: str = ""
    country: str = ""
    kind: str = "other"
    parent: str = ""
    is_partner: bool = False


#: How an organisation is found of which only the city and the kind are said: a Baku university.
BY_CITY = "city + kind"
#: Where only the country tells who is meant, no more than these may be missing: 'a German fund' is not the German Research Foundation.
_OF_STATE = frozenset(("state", "national", "federal", "republic"))
#: One entry may stand for the embassy of a country and for its consulate.
_DIPLOMATIC = frozenset(("embassy", "consulate"))


@dataclass(frozen=True, slots=True)
class Identified:
    """Which organisation a phrase means: how that was found, and how sure it is."""

    id: str
    method: str
    confidence: float


class Directory:
    """Finds organisations by the signature of a phrase; built once."""

    def __init__(self, known: Mapping[str, Known], signatures: Signatures, home_country: str) -> None:
        self.by_id = known
        self._home = home_country
        self._signatures = signatures
        self._said: dict[str, list[Signature]] = {}
        self._by_word: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
        self._cities: dict[str, str] = {}
        for each in known.values():
            self._add(each)

    def _add(self, each: Known) -> None:
        city = self._city(each)
        self._cities[each.id] = city
        spelled = {fold(name): name for name in each.names if " " in name and is_readable(name)}
        distinct = dict.fromkeys(self._signatures.of(tokens(name)) for name in spelled.values())
        self._said[each.id] = list(distinct)
        if city:
            self._by_word["place", city][each.id] = None
        for said in distinct:
            for word in said.rare:
                self._by_word["rare", word][each.id] = None
            for place in said.places:
                self._by_word["place", place][each.id] = None
            if not said.rare and not said.places:
                for code in said.countries or {each.country}:
                    self._by_word["country", code][each.id] = None

    def _city(self, each: Known) -> str:
        """Return the key of its city as the gazetteer has it."""
        if not each.city:
            return ""
        said = self._signatures.of(tokens(each.city))
        return min(said.places, default=fold(each.city))

    def identify(self, phrase: Signature, near: frozenset[str] = frozenset()) -> Identified | None:
        """Return whom ``phrase`` means, if only one can be meant; ``near`` are the countries that the text names."""
        if not phrase.rare and not phrase.places and not self._is_national(phrase):
            return None
        candidates = self._candidates(phrase)
        for method, fits, confidence in (
            ("mention", self._is_same, 0.9),
            ("part of its name", self._is_part, 0.8),
            (BY_CITY, self._is_there, 0.7),
        ):
            found = [each for each in candidates if fits(phrase, each)]
            if found:
                only = self._only(found, near)
                return Identified(only, method, confidence) if only else None
        return None

    def _is_national(self, phrase: Signature) -> bool:
        """Tell whether a country alone says who is meant: of a ministry or an academy of sciences, but not of 'a Chinese university'."""
        return bool(phrase.countries - {self._home} and phrase.heads) and (bool(phrase.common) or not phrase.heads & TEACHING)

    def _candidates(self, phrase: Signature) -> list[str]:
        """Return the organisations that share every rare word of ``phrase``, or its places, or its country."""
        if phrase.rare:
            sets = [self._by_word.get(("rare", word), {}) for word in sorted(phrase.rare)]
        elif phrase.places:
            sets = [self._by_word.get(("place", place), {}) for place in sorted(phrase.places)]
        else:
            sets = [self._by_word.get(("country", code), {}) for code in sorted(phrase.countries - {self._home})]
        return [each for each in (sets[0] if sets else {}) if all(each in other for other in sets[1:])]

    def _only(self, found: list[str], near: frozenset[str]) -> str:
        """Return the one that is meant: the only partner, or else the only one, or the only one in a country of the text."""
        for choice in (
            [each for each in found if self.by_id[each].is_partner],
            found,
            [each for each in found if self.by_id[each].country in near],
        ):
            if len(choice) == 1:
                return choice[0]
        return ""

    def _is_same(self, phrase: Signature, each: str) -> bool:
        return any(
            phrase.rare == said.rare
            and (phrase.strong == said.strong if phrase.rare or phrase.places else phrase.common - _OF_STATE == said.common - _OF_STATE)
            and self._places_agree(phrase, said, each)
            and phrase.places >= said.places
            and self._countries_agree(phrase, said, each)
            and _heads_agree(phrase, said)
            and bool(said.rare or said.places or said.countries or phrase.places or phrase.countries)
            for said in self._said[each]
        )

    def _is_part(self, phrase: Signature, each: str) -> bool:
        """Tell whether the phrase says some of the own words of a name, or some of the subjects of a ministry."""
        by_country = not phrase.rare and not phrase.places and bool(phrase.strong) and not phrase.heads & TEACHING
        return (bool(phrase.rare) or by_country) and any(
            phrase.rare <= said.rare
            and phrase.strong <= said.strong | ({"private", "technical"} if phrase.rare else set())
            and self._places_agree(phrase, said, each)
            and self._countries_agree(phrase, said, each)
            and (_heads_agree(phrase, said) or (bool(phrase.heads) and phrase.heads < said.heads))
            for said in self._said[each]
        )

    def _is_there(self, phrase: Signature, each: str) -> bool:
        """Tell whether an organisation of the kind and the subject that are said stands in the place that is said."""
        known = self.by_id[each]
        if phrase.rare or not phrase.places:
            return False
        is_any = not phrase.heads and known.kind == "university"
        return any(
            phrase.strong <= said.strong
            and (known.is_partner or _is_named_so(phrase, said))
            and self._places_agree(phrase, said, each)
            and (is_any or _heads_agree(phrase, said))
            for said in self._said[each]
        )

    def _places_agree(self, phrase: Signature, said: Signature, each: str) -> bool:
        return phrase.places <= said.places | {self._cities[each]}

    def _countries_agree(self, phrase: Signature, said: Signature, each: str) -> bool:
        own = self.by_id[each].country
        # 'in Russia' says nothing in the name of an embassy, and all in that of a Russian-Armenian university.
        silent = {own, self._home} if said.heads <= _DIPLOMATIC or self._home not in said.countries else {own}
        spoken = phrase.countries if said.heads & TEACHING else phrase.countries - {self._home}
        return spoken <= said.countries | {own} and said.countries - silent <= phrase.countries

    def places_of(self, identifier: str) -> frozenset[str]:
        """Return the keys of the places that an organisation is in or named after."""
        said = {place for each in self._said[identifier] for place in each.places}
        return frozenset(said | {self._cities[identifier]} - {""})

    def said(self, identifier: str) -> list[Signature]:
        """Return the signatures of all names of an organisation."""
        return self._said[identifier]

    def partner_in(self, place: str) -> str:
        """Return the partner that ``place`` can stand for: its only university, its only institute, or the only one named after it."""
        found = [each for each in self._by_word.get(("place", place), {}) if self.by_id[each].is_partner]
        for kind in ("university", "institute"):
            there = [each for each in found if self.by_id[each].kind == kind]
            if there:
                return there[0] if len(there) == 1 else ""
        named = [each for each in found if any(said.places == {place} and not said.heads - {"company"} for said in self._said[each])]
        return named[0] if len(named) == 1 else ""


def is_readable(name: str) -> bool:
    """Tell whether a name is in a script that the texts are in: Latin or Cyrillic.

    >>> is_readable("TU Graz"), is_readable("清华大学")
    (True, False)
    """
    return name.isascii() or not any("\u0530" <= letter < "\u1e00" or letter >= "\u2c00" for letter in name)


def _is_named_so(phrase: Signature, said: Signature) -> bool:
    """Tell whether a name says the place, the kind and, among others, the subjects of ``phrase``: no partner is taken for less."""
    return bool(phrase.strong) and phrase.places <= said.places and phrase.heads == said.heads and not said.rare


def _heads_agree(phrase: Signature, said: Signature) -> bool:
    if phrase.heads == said.heads or (phrase.heads and phrase.heads < said.heads <= _DIPLOMATIC):
        return True
    one, two = (_teaching(each) for each in (phrase, said))
    if not phrase.rare and not phrase.places:
        return False
    return bool(one and two) and phrase.heads - TEACHING == said.heads - TEACHING


def _teaching(said: Signature) -> frozenset[str]:
    return (said.heads | (said.common & TECHNICAL)) & TEACHING
