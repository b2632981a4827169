"""Are two names the same organisation? Certain, certainly not, or a question for a person."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from etl.link.partner.gazetteer import ANYWHERE, SURE, Gazetteer, gazetteer
from etl.link.partner.names import Name, acronyms, analyse, is_acronym, split_country
from etl.link.partner.sounds import has_figure, is_pinyin, sound
from etl.link.partner.words import family
from etl.link.same.listed import evidence, found
from etl.link.same.short_names import abbreviates, remarked, standing, with_remark
from etl.text import clean, fold

#: From here a person is asked; what is not certain stays below the scores of *same*.
_INITIALS, _HOUSE = 0.65, 0.95
#: What an acronym with a remark abbreviates is so many times as long.
_LONGER = 1.5
_REVIEW, _BELOW_SAME, _DIFFERENT = 0.5, 0.89, 0.45

Verdict = Literal["same", "different", "review"]


@dataclass(frozen=True, slots=True)
class Similarity:
    """How alike two names are, from 0 to 1, and what follows: same from 0.9, review from 0.5, else different."""

    score: float
    verdict: Verdict
    reason: str


def similar(a: str, b: str, known: Gazetteer | None = None) -> Similarity:
    """Return whether ``a`` and ``b`` name one organisation; it does not matter which comes first.

    >>> similar("TU Graz", "Технологический университет города Граца").verdict
    'same'
    >>> similar("Guangxi Academy of Sciences", "Guangdong Academy of Sciences").verdict
    'different'
    """
    first, second = sorted((clean(a), clean(b)), key=lambda text: (fold(text), text))
    if not fold(first) or not fold(second):
        return Similarity(0.0, "different", "one of them is no name")
    here = known or gazetteer()
    if analyse(first).squeezed == analyse(second).squeezed:
        return Similarity(1.0, "same", "the same name")
    return _by_reference(first, second, here) or _by_acronym(first, second, here) or _by_words(first, second, here)


def _by_words(first: str, second: str, known: Gazetteer) -> Similarity:
    """Compare the words without the countries behind the names, which tell two names apart only when both say one."""
    (left, here), (right, there) = split_country(first), split_country(second)
    one, two = analyse(left), analyse(right)
    if here and there and here != there:
        return Similarity(0.4 * _likeness(first, second), "different", f"one is of {here}, the other of {there}")
    if (here or there) and one.squeezed == two.squeezed:
        sure = bool(one.rare)
        return Similarity(0.93 if sure else 0.7, "same" if sure else "review", "the same name, once with its country")
    said = compare(one, two, known)
    return said if said.verdict == "same" else _weighed(first, second, said, known)


def _weighed(first: str, second: str, said: Similarity, known: Gazetteer) -> Similarity:
    """Return how probably two names are one organisation that are not certainly so; its scores end below those of *same*."""
    said_for = evidence(first, second, known)
    score = min(said_for.score, _BELOW_SAME)
    if score < _REVIEW:
        return Similarity(score, "different", said.reason if said.verdict == "different" else "too little of them agrees")
    if said_for.one_entry > _REVIEW:
        return Similarity(score, "review", "both probably mean one organisation of the list")
    if said_for.best > said_for.words + 0.1:
        return Similarity(score, "review", "one is like another name of the other")
    return Similarity(score, "review", said.reason if said.verdict == "review" else "most of their words agree, also in translation")


def _by_reference(first: str, second: str, known: Gazetteer) -> Similarity | None:
    """Decide by the list of organisations when it has an entry for both, or for one that the other abbreviates."""
    one, two = ({match.id for match in found(text, known) if match.confidence >= SURE} for text in (first, second))
    short = [certain or set(known.acronym_of(text, ANYWHERE)) for text, certain in ((first, one), (second, two))]
    both = short[0] & short[1]
    if both and (one or two) and min(len(one or short[0]), len(two or short[1])) == 1:
        sure = len(short[0]) == len(short[1]) == 1
        name = known.by_id[min(both)].name
        return Similarity(0.98 if sure else 0.7, "same" if sure else "review", f"both are names of {name}")
    if len(one) == len(two) == 1 and not both:
        names = sorted(known.by_id[min(each)].name for each in (one, two))
        return Similarity(min(evidence(first, second, known).score, _DIFFERENT), "different", f"two organisations: {names[0]}; {names[1]}")
    return None


def _by_acronym(first: str, second: str, known: Gazetteer) -> Similarity | None:
    short = is_acronym(first), is_acronym(second)
    if all(short):
        return Similarity(_likeness(first, second) * 0.4, "different", "two different acronyms")
    if not any(short):
        return _by_short_name(first, second, known) or _by_short_name(second, first, known)
    brief, full = (first, second) if short[0] else (second, first)
    place = standing(brief, full)
    if fold(brief) in {fold(each) for each in acronyms(full)}:
        if place < _HOUSE:
            return Similarity(0.8 * place, "review", f"{brief} is the acronym that the other gives of itself, but of another house")
        return Similarity(0.92, "same", f"{brief} is the acronym that the other gives of itself")
    return _abbreviated(brief, full, abbreviates(brief, full) * place, known)


def _by_short_name(brief: str, full: str, known: Gazetteer) -> Similarity | None:
    """Compare an acronym with a remark ('МГТУ им. Косыгина') with a name."""
    short = with_remark(brief)
    if not short or (len(short[0]) == 1 and not short[1]) or len(full) < _LONGER * len(brief):
        return None
    return _abbreviated(brief, full, remarked(*short, full) * standing(short[0][0], full), known)


def _abbreviated(brief: str, full: str, how: float, known: Gazetteer) -> Similarity:
    if how > _INITIALS:
        return Similarity(0.8 * how, "review" if 0.8 * how >= _REVIEW else "different", f"{brief} may abbreviate the other")
    said_for = evidence(brief, full, known)
    if said_for.best > _REVIEW or said_for.two_entries > _REVIEW:
        said = _weighed(brief, full, Similarity(0.0, "different", f"{brief} does not abbreviate the other"), known)
        score = max(said.score * standing(brief, full), 0.49 * how)
        return Similarity(score, "review" if score >= _REVIEW else "different", said.reason)
    return Similarity(0.49 * how, "different", f"{brief} does not abbreviate the other")


@lru_cache(maxsize=65_536)
def _likeness(first: str, second: str) -> float:
    """Return how alike two names look, as written or with their common words in one language."""
    one, two = analyse(first), analyse(second)
    written = fuzz.token_sort_ratio(fold(first), fold(second))
    meant = fuzz.token_sort_ratio(" ".join(one.order), " ".join(two.order)) if one.script != two.script else 0
    return max(written, meant) / 100


def compare(one: Name, two: Name, known: Gazetteer) -> Similarity:
    """Return what the words of two names say, without looking up either."""
    left, right = _unmatched(one.rare, two.rare, known)
    alike = _likeness(one.key, two.key)
    if left and right:
        return Similarity(0.45 * alike, "different", f"{' '.join(left)} is not {' '.join(right)}")
    if not one.rare and not two.rare:
        return _by_concepts(one, two, alike)
    if left or right:
        return _one_says_more(one, two, (*left, *right), alike)
    return _same_rare_words(one, two, alike)


def _unmatched(first: tuple[str, ...], second: tuple[str, ...], known: Gazetteer) -> tuple[list[str], list[str]]:
    rest = list(second)
    left = []
    for word in first:
        found = next((other for other in rest if word == other), None) or next((o for o in rest if _one_name(word, o, known)), None)
        if found is None:
            left.append(word)
        else:
            rest.remove(found)
    return left, rest


def _one_name(word: str, other: str, known: Gazetteer) -> bool:
    """Tell whether two rare words are spellings of one name: by sound, or one letter apart where neither is known as it is."""
    if known.knows_word(word) and known.knows_word(other):
        return False
    if is_pinyin(word) and is_pinyin(other):
        return False
    one, two = sound(word), sound(other)
    if len(word) > 3 and (one == two or f"{one}sk" == two or one == f"{two}sk"):
        return True
    if has_figure(word) or has_figure(other):
        return False
    return min(len(word), len(other)) > 6 and OSA.distance(word, other, score_cutoff=1) <= 1


def _by_concepts(one: Name, two: Name, alike: float) -> Similarity:
    if one.concepts == two.concepts:
        return Similarity(0.7, "review", "the same common words, and none that decides")
    return Similarity(0.45 * alike, "different", "they share no word that decides")


def _one_says_more(one: Name, two: Name, more: tuple[str, ...], alike: float) -> Similarity:
    if one.concepts == two.concepts and set(one.rare) & set(two.rare):
        return Similarity(0.6 + 0.2 * alike, "review", f"only one of them says {' '.join(more)}")
    return Similarity(0.49 * alike, "different", f"only one of them says {' '.join(more)}, and the common words differ")


def _same_rare_words(one: Name, two: Name, alike: float) -> Similarity:
    if one.honour and two.honour and one.honour != two.honour:
        return Similarity(0.6, "review", "named after different people")
    if one.honour != two.honour and not one.says_enough:
        return Similarity(0.7, "review", "only one of them is named after somebody")
    if one.concepts == two.concepts:
        return Similarity(0.95, "same", "the same words")
    tech = family("tech")
    apart = (set(one.concepts) ^ set(two.concepts)) - tech
    if not apart and tech & set(one.concepts) and tech & set(two.concepts) and not one.languages & two.languages:
        return Similarity(0.91, "same", "the same words in another language")
    if not apart:
        return Similarity(0.7, "review", "'technical' is not always 'technological'")
    if apart <= family("weak") | tech:
        return Similarity(0.65 + 0.1 * alike, "review", f"only one of them says {' '.join(sorted(apart))}")
    if apart <= family("body") | tech:
        return Similarity(0.5 + 0.1 * alike, "review", f"one rare name, but {' or '.join(sorted(apart))}")
    return Similarity(0.3 + 0.19 * alike, "different", f"only one of them says {' '.join(sorted(apart))}")
