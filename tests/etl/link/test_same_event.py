from __future__ import annotations

from dataclasses import replace
from itertools import permutations

from etl.link.same_event import Report, event_id, groups

GRAZ = frozenset({"org-graz"})
FIRST = Report(
    "n1", GRAZ, "visit", "2024-02-19", "2024-02-27", "en", "The rector of Graz toured the welding laboratories in St. Petersburg"
)
AGAIN = replace(FIRST, id="n2", date="2024-02-22", text="Welding laboratories shown to the rector of Graz")
RUSSIAN = replace(FIRST, id="n3", date="2024-02-20", language="ru", text="Ректор из Граца осмотрел лаборатории сварки")


def ids(*reports: Report) -> list[list[str]]:
    return [[each.id for each in group] for group in groups(reports)]


def test_two_reports_in_one_language_are_one_event_by_their_words() -> None:
    assert ids(FIRST, AGAIN) == [["n1", "n2"]]


def test_reports_in_two_languages_are_one_event_by_partner_kind_and_days() -> None:
    assert ids(FIRST, RUSSIAN) == [["n1", "n3"]]


def test_what_is_another_event() -> None:
    assert ids(FIRST) == []
    assert ids(FIRST, replace(AGAIN, date="2024-03-19")) == [], "a month later"
    assert ids(FIRST, replace(AGAIN, partners=frozenset({"org-wien"}))) == [], "another partner"
    assert ids(FIRST, replace(AGAIN, text="Students won a prize for robots")) == [], "other words"
    assert ids(FIRST, replace(RUSSIAN, event="award")) == [], "another kind, in another language"
    assert ids(FIRST, replace(AGAIN, date="2024-02")) == [], "no day"
    assert ids(replace(FIRST, partners=frozenset()), replace(AGAIN, partners=frozenset())) == [], "nobody is named"


def test_the_same_day_in_the_text_is_one_event_whatever_the_words() -> None:
    told = replace(FIRST, event_on="2024-02-19")
    assert ids(
        told, replace(AGAIN, date="2024-02-19", event_on="2024-02-19", text="Контракт о сварке", language="ru", event="signing")
    ) == [["n1", "n2"]]


def test_groups_do_not_depend_on_the_order_and_the_earliest_names_the_event() -> None:
    found = {tuple(each.id for group in groups(order) for each in group) for order in permutations((FIRST, AGAIN, RUSSIAN))}
    assert found == {("n1", "n2", "n3")}
    assert event_id(FIRST) == event_id(replace(FIRST, text="changed")) != event_id(AGAIN)
