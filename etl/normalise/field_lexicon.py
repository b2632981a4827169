"""The terms that name research fields, and what each of their words tells of a field when it stands elsewhere.

A word of its own is weighed by the company it keeps in the lexicon: "engineering" stands in terms of thirty fields and tells little,
"seismic" in two. The numbers were set by leaving one term out at a time and reading it from all others: of 5,000 terms of several
words 88 % were answered and 77 % of those read right (88 % the right area); etl/reference/README-fields.md says how right they were
for each confidence told.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from etl.normalise import phrases
from etl.reference import rows
from etl.stems import spell, stem
from etl.text import fold

#: How many sightings a line of the lexicon is worth; a term counts this much for each of its words.
_SIGHTINGS = {"name": 4.0, "term": 4.0, "stem": 3.0, "hint": 0.6}
#: What a beginning of six letters shared with words of the lexicon is worth, for each such word.
_LOOKS_LIKE = 0.5
_UNSEEN = 0.2
_HEAD = 1.2
#: Words that name no field tell less of one, even where the lexicon has seen them in some terms.
_VAGUE = 0.7
_LONGEST = 6
#: Terms of fewer letters are not looked for without their spaces: "on line" is no "online".
_LEAST_JOINED = 8


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the lexicon. Without a code it is no field, and ``kind`` says why: form, other or generic."""

    term: str
    code: str
    kind: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What some words of a text tell: for each field they were seen in, how much likelier (logarithm) than any they were not."""

    entry: Entry
    odds: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class _Index:
    terms: dict[tuple[str, ...], Entry] = field(default_factory=dict)
    inverted: dict[tuple[str, ...], Entry] = field(default_factory=dict)
    joined: dict[str, Entry] = field(default_factory=dict)
    starts: dict[str, Entry] = field(default_factory=dict)
    ends: dict[str, Entry] = field(default_factory=dict)


def whole(text: str) -> Entry | None:
    """Return the line that ``text`` is, whatever its inflection, word order and spaces, and the vague words around it.

    >>> whole("Engineering, Mechanical").code, whole("современная робототехника").code, whole("student exchange").kind
    ('2.3', '2.2', 'form')
    >>> whole("nano technology").code
    '2.10'
    """
    index, stems = _index(), phrases.key(text)
    if entry := index.terms.get(stems) or index.inverted.get(tuple(sorted(stems))) or index.joined.get("".join(stems)):
        return entry
    telling = tuple(word for word in stems if (known := index.terms.get((word,))) is None or known.kind != "generic")
    return index.terms.get(telling) or index.joined.get("".join(telling)) if telling != stems else None


def is_term(text: str) -> bool:
    """Tell whether ``text`` is a term as it stands: its words in their order, its commas where the line has them.

    >>> is_term("materials science"), is_term("administration, business"), is_term("business administration")
    (True, False, True)
    """
    entry = _index().terms.get(phrases.key(text))
    if entry is None or entry.kind in ("generic", "hint"):
        return False
    return not any(mark in text for mark in ",，、") or fold(text) == fold(entry.term)


def evidence(text: str) -> list[Evidence]:
    """Return what ``text`` tells, cut into the longest terms known; a word that is not known has no odds."""
    tokens = [piece for word in phrases.words(text) for piece in (_segment(word) if word[0] >= "\u3400" else (word,))]
    content = [token for token in tokens if token not in phrases.JOINING]
    stems = tuple(stem(token) for token in content)
    head, found, at = _head(tokens, content), [], 0
    while at < len(stems):
        entry, end = _longest(stems, at)
        found.append(_evidence(stems[at:end], entry, at <= head < end))
        at = end
    return found


def _longest(stems: Sequence[str], at: int) -> tuple[Entry | None, int]:
    terms = _index().terms
    for end in range(min(len(stems), at + _LONGEST), at, -1):
        if entry := terms.get(tuple(stems[at:end])):
            return entry, end
    return None, at + 1


def _head(tokens: Sequence[str], content: Sequence[str]) -> int:
    """Return the place of the head noun among the words with content: "history" of "history of medicine"."""
    if any("а" <= word[0] <= "я" for word in content):
        return next((at for at, word in enumerate(content) if not phrases.is_adjective(word)), 0)
    before = 0
    for token in tokens:
        if token in phrases.PREPOSITIONS and before:
            break
        before += token not in phrases.JOINING
    return before - 1


@lru_cache(maxsize=65_536)
def _evidence(stems: tuple[str, ...], entry: Entry | None, is_head: bool) -> Evidence:
    seen: Counter[str] | dict[str, float] = Counter()
    if len(stems) > 1 and entry is not None:
        seen = {entry.code: _SIGHTINGS["term"] * len(stems)} if entry.code else {}
    elif len(stems) == 1:
        entry, seen = _of_word(stems[0], entry)
    weight = (_HEAD if is_head else 1.0) * (_VAGUE if entry is not None and not entry.code and entry.kind else 1.0)
    odds = {code: weight * math.log((number + _UNSEEN) / _UNSEEN) for code, number in seen.items()}
    return Evidence(entry or Entry(" ".join(stems), "", ""), odds)


def _of_word(word: str, entry: Entry | None) -> tuple[Entry, dict[str, float]]:
    """Return the line that knows ``word`` (one of kind "learnt" where only terms around it do) and where it was seen how often."""
    in_terms, beginnings = _company()
    seen: dict[str, float] = dict(in_terms.get(word, {}))
    entry = entry or _affix(word)
    if entry is not None:
        if entry.code:
            seen[entry.code] = seen.get(entry.code, 0) + _SIGHTINGS[entry.kind]
        return entry, seen
    if not seen:
        seen = {code: number * _LOOKS_LIKE for code, number in beginnings.get(word[:6], {}).items()}
    return Entry(word, "", "learnt" if seen else ""), seen


def _affix(word: str) -> Entry | None:
    """Return the longest beginning or ending of ``word`` that the lexicon knows; a beginning wins a tie."""
    index = _index()
    for length in range(len(word), 2, -1):
        if entry := index.starts.get(word[:length]) or index.ends.get(word[-length:]):
            return entry
    return None


@lru_cache(maxsize=16_384)
def _segment(run: str) -> tuple[str, ...]:
    """Cut a run of Chinese into the longest terms known; what is between them stays together."""
    terms, pieces, at, rest = _index().terms, [], 0, ""
    while at < len(run):
        for end in range(min(len(run), at + 14), at, -1):
            if (run[at:end],) in terms or run[at:end] in phrases.JOINING:
                pieces += [rest, run[at:end]]
                rest = ""
                break
        else:
            end = at + 1
            rest += run[at]
        at = end
    return tuple(piece for piece in (*pieces, rest) if piece)


def _entries() -> Iterator[Entry]:
    for row in rows("ford"):
        for language in ("en", "ru", "zh"):
            yield Entry(row[f"name_{language}"], row["field_code"], "name")
    for row in rows("field_terms"):
        yield Entry(row["term"], row["field_code"], row["kind"])
    for row in rows("not_fields"):
        if row["kind"] in ("form", "other", "generic"):
            yield Entry(row["phrase"], "", row["kind"])


@cache
def _index() -> _Index:
    index = _Index()
    for entry in _entries():
        if entry.term.endswith("*"):
            index.starts.setdefault(spell(fold(entry.term)), entry)
        elif entry.term.startswith("*"):
            index.ends.setdefault(stem(fold(entry.term)), entry)
        else:
            index.terms.setdefault(phrases.key(entry.term), entry)
    for stems, entry in index.terms.items():
        index.inverted.setdefault(tuple(sorted(stems)), entry)
        if entry.code and len(letters := "".join(stems)) >= _LEAST_JOINED and stems[0] < "\u3400":
            index.joined.setdefault(letters, entry)
    return index


@cache
def _company() -> tuple[Mapping[str, Mapping[str, float]], Mapping[str, Mapping[str, float]]]:
    """Return in how many terms of which field each word stands, and each beginning of six letters."""
    words: defaultdict[str, Counter[str]] = defaultdict(Counter)
    beginnings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for stems, entry in _index().terms.items():
        if not entry.code or entry.kind == "hint":
            continue
        for word in set(_pieces(stems)):
            words[word][entry.code] += 1
        for start in {word[:6] for word in stems if len(word) > 5}:
            beginnings[start][entry.code] += 1
    return words, beginnings


def _pieces(stems: Iterable[str]) -> list[str]:
    """Return the words of a term of several; nothing for a term of one word, which says all of itself."""
    pieces = [piece for word in stems for piece in (_inside(word) if word[0] >= "\u3400" else (word,))]
    return pieces if len(pieces) > 1 else []


def _inside(run: str) -> tuple[str, ...]:
    """Cut a Chinese term at the longest shorter terms, from either end."""
    terms = _index().terms
    for length in range(len(run) - 1, 0, -1):
        for start, rest in ((run[:length], run[length:]), (run[-length:], run[:-length])):
            if (start,) in terms:
                return (start, *_segment(rest))
    return (run,)
