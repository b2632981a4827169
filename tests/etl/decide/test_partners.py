"""Names that are one, names that are two, and lines that cannot both hold."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.decide.lines import Line, Lines
from etl.decide.partners import Partners, partners


def line(row: int, kind: str = "same", **cells: str) -> Line:
    return Line(kind, cells, "decisions/same.csv", "", row, "Anna", "2026-11-22", "because")


def same(row: int, one: str, two: str, verdict: str = "same", country: str = "") -> Line:
    return line(row, one=one, two=two, verdict=verdict, country=country)


def decided(*given: Line) -> Partners:
    return partners(Lines(list(given)), lambda text: {"Spain": "ESP", "ESP": "ESP"}.get(text, ""))


def groups(found: Partners) -> list[set[str]]:
    return [{name.text for name in group.names} for group in found.groups]


def test_same_is_passed_on() -> None:
    found = decided(same(2, "A", "B"), same(3, "b", "C"), same(4, "X", "Y"))
    assert groups(found) == [{"A", "B", "C"}, {"X", "Y"}]
    assert not found.findings


def test_not_same_keeps_the_whole_groups_apart() -> None:
    found = decided(same(2, "A", "B"), same(3, "A", "C", "not same"))
    assert groups(found) == [{"A", "B"}, {"C"}]
    assert [(one, two) for one, two, _ in found.apart] == [(0, 1)]


def test_a_contradiction_is_refused_with_every_line_that_takes_part() -> None:
    found = decided(same(2, "A", "B"), same(3, "B", "C"), same(4, "A", "C", "not same"), same(5, "D", "E"))
    assert groups(found) == [{"D", "E"}]
    assert {finding.row for finding in found.findings} == {2, 3, 4}
    assert all(finding.code == "contradictory_decision" for finding in found.findings)
    last = next(finding for finding in found.findings if finding.row == 4)
    assert "decisions/same.csv, line 2" in last.message
    assert "decisions/same.csv, line 3" in last.message


def test_one_name_cannot_be_two_partners() -> None:
    found = decided(line(2, "aliases", written="TUG", partner="org-a"), line(3, "aliases", written="tug", partner="org-b"))
    assert found.groups == []
    assert {finding.row for finding in found.findings} == {2, 3}


def test_two_partners_may_be_called_one_but_only_in_so_many_words() -> None:
    alias = [line(2, "aliases", written="TUG", partner="org-a"), line(3, "aliases", written="tug", partner="org-b")]
    found = decided(*alias, same(4, "org-a", "org-b"))
    assert not found.findings
    assert groups(found) == [{"TUG", "org-a", "org-b"}]


def test_an_alias_and_its_denial_contradict() -> None:
    found = decided(line(2, "aliases", written="TUG", partner="org-a"), same(3, "TUG", "org-a", "not the same"))
    assert {finding.row for finding in found.findings} == {2, 3}


def test_a_country_confines_a_name() -> None:
    alias = {"written": "UPM", "partner": "org-upm", "country": "Spain"}
    found = decided(line(2, "aliases", **alias), line(3, "aliases", written="UPM", partner="org-upm-my"))
    assert not found.findings
    assert [{name.key for name in group.names} for group in found.groups] == [
        {("upm", "ESP"), ("org-upm", "")},
        {("upm", ""), ("org-upm-my", "")},
    ]


BAD = [
    (same(2, "A", "B", "perhaps"), "neither 'same' nor 'not same'"),
    (same(2, "A", "a"), "one and the same"),
    (same(2, "A", "???"), "no letters"),
    (same(2, "A", "B", "same", "Atlantis"), "'Atlantis' is no country"),
]


@pytest.mark.parametrize(("bad", "message"), BAD)
def test_a_line_that_says_nothing_is_refused(bad: Line, message: str) -> None:
    found = decided(bad, same(3, "C", "D"))
    assert groups(found) == [{"C", "D"}]
    assert message in found.findings[0].message


NAMES = st.sampled_from("ABCDE")


@given(st.lists(st.tuples(NAMES, NAMES, st.sampled_from(["same", "not same"])), max_size=12))
def test_what_is_left_never_contradicts_itself(pairs: list[tuple[str, str, str]]) -> None:
    given = [same(row, one, two, verdict) for row, (one, two, verdict) in enumerate(pairs, 2)]
    found = decided(*given)
    assert all(one != two for one, two, _ in found.apart)
    names = [name.key for group in found.groups for name in group.names]
    assert len(set(names)) == len(names)
    kept = {line.row for group in found.groups for line in group.lines} | {line.row for _, _, line in found.apart}
    assert kept.isdisjoint(finding.row for finding in found.findings)
    assert kept | {finding.row for finding in found.findings} == {line.row for line in given}
    assert all(len(set(group.names)) > 1 or not group.lines for group in found.groups)
    assert list(itertools.chain(found.groups)) == decided(*given).groups
