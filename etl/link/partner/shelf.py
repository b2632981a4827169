"""Organisations of lists that an office added: a hundred thousand, kept by cheap keys until a name may mean one of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from etl.link.affiliation.index import Index
from etl.link.affiliation.words import words
from etl.link.partner.reference import Organisation, merged
from etl.link.partner.sounds import sound
from etl.text import script

#: Two entries are one organisation when they share so much: a name counts 1, more when either shows it; the city counts 2.
_SHARED = 3
_SAME_CITY = 2
#: A name that so many organisations of a list may mean tells nobody.
_MOST = 200


class Shelf:
    """The organisations of lists, and which of our own are among them."""

    def __init__(self, lists: Iterable[Organisation], own: Sequence[Organisation]) -> None:
        self.index = Index(lists)
        self.mine = frozenset(each.id for each in own)
        twins = self._twins(own)
        self.own = [self._with_twin(each, twins.get(each.id)) for each in own]
        self._by_sound: dict[str, list[str]] = {}

    def _twins(self, own: Sequence[Organisation]) -> dict[str, int]:
        """Return the place of each of our own that the list has; who shares more with an entry has it before another."""
        claims = sorted((-shared, number, at) for number, known in enumerate(own) for at, shared in self._best(known))
        found: dict[str, int] = {}
        for _, number, at in claims:
            if at not in found.values():
                found[own[number].id] = at
        return found

    def _with_twin(self, known: Organisation, at: int | None) -> Organisation:
        if at is None:
            self.index.add(known)
            return known
        both = merged(known, self.index.organisations[at])
        self.index.adopt(at, known, both)
        return both

    def _best(self, known: Organisation) -> list[tuple[int, int]]:
        """Return the entry that may be ``known``, with how much they share: it is in its country, and no other shares as much."""
        shared: Counter[int] = Counter()
        city = words(known.city)
        for name in known.names:
            same = {self.index.owner[each]: self.index.is_shown[each] for each in self._full(name)}
            for at in (at for at in same if self.index.organisations[at].country == known.country):
                shared[at] += (2 if name in (known.name, known.name_en) else 1) + same[at]
        shared.update({at: _SAME_CITY for at in shared if city and self.index.city[at] == city})
        best = shared.most_common(2)
        is_clear = best and best[0][1] >= _SHARED and (len(best) == 1 or best[0][1] > best[1][1])
        return best[:1] if is_clear else []

    def _full(self, name: str) -> list[int]:
        found = self.index.exact.get("".join(words(name)), ())
        return [each for each in found if not self.index.is_short[each]]

    def __iter__(self) -> Iterator[Organisation]:
        """Return those that are none of our own."""
        return (each for each in self.index.organisations if each.id not in self.mine)

    def called(self, text: str) -> frozenset[str]:
        """Return the ids of those that have the very words of ``text`` as a name."""
        return self._ids(self.index.exact.get("".join(words(text)), ()))

    def near(self, text: str) -> frozenset[str]:
        """Return the ids of those that ``text`` may mean, also misspelt, in another order or from another alphabet."""
        said = [self.index.corrected(word) for word in words(text)]
        here = frozenset(said)
        if script(text) == "cyrillic":
            here |= {alike for word in said for alike in self._alike(word)}
        found = {*self.index.exact.get("".join(said), ()), *self.index.enough(here)}
        return self.called(text) | (self._ids(found) if len(found) <= _MOST else frozenset())

    def _ids(self, names: Iterable[int]) -> frozenset[str]:
        found = (self.index.organisations[self.index.owner[name]].id for name in names)
        return frozenset(each for each in found if each not in self.mine)

    def _alike(self, word: str) -> Sequence[str]:
        """Return the words of the list that sound like one that was written in Cyrillic."""
        if not self._by_sound:
            for each in self.index.frequency:
                if each.isascii() and each.isalpha():
                    self._by_sound.setdefault(sound(each), []).append(each)
        return () if word in self.index.frequency else self._by_sound.get(sound(word), ())

    def knows_word(self, token: str) -> bool:
        """Tell whether ``token`` is a word of some name."""
        return token in self.index.frequency

    def with_word(self, token: str) -> frozenset[str]:
        """Return the ids of those that are found by the rare word ``token``."""
        return self._ids(self.index.by_word.get(token, ()))
