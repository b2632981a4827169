"""A text as tokens that know where they stand, and an index of phrases that is looked up token by token."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from etl.text import fold

_WORD = re.compile(r"[^\W_][\w&+]*(?:['’ʼ][^\W\d_]+)?")
_POSSESSIVE = re.compile(r"['’ʼ]s$")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text: as written, folded, its place, and what stands between it and the word before.

    ``before`` holds the possessive of the word before, if it has one; the first word of a text has ``before == "."``.
    """

    text: str
    folded: str
    start: int
    end: int
    before: str

    @property
    def is_capital(self) -> bool:
        """Tell whether the word begins with a capital or a digit stands in it as in ``4TU``."""
        return self.text[0].isupper() or (self.text[0].isdigit() and any(letter.isupper() for letter in self.text))

    @property
    def is_acronym(self) -> bool:
        """Tell whether all letters are capitals, and there are two at least."""
        return len(self.text) > 1 and self.text.isupper() and any(letter.isalpha() for letter in self.text)

    @property
    def opens(self) -> bool:
        """Tell whether a sentence, or a part of one behind a dash, colon or bracket, begins here."""
        return any(sign in self.before for sign in ".!?:;—–\n(…") or '"' in self.before or "«" in self.before or "“" in self.before

    @property
    def follows(self) -> bool:
        """Tell whether only a blank, a hyphen, an ampersand or a slash parts the word from the one before."""
        return self.before.strip(" \u00a0-‑&/") == "" and self.before != ""


def tokens(text: str) -> list[Token]:
    """Return the words of ``text``; a possessive is no part of a word.

    >>> [(each.folded, each.before) for each in tokens("Graz's «TU», Xi'an")]
    [('graz', '.'), ('tu', "'s «"), ('xian', '», ')]
    """
    found: list[Token] = []
    position = 0
    for match in _WORD.finditer(text):
        word = _POSSESSIVE.sub("", match.group())
        end = match.start() + len(word)
        folded = fold(word)
        if folded:
            found.append(Token(word, folded, match.start(), end, text[position : match.start()] if found else "."))
            position = end
    return found


class Phrases(Generic[T]):
    """Values by phrases of folded words; the longest phrase that begins at a token is found first."""

    def __init__(self, phrases: Iterable[tuple[str, T]] = ()) -> None:
        self._values: dict[tuple[str, ...], list[T]] = {}
        self._longest: dict[str, int] = {}
        for phrase, value in phrases:
            self.add(phrase, value)

    def add(self, phrase: str, value: T) -> None:
        """Let ``phrase`` lead to ``value``, beside what it leads to already."""
        words = tuple(fold(phrase).split())
        if words:
            values = self._values.setdefault(words, [])
            if value not in values:
                values.append(value)
            self._longest[words[0]] = max(self._longest.get(words[0], 0), len(words))

    def exactly(self, folded: str) -> list[T]:
        """Return the values of one folded phrase."""
        return self._values.get(tuple(folded.split()), [])

    def longest(self, folded: str) -> int:
        """Return the most words of a phrase that begins with ``folded``, 0 when there is none."""
        return self._longest.get(folded, 0)

    def at(self, words: Sequence[Token], start: int) -> tuple[list[T], int]:
        """Return the values of the longest phrase at ``start`` and its number of words, or nothing and 1."""
        longest = self._longest.get(words[start].folded)
        if longest is None:
            return [], 1
        for length in range(min(longest, len(words) - start), 0, -1):
            key = tuple([word.folded for word in words[start : start + length]])
            if key in self._values and all(
                word.follows or word.before in (". ", ", ", " – ") for word in words[start + 1 : start + length]
            ):
                return self._values[key], length
        return [], 1
