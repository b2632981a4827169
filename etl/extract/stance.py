"""What a text tells as done, as planned, as history and as not so: planned is not achieved, and neither is what once was.

Marks under ``etl/reference/news_stance.csv`` colour what follows them, up to a semicolon, a new verb of achievement ("discussed a
laboratory and signed an agreement") and their reach: ``after`` the end of the sentence, ``clause`` that of the clause, ``comma`` the
next comma, ``near`` a few words, ``beyond`` the clause without the mark itself ("signed an agreement on a centre"), ``both`` the
sentence and their own clause before them ("the contract will be signed"). A clause whose years all lie before that of the news is
history.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from etl.extract.phrases import Hit, Passage, Patterns
from etl.reference import rows

Stance = Literal["done", "planned", "history", "denied"]
_STRENGTH: dict[str, int] = {"done": 0, "history": 1, "planned": 2, "denied": 3}

_STOP = re.compile(r"(?<=[.!?…。！？])[\"»”)]?(?:\s+(?=[«\"“(]?[A-ZА-ЯЁ\d])|(?<=[。！？]))|\n+")
_ABBREVIATED = re.compile(
    r"(?:^|[\s(«\"])(?:[A-ZА-ЯЁ]|[Ss]t|[Dd]r|[Pp]rof|[Mm]r|[Mm]rs|[Мм]м|им|ул|св|акад|проф|[ИиЧч]м|т\. ?е|e\.g|i\.e|No|№)\.$"
)
_TOWN = re.compile(r"(?<!\d)(?<!\d\s)\bг\.$")
_CLAUSE = re.compile(
    r"[;:()]|\s[—–-]\s"
    r"|,\s+(?=(?:which|who|whose|where|when|following|after|before|building|котор\w*|где|когда|после|до этого|чтобы?)\b)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\d-])(?:19|20)\d{2}(?!\d)")
_JOINED = re.compile(r"(?:,|;|\band\b|\bthen\b|\bи\b|\bа\b|\bа также\b|\bзатем\b)\s*(?:\b(?:also|then|затем|также)\b\s*)?$")
_JOINT = re.compile(r",\s*(?:and|but|while|а|но|и)\b")
#: With a capital "may" is a month and no plan.
_MONTH = "May"
#: Characters after a mark that say "near".
_NEAR = 40


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a sentence that is told in one way."""

    start: int
    end: int
    stance: Stance


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its place in the text, its words, and how each part of it is told. A title is sentence 0 of its own column."""

    column: str
    number: int
    passage: Passage
    stretches: tuple[Stretch, ...]
    clauses: tuple[tuple[int, int], ...]

    def clause(self, at: int) -> tuple[int, int]:
        """Return where the clause begins and ends that the offset ``at`` stands in."""
        return next((each for each in self.clauses if each[0] <= at < each[1]), (self.passage.start, self.passage.end))

    def stance(self, start: int, end: int) -> Stance:
        """Return how the words from ``start`` to ``end`` are told: what is planned in part is planned."""
        touching = (each.stance for each in self.stretches if each.start < end and each.end > start)
        return max(touching, key=lambda stance: _STRENGTH[stance], default="done")


@cache
def _marks() -> Patterns:
    return Patterns(rows("news_stance"))


def sentences(texts: Mapping[str, str], year: str = "") -> list[Sentence]:
    """Return the sentences of ``texts`` (column -> text) in order; ``year`` is that of the news, its latest past year where empty.

    >>> (one,) = sentences({"title": "They opened a laboratory and will sign a contract."})
    >>> one.stance(5, 24), one.stance(37, 49)
    ('done', 'planned')
    """
    now = year[:4] or max((found for text in texts.values() for found in _YEAR.findall(text)), default="")
    found = []
    for column, text in texts.items():
        for number, (start, end) in enumerate(_bounds(text)):
            clauses = list(_clauses(text, start, end))
            passage = Passage(text, start, end, [clause[0] for clause in clauses[1:]])
            found.append(Sentence(column, number, passage, tuple(_stretches(passage, clauses, now)), tuple(clauses)))
    return found


def _bounds(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _STOP.finditer(text):
        before = text[start : match.start()]
        if "\n" not in match.group() and (_ABBREVIATED.search(before) or _TOWN.search(before)):
            continue
        if before.strip():
            yield start, match.start()
        start = match.end()
    if text[start:].strip():
        yield start, len(text)


def _clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _CLAUSE.finditer(text, start, end):
        yield start, match.end()
        start = match.end()
    yield start, end


def _stretches(passage: Passage, clauses: list[tuple[int, int]], now: str) -> Iterator[Stretch]:
    for start, end in clauses:
        years = _YEAR.findall(passage.text[start:end])
        if years and now and max(years) < now:
            yield Stretch(start, end, "history")
    marks = (hit for hit in _marks().find(passage) if passage.text[hit.start : hit.end] != _MONTH)
    hits = sorted(marks, key=lambda hit: (hit.start, -hit.end))
    restarts = [hit.start for hit in hits if hit.line["stance"] == "done" and _JOINED.search(passage.text[passage.start : hit.start])]
    for hit in hits:
        stance = hit.line["stance"]
        if stance not in ("planned", "history", "denied") or _is_within_longer(hit.start, hit.end, hits):
            continue
        if hit.line["reach"] == "beyond" and passage.text[hit.end : passage.end].lstrip()[:1].isdigit():
            continue  # "an agreement on 19 May" has no subject but a date
        start, end = _reach(passage, hit.start, hit.end, hit.line["reach"], clauses, restarts)
        if hit.line["reach"] == "beyond":  # "a roadmap on bridges signed": the verb is that of the document
            end = min([end, *(other.start for other in hits if other.line["stance"] == "done" and other.start > hit.end)])
        yield Stretch(start, end, stance)  # type: ignore[arg-type]


def _is_within_longer(start: int, end: int, hits: Sequence[Hit]) -> bool:
    """Tell whether a longer mark covers the words: "not only" denies nothing, "will not" plans nothing."""
    return any(hit.start <= start and end <= hit.end and (hit.end - hit.start) > (end - start) for hit in hits)


def _reach(passage: Passage, start: int, end: int, reach: str, clauses: list[tuple[int, int]], restarts: list[int]) -> tuple[int, int]:
    """Return what a mark from ``start`` to ``end`` colours: see the head of this module."""
    clause = next(each for each in clauses if each[0] <= start < each[1])
    semicolon = passage.text.find(";", end, passage.end)
    stop = min([passage.end, *([semicolon] if semicolon >= 0 else []), *(at for at in restarts if at >= end)])
    if reach == "near":
        return start, min(stop, end + _NEAR)
    if reach == "clause":
        return start, min(stop, clause[1])
    if reach == "beyond":
        return end, min(stop, clause[1])
    if reach == "comma":
        comma = passage.text.find(",", end, clause[1])
        return start, min(stop, comma if comma >= 0 else clause[1])
    if reach == "both":
        begins = max([clause[0], *(at for at in restarts if clause[0] <= at < start)])
        return _since_joint(passage.text, begins, start), stop
    return start, stop


def _since_joint(text: str, start: int, end: int) -> int:
    """Return where the part of the clause begins that the mark at ``end`` belongs to: after the last comma with a conjunction.

    A conjunction right before the mark begins a new part: "opened a laboratory and will sign a contract".
    """
    if _JOINED.search(text, start, end):
        return end
    joints = [match.end() for match in _JOINT.finditer(text, start, end)]
    return joints[-1] if joints else start
