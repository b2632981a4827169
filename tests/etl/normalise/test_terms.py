from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.errors import Unreadable
from etl.normalise import terms

MONTHS = [
    ("5 years", 60, "English"),
    ("5-year", 60, "a hyphen"),
    ("five (5) years", 60, "the number twice, as contracts have it"),
    ("twenty-five years", 300, "a number of two words"),
    ("1.5 years", 18, "a fraction that is whole in months"),
    ("two and a half years", 30, "a half in words"),
    ("2 years 6 months", 30, "years and months"),
    ("36 months from the date of signing", 36, "words around it"),
    ("annual", 12, "a word that states the length itself"),
    ("5 лет", 60, "Russian"),
    ("сроком на пять лет", 60, "Russian in words"),
    ("5 (пять) лет с даты подписания", 60, "both, with words around"),
    ("полтора года", 18, "a half in one word"),
    ("5 лет с автоматической пролонгацией", 60, "renewal beside it"),
    ("三年", 36, "Chinese"),
    ("一年半", 18, "a half in Chinese"),
    ("有效期5年，自动续签", 60, "Chinese with renewal"),
    ("5 Jahre", 60, "German"),
]
REFUSED = [
    ("", "empty"),
    ("5", "no unit"),
    ("years", "no number"),
    ("90 days", "days are no months"),
    ("3+2 years", "two terms"),
    ("5 лет с последующим продлением на 5 лет", "two terms"),
    ("до 2022 г.", "a date"),
    ("2023 г.", "a date"),
    ("1.3 years", "no whole number of months"),
    ("500 years", "longer than any agreement"),
    ("бессрочно", "no end"),
    ("0 months", "no length"),
    ("5 parrots", "a word nobody knows"),
]


@pytest.mark.parametrize(("typed", "months", "why"), MONTHS, ids=[why for *_, why in MONTHS])
def test_reads_months(typed: str, months: int, why: str) -> None:
    assert terms.months(typed) == months


@pytest.mark.parametrize(("typed", "why"), REFUSED, ids=[why for *_, why in REFUSED])
def test_refuses_what_is_no_term(typed: str, why: str) -> None:
    with pytest.raises(Unreadable):
        terms.months(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "бессрочно",
        "Бессрочный",
        "без ограничения срока",
        "indefinite",
        "open-ended",
        "no expiry date",
        "until terminated",
        "长期有效",
        "unbefristet",
    ],
)
def test_open_ended(typed: str) -> None:
    assert terms.open_ended(typed)


@pytest.mark.parametrize("typed", ["", "5 years", "31.12.2025", "не бессрочно", "limited", "определённый срок"])
def test_not_open_ended(typed: str) -> None:
    assert not terms.open_ended(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "auto-renewal",
        "automatically renewed",
        "5 лет, пролонгация",
        "автоматически продлевается",
        "с пролонгацией",
        "自动续签",
        "tacitly renewed",
    ],
)
def test_auto_renewal(typed: str) -> None:
    assert terms.auto_renewal(typed)


@pytest.mark.parametrize(
    "typed",
    ["", "5 years", "без пролонгации", "не продлевается автоматически", "no automatic renewal", "renewable by agreement", "不自动续签"],
)
def test_no_auto_renewal(typed: str) -> None:
    assert not terms.auto_renewal(typed)


ENDS = [
    ("2020-09-01", 60, "2025-08-31", "the end is inclusive"),
    ("2020-02-29", 12, "2021-02-28", "the anniversary does not exist"),
    ("2020-01-31", 1, "2020-02-29", "a shorter month"),
    ("2020-01-01", 12, "2020-12-31", "a calendar year"),
    ("2020-04", 60, "2025-04", "a month stays a month"),
    ("2020-11", 3, "2021-02", "over the new year"),
    ("2020", 60, "2025", "a year stays a year"),
    ("2020", 18, "2021", "a year is never made a month"),
    ("2020-22", 24, "2022", "a season ends in a year"),
]


@pytest.mark.parametrize(("signed", "months", "end", "why"), ENDS, ids=[why for *_, why in ENDS])
def test_expiry(signed: str, months: int, end: str, why: str) -> None:
    assert terms.expiry(signed, months) == end


@settings(deadline=None)  # tables load on first use
@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(1, 1200))
def test_a_longer_term_ends_later_and_the_day_after_is_the_anniversary_or_a_month_end(signed: date, months: int) -> None:
    end = date.fromisoformat(terms.expiry(signed.isoformat(), months))
    assert date.fromisoformat(terms.expiry(signed.isoformat(), months + 1)) > end
    after = end + timedelta(days=1)
    assert after.day == signed.day or after.day == 1


@settings(deadline=None)  # tables load on first use
@given(st.text())
def test_any_text_is_read_or_refused(typed: str) -> None:
    terms.open_ended(typed)
    terms.auto_renewal(typed)
    with suppress(Unreadable):
        months = terms.months(typed)
        assert terms.months(f"{months} months") == months
