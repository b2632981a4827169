"""Dates: read exactly, or refused; never 1970, never shifted by a time zone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial

from tests.hostile.case import Case, accepts, around, keeps_cell, quarantines, refuses_cell
from tests.hostile.files import AGREEMENT, GOOD_ROW, OUTCOME, SHEET, agreement, book, delimited, edited, news, outcome

READ = {
    "iso": ("2021-03-05", "2021-03-05"),
    "russian": ("05.03.2021", "2021-03-05"),
    "slashes_year_first": ("2021/03/05", "2021-03-05"),
    "words": ("5 March 2021", "2021-03-05"),
    "words_us": ("March 5, 2021", "2021-03-05"),
    "words_ru": ("5 марта 2021 г.", "2021-03-05"),
    "chinese": ("2021年3月5日", "2021-03-05"),
    "compact": ("20210305", "2021-03-05"),
    "ordinal": ("5th March 2021", "2021-03-05"),
    "day_over_twelve": ("13/04/2021", "2021-04-13"),
    "month_second": ("04/13/2021", "2021-04-13"),
    "year": ("2021", "2021"),
    "month": ("2021-03", "2021-03"),
    "month_words": ("March 2021", "2021-03"),
    "month_ru": ("03.2021", "2021-03"),
    "offset_east": ("2021-03-05T00:30:00+03:00", "2021-03-05"),
    "offset_west": ("2021-03-05T23:30:00-08:00", "2021-03-05"),
    "zulu": ("2021-03-05T23:59:59Z", "2021-03-05"),
    "midnight": ("2021-03-05 00:00:00", "2021-03-05"),
    "fraction": ("2021-03-05T12:00:00.123", "2021-03-05"),
    "before_1900": ("1899-12-31", "1899-12-31"),
    "leap_day": ("29.02.2020", "2020-02-29"),
    "epoch": ("1970-01-01", "1970-01-01"),
    "spaces": ("  2021-03-05 ", "2021-03-05"),
    "full_width": ("２０２１-０３-０５", "2021-03-05"),
    "hour_25": ("2021-03-05T25:00:00", "2021-03-05"),
    "bare_serial": ("44260", "2021-03-05"),
    "nbsp": ("5\u00a0March\u00a02021", "2021-03-05"),
}
REFUSED = {
    "february_30": "30.02.2021",
    "february_29": "2019-02-29",
    "month_13": "2021-13-05",
    "day_32": "32.01.2021",
    "june_31": "2021-06-31",
    "zeros": "0000-00-00",
    "word": "soon",
    "minus": "-5",
    "zero": "0",
    "sixty": "60",
    "serial_too_large": "2958466",
    "exponent": "1e10",
    "five_digits": "99999",
    "nan": "NaN",
    "infinity": "Infinity",
    "many_digits": "12345678901234567890",
    "year_zero": "0000",
    "both_over_twelve": "13/13/2021",
    "two_dates": "05.03.2021 06.04.2022 07.05.2023",
    "time_only": "12:30",
    "year_10000": "10000-01-01",
    "far_future": "20211-03-05",
    "percent": "50%",
    "formula": "=TODAY()",
    "money": "5 000 руб.",
}
TABLE: dict[str, Callable[[], Case]] = {
    **{f"read_{name}": partial(keeps_cell, "Signed", text, {"signed_on": value}) for name, (text, value) in READ.items()},
    **{f"refused_{name}": partial(refuses_cell, "Signed", text, "bad_date") for name, text in REFUSED.items()},
}


def ambiguous() -> Case:
    return keeps_cell("Signed", "05/03/2021", {"signed_on": "2021-03-05"}, "unknown_date_order")


def end_that_never_comes() -> Case:
    return refuses_cell("Expires", "9999-12-31", "bad_date")


def end_before_signature() -> Case:
    return refuses_cell("Expires", "2020-01-01", "date_order")


def end_on_the_day_of_signature() -> Case:
    return keeps_cell("Expires", "2021-03-05", {"expires_on": "2021-03-05"})


def end_no_date() -> Case:
    return refuses_cell("Expires", "31.11.2030", "bad_date")


def signed_in_the_future() -> Case:
    return refuses_cell("Signed", "2026-11-23", "future_signed")


def signed_on_the_day() -> Case:
    return keeps_cell("Signed", "2026-11-22", {"signed_on": "2026-11-22"})


def true_date() -> Case:
    return keeps_cell("Signed", date(2021, 3, 5), {"signed_on": "2021-03-05"}, typed=True)


def true_date_with_time() -> Case:
    return keeps_cell("Signed", datetime.fromisoformat("2021-03-05T23:59:00"), {"signed_on": "2021-03-05"}, typed=True)


def calendar_of_1904() -> Case:
    rows = [agreement(Signed=date(2021, 3, 5), Expires=date(2031, 3, 5))]
    return accepts("case.xlsx", book(rows, epoch_1904=True), {2: GOOD_ROW})


def bare_serial_in_a_workbook() -> Case:
    return keeps_cell("Signed", 44260, {"signed_on": "2021-03-05"}, typed=True)


def _serial(raw: str) -> bytes:
    rows = [agreement(**{"Agreement ID": f"E-{n}", "Signed": date(2021, 3, 5)}) for n in (1, 2, 3)]
    data = book(rows)
    return edited(data, SHEET, '<c r="E3" s="1" t="n"><v>44260</v></c>', f'<c r="E3" s="1" t="n"><v>{raw}</v></c>')


def _refused_serial(raw: str) -> Case:
    return quarantines("case.xlsx", _serial(raw), "bad_date", {3}, around())


TABLE |= {f"serial_{raw}": partial(_refused_serial, raw) for raw in ("60", "0", "-5", "2958466", "1e400", "NaN")}


def serial_59() -> Case:
    return accepts("case.xlsx", _serial("59"), around({"signed_on": "1900-02-28"}))


def serial_with_a_fraction() -> Case:
    return accepts("case.xlsx", _serial("44260.99"), around({"signed_on": "2021-03-05"}))


def iso_cell() -> Case:
    data = edited(_serial("7"), SHEET, '<c r="E3" s="1" t="n"><v>7</v></c>', '<c r="E3" t="d"><v>2020-05-01T00:00:00Z</v></c>')
    return accepts("case.xlsx", data, around({"signed_on": "2020-05-01"}))


def column_of_american_dates() -> Case:
    rows = [
        agreement(**{"Agreement ID": f"E-{n}", "Signed": text}) for n, text in ((1, "03/25/2021"), (2, "03/05/2021"), (3, "12/30/2020"))
    ]
    kept = {2: {"signed_on": "2021-03-25"}, 3: {"signed_on": "2021-03-05"}, 4: {"signed_on": "2020-12-30"}}
    return accepts("case.csv", delimited(rows), kept, "voted_date_order")


def _year(text: str) -> bytes:
    return delimited([outcome(**{"Outcome ID": "O-1"}), outcome(**{"Outcome ID": "O-2", "Year": text})], OUTCOME)


_KEPT = {2: {"outcome_id": "O-1", "happened_on": "2023", "amount": 4}}


def _refused_year(text: str) -> Case:
    return quarantines("case.csv", _year(text), "bad_date", {3}, _KEPT)


YEARS = ("20231", "0", "-2023", "year", "1e3", "0x7E7")
TABLE |= {f"outcome_year_{text}": partial(_refused_year, text) for text in YEARS}


def outcome_year_as_a_float() -> Case:
    return accepts("case.csv", _year("2022.0"), {**_KEPT, 3: {"happened_on": "2022"}})


def news_of_no_date() -> Case:
    from tests.hostile.files import NEWS

    rows = [news(), news(**{"News ID": "N-2", "Date": "31.06.2022"})]
    return quarantines("case.csv", delimited(rows, NEWS), "bad_date", {3}, {2: {"news_id": "N-1", "published_on": "2022-04-05"}})


def header_is_the_contract() -> Case:
    assert AGREEMENT[4] == "Signed"
    return accepts("case.csv", delimited([agreement()]), {2: GOOD_ROW})
