from __future__ import annotations

from dataclasses import replace

from etl.link.news_outcomes import Matched, Recorded, Teller, match
from etl.records import ToldOutcome

GRAZ = frozenset({"org-graz"})
LAB = ToldOutcome("joint_lab", None, False, "opened a laboratory", 5, 24, "title", "words, done", 0.8)
ITEM = Teller("n1", GRAZ, "2024-05-20", (LAB,))
RECORD = Recorded("o1", "joint_lab", GRAZ, "2024-05", None, False)


def said(item: Teller, *records: Recorded) -> Matched:
    return match([item], records, {})


def test_a_record_of_the_kind_partner_and_month_states_what_the_news_tells() -> None:
    found = said(ITEM, RECORD)
    (tie,) = found.ties
    assert (tie.left, tie.right, tie.method, tie.accepted, tie.start, tie.column) == ("n1", "o1", "same_outcome", True, 5, "title")
    assert found.proposed == []


def test_what_no_record_states_is_proposed() -> None:
    assert [told.text for _, told in said(ITEM).proposed] == ["opened a laboratory"]
    assert said(ITEM, replace(RECORD, partners=frozenset({"org-wien"}))).ties == []
    assert said(ITEM, replace(RECORD, date="2022-05")).ties == []
    assert said(ITEM, replace(RECORD, type="grant")).ties == []


def test_planned_and_achieved_are_not_certainly_one() -> None:
    found = said(ITEM, replace(RECORD, planned=True))
    assert [tie.accepted for tie in found.ties] == [False]
    assert found.proposed


def test_two_records_or_a_year_alone_leave_it_open() -> None:
    assert {tie.accepted for tie in said(ITEM, RECORD, replace(RECORD, id="o2")).ties} == {False}
    assert {tie.accepted for tie in said(ITEM, replace(RECORD, date="2024")).ties} == {False}


def test_other_numbers_are_another_outcome() -> None:
    assert said(replace(ITEM, told=(replace(LAB, count=3),)), replace(RECORD, count=5)).ties == []


def test_what_the_page_of_the_item_is_linked_to_is_not_proposed_again() -> None:
    centre = replace(RECORD, type="joint_center")
    found = match([ITEM], [centre], {"n1": frozenset({"o1"})})
    assert (found.ties, found.proposed) == ([], [])
