"""Words for a kind of document, outcome or event -> a code of its vocabulary.

Each vocabulary is three files: codes with names, aliases that must fit a whole cell, and ordered keyword rules.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from etl.errors import Unreadable, Unsure
from etl.normalise.keywords import Rule, every, first, rules
from etl.records import Read
from etl.reference import rows
from etl.text import fold

_CODES = {"agreement_type": "agreement_types", "outcome_type": "outcome_types", "event": "events"}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """One vocabulary: its codes, whole cells that lead to a code, and its keyword rules in order."""

    codes: tuple[str, ...]
    exact: dict[str, str]
    keywords: tuple[Rule, ...]


@cache
def vocabulary(name: str) -> Vocabulary:
    """Return the vocabulary ``name``: agreement_type, outcome_type or event, which has no keyword rules here."""
    codes = rows(_CODES[name])
    exact = {fold(row[column]): row["code"] for row in codes for column in ("code", "name_en", "name_ru", "name_zh")}
    exact |= {fold(row["alias"]): row["code"] for row in (rows(f"{name}_aliases") if name != "event" else ())}
    return Vocabulary(tuple(row["code"] for row in codes), exact, rules(rows(f"{name}_rules") if name != "event" else ()))


def agreement_type(text: str, title: str = "") -> Read:
    """Return the code of a kind of document; where ``text`` is empty, the title may tell.

    Raises:
        Unreadable: no rule knows the words.

    >>> agreement_type("Strategic partnership agreement").value, agreement_type("MoU on student exchange").value
    ('cooperation_agreement', 'memorandum_of_understanding')
    >>> agreement_type("", "Двойной диплом с университетом Цинхуа")
    Read(value='double_degree_agreement', rule='keyword in the title', confidence=0.7)
    """
    return _type("agreement_type", text, title, "title")


def outcome_type(text: str, sheet: str = "") -> Read:
    """Return the code of a kind of outcome; where ``text`` is empty, the name of the sheet may tell.

    Raises:
        Unreadable: no rule knows the words; Unsure when the sheet is named after several kinds.

    >>> outcome_type("Joint programme").value, outcome_type("Совместные публикации Scopus").value
    ('double_degree', 'joint_publication')
    >>> outcome_type("", "Joint publications")
    Read(value='joint_publication', rule='name of the sheet', confidence=0.9)
    """
    return _type("outcome_type", text, sheet, "sheet")


def _type(name: str, text: str, context: str, source: str) -> Read:
    words = vocabulary(name)
    if not fold(text):
        return _from_context(words, context, source)
    if code := words.exact.get(fold(text)):
        return Read(code, "name or alias")
    if found := first(words.keywords, text):
        return Read(found.gives, f"keyword '{found.written}'", 0.9)
    raise Unreadable(f"not a known type: {text!r}")


def _from_context(words: Vocabulary, context: str, source: str) -> Read:
    if not fold(context):
        raise Unreadable("no type written")
    if source == "title":
        if found := first(words.keywords, context):
            return Read(found.gives, "keyword in the title", 0.7)
        raise Unreadable(f"no type written, and the title does not tell: {context!r}")
    if code := words.exact.get(fold(context)):
        return Read(code, "name of the sheet", 0.9)
    codes = _of_parts(words, context)
    if len(codes) > 1:
        raise Unsure(f"no type written, and the sheet holds several kinds: {context!r}", tuple(codes))
    if not codes:
        raise Unreadable(f"no type written, and the sheet does not tell: {context!r}")
    return Read(codes[0], "name of the sheet", 0.9)


def _of_parts(words: Vocabulary, context: str) -> list[str]:
    """Return the codes of the parts of a name such as 'Laboratories & centres', each once."""
    found: list[str] = []
    for part in re.split(r"\s(?:&|and|и)\s|[,/;+&、和]", context):
        if code := words.exact.get(fold(part)):
            found.append(code)
        else:
            found += every(words.keywords, part)[:1]
    return list(dict.fromkeys(found))


def event(text: str) -> Read:
    """Return the code of an event that a column of its own names; what news tell in words is for :mod:`etl.extract.events`.

    Raises:
        Unreadable: not the name of an event, in a language that we know.

    >>> event("Визит")
    Read(value='visit', rule='written', confidence=1.0)
    """
    if code := vocabulary("event").exact.get(fold(text)):
        return Read(code, "written")
    raise Unreadable(f"not a known type: {text!r}")
