from __future__ import annotations

import itertools

import pytest

from etl.link.ids import ids
from etl.link.merge import home_of, merge
from etl.records import Record
from tests.etl.builders import record

GRAZ = frozenset({"org-graz"})


def groups(*records: Record, partners: frozenset[str] = GRAZ) -> list[list[str]]:
    merged = merge(records, {r.row.origin.id: partners for r in records})
    return [[r.row.origin.file for r in group] for group in merged.groups]


TWINS = [
    (
        record(signed="2013-09"),
        record(file="b.xlsx", signed="2013-09-12", title="Соглашение"),
        "the coarser date is the beginning of the finer",
    ),
    (record(signed="2013"), record(file="b.xlsx", signed="2013"), "the same year, nothing contradicts"),
    (record(number="A-1", signed="2013"), record(file="b.xlsx", number="A-1", signed="2014"), "the number decides, the dates are reported"),
    (record(number="A-1", signed="2013"), record(file="b.xlsx", signed="2013"), "one row has no number yet"),
    (record(link="https://x/1"), record(file="b.xlsx", link="https://x/1"), "no date, but the same document"),
    (record(signed="2013", type_code=""), record(file="b.xlsx", signed="2013"), "one register leaves the type blank"),
    (record(signed="2013", home_unit="SPbPU"), record(file="b.xlsx", signed="2013", home_unit="СПбПУ"), "one institution in two languages"),
]
STRANGERS = [
    (record(signed="2013"), record(row=6, signed="2013", title="Another"), "one sheet lists two agreements because there are two"),
    (record(signed="2013-09"), record(file="b.xlsx", signed="2013-10"), "other months"),
    (record(number="A-1", signed="2013"), record(file="b.xlsx", number="A-2", signed="2013"), "other numbers"),
    (record(signed="2013"), record(file="b.xlsx", signed="2013", type_code="exchange_agreement"), "other types"),
    (
        record(signed="2024", home_unit="СПбПУ"),
        record(file="b.xlsx", signed="2024", home_unit="RAS St. Petersburg Branch"),
        "other signatories",
    ),
    (record(), record(file="b.xlsx", title="Соглашение"), "no dates and no document: nothing says that they are one"),
    (record(signed="2013"), record(file="b.xlsx"), "a dated one and an undated one"),
]


@pytest.mark.parametrize(("a", "b", "why"), TWINS, ids=[why for *_, why in TWINS])
def test_twins_count_once(a: Record, b: Record, why: str) -> None:
    assert groups(a, b) == [["a.xlsx", "b.xlsx"]]


@pytest.mark.parametrize(("a", "b", "why"), STRANGERS, ids=[why for *_, why in STRANGERS])
def test_strangers_stay_apart(a: Record, b: Record, why: str) -> None:
    assert len(groups(a, b)) == 2


def test_other_partners_are_other_agreements() -> None:
    a, b = record(signed="2013"), record(file="b.xlsx", signed="2013", partners="TU Wien")
    merged = merge([a, b], {a.row.origin.id: GRAZ, b.row.origin.id: frozenset({"org-wien"})})
    assert len(merged.groups) == 2


def test_two_possible_twins_are_a_question_and_no_merge() -> None:
    records = [record(signed="2013"), record(row=6, signed="2013", title="Second"), record(file="b.xlsx", signed="2013", title="Which?")]
    merged = merge(records, {r.row.origin.id: GRAZ for r in records})
    assert len(merged.groups) == 3
    assert [(asked.texts["title"], len(candidates)) for asked, candidates in merged.questions] == [("Which?", 2)]


def test_one_number_for_two_partners_identifies_neither_and_is_reported() -> None:
    a, b = record(number="A-1"), record(row=6, number="A-1", title="Other")
    merged = merge([a, b], {a.row.origin.id: GRAZ, b.row.origin.id: frozenset({"org-wien"})})
    assert [f.code for f in merged.findings] == ["duplicate_id"]
    assert all(each.startswith("a-") for each in ids(merged.groups))


def test_a_written_number_is_the_id_and_a_missing_one_is_a_hash_of_the_raw_cells() -> None:
    merged = merge([record(number="AGR-7"), record(row=6, title="No number")], {})
    first, second = ids(merged.groups)
    assert first == "AGR-7"
    assert second.startswith("a-")
    moved = merge([record(file="elsewhere.xlsx", row=99, title="No number")], {})
    assert ids(moved.groups) == [second]


def test_the_order_of_the_files_does_not_matter() -> None:
    rows = [record(signed="2013-09"), record(file="b.xlsx", signed="2013"), record(file="c.xlsx", signed="2015", title="Later")]
    found = {
        frozenset(frozenset(r.row.origin.id for r in group) for group in merge(order, {r.row.origin.id: GRAZ for r in order}).groups)
        for order in itertools.permutations(rows)
    }
    assert len(found) == 1


def test_an_unknown_home_unit_is_no_contradiction() -> None:
    assert home_of(record(home_unit="Graduate School of Service and Trade")) is None


def pair(one: Record, two: Record) -> frozenset[str]:
    return frozenset({one.row.origin.id, two.row.origin.id})


def test_people_join_what_the_rules_leave_apart() -> None:
    here, there = record(row=5, title="Pact", signed="2019"), record(row=9, title="Treaty", signed="2021")
    partners = {each.row.origin.id: frozenset({"org-a"}) for each in (here, there)}
    assert len(merge([here, there], partners).groups) == 2
    assert merge([here, there], partners, same=[pair(here, there)]).groups == [[here, there]]


def test_people_part_what_the_rules_join_and_are_not_asked_again() -> None:
    one, two, three = (record(file=f"{name}.xlsx", title=name, signed="2019") for name in "abc")
    partners = {each.row.origin.id: frozenset({"org-a"}) for each in (one, two, three)}
    assert len(merge([one, two], partners).groups) == 1
    assert len(merge([one, two], partners, apart=[pair(one, two)]).groups) == 2
    assert merge([one, two, three], partners).questions
    parted = merge([one, two, three], partners, apart=[pair(one, two), pair(one, three)])
    assert not [asked for asked, _ in parted.questions if asked is one]
    assert [one] in parted.groups


def test_who_was_parted_is_not_joined_by_way_of_a_third() -> None:
    one, two = record(row=5, title="Pact", number="A-1"), record(row=6, title="Pact", number="A-1")
    partners = {each.row.origin.id: frozenset({"org-a"}) for each in (one, two)}
    assert len(merge([one, two], partners).groups) == 1
    assert len(merge([one, two], partners, apart=[pair(one, two)]).groups) == 2
