import csv
from contextlib import suppress
from datetime import date as calendar_date
from pathlib import Path

import pytest
from babel.dates import format_date
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.errors import Unreadable
from etl.normalise import dates
from etl.normalise.dates.words import months, small_words

CASES = Path(__file__).parents[2] / "cases"


def cases(name: str) -> list[dict[str, str]]:
    with (CASES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("case", cases("dates_as_people_write_them"), ids=lambda case: case["why"])
def test_reads(case: dict[str, str]) -> None:
    assert dates.date(case["typed"]).value == case["published"]


@pytest.mark.parametrize("case", cases("not_dates"), ids=lambda case: case["why"])
def test_refuses(case: dict[str, str]) -> None:
    with pytest.raises(Unreadable):
        dates.date(case["typed"])


ORDERS = [
    # as typed    order  as published  sure   why
    ("05/03/2021", "", "2021-03-05", False, "slashes do not tell the order"),
    ("05/03/2021", "mixed", "2021", False, "a column of both orders gives no day"),
    ("05/03/2021", "dmy", "2021-03-05", False, "the order of the column"),
    ("05/03/2021", "mdy", "2021-05-03", False, "the other order of the column"),
    ("05.03.2021", "dmy", "2021-03-05", True, "dots are day first"),
    ("25/03/2021", "dmy", "2021-03-25", True, "only one order is possible"),
    ("03/25/2021", "mdy", "2021-03-25", True, "only one order is possible"),
    ("05/05/2021", "dmy", "2021-05-05", True, "both orders agree"),
    ("21-03-05", "ymd", "2021-03-05", False, "two digits first"),
]


@pytest.mark.parametrize(("typed", "order", "published", "sure", "why"), ORDERS, ids=[why for *_, why in ORDERS])
def test_an_ambiguous_order_is_read_and_flagged(typed: str, order: str, published: str, sure: bool, why: str) -> None:
    read = dates.date(typed, order)
    assert (read.value, read.confidence == 1.0) == (published, sure)
    assert ("ambiguous" in read.rule) == (order in ("", "mixed") and not sure)


ENDS = [
    ("2019-2021", "2021", "the end of a range"),
    ("01.01.2020 - 31.12.2024", "2024-12-31", "the end of a range of days"),
    ("с 5 по 10 марта 2022 г.", "2022-03-10", "the end of a range in words"),
    ("до 31.12.2025", "2025-12-31", "until"),
    ("2021/22", "2022", "the end of an academic year"),
    ("31.12.2025", "2025-12-31", "no range"),
]


@pytest.mark.parametrize(("typed", "published", "why"), ENDS, ids=[why for *_, why in ENDS])
def test_the_end_of_a_range_on_demand(typed: str, published: str, why: str) -> None:
    assert dates.date(typed, end=True).value == published


@pytest.mark.parametrize("typed", ["с 2019 г. по н.в.", "2019 - present", "since 2019", "с 01.09.2023", "2023-"])
def test_a_start_is_no_end(typed: str) -> None:
    with pytest.raises(Unreadable):
        dates.date(typed, end=True)


@pytest.mark.parametrize("style", ["long", "full"])
@pytest.mark.parametrize(
    "locale",
    [
        "en",
        "en_GB",
        "ru",
        "de",
        "fr",
        "es",
        "it",
        "pt",
        "pl",
        "cs",
        "uk",
        "tr",
        "kk",
        "uz",
        "hy",
        "ar",
        "fa",
        "hi",
        "zh",
        "ja",
        "ko",
        "vi",
        "el",
        "hu",
        "fi",
    ],
)
def test_every_month_of_a_locale_is_read_as_its_standard_writes_it(locale: str, style: str) -> None:
    for month in range(1, 13):
        day = calendar_date(2024, month, 13 + month)
        assert dates.date(format_date(day, style, locale=locale)).value == day.isoformat()


def test_no_month_name_is_lost_to_a_small_word() -> None:
    assert {word for word in months() if word in small_words()} <= {"des", "kesa", "dag", "gun"}


@settings(deadline=None)  # tables load on first use
@given(st.dates(calendar_date(1900, 1, 1), calendar_date(2199, 12, 31)))
def test_every_day_survives_its_common_forms(day: calendar_date) -> None:
    for form in ("%Y-%m-%d", "%d.%m.%Y", "%Y.%m.%d", "%Y%m%d"):
        assert dates.date(day.strftime(form)).value == day.isoformat()


PIECES = st.lists(
    st.sampled_from(
        ["2023", "14", "11", "0", "32", "г.", "мая", "may", "-", ".", "/", ",", "до", "q1", "'", "年", "月", "to", " ", "'21", "весна", "?"]
    ),
    max_size=8,
).map(" ".join)


@settings(deadline=None)  # tables load on first use
@given(st.one_of(st.text(), PIECES, PIECES.map(lambda text: text.replace(" ", ""))), st.sampled_from(["dmy", "mdy", "ymd"]), st.booleans())
def test_any_text_is_read_or_refused_and_an_answer_stays_itself(typed: str, order: str, end: bool) -> None:
    with suppress(Unreadable):
        read = dates.date(typed, order, end)
        assert 0 < read.confidence <= 1
        assert dates.date(read.value, order, end).value == read.value


FORMS = [
    ("Mar-21", "2021-03", "a month as Excel shows it"),
    ("мар.21", "2021-03", "a month as Russian Excel shows it"),
    ("summer '18", "2018-22", "a season of two digits of the year"),
    ("2020年3月12日至15日", "2020-03-12", "a range whose end leaves out year and month"),
    ("the third month of 2021", "2021-03", "a month by its ordinal number"),
    ("décimo segundo mês de 2013", "2013-12", "a month by its ordinal number in Portuguese"),
    ("5 марта 2O21", "2021-03-05", "a letter o where a zero was meant"),
]


@pytest.mark.parametrize(("typed", "published", "why"), FORMS, ids=[why for *_, why in FORMS])
def test_less_common_forms(typed: str, published: str, why: str) -> None:
    assert dates.date(typed).value == published


@pytest.mark.parametrize("typed", ["2021-13-01", "2021-25-12", "2021-00-10"])
def test_iso_has_one_order_only(typed: str) -> None:
    with pytest.raises(Unreadable):
        dates.date(typed)


def test_the_end_of_a_range_takes_from_its_start_what_it_leaves_out() -> None:
    assert dates.date("2020年3月12日至15日", end=True).value == "2020-03-15"
