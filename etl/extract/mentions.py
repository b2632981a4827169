"""Known names in running text: the longest name wins, and the span says where it stands."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from etl.text import fold, script, unmix

_WORD = re.compile(r"[\w&+]+(?:['’]\w+)?")
_POSSESSIVE = re.compile(r"['’]s$")
#: Case endings as :func:`etl.text.fold` leaves them: without the breve of й and the dots of ё.
_CASES = "ами ями ого его ому ему ыми ими иях ях ах ов ев ей ой ый ий ая яя ое ее ые ие ую юю ом ем им ым их ых ам ям а я о е у ю ы и ь й"
_ENDINGS = sorted({fold(ending) for ending in _CASES.split()}, key=lambda ending: (-len(ending), ending))
_LEAST = 4


@dataclass(frozen=True, slots=True)
class Mention:
    """A known name in a text: what it stands for, how it is written, and where."""

    value: str
    text: str
    start: int
    end: int


class Names:
    """An index of names for finding them in running text; built once, used for every item.

    Short names in capitals (``TUHH``) are found only in capitals; Russian names also in their cases.
    """

    def __init__(self, names: Mapping[str, str]) -> None:
        self._by_words: dict[tuple[str, ...], list[tuple[str, bool]]] = defaultdict(list)
        lengths: dict[str, set[int]] = defaultdict(set)
        for name, value in names.items():
            words = tuple([_stem(word) for word in fold(name).split()])
            is_acronym = _is_acronym(name)
            if words and len("".join(words)) >= (_LEAST - 1 if is_acronym else _LEAST):
                self._by_words[words].append((value, is_acronym))
                lengths[words[0]].add(len(words))
        for found in self._by_words.values():
            found.sort()
        self._ordered = {first: sorted(each, reverse=True) for first, each in lengths.items()}

    def find(self, text: str) -> Iterator[Mention]:
        """Yield the names in ``text`` from left to right; names do not overlap.

        >>> names = Names({"Graz University of Technology": "org-graz", "Китай": "CHN"})
        >>> [(m.value, m.text) for m in names.find("At Graz University of Technology's gate; вместе с Китаем")]
        [('org-graz', 'Graz University of Technology'), ('CHN', 'Китаем')]
        """
        words = [(_stem(folded), match) for match in _WORD.finditer(text) for folded in fold(_POSSESSIVE.sub("", match.group())).split()]
        position = 0
        while position < len(words):
            found = next(self._at(words, position, text), None)
            if found is None:
                position += 1
            else:
                mention, length = found
                yield mention
                position += length

    def _at(self, words: Sequence[tuple[str, re.Match[str]]], position: int, text: str) -> Iterator[tuple[Mention, int]]:
        """Yield the names that begin at ``position``, the longest first, each with its number of words."""
        for length in self._ordered.get(words[position][0], ()):
            if position + length > len(words):
                continue
            for value, is_acronym in self._by_words.get(tuple([word for word, _ in words[position : position + length]]), ()):
                first, last = words[position][1], words[position + length - 1][1]
                end = last.start() + len(_POSSESSIVE.sub("", last.group()))
                written = text[first.start() : end]
                if written.isupper() if is_acronym else not written[0].islower():
                    yield Mention(value, written, first.start(), end), length


def _is_acronym(name: str) -> bool:
    """Tell whether ``name`` is written in capitals; a folded one of four letters or fewer is taken for one."""
    most = 6 if name.isupper() else _LEAST if name.islower() else 0
    return len(name.split()) == 1 and len(name) <= most


@lru_cache(maxsize=131_072)
def _stem(word: str) -> str:
    if len(word) < 5 or word.isascii() or script(unmix(word)) != "cyrillic":
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
