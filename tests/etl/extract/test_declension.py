from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.extract.declension import adjective_forms, nominative, noun_forms, places_of
from etl.text import fold

FORMS = [
    ("Минск", "Минском", "a hard consonant"),
    ("Варшава", "Варшаве", "in -а"),
    ("Прага", "Праги", "и behind г"),
    ("София", "Софию", "in -ия"),
    ("Казань", "Казанью", "a soft sign"),
    ("Дубай", "Дубая", "in -й"),
    ("Нижняя Саксония", "Нижней Саксонии", "an adjective with its noun"),
    ("Нью-Йорк", "Нью-Йорке", "only the last part"),
    ("Череповец", "Череповца", "a fleeting vowel"),
    ("Токио", "Токио", "not declined"),
]
PLACES = [
    ("харбинского", "харбин"), ("делийскому", "дели"), ("познанский", "познань"), ("гаванские", "гавана"), ("токийским", "токио"),
    ("таллинская", "таллин"), ("хельсинкском", "хельсинки"),
]  # fmt: skip
NO_PLACES = ["научный", "ск", "техники", ""]


@pytest.mark.parametrize(("name", "form", "why"), FORMS, ids=[why for *_, why in FORMS])
def test_a_name_has_its_cases(name: str, form: str, why: str) -> None:
    assert form in noun_forms(name)


@pytest.mark.parametrize(("adjective", "place"), PLACES)
def test_an_adjective_leads_to_its_place(adjective: str, place: str) -> None:
    assert place in places_of(fold(adjective))


@pytest.mark.parametrize("word", NO_PLACES)
def test_another_word_leads_to_no_place(word: str) -> None:
    assert places_of(fold(word)) == []


def test_a_soft_adjective_stays_soft() -> None:
    assert adjective_forms("Нижняя")[1] == "Нижнего"


def test_an_unknown_head_leaves_the_name_as_it_is_written() -> None:
    assert nominative(["Большого", "театра"], 1, "", "") == "Большого театра"


@given(st.text())
def test_any_name_has_itself_among_its_forms(name: str) -> None:
    assert name in noun_forms(name) or any(
        part.endswith(("ая", "яя", "ое", "ее", "ые", "ие", "ый", "ий", "ой")) for part in name.replace("-", " ").split(" ")
    )
