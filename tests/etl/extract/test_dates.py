from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.extract.dates import dates, event_date, is_near
from etl.extract.stance import sentences
from etl.normalise.dates import date

STATED = [
    # text, published, dates, what the case protects
    ("On 12 March 2024 they met.", "", ["2024-03-12"], "day, month, year"),
    ("March 12, 2024", "", ["2024-03-12"], "month first"),
    ("в июне 2019 года", "", ["2019-06"], "Russian month"),
    ("27 июня открыт центр", "2023-07-02", ["2023-06-27"], "the year of the news"),
    ("28 декабря открыт центр", "2024-01-09", ["2023-12-28"], "what was done lies not after the news: the year before"),
    ("Конференция пройдёт 15 января.", "2023-12-20", ["2024-01-15"], "what is planned lies not before the news: the year after"),
    ("27 июня открыт центр", "", [], "no year, and none to complete it"),
    ("From 25 to 27 May 2021", "", ["2021-05-25"], "a range is its start"),
    ("Between 29 May and 3 June 2023", "", ["2023-05-29"], "a range over two months"),
    ("12.03.2024 and 2024-03-13", "", ["2024-03-12", "2024-03-13"], "figures"),
    ("с 12.03.2024 по 15.03.2024", "", ["2024-03-12", "2024-03-15"], "two dates in figures"),
    ("12–15.03.2024 г. прошла школа", "", ["2024-03-12"], "a range in figures is its start"),
    ("2024/03/05, 13-05-2024, 25.12.23", "", ["2024-03-05", "2024-05-13", "2023-12-25"], "other signs and a short year"),
    ("2024年5月20日和2023年6月", "", ["2024-05-20", "2023-06"], "Chinese dates"),
    ("31.02.2024, 10.12.11.13, 12.03-2024", "", [], "figures that are no date"),
    ("in 2019 and since 2004", "", ["2019", "2004"], "bare years"),
    ("31 февраля 2020 года", "", [], "a day that does not exist"),
    ("Priority 2030, the school 2022, room 12", "", [], "numbers that are no dates"),
]


@pytest.mark.parametrize(("text", "published", "expected", "why"), STATED, ids=[why for *_, why in STATED])
def test_the_dates_of_a_text(text: str, published: str, expected: list[str], why: str) -> None:
    found = dates(sentences({"body_text": text}, published), published, date)
    assert [each.value for each in found] == expected
    assert all(text[each.start : each.end] == each.text for each in found)


def test_the_date_of_the_event_is_neither_history_nor_a_plan() -> None:
    text = "The contract was signed in May 2014. On 3 June 2024 the rector came. A school will open on 1 September 2024."
    found = dates(sentences({"body_text": text}, "2024-06-05"), "2024-06-05", date)
    assert [each.told for each in found] == ["history", "done", "planned"]
    on = event_date(found, "2024-06-05")
    assert on is not None
    assert on.value == "2024-06-03"


def test_an_item_whose_dates_lie_far_from_it_has_no_date_of_its_own() -> None:
    found = dates(sentences({"body_text": "They met on 3 June 2024."}, "2024-12"), "2024-12", date)
    assert event_date(found, "2024-12") is None
    assert event_date([], "2024-12") is None


def test_near_is_three_months_before_and_never_after() -> None:
    assert is_near("2024-03-31", "2024-06-01")
    assert not is_near("2024-02-28", "2024-06-01")
    assert not is_near("2024-07-01", "2024-06-30")


@settings(deadline=None)
@given(st.text(), st.sampled_from(["", "2024", "2024-02", "2024-02-29"]))
def test_any_text_is_read_without_a_crash(text: str, published: str) -> None:
    for each in dates(sentences({"title": text}, published), published, date):
        assert text[each.start : each.end] == each.text
