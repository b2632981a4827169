"""News and outcomes -> the agreements they belong to, as far as the rows say so: by number, or by citing the same page."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from etl.records import Finding, Record, Tie
from etl.text import fold

#: A page that this many agreements cite says nothing about any one of them.
_MOST_ON_A_PAGE = 12
_APART = re.compile(r"[;,\n]+|\s{2,}")


@dataclass(frozen=True, slots=True)
class Named:
    """A group of rows with its id and its partners."""

    id: str
    rows: Sequence[Record]
    partners: frozenset[str]

    @property
    def links(self) -> frozenset[str]:
        """Return the pages that its rows cite."""
        return frozenset(r.texts["link"] for r in self.rows if "link" in r.texts)

    @property
    def numbers(self) -> frozenset[str]:
        """Return the numbers that its rows carry, folded."""
        return frozenset(fold(r.texts["number"]) for r in self.rows if "number" in r.texts)


def to_agreements(records: Iterable[Named], agreements: Sequence[Named]) -> tuple[list[Tie], list[Finding]]:
    """Return the ties of news or outcomes to agreements, and the numbers that lead nowhere."""
    those = list(records)
    if not those:
        return [], []
    by_number: dict[str, set[str]] = defaultdict(set)
    by_link: dict[str, list[Named]] = defaultdict(list)
    for agreement in agreements:
        for number in {*agreement.numbers, fold(agreement.id)}:
            by_number[number].add(agreement.id)
        for link in agreement.links:
            by_link[link].append(agreement)
    ties: dict[tuple[str, str], Tie] = {}
    findings: list[Finding] = []
    for record in those:
        numbered = list(_by_number(record, by_number, findings))
        for tie in numbered or list(_by_link(record, by_link)):
            ties.setdefault((tie.left, tie.right), tie)
    return list(ties.values()), findings


def _by_number(record: Named, by_number: Mapping[str, set[str]], findings: list[Finding]) -> Iterable[Tie]:
    for row in record.rows:
        for written in filter(None, (part.strip() for part in _APART.split(row.texts.get("agreement_number", "")))):
            found = by_number.get(fold(written), set())
            if len(found) == 1:
                yield Tie(record.id, next(iter(found)), written, "number", 1.0, True)
                continue
            cell = next(iter(row.row.values["agreement_number"]))
            what = "belongs to several agreements" if found else "belongs to no agreement that was read"
            origin = row.row.origin
            message = f"The agreement number {written} {what}"
            advice = "Correct the number, or add the agreement to a register"
            findings.append(
                Finding("warning", "dangling_reference", message, advice, origin.file, origin.sheet, cell.row, cell.letter, cell.text)
            )


def _by_link(record: Named, by_link: Mapping[str, Sequence[Named]]) -> Iterable[Tie]:
    """Yield ties by a cited page. A news item is that page; an outcome shares it, so it needs the partner as well."""
    for link in sorted(record.links):
        citing = by_link.get(link, ())
        if not citing or len(citing) > _MOST_ON_A_PAGE:
            continue
        if record.rows[0].kind == "news":
            yield from (Tie(record.id, agreement.id, link, "same_link", 0.95, True) for agreement in citing)
            continue
        shared = [agreement for agreement in citing if agreement.partners & record.partners]
        certain = len(shared) == 1
        for agreement in shared:
            yield Tie(record.id, agreement.id, link, "same_link_and_partner", 0.9 if certain else 0.4, certain)


def to_outcomes(news: Iterable[Named], outcomes: Sequence[Named]) -> list[Tie]:
    """Return the ties of news to the outcomes that cite the same page."""
    by_link: dict[str, list[str]] = defaultdict(list)
    for outcome in outcomes:
        for link in outcome.links:
            by_link[link].append(outcome.id)
    ties = {}
    for item in news:
        for link in sorted(item.links):
            for outcome_id in by_link.get(link, []):
                ties[item.id, outcome_id] = Tie(item.id, outcome_id, link, "same_link", 0.95, True)
    return list(ties.values())
