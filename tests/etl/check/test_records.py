from __future__ import annotations

import pytest

from etl.check.records import contradictions, is_before
from tests.etl.builders import record

BEFORE = [
    ("2021-12-31", "2022-01-01", True, "days"),
    ("2021", "2022-05", True, "another year"),
    ("2022", "2022-05", False, "a year does not lie before a month of its own"),
    ("2022-05", "2022-05-01", False, "nor a month before its day"),
    ("2023", "2022-05", False, "later"),
]


@pytest.mark.parametrize(("a", "b", "expected", "why"), BEFORE, ids=[why for *_, why in BEFORE])
def test_before_is_only_what_certainly_lies_before(a: str, b: str, expected: bool, why: str) -> None:
    assert is_before(a, b) is expected


REFUSED = [
    (record(signed="2020-05", expires="2019"), "date_order"),
    (record(signed="2026-11-23"), "future_signed"),
    (record(signed="2027"), "future_signed"),
]


@pytest.mark.parametrize(("wrong", "code"), REFUSED)
def test_a_record_that_contradicts_itself_is_refused_with_its_cell(wrong, code) -> None:
    kept, findings = contradictions([wrong], "2026-11-22")
    assert kept == []
    assert [(f.code, f.severity, f.letter, f.row) for f in findings] == [(code, "error", "F", 5)]


@pytest.mark.parametrize("right", [record(), record(signed="2026"), record(signed="2026-11-22"), record(signed="2022-05", expires="2022")])
def test_what_is_possible_is_kept(right) -> None:
    assert contradictions([right], "2026-11-22") == ([right], [])
