"""News text -> what it reports: a signing, a visit, an opening ..., weighed from words, their place and how they are told.

Each pattern of ``etl/reference/event_rules.csv`` has a weight: 4 and more names the event itself, 3 nearly always means it, 2 often, 1 only
stands beside it. A word counts by its place (:data:`_PLACES`): a title says what the item is about, a first sentence
what happened, later ones what else; and by how it is told (:data:`_TOLD`): what is planned, past or denied is hardly the news.
Per event the best word of the title and the best of the text count, and a little for every further one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from etl.extract.named import Named
from etl.extract.phrases import Hit, Patterns
from etl.extract.stance import Sentence, Stance
from etl.reference import rows

OTHER = "other"
SIGNINGS = frozenset({"signing", "renewal"})
#: The weight from which a word names the event itself.
_NAMES_IT = 4
#: What a word counts in the title, the first sentence of the text, the second, and any later one.
_TITLE, _PLACES = 2.0, (1.0, 0.7, 0.45)
#: What a word counts in a title behind a semicolon: the second thing that an item tells.
_TITLE_BESIDE = 1.2
#: What a word counts as it is told. A planned conference is still news of a conference; a planned signing is no signing.
_TOLD: dict[Stance, float] = {"done": 1.0, "planned": 0.2, "history": 0.25, "denied": 0.1}
_ANNOUNCED = frozenset({"conference", "visit", OTHER})
_ANNOUNCED_TOLD: dict[Stance, float] = {"done": 1.0, "planned": 0.9, "history": 0.3, "denied": 0.3}
#: Events that the name of an organisation may tell: an embassy comes to visit or thanks, a forum is a conference.
_OF_NAMES = frozenset({"visit", "conference", "signing", "award"})
#: What further words for one event add, of what the best one gives.
_FURTHER = 0.15
#: A renewal is told with the words of a signing as well; from this share of their points on it is one.
_RENEWED = 0.6
#: Below this nothing is told that we have a name for.
_LEAST = 0.9


@dataclass(frozen=True, slots=True)
class Event:
    """What a news item reports, and the words that say so: ``text`` stands at ``start`` of the column ``column``."""

    value: str
    text: str
    start: int | None
    end: int | None
    column: str | None
    method: str
    confidence: float
    stance: Stance = "done"


@dataclass(frozen=True, slots=True)
class _Point:
    code: str
    points: float
    hit: Hit
    sentence: Sentence
    stance: Stance


@cache
def _patterns() -> Patterns:
    return Patterns(rows("event_rules"))


@cache
def _no_events() -> Patterns:
    return Patterns(rows("not_events"))


def event(told: Sequence[Sentence], named: Sequence[Named] = ()) -> Event:
    """Return what the item of these sentences reports; ``other`` by the rule 'default' where no word tells.

    ``named`` are the organisations it speaks of: an "institute" or "network" in a name tells no opening and no summer school.

    >>> from etl.extract.stance import sentences
    >>> found = event(sentences({"title": "TU Graz and SPbPU sign an agreement"}))
    >>> found.value, found.method
    ('signing', "title: 'sign an agreement'")
    >>> event(sentences({"title": "Rain in May"})).method
    'default'
    """
    points = [point for sentence in told for point in _points(sentence, named) if not _is_of_name(point, named)]
    scores = _scores(points)
    if not scores or max(scores.values()) < _LEAST:
        return Event(OTHER, "", None, None, None, "default", 0.3)
    best = max(scores, key=lambda code: scores[code])
    if best == "signing" and scores.get("renewal", 0.0) >= _RENEWED * scores[best]:
        best = "renewal"
    rival = min(scores[best], max((score for code, score in scores.items() if code != best), default=0.0))
    proof = max((point for point in points if point.code == best), key=lambda point: point.points)
    start, end = proof.hit.start, proof.hit.end
    text = proof.sentence.passage.text[start:end]
    where = "title" if proof.sentence.column == "title" else "text"
    confidence = round(0.4 + 0.55 * (scores[best] - rival) / scores[best], 2)
    return Event(best, text, start, end, proof.sentence.column, f"{where}: '{text}'", confidence, proof.stance)


def _is_of_name(point: _Point, named: Sequence[Named]) -> bool:
    """Tell whether the words of ``point`` begin or end within the name of an organisation that they are no part of."""
    if point.code in _OF_NAMES:
        return False
    start, end = point.hit.start, point.hit.end
    return any(each.column == point.sentence.column and (each.start <= start < each.end or each.start < end <= each.end) for each in named)


def signings(told: Sequence[Sentence]) -> list[Event]:
    """Return every signing or renewal that an item tells as done, whether or not it is what the item is about.

    >>> from etl.extract.stance import sentences
    >>> [found.text for found in signings(sentences({"body_text": "The rector toured China. He signed a contract on metals."}))]
    ['signed a contract']
    """
    found = []
    sure = [
        point
        for sentence in told
        for point in _points(sentence, ())
        if point.code in SIGNINGS and int(point.hit.line["weight"]) >= _NAMES_IT and point.stance == "done"
    ]
    for point in sorted(_apart(sure), key=lambda each: (told.index(each.sentence), each.hit.start)):
        start, end = point.hit.start, point.hit.end
        text, column = point.sentence.passage.text[start:end], point.sentence.column
        found.append(Event(point.code, text, start, end, column, f"words: '{text}'", 0.8))
    return found


def _points(sentence: Sentence, named: Sequence[Named]) -> list[_Point]:
    """Return what each matched word of ``sentence`` counts; of several words for one event that overlap the longest counts."""
    found: list[_Point] = []
    for hit in _hits(sentence, named):
        code = hit.line["code"]
        stance = sentence.stance(hit.start, hit.end)
        told = _ANNOUNCED_TOLD if code in _ANNOUNCED else _TOLD
        found.append(_Point(code, int(hit.line["weight"]) * _place(sentence, hit) * told[stance], hit, sentence, stance))
    return found


def _hits(sentence: Sentence, named: Sequence[Named]) -> list[Hit]:
    """Return the words of ``sentence`` that tell events: read as they stand, and with each name as one word."""
    passage = sentence.passage
    names = [(each.start, each.end) for each in named if each.column == sentence.column and passage.start <= each.start < passage.end]
    read = [passage, passage.naming(names)] if names else [passage]
    looks = [hit for each in read for hit in _no_events().find(each)]
    found = {(id(hit.line), hit.start, hit.end): hit for each in read for hit in _patterns().find(each)}
    return [hit for hit in found.values() if not any(_only_looks_so(hit, each) for each in looks)]


def _only_looks_so(hit: Hit, look: Hit) -> bool:
    """Tell whether ``hit`` begins within words that tell of no such event."""
    return look.start <= hit.start < look.end and hit.line["code"] != look.line["still"]


def _place(sentence: Sentence, hit: Hit) -> float:
    """Return what the words of ``hit`` count by where they stand."""
    if sentence.column != "title":
        return _PLACES[min(sentence.number, len(_PLACES) - 1)]
    return _TITLE if ";" not in sentence.passage.text[: hit.start] else _TITLE_BESIDE


def _scores(points: Sequence[_Point]) -> Mapping[str, float]:
    """Return the points of each event, in the order of the vocabulary so that a tie is always decided alike."""
    found: dict[str, float] = {}
    for code in (row["code"] for row in rows("events")):
        score = 0.0
        for of_title in (True, False):
            apart = _apart([p for p in points if p.code == code and (p.sentence.column == "title") is of_title])
            score += sum(point.points * (1.0 if index == 0 else _FURTHER) for index, point in enumerate(apart[:4]))
        if score:
            found[code] = score
    return found


def _apart(points: Sequence[_Point]) -> list[_Point]:
    """Return the points of words that do not overlap, the best first; of words that do the longest pattern knows best.

    "at the forum" is only a place where something happened, "forum" alone is the event.
    """
    kept: list[_Point] = []
    for point in sorted(points, key=lambda each: (each.hit.start - each.hit.end, -each.points)):
        if not any(_overlap(point, other) for other in kept):
            kept.append(point)
    return sorted(kept, key=lambda each: -each.points)


def _overlap(a: _Point, b: _Point) -> bool:
    return a.sentence is b.sentence and a.hit.start < b.hit.end and b.hit.start < a.hit.end
