from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.errors import Unreadable, Unsure
from etl.normalise.numbers import Amount, amount

READ = [
    ("3595", Amount(3595, "", "exact"), "plain"),
    ("3\u00a0595", Amount(3595, "", "exact"), "a no-break space between thousands"),
    ("1,000", Amount(1000, "", "exact"), "a comma between thousands"),
    ("1.000.000", Amount(1_000_000, "", "exact"), "two dots can only be thousands"),
    ("2050.0", Amount(2050, "", "exact"), "a whole number that was a float"),
    ("over 100", Amount(100, "", "at_least"), "English, at least"),
    ("more than 100 partners", Amount(100, "partners", "at_least"), "with a unit"),
    ("not more than 50", Amount(50, "", "at_most"), "the longer phrase wins"),
    ("100+", Amount(100, "", "at_least"), "a plus behind"),
    ("≥ 20", Amount(20, "", "at_least"), "a sign"),
    ("ca. 2000", Amount(2000, "", "about"), "about"),
    ("~30", Amount(30, "", "about"), "a tilde"),
    ("up to 50", Amount(50, "", "at_most"), "at most"),
    ("18 students", Amount(18, "students", "exact"), "a unit"),
    ("25 projects honoured", Amount(25, "projects honoured", "exact"), "a unit of two words"),
    ("3 applications (2 accepted)", Amount(3, "applications (2 accepted)", "exact"), "a remark in brackets"),
    ("students: 25", Amount(25, "students", "exact"), "the unit first"),
    ("ten", Amount(10, "", "exact"), "in words"),
    ("более 50", Amount(50, "", "at_least"), "Russian, at least"),
    ("не более 10 студентов", Amount(10, "студентов", "at_most"), "Russian, at most"),
    ("около двух тысяч", Amount(2000, "", "about"), "Russian in words"),
    ("2 тыс. человек", Amount(2000, "человек", "exact"), "a thousand in words"),
    ("1,2 млн", Amount(1_200_000, "", "exact"), "a fraction of a million"),
    ("约200人", Amount(200, "人", "about"), "Chinese, about"),
    ("三百余人", Amount(300, "人", "at_least"), "Chinese numerals"),
    ("٣٥", Amount(35, "", "exact"), "Arabic digits"),
]
REFUSED = [
    ("", "empty"),
    ("many", "no number"),
    ("a", "an article is no number"),
    ("inf", "no number"),
    ("nan", "no number"),
    ("-5", "negative"),
    ("2.5", "a fraction"),
    ("1,5", "a fraction with a comma"),
    ("1/2", "a fraction"),
    ("1e5", "a formula"),
    ("10-15", "a range"),
    ("20 30", "two numbers"),
    ("20 universities from 5 countries", "two numbers"),
    ("12,34,567", "groups of no country of ours"),
    ("9" * 400, "no count"),
]


@pytest.mark.parametrize(("typed", "read", "why"), READ, ids=[why for *_, why in READ])
def test_reads(typed: str, read: Amount, why: str) -> None:
    assert amount(typed) == read


@pytest.mark.parametrize(("typed", "why"), REFUSED, ids=[why for *_, why in REFUSED])
def test_refuses(typed: str, why: str) -> None:
    with pytest.raises(Unreadable):
        amount(typed)


def test_one_dot_before_three_digits_is_a_question() -> None:
    with pytest.raises(Unsure) as refusal:
        amount("1.000")
    assert refusal.value.candidates == ("1000", "1")


@settings(deadline=None)  # tables load on first use
@given(st.text())
def test_any_text_is_read_or_refused_and_an_answer_stays_itself(typed: str) -> None:
    with suppress(Unreadable):
        read = amount(typed)
        assert read.value >= 0
        assert amount(str(read.value)) == Amount(read.value, "", "exact")


@settings(deadline=None)  # tables load on first use
@given(st.integers(0, 10**12))
def test_every_whole_number_survives_thousands_marks(number: int) -> None:
    for marks in (",", "\u00a0", " ", "'"):
        assert amount(f"{number:,}".replace(",", marks)).value == number
