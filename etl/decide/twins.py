"""Decisions about agreements that stand in two registers: one agreement or two.

A line names each agreement by its number or title; where a title stands in several rows, the place says which is meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from etl.decide.contradictions import Pair, consistent
from etl.decide.corrections import names
from etl.decide.lines import Line, word
from etl.records import Finding, Record
from etl.text import fold


@dataclass(slots=True)
class Twins:
    """Pairs of source rows (their ids) that are one agreement, and that are two."""

    same: list[frozenset[str]] = field(default_factory=list)
    apart: list[frozenset[str]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def twins(records: Sequence[Record], lines: Iterable[Line]) -> Twins:
    """Return what ``lines`` say about the agreements among ``records``."""
    findings: list[Finding] = []
    pairs: dict[str, list[Pair[str]]] = {"same": [], "not_same": []}
    agreements = [record for record in records if record.kind == "agreement"]
    for line in lines:
        verdict = word(line["verdict"], ("same", "not_same"))
        if not verdict:
            message = f"Not taken: {line['verdict']!r} is neither 'same' nor 'not same'"
            findings.append(line.tell("error", "bad_decision", message, "Correct the line"))
            continue
        ends = [_rows(agreements, line[column], line[f"{column}_at"]) for column in ("agreement", "other")]
        one, two = (rows[0] if len(rows) == 1 else "" for rows in ends)
        if one and two and one != two:
            pairs[verdict].append(Pair(one, two, line))
        else:
            findings.append(_stale(line, ends))
    same, apart, contradictions = consistent(pairs["same"], pairs["not_same"])
    return Twins(
        [frozenset((pair.one, pair.two)) for pair in same], [frozenset((pair.one, pair.two)) for pair in apart], findings + contradictions
    )


def _rows(agreements: Iterable[Record], named: str, place: str) -> list[str]:
    """Return the ids of the rows that carry the number or title ``named``; only that of ``place`` where several do."""
    found = [record.row.origin.id for record in agreements if fold(named) in names(record.row)]
    return [place] if place in found else found


def _stale(line: Line, ends: Sequence[Sequence[str]]) -> Finding:
    said = []
    for column, rows in zip(("agreement", "other"), ends, strict=True):
        if len(rows) > 1:
            said.append(f"{line[column]!r} stands in {len(rows)} rows ({', '.join(rows[:4])}); say which under '{column}_at'")
        elif not rows:
            said.append(f"{line[column]!r} is in no register any more")
    message = f"The decision was not applied: {'; '.join(said) or 'both names lead to one row'}"
    return line.tell("warning", "stale_decision", message, "Correct the line, or remove it when it is settled")
