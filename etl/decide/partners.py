"""Decisions about partners: which written names are one organisation, and which are two, whatever the rules say.

``aliases`` and ``same`` join names into groups; ``same`` with the verdict 'not same' keeps two groups apart. What is joined
and kept apart at once is refused with every line that takes part.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from etl.decide.contradictions import Pair, consistent
from etl.decide.lines import Line, Lines, word
from etl.records import Finding
from etl.text import clean, fold

_ID = re.compile(r"(?:org|p)-[\w.-]+")
#: A folded name and the country of its rows, or the id of a partner and nothing.
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Name:
    """A written name, in rows of one country or (empty) of all; or, as ``text`` alone, the id of a partner."""

    text: str
    country: str = ""

    @property
    def is_id(self) -> bool:
        """Tell whether the text is the id of a partner."""
        return bool(_ID.fullmatch(self.text))

    @property
    def key(self) -> Key:
        """Return what two spellings of one name share."""
        return (self.text, "") if self.is_id else (fold(self.text), self.country)


@dataclass(frozen=True, slots=True)
class Group:
    """Names of one organisation in the order in which they were decided, and the lines that say so."""

    names: tuple[Name, ...]
    lines: tuple[Line, ...]

    @property
    def said(self) -> str:
        """Return who decided it, when and why."""
        return "; ".join(dict.fromkeys(line.said for line in self.lines))


@dataclass(slots=True)
class Partners:
    """Groups of names, and pairs of groups (by position) that must never be one, each with its line."""

    groups: list[Group] = field(default_factory=list)
    apart: list[tuple[int, int, Line]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def partners(given: Lines, code_of: Callable[[str], str]) -> Partners:
    """Return what the lines say about partners; ``code_of`` reads a country, or gives nothing where it is none."""
    found = Partners()
    names: dict[Key, Name] = {}
    same: list[Pair[Key]] = []
    apart: list[Pair[Key]] = []
    for line in (*given.of("aliases"), *given.of("same")):
        one, two, wrong = _ends(line, code_of)
        if wrong:
            found.findings.append(line.tell("error", "bad_decision", f"Not taken: {wrong}", "Correct the line"))
            continue
        names.setdefault(one.key, one)
        names.setdefault(two.key, two)
        is_same = line.kind == "aliases" or word(line["verdict"], ("same", "not_same")) == "same"
        (same if is_same else apart).append(Pair(one.key, two.key, line))
    same, apart, contradictions = consistent(same, apart, _different(names, same))
    found.findings += contradictions
    _group(names, same, apart, found)
    return found


def _different(names: dict[Key, Name], same: Sequence[Pair[Key]]) -> list[Key]:
    """Return ids of partners that are different: all, but of those that a line itself calls one only the first."""
    classes = {key: key for key, name in names.items() if name.is_id}
    for pair in same:
        if pair.one in classes and pair.two in classes:
            one, two = classes[pair.one], classes[pair.two]
            classes = {key: one if head == two else head for key, head in classes.items()}
    return list(dict.fromkeys(classes.values()))


def _ends(line: Line, code_of: Callable[[str], str]) -> tuple[Name, Name, str]:
    """Return the two names of a line, and what is wrong with it."""
    columns = ("written", "partner") if line.kind == "aliases" else ("one", "two")
    country = code_of(line["country"]) if line["country"] else ""
    one, two = (Name(text, "" if _ID.fullmatch(text) else country) for text in (clean(line[column]) for column in columns))
    if line.kind == "aliases":
        two = Name(two.text)  # the country says in which rows the form stands, not where the partner's name does
    wrong = ""
    if line["country"] and not country:
        wrong = f"{line['country']!r} is no country"
    elif line.kind == "same" and not word(line["verdict"], ("same", "not_same")):
        wrong = f"{line['verdict']!r} is neither 'same' nor 'not same'"
    elif not (fold(one.text) and fold(two.text)):
        wrong = "a name has no letters"
    elif one.key == two.key:
        wrong = "both names are one and the same"
    return one, two, wrong


def _group(names: dict[Key, Name], same: Sequence[Pair[Key]], apart: Sequence[Pair[Key]], found: Partners) -> None:
    over = {key: key for pair in (*same, *apart) for key in (pair.one, pair.two)}

    def head(key: Key) -> Key:
        while over[key] != key:
            key = over[key]
        return key

    for pair in same:
        over[head(pair.two)] = head(pair.one)
    members: dict[Key, list[Name]] = defaultdict(list)
    for key in over:
        members[head(key)].append(names[key])
    lines: dict[Key, list[Line]] = defaultdict(list)
    for pair in same:
        lines[head(pair.one)].append(pair.line)
    at = {key: index for index, key in enumerate(members)}
    found.groups = [Group(tuple(members[key]), tuple(lines[key])) for key in members]
    found.apart = [(at[head(pair.one)], at[head(pair.two)], pair.line) for pair in apart]
