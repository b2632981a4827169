"""Decisions about what was read out of the news: a proposal that counts from now on, or that is taken away.

A line keeps the text that proved the proposal, or its hash: when the news says something else now, the line is stale.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from etl.decide.contradictions import contradiction
from etl.decide.lines import Line, Lines, word
from etl.records import Finding, short_hash
from etl.text import clean, fold

Verdict = Literal["accept", "reject"]
WHAT = ("event", "partner", "country", "field", "agreement", "outcome")


def proof_hash(text: str) -> str:
    """Return the short hash that stands for a proof in a line.

    >>> proof_hash("signed  today") == proof_hash("signed today")
    True
    """
    return f"#{short_hash(clean(text))}"


@dataclass(slots=True)
class Proposals:
    """The decisions about news, asked one proposal at a time; remembers which of them a proposal met."""

    lines: dict[tuple[str, str, str], tuple[Verdict, Line]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    used: list[Line] = field(default_factory=list)
    _met: set[tuple[str, str, str]] = field(default_factory=set)

    def verdict(self, news: str, what: str, value: str, proof: str) -> tuple[Verdict, str] | None:
        """Return what a person decided about the proposal and who it was; nothing where nobody did, or about another text."""
        key = (news, what, fold(value))
        if key not in self.lines:
            return None
        decided, line = self.lines[key]
        expected = line["expect"]
        if expected and clean(expected) not in (clean(proof), proof_hash(proof)):
            if key not in self._met:
                message = f"The decision was not applied: the text that it was about has changed; it now says {proof!r}"
                self.findings.append(line.tell("warning", "stale_decision", message, "Look at the news item again and decide anew"))
                self._met.add(key)
            return None
        if key not in self._met:
            self.used.append(line)
            self._met.add(key)
        return decided, line.said

    def finish(self) -> None:
        """Report the lines whose proposal nothing in the news makes any more."""
        for key, (_, line) in self.lines.items():
            if key not in self._met:
                what = f"{line['what']} {line['value']!r} for the news {line['news']!r}"
                message = f"The decision has nothing to decide: nothing proposes {what} now"
                self.findings.append(line.tell("warning", "stale_decision", message, "Remove the line, or correct the id of the news item"))


def proposals(given: Lines) -> Proposals:
    """Return the decisions of ``news``."""
    found = Proposals()
    refused: set[tuple[str, str, str]] = set()
    for line in given.of("news"):
        what, verdict = fold(line["what"]), word(line["verdict"], ("accept", "reject"))
        if what not in WHAT or not verdict:
            wrong = f"{line['verdict']!r} is neither accept nor reject"
            if what not in WHAT:
                wrong = f"{line['what']!r} is none of {', '.join(WHAT)}"
            found.findings.append(line.tell("error", "bad_decision", f"Not taken: {wrong}", "Correct the line"))
            continue
        key = (line["news"], what, fold(line["value"]))
        chosen: Verdict = "accept" if verdict == "accept" else "reject"
        earlier, other = found.lines.setdefault(key, (chosen, line))
        if earlier != chosen:
            refused.add(key)
            found.findings += [contradiction(line, other.place), contradiction(other, line.place)]
    for key in refused:
        del found.lines[key]
    return found


def silenced(given: Iterable[Line]) -> dict[str, Line]:
    """Return the lines of ``questions`` by the id of the question that is not to be asked again."""
    return {line["question"].strip().removeprefix("q-"): line for line in given}
