"""The names of a list of organisations, found by whole name or by their rarest words; made for a hundred thousand of them."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

from etl.link.affiliation.words import words
from etl.link.partner.names import is_acronym
from etl.link.partner.reference import Organisation
from etl.link.partner.sounds import is_pinyin

#: A name is tried when more than this share of its weight stands in the text.
ENOUGH = 0.6
#: However few organisations a list has, a word of one of them is as rare as in a list of so many.
_FEWEST = 20_000
_OF_COUNTRY = re.compile(r"\s*\([^()]*\)$")
#: What the names of British hospitals end in, and nobody writes.
_TRUST = re.compile(r"(?:\s+NHS)?(?:\s+Foundations?)?\s+Trust$")
#: A shorter word with another letter is another word.
_SHORTEST_TYPO = 5


class _Weights(dict[str, float]):
    """Weights of words; a word that no name has is as rare as can be."""

    def __init__(self, known: Mapping[str, float], rarest: float) -> None:
        super().__init__(known)
        self._rarest = rarest

    def __missing__(self, word: str) -> float:
        return self._rarest


class Index:
    """Organisations by their names. A name is known by its number; ``owner`` tells whose it is, ``said`` its words.

    ``is_shown`` marks the names under which the list shows the organisation, ``is_short`` the acronyms.
    """

    def __init__(self, organisations: Iterable[Organisation]) -> None:
        self.organisations: list[Organisation] = []
        self.city: list[tuple[str, ...]] = []
        self.said: list[tuple[str, ...]] = []
        self.owner: list[int] = []
        self.is_short: list[bool] = []
        self.is_shown: list[bool] = []
        self.names: list[int] = []
        self.exact: dict[str, list[int]] = {}
        self.frequency: dict[str, int] = {}
        self._corrected: dict[str, str] = {}
        for organisation in organisations:
            self.add(organisation)

    def add(self, organisation: Organisation) -> None:
        """Index one more organisation; all are added before the first is looked for."""
        self.organisations.append(organisation)
        self.city.append(words(organisation.city) if organisation.city else ())
        self.names.append(0)
        self._name(len(self.organisations) - 1, organisation)

    def adopt(self, at: int, twin: Organisation, known: Organisation) -> None:
        """Let the organisation at ``at`` be ``known``, which has further names: those of ``twin``."""
        self.organisations[at] = known
        self._name(at, twin)

    def _name(self, at: int, organisation: Organisation) -> None:
        keys: set[str] = set()
        seen: set[str] = set()
        for name, is_shown in _names(organisation):
            said = words(name)
            key = "".join(said)
            if not key or key in keys:
                continue
            keys.add(key)
            seen.update(said)
            if key in self.exact:
                self.exact[key].append(len(self.said))
            else:
                self.exact[key] = [len(self.said)]
            self.said.append(said)
            self.owner.append(at)
            self.is_short.append(len(said) == 1 and is_acronym(name))
            self.is_shown.append(is_shown)
        self.names[at] += len(keys)
        for word in seen:
            self.frequency[word] = self.frequency.get(word, 0) + 1

    @cached_property
    def weights(self) -> Mapping[str, float]:
        """Return how much each word tells: the logarithm of how rare it is among the organisations."""
        total = max(len(self.organisations), _FEWEST)
        return _Weights({word: math.log(total / (count + 1)) for word, count in self.frequency.items()}, math.log(total))

    def weigh(self, said: Iterable[str]) -> float:
        """Return how much all words of ``said`` tell, whatever their order."""
        return math.fsum(map(self.weights.__getitem__, said))

    def corrected(self, word: str) -> str:
        """Return the word of the list that ``word`` misspells by one letter; itself when it is known or near to none."""
        if word in self.frequency or len(word) < _SHORTEST_TYPO or not word.isalpha():
            return word
        found = self._corrected.get(word)
        if found is None:
            if len(self._corrected) > 100_000:  # memory stays bounded, whatever the length of a stream
                self._corrected.clear()
            found = self._corrected[word] = self._nearest(word)
        return found

    def _nearest(self, word: str) -> str:
        near: list[tuple[int, str]] = []
        for length in (len(word) - 1, len(word), len(word) + 1):
            choices = self._alike.get((word[0], length), ())
            near += [
                (-self.frequency[each], each)
                for each, _, _ in process.extract(word, choices, scorer=OSA.distance, score_cutoff=1, limit=None)
            ]
        return word if not near or (is_pinyin(word) and is_pinyin(min(near)[1])) else min(near)[1]

    @cached_property
    def _alike(self) -> Mapping[tuple[str, int], Sequence[str]]:
        found: dict[tuple[str, int], list[str]] = defaultdict(list)
        for each in self.frequency:
            if each.isalpha():
                found[each[0], len(each)].append(each)
        return dict(found)

    @cached_property
    def by_word(self) -> Mapping[str, Sequence[int]]:
        """Return the names under the few rarest words without which less than enough of their weight remains."""
        found: dict[str, list[int]] = defaultdict(list)
        weights = self.weights
        for number, said in enumerate(self.said):
            if len(said) == 1:  # found as a whole name or not at all
                continue
            heaviest = sorted([(weights[word], word) for word in set(said)], reverse=True)
            rest = total = sum([weight for weight, _ in heaviest])
            for weight, word in heaviest:
                found[word].append(number)
                rest -= weight
                if rest < ENOUGH * total:
                    break
        return found

    @cached_property
    def _totals(self) -> Sequence[float]:
        weights = self.weights
        return [sum([weights[word] for word in said]) for said in self.said]

    def enough(self, here: frozenset[str]) -> dict[int, float]:
        """Return the names of which enough stands among the words ``here``, each with the share of its weight that does."""
        weights, totals, said, found = self.weights, self._totals, self.said, dict[int, float]()
        for name in {name for word in here for name in self.by_word.get(word, ())}:
            got = 0.0
            for word in said[name]:
                if word in here:
                    got += weights[word]
            if got >= ENOUGH * totals[name] > 0:
                found[name] = got / totals[name]
        return found

    @cached_property
    def cities(self) -> Mapping[str, frozenset[str]]:
        """Return the countries of the organisations of each city, by the words of its name run together."""
        found: dict[str, set[str]] = {}
        for organisation, city in zip(self.organisations, self.city, strict=True):
            if city:
                found.setdefault("".join(city), set()).add(organisation.country)
        return {key: frozenset(countries) for key, countries in found.items()}


def _names(organisation: Organisation) -> Iterator[tuple[str, bool]]:
    """Yield each name as people write it, with whether the list shows the organisation under it."""
    for name in organisation.names:
        # 'Pfizer (United States)' is how the list tells branches apart; the country is known without it.
        plain = _OF_COUNTRY.sub("", name) if name.endswith(")") else name
        is_shown = name in (organisation.name, organisation.name_en)
        yield plain or name, is_shown
        if plain.endswith("Trust"):
            yield _TRUST.sub("", plain), is_shown
