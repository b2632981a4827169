from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.extract.mentions import Names

NAMES = Names(
    {
        "Graz University of Technology": "graz",
        "TUHH": "tuhh",
        "Tsinghua University": "tsinghua",
        "Tsinghua": "tsinghua",
        "Белорусско-Российский университет": "bru",
        "Китай": "CHN",
        "Mali": "MLI",
        "Sun": "SUN",
    }
)

FOUND = [
    ("A visit to Graz University of Technology's labs", ["Graz University of Technology"], "possessive"),
    ("Tsinghua University and TUHH", ["Tsinghua University", "TUHH"], "the longer name wins"),
    ("вместе с Белорусско-Российским университетом в Китае", ["Белорусско-Российским университетом", "Китае"], "Russian cases"),
    ("GRAZ UNIVERSITY OF TECHNOLOGY", ["GRAZ UNIVERSITY OF TECHNOLOGY"], "capitals"),
]
NOT_FOUND = [
    ("tuhh is written small", "an acronym only in capitals"),
    ("Graz University", "half a name"),
    ("a somalian guest", "a name inside another word"),
    ("the mali of the text", "a small letter is no name"),
    ("The sun shines, Sun too", "names of three letters that are no acronym are not looked for"),
]


@pytest.mark.parametrize(("text", "expected", "why"), FOUND, ids=[why for *_, why in FOUND])
def test_finds(text: str, expected: list[str], why: str) -> None:
    assert [m.text for m in NAMES.find(text)] == expected
    assert all(text[m.start : m.end] == m.text for m in NAMES.find(text))


@pytest.mark.parametrize(("text", "why"), NOT_FOUND, ids=[why for _, why in NOT_FOUND])
def test_does_not_find(text: str, why: str) -> None:
    assert list(NAMES.find(text)) == []


@given(st.text())
def test_any_text_gives_spans_that_hold(text: str) -> None:
    found = list(NAMES.find(text))
    assert all(text[m.start : m.end] == m.text for m in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
