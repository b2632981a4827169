"""Decisions about a text: whoever writes it in a column of that kind means this value, or names none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from etl.decide.contradictions import contradiction
from etl.decide.lines import Line, Lines, word
from etl.errors import Unreadable
from etl.records import Finding, Ruling, ruling_key

#: Reads the value that a person wrote; raises Unreadable where there is no such code, number or date.
Value = Callable[[str], str]


@dataclass(slots=True)
class Rulings:
    """What each decided text means, by kind and key of the text; ``lines`` say who decided it."""

    rulings: dict[tuple[str, str], Ruling] = field(default_factory=dict)
    lines: dict[tuple[str, str], Line] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def rulings(given: Lines, values: Mapping[str, Value]) -> Rulings:
    """Return what the lines of ``readings`` say; ``values`` has one reader of values for each kind of text."""
    found = Rulings()
    refused: set[tuple[str, str]] = set()
    for line in given.of("readings"):
        kind = line["kind"].strip().casefold().replace(" ", "_").replace("-", "_")
        try:
            ruling = Ruling(_value(line, kind, values), line.said)
        except Unreadable as error:
            advice = "Write a code of the list, or '-' where the text names none"
            if kind not in values:
                advice = f"Use one of: {', '.join(values)}"
            found.findings.append(line.tell("error", "bad_decision", f"Not taken: {error}", advice))
            continue
        key = ruling_key(kind, line["text"])
        earlier = found.lines.setdefault(key, line)
        if earlier is line:
            found.rulings[key] = ruling
        elif found.rulings[key].value != ruling.value:
            found.findings += [] if key in refused else [contradiction(earlier, line.place)]
            found.findings.append(contradiction(line, earlier.place))
            refused.add(key)
    for key in sorted(refused):
        del found.rulings[key]
        del found.lines[key]
    return found


def _value(line: Line, kind: str, values: Mapping[str, Value]) -> str:
    if kind not in values:
        raise Unreadable(f"{line['kind']!r} is no kind of text that can be decided")
    if word(line["value"], ("nothing",)):
        if kind == "outcome_type":
            raise Unreadable("an outcome without a type cannot be published; give a code")
        return ""
    return values[kind](line["value"])
