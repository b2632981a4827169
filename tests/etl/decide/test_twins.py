"""Two rows are one agreement, or two, because a person said so."""

from __future__ import annotations

from etl.decide.lines import Line
from etl.decide.twins import Twins, twins
from tests.etl.builders import record

RECORDS = [
    record(row=5, title="First", number="A-1"),
    record(row=6, title="Twin"),
    record(file="b.xlsx", row=7, title="Twin"),
    record(file="b.xlsx", row=8, title="Other"),
]


def decided(*rows: tuple[str, str, str, str, str]) -> Twins:
    names = ("agreement", "other", "verdict", "agreement_at", "other_at")
    given = [
        Line("agreements", dict(zip(names, cells, strict=True)), "decisions/g.csv", "", at, "Anna", "2026-11-22", "seen")
        for at, cells in enumerate(rows, 2)
    ]
    return twins(RECORDS, given)


def test_rows_are_named_by_number_or_title() -> None:
    found = decided(("A-1", "other", "same", "", ""), ("first", "Twin", "not same", "", "b.xlsx#S#7"))
    assert found.same == [frozenset({"a.xlsx#S#5", "b.xlsx#S#8"})]
    assert found.apart == [frozenset({"a.xlsx#S#5", "b.xlsx#S#7"})]
    assert not found.findings


def test_a_title_of_two_rows_needs_a_place() -> None:
    found = decided(("A-1", "Twin", "same", "", ""))
    assert not found.same
    assert (found.findings[0].code, found.findings[0].row) == ("stale_decision", 2)
    assert "stands in 2 rows" in found.findings[0].message


def test_an_agreement_that_is_gone_is_stale() -> None:
    assert "is in no register" in decided(("A-1", "Gone", "same", "", "")).findings[0].message


def test_a_chain_that_contradicts_is_refused_with_all_its_lines() -> None:
    found = decided(
        ("A-1", "Other", "same", "", ""), ("Other", "Twin", "same", "", "b.xlsx#S#7"), ("A-1", "Twin", "not same", "", "b.xlsx#S#7")
    )
    assert (found.same, found.apart) == ([], [])
    assert {finding.row for finding in found.findings} == {2, 3, 4}


def test_a_verdict_that_is_none_is_refused() -> None:
    assert decided(("A-1", "Other", "perhaps", "", "")).findings[0].code == "bad_decision"
