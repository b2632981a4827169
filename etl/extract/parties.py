"""The organisations of a text: known names first, then phrases that describe a known one, then names that nobody knows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from etl.extract.cities import speaks_of_partner
from etl.extract.contexts import companies, without_person
from etl.extract.declension import noun_forms
from etl.extract.gathered import Gathered
from etl.extract.known import BY_CITY, Directory, Identified, is_readable
from etl.extract.mentions import Names
from etl.extract.missions import Missions
from etl.extract.named import Home, Named
from etl.extract.organisations import is_definite, is_institute, is_name, is_title, name_of, only_opens, phrases
from etl.extract.phrase import Phrase
from etl.extract.signature import Signature, Signatures
from etl.extract.tokens import Phrases, Token, tokens
from etl.text import fold, script

_UNIVERSITY = frozenset(("university", "университет"))
#: An acronym of so few letters belongs to several organisations of the world.
_SHORT = 3


@dataclass(frozen=True, slots=True)
class _Found:
    """An organisation at a range of characters; ``id`` is empty for one that is not known."""

    id: str
    name: str
    start: int
    end: int
    method: str
    confidence: float
    said: Signature | None = None

    def named(self, column: str, text: str) -> Named:
        """Return it with the words of ``text`` that prove it."""
        return Named(self.id, self.name, text[self.start : self.end], self.start, self.end, column, self.method, self.confidence)


class Parties:
    """Finds organisations in texts; built once."""

    def __init__(self, directory: Directory, signatures: Signatures, home: Home) -> None:
        self._directory = directory
        self._signatures = signatures
        self._home_country = home.country
        self._missions = Missions(signatures, home.country)
        self._home = Phrases((form, True) for name in home.names for form in _forms(name))
        self._home_said = {signatures.of(tokens(name)) for name in home.names if " " in name}
        self._ids: dict[str, dict[str, None]] = defaultdict(dict)
        spelled: dict[str, str] = {}
        own = {fold(name) for name in home.names}
        for each in directory.by_id.values():
            for name in each.names:
                if is_readable(name) and (key := fold(name)) and key not in own:
                    self._ids[key][each.id] = None
                    spelled.setdefault(key, name)
        for short, key in self._short_names(spelled).items():
            spelled[short] = short
            self._ids[short] = self._ids[key]
        self._names = Names({name: key for key, name in spelled.items()})

    def _short_names(self, spelled: Mapping[str, str]) -> dict[str, str]:
        """Return the names that stand without their 'University', where nobody else is called so: Gunadarma, Shanghai Jiao Tong."""
        found: dict[str, set[str]] = defaultdict(set)
        for key, name in spelled.items():
            if not (key.startswith("университет ") or key.endswith((" university", " университет"))):
                continue
            words = tokens(name)
            own = [word for word in words if fold(word.text) not in _UNIVERSITY]
            if len(own) != len(words) - 1 or not own or (words[0] is not own[0] and script(name) == "latin"):
                continue
            said = self._signatures.of(own)
            partner = any(self._directory.by_id[each].is_partner for each in self._ids[key])
            if (
                said.rare
                and not said.heads
                and not said.common
                and not said.countries
                and (len(own) > 1 or (partner and len(own[0].text) > 4))
            ):
                found[" ".join(word.folded for word in own)].add(key)
        return {short: min(keys) for short, keys in found.items() if len(keys) == 1 and short not in spelled}

    def find(self, texts: Mapping[str, str], read: Mapping[str, Sequence[Token]], near: frozenset[str]) -> list[Named]:
        """Return each organisation of ``texts`` once; ``near`` are the countries that the texts name."""
        found = Gathered(self._directory, self._signatures)
        loose: list[tuple[str, _Found]] = []
        for column, text in texts.items():
            words = read[column]
            home = self._home_at(words)
            certain = self._in(text, words, home, near)
            loose += [(column, each) for each in self._by_city(words, home, certain)]
            for each in certain:
                found.add(each.named(column, text), each.said)
        cities, unknown = found.places(), found.countries()
        for column, each in loose:
            if each.id in found or not (self._directory.places_of(each.id) & cities or self._directory.by_id[each.id].country in unknown):
                found.add(each.named(column, texts[column]), each.said)
        return found.each()

    def _home_at(self, words: Sequence[Token]) -> frozenset[int]:
        """Return the tokens that name the home institution; a word before it that says of where makes it another one."""
        taken: set[int] = set()
        for position in range(len(words)):
            found, length = self._home.at(words, position)
            if found and not self._is_of_elsewhere(words, position):
                taken.update(range(position, position + length))
        return frozenset(taken)

    def _is_of_elsewhere(self, words: Sequence[Token], position: int) -> bool:
        if not position or not words[position].follows:
            return False
        said = self._signatures.of(words[position - 1 : position])
        return bool(said.places or said.countries - {self._home_country}) and "ск" in words[position - 1].folded

    def _in(self, text: str, words: Sequence[Token], home: frozenset[int], near: frozenset[str]) -> list[_Found]:
        mentions = [each for each in self._mentions(text, near) if not _touches(each, words, home)]
        found: list[_Found] = []
        for phrase in (without_person(each, words, self._signatures) for each in phrases(words, home)):
            span = words[phrase.first].start, words[phrase.last - 1].end
            inside = [each for each in mentions if span[0] <= each.start and each.end <= span[1]]
            if any(each.start <= span[0] and span[1] <= each.end for each in mentions) or _overlaps(span, found):
                continue
            made = self._read(phrase, words, near)
            if self._is_of_academy(phrase, words, inside):
                # The institute is meant, and not the academy that it belongs to.
                mentions = [each for each in mentions if each not in inside]
                found += [each for each in made if each.id != inside[0].id]
                continue
            if inside and not all(each.id for each in made) and not (is_title(phrase, words) and inside[0].end < span[1]):
                continue
            if made:
                mentions = [each for each in mentions if each not in inside]
                found += made
        found += [each for each in self._by_form(words, home) if not _overlaps((each.start, each.end), [*mentions, *found])]
        counted = [each for each in (*mentions, *found) if self._counts(each)]
        return sorted((*counted, *self._by_context(words, home, [*mentions, *found])), key=lambda each: each.start)

    def _is_of_academy(self, phrase: Phrase, words: Sequence[Token], inside: Sequence[_Found]) -> bool:
        """Tell whether ``phrase`` is an institute of the academy that alone is mentioned in it, behind its head."""
        at = words[phrase.head].start
        return (
            len(inside) == 1
            and at < inside[0].start
            and self._directory.by_id[inside[0].id].kind == "academy"
            and is_institute(words[phrase.head])
        )

    def _by_form(self, words: Sequence[Token], home: frozenset[int]) -> Iterator[_Found]:
        """Yield the bodies of states that stand in a list, and their houses of culture."""
        for each in (*self._missions.lists(words), *self._missions.houses(words)):
            if each.first not in home:
                ids = list(self._ids.get(fold(each.name), ()))
                known = ids[0] if len(ids) == 1 else ""
                span = words[each.first].start, words[each.last - 1].end
                yield _Found(known, self._directory.by_id[known].name if known else each.name, *span, "pattern", 0.7)

    def _by_context(self, words: Sequence[Token], home: frozenset[int], found: Sequence[_Found]) -> Iterator[_Found]:
        """Yield the names that nobody knows and only the words around say to be of an organisation."""
        taken = home | {i for i, word in enumerate(words) if _overlaps((word.start, word.end), found)}
        for first, last in companies(words, self._signatures, taken):
            start, end = words[first].start, words[last - 1].end
            yield _Found("", name_of(Phrase(first, last, first, "called"), words), start, end, "context", 0.5)

    def _counts(self, found: _Found) -> bool:
        """Tell whether an organisation is one to report: not of the home country unless a partner, no mere programme."""
        if not found.id:
            return True
        known = self._directory.by_id[found.id]
        if known.country == self._home_country:
            return known.is_partner and found.method == "mention"
        return known.kind != "network" or known.is_partner or bool(self._signatures.of(tokens(known.name)).heads)

    def _mentions(self, text: str, near: frozenset[str]) -> Iterator[_Found]:
        for mention in self._names.find(text):
            only = self._meant(mention.value, near)
            if only:
                method = "acronym" if mention.text.isupper() and " " not in mention.text else "mention"
                name = self._directory.by_id[only].name
                yield _Found(only, name, mention.start, mention.end, method, 0.85 if method == "acronym" else 0.9)

    def _meant(self, key: str, near: frozenset[str]) -> str:
        """Return whom a name means: the only partner called so, or the only one of a country of the text, or the only one."""
        known = self._directory.by_id
        ids = list(self._ids[key])
        partners = [each for each in ids if known[each].is_partner]
        if len(partners) == 1:
            return partners[0]
        here = [each for each in ids if known[each].country in near]
        if len(here) == 1:
            return here[0]
        short = " " not in key and len(key) <= _SHORT
        return ids[0] if len(ids) == 1 and (not short or known[ids[0]].kind == "company") else ""

    def _read(self, phrase: Phrase, words: Sequence[Token], near: frozenset[str]) -> list[_Found]:
        """Return the organisations that ``phrase`` means (those of a list of cities are several), or an unknown one under its name."""
        said = self._said(phrase, words)
        if said is None:
            return []
        span = words[phrase.first].start, words[phrase.last - 1].end
        if those := self._identified(phrase, words, said, near):
            return [_Found(each.id, self._directory.by_id[each.id].name, *span, each.method, each.confidence) for each in those]
        if any(self._home_country in self._signatures.country_of(place) for place in said.places):
            return []
        if is_name(phrase, words, said, self._home_country) and (name := self._name(phrase, words, said)):
            return [_Found("", name, *span, "pattern", 0.6, said)]
        return []

    def _name(self, phrase: Phrase, words: Sequence[Token], said: Signature) -> str:
        """Return the name of an organisation that nobody knows; empty for a ministry of which the text does not say what it is for."""
        if phrase.use != "state":
            return name_of(phrase, words)
        is_ministry = "ministry" in said.heads
        written = self._missions.name(phrase, words, said)
        return written or ("" if is_ministry and not said.common else name_of(phrase, words))

    def _said(self, phrase: Phrase, words: Sequence[Token]) -> Signature | None:
        """Return what ``phrase`` says, with the place behind it; nothing where it is the home institution or just any one."""
        part = words[phrase.first : phrase.last]
        said = self._signatures.of(part)
        if said in self._home_said or (said.countries == {self._home_country} and not said.places):
            return None
        # 'The university in Bishkek' says too little: a city may have many.
        if (said.strong or said.rare) and not said.places and (there := self._behind(phrase, words)):
            said = replace(said, places=frozenset({there}))
        if said.places and "school" in said.heads and any(word.folded == "summer" for word in part):
            # A summer school with a city is that of its university.
            return replace(said, heads=frozenset({"university"}))
        if said.places or (any(word.is_capital for word in part) and (said.rare or is_definite(phrase, words))):
            return said
        return None

    def _identified(self, phrase: Phrase, words: Sequence[Token], said: Signature, near: frozenset[str]) -> list[Identified]:
        """Return the known organisations that ``phrase`` means."""
        who = self._directory.identify(said, near) if phrase.use != "plural" else None
        if who and not (self._directory.by_id[who.id].is_partner or said.places or said.countries) and only_opens(phrase, words):
            who = None
        if who:
            return [who]
        if said.rare or len(said.places) < 2:
            return []
        apart = [replace(said, places=frozenset({place})) for place in sorted(said.places)]
        return [one for each in apart if (one := self._directory.identify(each, near))]

    def _behind(self, phrase: Phrase, words: Sequence[Token]) -> str:
        """Return the place in which the organisation of ``phrase`` is said to be: the polytechnic university in Harbin."""
        at = phrase.last
        if at + 1 >= len(words) or words[at].folded not in ("in", "в", "во") or not (words[at].follows and words[at + 1].follows):
            return ""
        place, _ = self._signatures.places.at(words, at + 1)
        return place.key if place and not place.is_adjective and self._home_country not in place.countries else ""

    def _by_city(self, words: Sequence[Token], home: frozenset[int], certain: Sequence[_Found]) -> Iterator[_Found]:
        """Yield the partner that a city stands for, where the city has only one and the words around speak of one."""
        spans = [(each.start, each.end) for each in certain if each.id]
        partners = {i for i, word in enumerate(words) if any(start <= word.start < end for start, end in spans)}
        for spot in self._signatures.places.find(words):
            start, end = words[spot.first].start, words[spot.last - 1].end
            if spot.first in home or _overlaps((start, end), certain) or not speaks_of_partner(words, spot, home | partners):
                continue
            if there := self._directory.partner_in(spot.place.key):
                yield _Found(there, self._directory.by_id[there].name, start, end, BY_CITY, 0.6)


def _forms(name: str) -> Iterable[str]:
    if script(name) == "cyrillic" and " " not in name and not name.isupper() and name[1:].islower():
        return noun_forms(name)
    return (name,)


def _touches(found: _Found, words: Sequence[Token], taken: frozenset[int]) -> bool:
    return any(words[position].start < found.end and found.start < words[position].end for position in taken)


def _overlaps(span: tuple[int, int], found: Sequence[_Found]) -> bool:
    return any(each.start < span[1] and span[0] < each.end for each in found)
