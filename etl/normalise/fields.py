"""Research fields as people write them -> OECD FORD (Frascati Manual 2015), 42 fields in six areas.

A text that stands in the lexicon as a whole is read by it. Any other text is weighed by its words, and the best field is told only
when it is clear enough. The lexicon is etl/reference/field_terms.csv; what its authorities are, and which goes first where they
disagree, stands in etl/reference/README-fields.md.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, lru_cache

from etl.errors import Unreadable, Unsure
from etl.normalise import field_lexicon, phrases
from etl.normalise.field_lexicon import Entry, Evidence
from etl.records import Read
from etl.reference import rows

#: Below this confidence a person is asked: half of the readings just above it are right.
SURE_ENOUGH = 0.3
#: The confidence of a whole term: an official name, a term, a single word that has other meanings too.
_SURE = {"name": 1.0, "term": 0.95, "stem": 0.9, "hint": 0.7}
_BRACKETS = re.compile(r"\s*[(\[（][^()\[\]（）]*(?:[)\]）]|$)")
#: A shorter Chinese term may be a part of another word.
_LEAST_HAN = 4
_FORM = "not a research field: a form of cooperation"


@dataclass(frozen=True, slots=True)
class Field:
    """One of the 42 fields, with its area, in three languages."""

    field_code: str
    name_en: str
    name_ru: str
    name_zh: str
    area_code: str
    area_en: str
    area_ru: str
    area_zh: str


#: All fields in the order of their codes (2.10 after 2.9).
ALL: tuple[Field, ...] = tuple(Field(**row) for row in rows("ford"))


def field(text: str) -> Read:
    """Return the FORD code of ``text``, one phrase of any language.

    Raises:
        Unreadable: it is a form of cooperation, or nothing in it names a field.
        Unsure: several fields are as likely; they are the candidates, best first.

    >>> field("Materials engineering").value, field("робототехнику").value, field("计算机科学").value
    ('2.5', '2.2', '1.2')
    >>> field("soil chemistry of forests").rule
    'words: soil chemistry + forests'
    >>> field("student exchange")
    Traceback (most recent call last):
    etl.errors.Unreadable: not a research field: a form of cooperation
    """
    if entry := field_lexicon.whole(text):
        return _whole(entry)
    if (bare := _without_brackets(text)) != text:
        if (entry := field_lexicon.whole(bare)) and entry.code:
            return _whole(entry, outside_brackets=True)
        with suppress(Unreadable):
            return _weighed(field_lexicon.evidence(bare))
    return _weighed(field_lexicon.evidence(text))


def split(text: str) -> list[str]:
    """Return the phrases of a cell, in order; a name that has commas or "and" in it stays whole.

    >>> split("IT, materials science, biomedicine")
    ['IT', 'materials science', 'biomedicine']
    >>> split("Electrical engineering, electronic engineering, information engineering; law")
    ['Electrical engineering, electronic engineering, information engineering', 'law']
    """
    return phrases.split(text, field_lexicon.is_term)


@cache
def in_texts() -> Mapping[str, str]:
    """Return the terms that name a field wherever they stand in a running text, each with its code.

    A cell of fields says that its words are fields; a text does not. So terms of several words count, and of single words those of
    etl/reference/field_words.csv, which also names the terms of several words that mean something else in a text.

    >>> terms = in_texts()
    >>> terms["welding"], terms["fluid mechanics"], "history" in terms, "young scientists" in terms
    ('2.5', '1.3', False, False)
    """
    said = {(row["kind"], phrases.key(row["term"])) for row in rows("field_words") if row["kind"] in ("sure", "unsure")}
    names = ((row[f"name_{language}"], row["field_code"]) for row in rows("ford") for language in ("en", "ru", "zh"))
    terms = ((row["term"], row["field_code"]) for row in rows("field_terms") if row["kind"] == "term" and row["language"] != "sv")
    found = {term: code for term, code in (*names, *terms) if _stands_alone(term, said)}
    for row in rows("field_words"):
        if row["kind"] == "sure" and (entry := field_lexicon.whole(row["term"])) and entry.code:
            found.setdefault(row["term"], entry.code)
    return found


def _stands_alone(term: str, said: Set[tuple[str, tuple[str, ...]]]) -> bool:
    """Tell whether ``term`` is of several words, or of four Chinese letters, and nobody said that it is unsure."""
    key = phrases.key(term)
    if ("sure", key) in said:
        return True
    long_enough = len(key) > 1 or (key[0] >= "\u3400" and len(key[0]) >= _LEAST_HAN)
    return long_enough and ("unsure", key) not in said and not any(mark in term for mark in ",，、&")


@lru_cache(maxsize=16_384)
def is_form_of_cooperation(text: str) -> bool:
    """Tell whether ``text`` names a way to cooperate and no field.

    >>> is_form_of_cooperation("обмен студентами"), is_form_of_cooperation("student exchange in law")
    (True, False)
    """
    try:
        field(text)
    except Unreadable as error:
        return str(error) == _FORM
    return False


def _without_brackets(text: str) -> str:
    """Return ``text`` without what stands in brackets: it explains, or says what does not belong."""
    while (bare := _BRACKETS.sub("", text)) != text:
        text = bare
    return text


def _whole(entry: Entry, *, outside_brackets: bool = False) -> Read:
    if not entry.code:
        raise _refusal({entry.kind})
    rule = "official name" if entry.kind == "name" else "term"
    return Read(entry.code, rule + " outside the brackets" * outside_brackets, round(_SURE[entry.kind] - 0.05 * outside_brackets, 2))


def _weighed(found: Sequence[Evidence]) -> Read:
    kinds = {part.entry.kind for part in found}
    telling = [part for part in found if part.entry.code or (part.entry.kind == "learnt" and "form" not in kinds)]
    if not telling:
        raise _refusal(kinds)
    odds = _odds(found)
    ranked = sorted(odds, key=lambda code: (-odds[code], code))
    confidence = round(odds[ranked[0]] * _share_known(found), 2)
    if confidence < SURE_ENOUGH:
        raise _refusal(kinds) if "form" in kinds else Unsure("no field is likely enough", tuple(ranked[:3]))
    proof = [part.entry.term.strip("*") for part in telling if ranked[0] in part.odds]
    return Read(ranked[0], "words: " + " + ".join(proof), confidence)


def _odds(found: Sequence[Evidence]) -> dict[str, float]:
    """Return the probability of each field that any word speaks for (naive Bayes, every field as likely before)."""
    logs: dict[str, float] = {}
    for part in found:
        for code, odd in part.odds.items():
            logs[code] = logs.get(code, 0.0) + odd
    powers = {code: math.exp(log) for code, log in logs.items()}
    total = sum(powers.values()) + len(ALL) - len(powers)
    return {code: power / total for code, power in powers.items()}


def _share_known(found: Sequence[Evidence]) -> float:
    """Return 1 when every word is known, 0.8 when almost none is: an unknown word may be the one that matters."""
    return 0.8 + 0.2 * sum(bool(part.entry.kind) for part in found) / len(found)


def _refusal(kinds: set[str]) -> Unreadable:
    if "form" in kinds:
        return Unreadable(_FORM)
    if kinds & {"other", "generic"} and "" not in kinds:
        return Unreadable("not a research field: names none in particular")
    return Unreadable("no word of it is known as a research field")
