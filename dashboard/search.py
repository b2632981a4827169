"""Search that forgives: typing errors, word endings, and the script in which a name is written.

Every word is folded to Latin letters (``Пекин`` and ``北京`` become ``pekin`` and ``beijing``), and compared with all words that occur:
as the beginning of a word, as a word with another ending, or as a word with a typing error. A result has all words of the question;
when nothing has, those with most of them are shown.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
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
_ADJECTIVE = re.compile(r"(?<=\w{4})sk(?:iy|ogo|omu|im|om|aya|oy|uyu|oe|ie|ikh|imi)$")
_MOST_WORDS = 8
_KEPT = 2


@dataclass(frozen=True, slots=True)
class Document:
    """What can be found: its kind, its row, and its texts with their weight, the name first."""

    kind: str
    row: Mapping[str, Any]
    texts: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that fits, how well, and the folded words of it that do."""

    document: Document
    score: float
    words: frozenset[str]


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """Return ``word`` in small Latin letters without marks.

    >>> fold("Ёлка"), fold("Universität"), fold("北京")
    ('elka', 'universitat', 'beijing')
    """
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


class Index:
    """All words of all documents of one snapshot."""

    def __init__(self, documents: Sequence[Document]) -> None:
        """Read every text once."""
        self.documents = documents
        postings: defaultdict[str, dict[int, float]] = defaultdict(dict)
        for at, document in enumerate(documents):
            for text, weight in document.texts:
                for word, _ in words(text):
                    postings[word][at] = max(weight, postings[word].get(at, 0.0))
        self._words = sorted(postings)
        self._postings = [postings[word] for word in self._words]

    def find(self, question: str) -> list[Hit]:
        """Return what fits ``question``, the best first; equal ones in the order of the documents."""
        asked = list(dict.fromkeys(word for word, _ in words(question)))[:_MOST_WORDS]
        scores: defaultdict[int, float] = defaultdict(float)
        met: defaultdict[int, set[int]] = defaultdict(set)
        found: defaultdict[int, set[str]] = defaultdict(set)
        for number, word in enumerate(asked):
            best: dict[int, float] = {}
            for at, likeness in self._like(word).items():
                rare = log(1 + len(self.documents) / len(self._postings[at]))
                for document, weight in self._postings[at].items():
                    best[document] = max(best.get(document, 0.0), likeness**2 * rare * weight)
                    found[document].add(self._words[at])
                    met[document].add(number)
            for document, score in best.items():
                scores[document] += score
        most = max((len(numbers) for numbers in met.values()), default=0)
        hits = [Hit(self.documents[at], scores[at], frozenset(found[at])) for at in sorted(scores) if len(met[at]) == most]
        return sorted(hits, key=lambda hit: -hit.score)

    def _like(self, word: str) -> dict[int, float]:
        """Return the positions of the words like ``word``, and how like they are, from 0 to 1."""
        found = self._misspelt(word)
        for form, likeness in ((word, 1.0), (_ADJECTIVE.sub("", word), 0.7)):
            if form != word and (likeness == 1.0 or len(form) < _SHORT):
                continue
            for at in self._beginning(form[: max(_SHORT, len(form) - 3)] if len(form) > _SHORT else form):
                other = self._words[at]
                if other.startswith(form):
                    found[at] = max(found.get(at, 0.0), likeness if other == form else 0.9 * likeness)
                elif form == word and abs(len(other) - len(form)) <= 3:
                    found[at] = max(found.get(at, 0.0), 0.8)
        return found

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
    """The indexes of the latest snapshots, each made once, by the first who searches in it."""

    def __init__(self) -> None:
        """Start with none."""
        self._kept: dict[str, Index] = {}
        self._lock = threading.Lock()

    def of(self, snapshot: str, rows: Any) -> Index:
        """Return the index of ``snapshot``; ``rows()`` is asked for what is searched when there is none yet."""
        with self._lock:
            if snapshot not in self._kept:
                self._kept[snapshot] = Index(documents(rows()))
                while len(self._kept) > _KEPT:
                    self._kept.pop(next(iter(self._kept)))
            return self._kept[snapshot]
