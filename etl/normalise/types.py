"""Words for a kind of document, outcome or event -> a code of its vocabulary.

Each vocabulary is three files: codes with names, aliases that must fit a whole cell, and ordered keyword rules.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from etl.errors import Unreadable, Unsure
from etl.normalise.keywords import Rule, earliest, every, first, rules
from etl.records import Read
from etl.reference import rows
from etl.text import fold

#: The part of a news text that tells what happened, in letters; what follows tells its history and its plans.
_OPENING = 220
_CODES = {"agreement_type": "agreement_types", "outcome_type": "outcome_types", "event": "events"}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """One vocabulary: its codes, whole cells that lead to a code, and its keyword rules in order."""

    codes: tuple[str, ...]
    exact: dict[str, str]
    keywords: tuple[Rule, ...]


@cache
def vocabulary(name: str) -> Vocabulary:
    """Return the vocabulary ``name``: agreement_type, outcome_type or event."""
    codes = rows(_CODES[name])
    exact = {fold(row[column]): row["code"] for row in codes for column in ("code", "name_en", "name_ru", "name_zh")}
    exact |= {fold(row["alias"]): row["code"] for row in (rows(f"{name}_aliases") if name != "event" else ())}
    return Vocabulary(tuple(row["code"] for row in codes), exact, rules(rows(f"{name}_rules")))


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


@cache
def _event_rules(weight: str) -> tuple[Rule, ...]:
    return rules(row for row in rows("event_rules") if row["weight"] == weight)


def event(text: str, title: str = "", body: str = "") -> Read:
    """Return the code of what a news item tells of: by its own column, its title, then how its text begins.

    Words that often stand beside the event (project, meeting) are weak: they count only where no other word does.
    Never refuses: what no rule knows is ``other`` by the rule 'default', with a confidence that says so.

    >>> event("", "SPbPU and TU Graz sign an agreement")
    Read(value='signing', rule="title: 'sign'", confidence=0.8)
    >>> event("", "Погода в мае").rule
    'default'
    """
    words = vocabulary("event")
    if code := words.exact.get(fold(text)):
        return Read(code, "written")
    strong, weak, opening = _event_rules("strong"), _event_rules("weak"), body[:_OPENING]
    tries = (
        ("written", first(words.keywords, text), 0.9),
        ("title", first(strong, title), 0.8),
        ("text", earliest(strong, opening), 0.6),
        ("title", first(weak, title), 0.6),
        ("text", earliest(weak, opening), 0.5),
        ("text", earliest(words.keywords, body), 0.4),
    )
    for source, found, confidence in tries:
        if found:
            return Read(found.gives, f"{source}: '{found.written}'", confidence)
    return Read("other", "default", 0.3)
