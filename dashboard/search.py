"""Search that forgives: typing errors, word endings, and the script in which a name is written.

Every word is folded to Latin letters (``Пекин`` and ``北京`` become ``pekin`` and ``beijing``), and compared with all words that occur:
as the beginning of a word, as a word with another ending, or as a word with a typing error. A Chinese word is taken as it is written or as
it is read: with an error it is another word. What has all words of the question stands first. A word that occurs everywhere says little:
what has only such words is left out where something has a rare one.
"""

from __future__ import annotations

import re
import threading
import time
import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from math import log
from typing import Any

import numpy as np
from anyascii import anyascii
from rapidfuzz import process
from rapidfuzz.distance import OSA

from etl.tables import Agreement, News, Outcome, Partner

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_RUN = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}]+")
_IS_HAN = re.compile(rf"[{_HAN}]")
#: Up to so many letters a word with an error is another word; from so many on two errors are forgiven.
_SHORT, _LONG = 4, 8
#: Endings of Russian adjectives, folded: who asks for ``пекинский`` means Пекин.
_ADJECTIVE = re.compile(r"(?<=\w{4})sk(?:ii|ogo|omu|im|om|aya|oi|uyu|oe|ie|ikh|imi)$")
#: What has less than this share of what the best result has, the words weighed by their rarity, is left out.
_ENOUGH = 0.6
#: From so much likeness on a word counts as the word that is asked for; less does where nothing is as like.
_SAME = 0.8
_MOST_WORDS = 8
_KEPT = 2
_WITHOUT_PAUSE = 128
"""Documents that are read in one go, in about a millisecond."""
PATIENCE = 3.0
"""Seconds that a reader waits for an index that is being made, before it is said that it is."""
Rows = Callable[[], Mapping[str, Sequence[Mapping[str, Any]]]]


@dataclass(frozen=True, slots=True)
class Document:
    """What can be found: its kind, its row, and its texts with their weight, the name first."""

    kind: str
    row: Mapping[str, Any]
    texts: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that fits, how well, and the folded words of it that do; ``has_all`` words of the question that occur anywhere."""

    document: Document
    score: float
    words: frozenset[str]
    has_all: bool = True

    @property
    def order(self) -> tuple[bool, float]:
        """Return what to sort by, the best first."""
        return not self.has_all, -self.score


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """Return ``word`` in small Latin letters without marks.

    >>> fold("Ёлка"), fold("Universität"), fold("北京")
    ('elka', 'universitat', 'beijing')
    """
    if word.isascii() and word.isalnum():
        return word.lower()
    bare = unicodedata.normalize("NFKD", word.casefold().replace("ё", "е"))
    return re.sub(r"[^a-z0-9]", "", anyascii("".join(c for c in bare if not unicodedata.combining(c))).lower())


def words(text: str) -> Iterator[tuple[str, str]]:
    """Yield the words of ``text`` as pairs of folded and written; Chinese, which has no spaces, by every two characters.

    >>> list(words("北京大学, Graz"))
    [('beijing', '北京'), ('jingda', '京大'), ('daxue', '大学'), ('graz', 'Graz')]
    """
    for run in _RUN.findall(text):
        pieces = [run[i : i + 2] for i in range(len(run) - 1)] if _IS_HAN.match(run) and len(run) > 1 else [run]
        yield from ((fold(piece), piece) for piece in pieces if fold(piece))


def _gently(documents: Sequence[Document]) -> Iterator[Document]:
    """Yield the documents, with a pause after every millisecond: readers of pages are answered meanwhile."""
    for at, document in enumerate(documents):
        if at and not at % _WITHOUT_PAUSE:
            time.sleep(0.001)
        yield document


class Index:
    """All words of all documents of one snapshot."""

    def __init__(self, documents: Sequence[Document]) -> None:
        """Read every text once."""
        self.documents = documents
        postings: defaultdict[str, dict[int, float]] = defaultdict(dict)
        folded: dict[str, tuple[str, ...]] = {}  # a hundred thousand titles have few thousand words
        for at, document in enumerate(_gently(documents)):
            for text, weight in document.texts:
                for run in _RUN.findall(text):
                    if run not in folded:
                        folded[run] = tuple(word for word, _ in words(run))
                    for word in folded[run]:
                        posting = postings[word]
                        if posting.get(at, 0.0) < weight:
                            posting[at] = weight
        self._words = sorted(postings)
        self._postings = [postings[word] for word in self._words]

    def find(self, question: str) -> list[Hit]:
        """Return what fits ``question``, the best first; equal ones in the order of the documents."""
        asked = dict(list({word: bool(_IS_HAN.match(written)) for word, written in words(question)}.items())[:_MOST_WORDS])
        scores: defaultdict[int, float] = defaultdict(float)
        had: defaultdict[int, float] = defaultdict(float)
        met: Counter[int] = Counter()
        found: defaultdict[int, set[str]] = defaultdict(set)
        for word, is_han in asked.items():
            best: dict[int, float] = {}
            likest: dict[int, float] = {}
            for at, likeness in sorted(self._like(word, is_han).items(), key=lambda each: -each[1]):
                square, own = likeness**2, self._words[at]
                for document, weight in self._postings[at].items():
                    score = square * weight
                    if document not in best:
                        best[document], likest[document] = score, likeness
                    elif score > best[document]:
                        best[document] = score
                    found[document].add(own)
            rare = log(1 + len(self.documents) / len(best)) if best else 0.0
            # Another word by a letter is no match where the very word occurs: Neijing is not Beijing.
            enough = min(_SAME, max(likest.values(), default=0.0))
            for document, score in best.items():
                scores[document] += rare * score
                had[document] += rare * likest[document]
                met[document] += likest[document] >= enough
        all_, most = max(met.values(), default=0), max(had.values(), default=0.0)
        kept = [at for at in sorted(scores) if had[at] >= _ENOUGH * most]
        hits = [Hit(self.documents[at], scores[at], frozenset(found[at]), met[at] == all_) for at in kept]
        return sorted(hits, key=lambda hit: hit.order)

    def _like(self, word: str, is_han: bool) -> dict[int, float]:
        """Return the positions of the words like ``word``, and how like they are, from 0 to 1."""
        if is_han:
            at = bisect_left(self._words, word)
            return {at: 1.0} if self._words[at : at + 1] == [word] else {}
        found = self._misspelt(word)
        for form, most in ((word, 1.0), (_ADJECTIVE.sub("", word), 0.8)):
            if form != word and (most == 1.0 or len(form) < _SHORT):
                continue
            for at in self._beginning(form[: max(_SHORT, len(form) - 3)] if len(form) > _SHORT else form):
                found[at] = max(found.get(at, 0.0), most * _ending(form, self._words[at]))
        return {at: likeness for at, likeness in found.items() if likeness}

    def _beginning(self, start: str) -> Iterator[int]:
        for at in range(bisect_left(self._words, start), len(self._words)):
            if not self._words[at].startswith(start):
                return
            yield at

    def _misspelt(self, word: str) -> dict[int, float]:
        most = 0 if len(word) <= _SHORT else 1 if len(word) < _LONG else 2
        if not most or not self._words:
            return {}
        errors = process.cdist([word], self._words, scorer=OSA.distance, score_cutoff=most)[0]
        return {int(at): 0.9 * (1 - int(errors[at]) / len(word)) for at in np.nonzero(errors <= most)[0]}


def _ending(form: str, other: str) -> float:
    """Return how like ``other`` is to ``form``, with which it shares the beginning.

    >>> _ending("graz", "graz"), _ending("graz", "grazer"), round(_ending("beijing", "beijia"), 2)
    (1.0, 0.9, 0.68)
    """
    if other.startswith(form):
        return 1.0 if other == form else 0.9
    shared = next(i for i, (one, two) in enumerate(zip_longest(form, other)) if one != two)
    return 0.95 * shared / max(len(form), len(other)) if abs(len(other) - len(form)) <= 3 else 0.0


def marked(text: str, wanted: frozenset[str]) -> list[tuple[str, bool]]:
    """Return the pieces of ``text`` in their order, and whether each is one of the ``wanted`` folded words.

    >>> marked("Talks in Graz", frozenset({"graz"}))
    [('Talks in ', False), ('Graz', True)]
    """
    spans: list[tuple[int, int]] = []
    for run in _RUN.finditer(text):
        step = 2 if _IS_HAN.match(run[0]) and len(run[0]) > 1 else len(run[0])
        for start in range(run.start(), run.end() - step + 1):
            if fold(text[start : start + step]) in wanted:
                if spans and start <= spans[-1][1]:
                    spans[-1] = (spans[-1][0], start + step)
                else:
                    spans.append((start, start + step))
    return _cut(text, spans)


def _cut(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[str, bool]]:
    found, at = [], 0
    for start, end in spans:
        found += [(text[at:start], False), (text[start:end], True)]
        at = end
    return [(piece, is_wanted) for piece, is_wanted in [*found, (text[at:], False)] if piece]


def documents(rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[Document]:
    """Return the rows of each kind with the texts by which they are found; names weigh more than what a text mentions."""
    columns: dict[str, tuple[tuple[str, float], ...]] = {
        "partner": tuple((str(name), 3.0) for name in (Partner.name, Partner.name_en, Partner.name_ru, Partner.name_zh)),
        "country": (("name_en", 3.0), ("name_ru", 3.0), ("name_zh", 3.0)),
        "field": (("name_en", 2.0), ("name_ru", 2.0), ("name_zh", 2.0), ("area_name_en", 1.0), ("area_name_ru", 1.0),
                  ("area_name_zh", 1.0)),
        "agreement": ((Agreement.title, 2.0), ("title_en", 2.0), ("title_ru", 2.0), ("title_zh", 2.0), (Agreement.number, 3.0),
                      (Agreement.home_unit, 1.0)),
        "news": ((News.title, 2.0), (News.text, 0.5)),
        "outcome": ((Outcome.title, 2.0), (Outcome.venue, 1.0), (Outcome.doi, 2.0)),
    }  # fmt: skip
    return [
        Document(kind, row, (*((str(row[name]), weight) for name, weight in columns[kind] if row.get(name)), *_forms(kind, row)))
        for kind, each in rows.items()
        for row in each
    ]


def _forms(kind: str, row: Mapping[str, Any]) -> list[tuple[str, float]]:
    return [(form, 2.0) for form in row[Partner.forms]] if kind == "partner" else []


class Indexes:
    """The indexes of the latest snapshots, each made once, beside whatever else is done."""

    def __init__(self) -> None:
        """Start with none."""
        self._kept: dict[str, Future[Index]] = {}
        self._lock = threading.Lock()

    def begin(self, snapshot: str, rows: Rows) -> Future[Index]:
        """Return the index of ``snapshot``, begun if it is not yet.

        ``rows()`` is asked at once for what is searched: the engine closes no connection of which another thread still reads. What takes
        long, the words, is left to another thread.
        """
        with self._lock:
            if (known := self._kept.get(snapshot)) and not (known.done() and known.exception()):
                return known
            made: Future[Index] = Future()
            self._kept[snapshot] = made
            while len(self._kept) > _KEPT:
                self._kept.pop(next(iter(self._kept)))
        try:
            read = rows()
        except Exception as error:
            made.set_exception(error)
            raise
        threading.Thread(target=_make, args=(made, read), name="search", daemon=True).start()
        return made

    def of(self, snapshot: str, rows: Rows, seconds: float = PATIENCE) -> Index | None:
        """Return the index of ``snapshot``, or None where it is not ready within ``seconds``: it will be, later."""
        try:
            return self.begin(snapshot, rows).result(seconds)
        except TimeoutError:
            return None


def _make(made: Future[Index], rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    try:
        made.set_result(Index(documents(rows)))
    except Exception as error:  # whoever waits for the index is told
        made.set_exception(error)
