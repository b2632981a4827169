"""News text -> the agreements it speaks of: the words, the kind of document they name, and when it was signed where the text says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from etl.extract.dates import Dated
from etl.extract.phrases import Patterns
from etl.extract.stance import Sentence, Stance
from etl.reference import rows


@dataclass(frozen=True, slots=True)
class Spoken:
    """Words that speak of an agreement. ``types`` are the codes they can mean, empty for any; ``signed`` is an ISO prefix or empty.

    ``clause`` is the place of the part of the sentence that speaks of it: a partner named there is the one it is with.
    """

    types: frozenset[str]
    signed: str
    text: str
    start: int
    end: int
    column: str
    told: Stance
    clause: tuple[int, int]


@cache
def _patterns() -> Patterns:
    return Patterns(rows("news_agreements"))


def agreements(told: Sequence[Sentence], dated: Sequence[Dated]) -> list[Spoken]:
    """Return the mentions of agreements in the order of the text; a date in the same clause is that of the signature if it is told so."""
    found = [each for sentence in told for each in _in_sentence(sentence, dated)]
    longest = [each for each in found if not any(_covers(other, each) for other in found)]
    return sorted(longest, key=lambda each: (each.column != "title", each.start))


def _in_sentence(sentence: Sentence, dated: Sequence[Dated]) -> Iterator[Spoken]:
    for hit in _patterns().find(sentence.passage):
        stance = sentence.stance(hit.start, hit.end)
        if stance == "denied":
            continue
        clause = sentence.clause(hit.start)
        here = [each for each in dated if each.column == sentence.column and clause[0] <= each.start < clause[1]]
        said = [each for each in here if each.told in ("done", "history") and each.start > hit.start - 60]
        nearest = min(said, key=lambda each: abs(each.start - hit.end), default=None)
        types = frozenset(filter(None, hit.line["types"].split("|")))
        text = sentence.passage.text[hit.start : hit.end]
        yield Spoken(types, nearest.value if nearest else "", text, hit.start, hit.end, sentence.column, stance, clause)


def _covers(other: Spoken, each: Spoken) -> bool:
    return (
        other.column == each.column
        and other.start <= each.start
        and each.end <= other.end
        and other.end - other.start > each.end - each.start
    )
