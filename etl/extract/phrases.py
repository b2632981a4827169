"""Word patterns of a rules file, found in running text with the span of what they matched.

A pattern is written as people speak: ``*`` is the rest of a word, ``a/b`` either word, ``...`` up to five words between; it never
reaches beyond its clause. Chinese is found anywhere.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from etl.text import fold

_WORD = re.compile(r"[\w&+]+(?:['’]\w+)?")
_HAN = re.compile(r"[\u3400-\u9fff]")
_GAP = r"(?:[^|\s]\S* ){0,5}?"
#: Stands between the clauses of a sentence in the folded text, so that no pattern matches across.
BREAK = "|"


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text as it compares, and where it stands."""

    folded: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A pattern that matched: its line in the rules file, and the words it covers."""

    line: Mapping[str, str]
    start: int
    end: int


class Passage:
    """A stretch of text as words, ready for patterns; ``breaks`` are the offsets at which a new clause begins.

    Each of the ``names``, ranges of characters, is one word.
    """

    def __init__(
        self, text: str, start: int = 0, end: int | None = None, breaks: Sequence[int] = (), names: Sequence[tuple[int, int]] = ()
    ) -> None:
        self.text, self.start, self.end = text, start, len(text) if end is None else end
        self.breaks = tuple(breaks)
        self.words = tuple(_as_one(_words(text, self.start, self.end), names))
        self.folded, self._starts = _joined(self.words, breaks)

    def naming(self, names: Sequence[tuple[int, int]]) -> Passage:
        """Return the passage with each of the ``names`` as one word, so that the gap of a pattern leads over it.

        >>> Passage("Physicists of the University of Novi Sad test alloys").naming([(18, 40)]).folded
        'physicists of the university_of_novi_sad test alloys'
        """
        return Passage(self.text, self.start, self.end, self.breaks, names)

    def spans(self, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
        """Yield where ``pattern`` matches the folded words, as offsets in the text."""
        for match in pattern.finditer(self.folded):
            first = bisect_right(self._starts, match.start()) - 1
            last = bisect_right(self._starts, match.end() - 1) - 1
            yield self.words[first].start, self.words[last].end


@dataclass(frozen=True, slots=True)
class _Rule:
    line: Mapping[str, str]
    pattern: re.Pattern[str]
    beginnings: tuple[str, ...] = field(default=())
    is_han: bool = False


class Patterns:
    """The patterns of one rules file, in its order."""

    def __init__(self, lines: Iterable[Mapping[str, str]]) -> None:
        self._rules = tuple(_rule(line) for line in lines)

    def find(self, passage: Passage) -> Iterator[Hit]:
        """Yield every match of every pattern in ``passage``, in the order of the file.

        >>> found = Patterns([{"pattern": "open*/launch* ... laborator*"}]).find(Passage("They opened a joint laboratory."))
        >>> [(hit.start, hit.end) for hit in found]
        [(5, 30)]
        """
        for rule in self._rules:
            if rule.is_han:
                for match in rule.pattern.finditer(passage.text, passage.start, passage.end):
                    yield Hit(rule.line, match.start(), match.end())
            elif any(beginning in passage.folded for beginning in rule.beginnings):
                for start, end in passage.spans(rule.pattern):
                    yield Hit(rule.line, start, end)


def _words(text: str, start: int, end: int) -> Iterator[Word]:
    for match in _WORD.finditer(text, start, end):
        for folded in fold(match.group()).split():
            yield Word(folded, match.start(), match.end())


def _as_one(words: Iterable[Word], names: Sequence[tuple[int, int]]) -> Iterator[Word]:
    """Yield the words, those within a range of ``names`` joined."""
    for name, group in groupby(words, lambda word: next((each for each in names if each[0] <= word.start < each[1]), None)):
        inside = list(group)
        if name is None:
            yield from inside
        else:
            yield Word("_".join(word.folded for word in inside), inside[0].start, inside[-1].end)


def _joined(words: Sequence[Word], breaks: Sequence[int]) -> tuple[str, list[int]]:
    """Return the words with :data:`BREAK` between clauses, and where each begins in that text."""
    pieces: list[str] = []
    starts: list[int] = []
    at, coming = 0, sorted(breaks)
    for word in words:
        if coming and word.start >= coming[0]:
            pieces.append(BREAK)
            at += 2
        while coming and word.start >= coming[0]:
            coming = coming[1:]
        starts.append(at)
        pieces.append(word.folded)
        at += len(word.folded) + 1
    return " ".join(pieces), starts


def _rule(line: Mapping[str, str]) -> _Rule:
    written = line["pattern"]
    if _HAN.search(written):
        return _Rule(line, re.compile(r"[^。；]{0,12}?".join(re.escape(part) for part in written.split())), is_han=True)
    body = "".join(_GAP if piece == "..." else _alternatives(piece) + " " for piece in written.split())
    beginnings = tuple(fold(each.rstrip("*")) for each in written.split()[0].split("/"))
    return _Rule(line, re.compile(rf"(?<!\S){body.strip()}(?!\S)"), beginnings)


def _alternatives(piece: str) -> str:
    words = (re.escape(fold(each.rstrip("*"))) + (r"\S*" if each.endswith("*") else "") for each in piece.split("/"))
    return f"(?:{'|'.join(words)})"
