"""Counts: a whole number as written, or refused."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from tests.hostile.case import Case, accepts, quarantines
from tests.hostile.files import OUTCOME, SHEET, book, delimited, edited, outcome

READ: dict[str, tuple[object, int | None]] = {
    "zero": ("0", 0),
    "blanks_between": ("3 595", 3595),
    "comma_groups": ("1,234,567", 1234567),
    "nbsp": ("3\u00a0595", 3595),
    "full_width": ("１２", 12),
    "words": ("двадцать", 20),
    "percent": ("50%", 50),
    "empty": ("", None),
    "fifteen_digits": ("123456789012345", 123456789012345),
    "arabic_digits": ("٤٢", 42),
}
REFUSED = {
    "negative": ("-3", "negative_count"),
    "negative_typographic": ("−3", "negative_count"),
    "negative_in_brackets": ("(3)", "negative_count"),
    "nan": ("NaN", "non_finite"),
    "nan_small": ("nan", "non_finite"),
    "infinity": ("inf", "non_finite"),
    "minus_infinity": ("-Infinity", "non_finite"),
    "overflow": ("1e400", "non_finite"),
    "fraction": ("2.5", "bad_number"),
    "fraction_comma": ("2,5", "bad_number"),
    "exponent": ("1e3", "bad_number"),
    "word": ("many", "bad_number"),
    "two_numbers": ("3; 4", "bad_number"),
    "range": ("3-5", "bad_number"),
    "twenty_digits": ("9" * 20, "bad_number"),
    "plus": ("+7", "bad_number"),
    "hexadecimal": ("0x10", "bad_number"),
    "true": ("TRUE", "bad_number"),
    "currency": ("1.000", "bad_number"),
    "underscores": ("1_000", "bad_number"),
}


def _rows(value: object) -> list[list[object]]:
    return [outcome(**{"Outcome ID": "O-1"}), outcome(**{"Outcome ID": "O-2", "Value": value})]


_FIRST = {2: {"outcome_id": "O-1", "amount": 4}}


def _read(value: object, published: int | None) -> Case:
    return accepts("case.csv", delimited(_rows(value), OUTCOME), {**_FIRST, 3: {"outcome_id": "O-2", "amount": published}})


def _refused(value: object, code: str) -> Case:
    return quarantines("case.csv", delimited(_rows(value), OUTCOME), code, {3}, _FIRST)


TABLE: dict[str, Callable[[], Case]] = {
    **{f"read_{name}": partial(_read, *each) for name, each in READ.items()},
    **{f"refused_{name}": partial(_refused, *each) for name, each in REFUSED.items()},
}


def number_cell() -> Case:
    return accepts("case.xlsx", book(_rows(12), OUTCOME), {**_FIRST, 3: {"amount": 12}})


def fraction_cell() -> Case:
    return quarantines("case.xlsx", book(_rows(12.5), OUTCOME), "bad_number", {3}, _FIRST)


def negative_cell() -> Case:
    return quarantines("case.xlsx", book(_rows(-12), OUTCOME), "negative_count", {3}, _FIRST)


def _raw_cell(raw: str) -> bytes:
    return edited(book(_rows(12345), OUTCOME), SHEET, "<v>12345</v>", f"<v>{raw}</v>")


def overflowing_cell() -> Case:
    return quarantines("case.xlsx", _raw_cell("1E+400"), "non_finite", {3}, _FIRST)


def cell_of_noise() -> Case:
    return accepts("case.xlsx", _raw_cell("7.0000000000000001"), {**_FIRST, 3: {"amount": 7}})


def unknown_metric() -> Case:
    rows = [outcome(), outcome(**{"Outcome ID": "O-2", "Metric": "Weather"})]
    return quarantines("case.csv", delimited(rows, OUTCOME), "bad_type", {3}, _FIRST)
