"""Names of journals -> the field that they are of.

The name of a journal is short and made of the words of its field and of words for journals ("Letters", "Вестник", "学报"), which
etl/reference/venue_words.csv lists. Without these it is read like a cell of fields. Only names of journals are read so: in the text of
an agreement "letters" and "society" mean something.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from etl.errors import Unreadable, Unsure
from etl.normalise import field_lexicon, fields, phrases
from etl.records import Read
from etl.reference import rows
from etl.stems import stem
from etl.text import fold

#: What a reading from single words counts for where all words that are terms name its field. Of such names of the journals in
#: tests/quality/journals.csv nine in ten are right.
_CLEAR = 0.8
_PART = re.compile(r"(?<=\s)(?:[a-z]|[ivx]+)$")


def field(text: str) -> Read:
    """Return the FORD code of the journal called ``text``.

    Raises:
        Unreadable: nothing but words for journals is in it, or none of its words is known.
        Unsure: no field is likely enough.

    >>> field("Journal of Applied Physics").value, field("Вестник машиностроения").value, field("物理学报").value
    ('1.3', '2.3', '1.3')
    >>> field("Proceedings of the National Academy of Sciences")
    Traceback (most recent call last):
    etl.errors.Unreadable: not a research field: names none in particular
    """
    candidates = [bare for bare in dict.fromkeys(_bare(text)) if bare]
    if not candidates:
        raise Unreadable("not a research field: names none in particular")
    for bare in candidates:
        if found := _whole(bare):
            return found
    return _weighed(candidates[-1])


def _whole(bare: str) -> Read | None:
    """Return what ``bare`` is as a whole: a term, or the adjective of a discipline; a word with other meanings is no proof alone."""
    if code := _disciplines().get(phrases.key(bare)):
        return Read(code, "term", _CLEAR)
    entry = field_lexicon.whole(bare)
    if entry is None or not entry.code:
        return None
    if entry.kind == "hint":
        raise Unsure("no field is likely enough", (entry.code,))
    return fields.field(bare)


def _weighed(bare: str) -> Read:
    read = fields.field(bare)
    named = {part.entry.code for part in field_lexicon.evidence(bare) if part.entry.code}
    return Read(read.value, read.rule, max(read.confidence, _CLEAR)) if named == {read.value} else read


def _bare(text: str) -> Iterator[str]:
    """Yield ``text`` without words for journals: first without those that mean nothing else, then without any."""
    words = phrases.words(_PART.sub("", re.sub(rf"\b(?:{'|'.join(_phrases())})\b", " ", fold(text))))
    behind = dict(enumerate(words[1:]))
    for uses in ({"always"}, {"always", "alone"}):
        kept = (word for at, word in enumerate(words) if not _is_for_journals(word, behind.get(at, ""), uses))
        yield " ".join(left for word in kept if (left := _without_han(word, uses)))


def _is_for_journals(word: str, behind: str, uses: set[str]) -> bool:
    """Tell whether ``word`` is none of the field: "Communications of the ..." is a journal of something, "communications" are a field."""
    use = _words().get(word) or _words().get(stem(word), "")
    return use in uses or (use == "alone" and behind in phrases.PREPOSITIONS)


def _without_han(word: str, uses: set[str]) -> str:
    if word[0] < "\u3400":
        return word
    for part in _han(tuple(sorted(uses))):
        word = word.removesuffix(part).removeprefix(part)
    return word


@cache
def _words() -> dict[str, str]:
    """Return the use of each word, English ones as they stand, Russian ones by their stem; a people or country says no field."""
    found = {stem(fold(row["adjective"])): "alone" for row in rows("country_adjectives") if " " not in row["adjective"]}
    listed = (row for row in rows("venue_words") if row["use"] != "discipline" and row["language"] != "zh")
    found |= {fold(row["word"]) if row["language"] == "en" else stem(fold(row["word"])): row["use"] for row in listed}
    return found


@cache
def _phrases() -> tuple[str, ...]:
    return tuple(fold(row["word"]) for row in rows("venue_words") if " " in row["word"])


@cache
def _han(uses: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(row["word"] for row in rows("venue_words") if row["language"] == "zh" and row["use"] in uses)


@cache
def _disciplines() -> dict[tuple[str, ...], str]:
    """Return the adjectives that name a discipline where nothing else is left of a name, by their stems."""
    return {phrases.key(row["word"]): row["field_code"] for row in rows("venue_words") if row["use"] == "discipline"}
