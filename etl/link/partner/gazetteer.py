"""Known organisations, found by any of their names; where a name is shared, the country decides or nobody does."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from etl.link.partner.names import Name, acronyms, analyse, is_acronym
from etl.link.partner.reference import Organisation, merged, organisations
from etl.link.partner.shelf import Shelf
from etl.link.partner.sounds import has_figure, is_pinyin
from etl.link.partner.words import family
from etl.text import clean, fold

ANYWHERE: frozenset[str] = frozenset()
#: A single match below this is a question, not an answer.
SURE = 0.8
UNSURE = 0.7
#: Cells say 'China' for a university of Hong Kong as often as not.
_ALSO = {"HKG": "CHN", "MAC": "CHN", "TWN": "CHN"}
#: Where 'technical', 'technological' and 'of technology' are different universities of one city, whatever a translator wrote.
_MANY_TECHNICAL = frozenset({"CHN", "TWN", "HKG"})
#: Acronyms of up to so many letters belong to several organisations of the world.
_SHORT_ACRONYM = 4
#: A misspelling of one letter is told from another name only in a word of this length.
_SHORTEST_TYPO = 6
#: So many organisations of an added list are indexed at a time; memory stays bounded, whatever the length of a stream.
_MOST_INDEXED = 20_000


#: What can stand before the academy of an institute: ', ', ' of the ', or nothing before an inflected or abbreviated one.
_OF_ACADEMY = re.compile(r"(?=(?:,\s*| of (?:the )?| )((?:\w+ ){0,8}?\w+)$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Match:
    """An organisation that a text may name. ``method`` is one of reference, alias, acronym + country, spelling."""

    id: str
    method: str
    confidence: float
    reason: str


def compatible(country: str, countries: frozenset[str]) -> bool:
    """Tell whether an organisation of ``country`` can stand in a row of ``countries``; what is unknown fits all.

    >>> compatible("HKG", frozenset({"CHN"})), compatible("AUT", frozenset({"CHN"})), compatible("", frozenset({"CHN"}))
    (True, False, True)
    """
    return not country or not countries or country in countries or _ALSO.get(country) in countries


class Gazetteer:
    """An index of organisations by key, by meaning and by misspelling.

    Those that come from an added list wait on a shelf: one is indexed when a text may name it, and counts for that text only.
    """

    def __init__(self, known: Iterable[Organisation]) -> None:
        everybody = tuple(known)
        self._own = tuple(each for each in everybody if not each.reference_id)
        self.shelf = Shelf((each for each in everybody if each.reference_id), self._own) if len(self._own) < len(everybody) else None
        self.by_id: dict[str, Organisation] = {}
        self._empty()
        #: Asked again for each country in which a name stands, one after the other.
        self._is_stranger = lru_cache(maxsize=4096)(self._knows_nobody)
        for organisation in self.shelf or ():
            self.by_id[organisation.id] = organisation

    def _empty(self) -> None:
        """Index our own organisations only; the shelf is full again."""
        self._exact: dict[str, dict[str, bool]] = defaultdict(dict)
        self._strict: dict[tuple[str, ...], set[str]] = defaultdict(set)
        self._loose: dict[tuple[str, ...], set[str]] = defaultdict(set)
        self._typos: dict[tuple[object, ...], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._words: dict[str, set[str]] = defaultdict(set)
        self._academy_ends: set[str] = set()
        self._indexed: set[str] = set()
        self._last: tuple[str, frozenset[str]] = ("", ANYWHERE)
        for organisation in self.shelf.own if self.shelf else self._own:
            self.add(organisation)

    @cached_property
    def own(self) -> Gazetteer | None:
        """Return what is known without the added lists, which comes first; None when nothing was added."""
        if self.shelf is None:
            return None
        return gazetteer() if self._own == organisations() else Gazetteer(self._own)

    def _near(self, text: str, *, called: bool = False) -> frozenset[str]:
        """Return the organisations on the shelf that ``text`` may name, indexed from now on."""
        if self.shelf is None:
            return ANYWHERE
        if self._last[0] != text or called:
            near = self.shelf.called(text) if called else self.shelf.near(text)
            if len(self._indexed) > _MOST_INDEXED:
                self._empty()
            for identifier in sorted(near - self._indexed):
                for name in self.by_id[identifier].names:
                    self._index(name, self.by_id[identifier])
            self._indexed |= near
            if called:
                return near
            self._last = (text, near)
        return self._last[1]

    def _sees(self, identifier: str, near: frozenset[str]) -> bool:
        return identifier in near or identifier not in self._indexed

    def is_on_shelf(self, identifier: str) -> bool:
        """Tell whether ``identifier`` is an organisation of an added list only."""
        return self.shelf is not None and identifier not in self.shelf.mine

    def add(self, organisation: Organisation) -> None:
        """Index ``organisation``; one that is known under the same name in the same country only gains names."""
        if organisation.id not in self.by_id and self.shelf is None and (twin := self._twin(organisation)):
            self.by_id[twin] = merged(self.by_id[twin], organisation)
            organisation, names = self.by_id[twin], organisation.names
        else:
            self.by_id[organisation.id] = organisation
            names = organisation.names
        for name in names:
            self._index(name, organisation)
            if organisation.kind == "academy" and not organisation.parent:
                self._academy_ends.add(fold(name).rpartition(" ")[2])

    def _twin(self, organisation: Organisation) -> str | None:
        for name in (organisation.name_en, organisation.name):
            here = [
                each
                for each, weak in self._exact.get(analyse(name).squeezed, {}).items()
                if not weak and self.by_id[each].country == organisation.country
            ]
            if name and len(here) == 1:
                return here[0]
        return None

    def _index(self, name: str, organisation: Organisation) -> None:
        said, short = analyse(name), is_acronym(name)
        identifier = organisation.id
        known = self._exact[said.squeezed]
        known[identifier] = known.get(identifier, True) and short
        for token in said.rare:
            self._words[token].add(identifier)
        if short or not said.rare or not said.concepts:
            return
        self._strict[said.strict].add(identifier)
        self._loose[said.loose].add(identifier)
        for word, rest in _each_without(said):
            if len(word) >= _SHORTEST_TYPO:
                self._typos[(rest, word[:2])][word].add(identifier)
                self._typos[(rest, word[-2:], "end")][word].add(identifier)

    def knows_word(self, token: str) -> bool:
        """Tell whether ``token`` is a rare word of some known name."""
        return token in self._words or (self.shelf is not None and self.shelf.knows_word(token))

    def with_word(self, token: str) -> frozenset[str]:
        """Return the organisations that have the rare word ``token`` in a name."""
        if self.shelf is None:
            return frozenset(self._words[token]) if token in self._words else ANYWHERE
        own = frozenset(each for each in self._words.get(token, ()) if each not in self._indexed)
        return own | self.shelf.with_word(token)

    def exact(self, text: str) -> dict[str, bool]:
        """Return the organisations called ``text``, each with whether it is only an acronym of it."""
        return self._entries(analyse(text), self._near(text))

    def _entries(self, said: Name, near: frozenset[str]) -> dict[str, bool]:
        entries = self._exact.get(said.squeezed, {})
        return {each: weak for each, weak in entries.items() if self._sees(each, near)} if self.shelf else entries

    def named(self, text: str, countries: frozenset[str] = ANYWHERE) -> list[Match]:
        """Return who the whole of ``text`` may be: one match when that is certain, several when it is open, none when unknown."""
        if self.shelf is None and self._is_stranger(text):
            return []
        said, near = analyse(text), self._near(text)
        found = self._called(text, said, countries, near)
        if not found and said.rare and not is_acronym(text):
            found = self._meant(said, countries, near) or self._misspelt(said, countries, near)
        return [self._doubted(match, said, countries) if match.id in near else match for match in found]

    def _knows_nobody(self, text: str) -> bool:
        """Tell whether none of our own organisations is called anything like ``text``, in whatever country."""
        said = analyse(text)
        if said.squeezed in self._exact:
            return False
        if not said.rare or is_acronym(text):
            return True
        if said.strict in self._strict or said.loose in self._loose:
            return False
        return not any((rest, word[:2]) in self._typos or (rest, word[-2:], "end") in self._typos for word, rest in _each_without(said))

    def _doubted(self, match: Match, said: Name, countries: frozenset[str]) -> Match:
        """Ask about one of an added list that only a short or common name tells, or no country confirms: the list is not the world."""
        full = match.method in ("reference", "alias", "spelling") and len(said.rare) + len(said.concepts) > 1
        here = bool(countries) and compatible(self.by_id[match.id].country, countries)
        if full and (here or len(said.rare) > 1 or (said.rare and match.method == "reference")):
            return match
        return replace(match, confidence=min(UNSURE, match.confidence))

    def called(self, phrase: str, countries: frozenset[str]) -> frozenset[str]:
        """Return the organisations whose full name is ``phrase``, word by word or inflected, as a title may have it."""
        said, near = analyse(phrase), self._near(phrase, called=True)
        full = frozenset(each for each, weak in self._entries(said, near).items() if not weak)
        inflected = said.script == "cyrillic" and said.rare and said.concepts
        return full or frozenset(match.id for match in (self._meant(said, countries, near) if inflected else ()))

    def _meant(self, said: Name, countries: frozenset[str], near: frozenset[str]) -> list[Match]:
        for signatures, confidence, reason in (
            (self._strict.get(said.strict), 0.97, "the same words in another order"),
            (self._loose.get(said.loose), 0.93, "the same words in another language"),
        ):
            seen = [each for each in sorted(signatures or ()) if self._sees(each, near)]
            here = [each for each in seen if compatible(self.by_id[each].country, countries)]
            if len(here) == 1 and self._may_be(said, here[0]):
                sure = confidence if self._is_told_apart(said, here[0]) else UNSURE
                return [Match(here[0], "spelling", sure, reason)]
        return []

    def _called(self, text: str, said: Name, countries: frozenset[str], near: frozenset[str]) -> list[Match]:
        entries = self._entries(said, near)
        here = [each for each in sorted(entries) if compatible(self.by_id[each].country, countries)]
        full = [each for each in here if not entries[each]]
        if full:
            doubt = {other for short in acronyms(text) for other in self.acronym_of(short, countries)} if not is_acronym(text) else set()
            return [Match(each, *self._how(text, each)) for each in full if not doubt or each in doubt] or [
                Match(each, "alias", UNSURE, "its name, but with the acronym of another") for each in sorted({*full, *doubt})
            ]
        named = [each for each in here if self._counts(said, each, countries)]
        if named:
            return [Match(each, "acronym + country", 0.95, f"{text} is its acronym, and the country agrees") for each in named]
        elsewhere = [each for each in sorted(entries) if not entries[each] and said.rare]
        sure = SURE if len(elsewhere) == 1 and self._is_abroad(text, said, elsewhere[0]) else UNSURE
        return [Match(each, "alias", sure, "its name, though the row names another country") for each in elsewhere]

    def _is_abroad(self, text: str, said: Name, identifier: str) -> bool:
        """Tell whether a full name stays certain in a row of another country: of a company it does, of a university not."""
        of_kind = self.by_id[identifier].kind
        if of_kind == "company":
            return len(said.squeezed) > _SHORT_ACRONYM
        return of_kind != "university" and bool(said.concepts) and self._how(text, identifier)[0] == "reference"

    def _counts(self, said: Name, identifier: str, countries: frozenset[str]) -> bool:
        country = self.by_id[identifier].country
        return bool(not country or (countries and compatible(country, countries)) or len(said.squeezed) > _SHORT_ACRONYM)

    def _how(self, text: str, identifier: str) -> tuple[str, float, str]:
        organisation = self.by_id[identifier]
        shown = (organisation.name, organisation.name_en, organisation.name_ru, organisation.name_zh)
        if fold(text) in {fold(name) for name in shown if name}:
            return "reference", 1.0, "its name"
        return "alias", 0.98, "one of its known names"

    def _is_told_apart(self, said: Name, identifier: str) -> bool:
        """Refuse 'polytechnic' for 'of technology' in a translation where each city has several technical universities."""
        if self.by_id[identifier].country not in _MANY_TECHNICAL or not set(said.concepts) & family("tech"):
            return True
        return any(name.strict == said.strict and name.script == said.script for name in map(analyse, self.by_id[identifier].names))

    def _may_be(self, said: Name, identifier: str) -> bool:
        """Refuse a match by meaning where the same language has 'technical' on one side and 'technological' on the other."""
        known = [analyse(name) for name in self.by_id[identifier].names]
        known = [each for each in known if each.honour == said.honour or (said.says_enough and not (each.honour and said.honour))]
        if any(each.strict == said.strict for each in known):
            return True
        alike = [each for each in known if each.loose == said.loose]
        return any(not each.languages & said.languages or each.script != said.script for each in alike)

    def _misspelt(self, said: Name, countries: frozenset[str], near: frozenset[str]) -> list[Match]:
        found: set[str] = set()
        for word, rest in _each_without(said):
            if len(word) < _SHORTEST_TYPO or has_figure(word) or self.knows_word(word) or said.script not in ("latin", "cyrillic"):
                continue
            for block in ((rest, word[:2]), (rest, word[-2:], "end")):
                alike = self._typos.get(block, {})
                for other, _, _ in process.extract(word, list(alike), scorer=OSA.distance, score_cutoff=1, limit=5):
                    if not (is_pinyin(word) and is_pinyin(other)):
                        seen = {each for each in alike[other] if self._sees(each, near)}
                        found |= {each for each in seen if compatible(self.by_id[each].country, countries)}
        return [Match(each, "spelling", 0.9, "one letter of its name is different") for each in sorted(found)]

    def acronym_of(self, text: str, countries: frozenset[str]) -> list[str]:
        """Return the organisations that have ``text`` as an acronym, whatever their country when the row names none."""
        entries = self._entries(analyse(text), self._near(text))
        return [each for each in sorted(entries) if entries[each] and compatible(self.by_id[each].country, countries)]

    def parent(self, text: str, countries: frozenset[str] = ANYWHERE) -> tuple[str, str]:
        """Return the academy that ``text`` says it belongs to and what is left of the name; two empty texts when it says none.

        >>> gazetteer().parent("Institute of Something, Chinese Academy of Sciences")
        ('org-cas', 'Institute of Something')
        """
        last = fold(text).rpartition(" ")[2]
        for match in _OF_ACADEMY.finditer(clean(text)) if last in self._academy_ends else ():
            here = [each for each in self.exact(match.group(1)) if self._is_academy(each, countries)]
            if len(here) == 1:
                return here[0], match.string[: match.start()].strip(" ,")
        return "", ""

    def _is_academy(self, identifier: str, countries: frozenset[str]) -> bool:
        organisation = self.by_id[identifier]
        return organisation.kind == "academy" and not organisation.parent and compatible(organisation.country, countries)


def _each_without(said: Name) -> list[tuple[str, tuple[object, ...]]]:
    return [(word, (said.concepts, said.rare[:at] + said.rare[at + 1 :])) for at, word in enumerate(said.rare)]


@cache
def gazetteer() -> Gazetteer:
    """Return the index of our own list, made once."""
    return Gazetteer(organisations())
