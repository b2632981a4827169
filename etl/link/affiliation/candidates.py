"""The names of a list that an affiliation may contain, each with where it stands in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from etl.link.affiliation.index import Index
from etl.link.affiliation.places import countries, is_place
from etl.link.affiliation.words import segments

#: No name has more words than this, and of a longer text only so many words are read.
_LONGEST_NAME = 16
_LONGEST_TEXT = 400
_MOST_IN_PART = 15


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name (by its number in the index) and the words ``start`` to ``end`` of the text that may be it.

    ``how`` is *exact* for the very words in their order, *bag* for the same words in another, else *partial*.
    """

    name: int
    start: int
    end: int
    how: str


class Text:
    """An affiliation as the candidates see it: its words one after another, and which of them are only places."""

    def __init__(self, text: str, index: Index, where: frozenset[str] = frozenset()) -> None:
        said = segments(text)
        self.segments = said
        self.words: list[str] = []
        self.segment_of: list[int] = []
        self.misspelt: set[int] = set()
        for at, segment in enumerate(said):
            for word in segment.words[: _LONGEST_TEXT - len(self.words)]:
                better = index.corrected(word)
                if better != word:
                    self.misspelt.add(len(self.words))
                self.words.append(better)
                self.segment_of.append(at)
        self.countries = countries(said) or where
        places = [is_place(segment.words, index.cities) for segment in said]
        self.in_place = [places[at] for at in self.segment_of]
        self.cities = frozenset(key for segment in said if (key := _without_digits(segment.words)) in index.cities)

    @cached_property
    def joined(self) -> str:
        """Return all words between spaces, for finding a city."""
        return f" {' '.join(self.words)} "


def _without_digits(said: Sequence[str]) -> str:
    return "".join(word for word in said if not word[0].isdigit())


def candidates(text: Text, index: Index) -> list[Candidate]:
    """Return the names that stand in ``text`` whole or in good part, in the order of the index."""
    found = _whole(text, index)
    here = frozenset(text.words)
    parts = {name: share for name, share in index.enough(here).items() if name not in found}
    # Of those in part only the likeliest are looked at closely: the more weight there and the less missing, the likelier.
    for name in sorted(parts, key=lambda name: (-parts[name] * index.weigh(here.intersection(index.said[name])), name))[:_MOST_IN_PART]:
        found[name] = _best_window(name, text, index)
    # A city is no university, though a university may be called after it.
    return [found[name] for name in sorted(found) if not all(text.in_place[found[name].start : found[name].end])]


def _whole(text: Text, index: Index) -> dict[int, Candidate]:
    found: dict[int, Candidate] = {}
    for start in range(len(text.words)):
        key = ""
        for end in range(start + 1, min(len(text.words), start + _LONGEST_NAME) + 1):
            key += text.words[end - 1]
            for name in index.exact.get(key, ()):
                if name not in found or text.in_place[found[name].start]:
                    found[name] = Candidate(name, start, end, "exact")
    return found


def _best_window(name: int, text: Text, index: Index) -> Candidate:
    """Return the stretch of the text with most of the weight of the name, the shorter the better."""
    said = index.said[name]
    need = frozenset(said)
    places = [at for at, word in enumerate(text.words) if word in need]
    best = (-1.0, 0, 0, 0)
    for first, start in enumerate(places):
        seen: set[str] = set()
        weight = 0.0
        for at in places[first:]:
            if at - start > 2 * len(said) + 4:
                break
            if text.words[at] not in seen:
                seen.add(text.words[at])
                weight += index.weights[text.words[at]] * (0.5 if text.in_place[at] else 1.0)
                value = weight - 0.3 * (at + 1 - start - len(seen))
                if value > best[0]:
                    best = (value, start, at + 1, len(seen))
    _, start, end, words = best
    return Candidate(name, start, end, "bag" if words == len(need) == end - start else "partial")
