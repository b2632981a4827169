"""News text -> the outcomes it tells of, each with its kind, how many, whether it is only planned, and the words that prove it.

A pattern of ``etl/reference/news_outcomes.csv`` needs an ``act`` (its verb says that something came to be), a ``thing`` (a number must
count it), a ``count`` (a number right before it, told as done) or a ``plan`` (told as planned). Planned is not achieved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from etl.extract.counts import Count, counting, counts
from etl.extract.phrases import Hit, Patterns
from etl.extract.stance import Sentence
from etl.records import ToldOutcome
from etl.reference import rows

#: Kinds whose amount is the people that came: the number stands elsewhere in the sentence.
_OF_PEOPLE = frozenset({"school", "event", "double_degree"})
_AND = re.compile(r",?\s+(?:and|и)\s+(?:\w+\s+)?\w+")
_SURE = {"done": 0.8, "history": 0.6, "planned": 0.7}


@cache
def _patterns() -> Patterns:
    return Patterns(rows("news_outcomes"))


@cache
def _people() -> Patterns:
    return Patterns(rows("news_people"))


def outcomes(told: Sequence[Sentence]) -> list[ToldOutcome]:
    """Return the outcomes of an item, each kind once as achieved and once as planned, in the order of the text.

    >>> from etl.extract.stance import sentences
    >>> told = sentences({"body_text": "They opened a joint laboratory and published 12 papers; a centre is planned."})
    >>> [(each.type, each.count, each.planned, each.text) for each in outcomes(told)]
    [('joint_lab', None, False, 'opened a joint laboratory'), ('joint_publication', 12, False, 'published 12 papers')]
    """
    best: dict[tuple[str, bool], ToldOutcome] = {}
    for sentence in told:
        numbers = counts(sentence.passage)
        here = [each for hit in _patterns().find(sentence.passage) for each in _told(hit, sentence, numbers)]
        for found in _apart(here, sentence.passage.text):
            key = (found.type, found.planned)
            if key not in best or (best[key].count is None and found.count is not None) or found.confidence > best[key].confidence:
                best[key] = found
    order = {sentence.column: index for index, sentence in reversed(list(enumerate(told)))}
    return sorted(best.values(), key=lambda each: (order[each.column], each.start, each.end, each.type))


def _told(hit: Hit, sentence: Sentence, numbers: Sequence[Count]) -> Iterator[ToldOutcome]:
    """Yield what a pattern tells, where it has what it needs."""
    code, needs = hit.line["code"], hit.line["needs"]
    stance = sentence.stance(hit.start, hit.end)
    number = counting(numbers, sentence.passage, hit.start, hit.end)
    if needs in ("thing", "count") and number is None:
        return
    if stance == "denied" or (needs == "plan" and stance != "planned") or (needs == "count" and stance == "planned"):
        return
    if number is None and code in _OF_PEOPLE:
        number = _number_of_people(sentence, numbers)
    start = min(hit.start, number.start) if number and number.start >= hit.start - 40 else hit.start
    text = sentence.passage.text[start : hit.end]
    sure = round(_SURE[stance] - (0.1 if needs in ("count", "plan") else 0.0), 2)
    yield ToldOutcome(
        code, number.value if number else None, stance == "planned", text, start, hit.end, sentence.column, f"words, {stance}", sure
    )


def _number_of_people(sentence: Sentence, numbers: Sequence[Count]) -> Count | None:
    """Return how many took part, where the sentence says so."""
    found = (counting(numbers, sentence.passage, hit.start, hit.end, 2) for hit in _people().find(sentence.passage))
    return next((each for each in found if each), None)


def _apart(found: Sequence[ToldOutcome], text: str) -> list[ToldOutcome]:
    """Return the outcomes whose words do not overlap: a verb belongs to the noun that follows first, or to two that "and" joins."""
    kept: list[ToldOutcome] = []
    for each in sorted(found, key=lambda one: (-one.confidence, one.end, one.start, one.type)):
        others = [other for other in kept if each.start < other.end and other.start < each.end]
        if all(other.type != each.type and _AND.fullmatch(text, other.end, each.end) for other in others):
            kept.append(each)
    return kept
