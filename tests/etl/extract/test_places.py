from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.extract.places import Place, Places, resolved
from etl.extract.tokens import tokens
from etl.reference import rows
from etl.text import fold

PLACES = Places([("Ouarzazate", "MAR"), ("Springfield", "USA"), ("Springfield", "CAN"), ("Of", "TUR")])

FOUND = [
    ("from Ouarzazate", ["ouarzazate"], "a city of the caller behind a preposition"),
    ("from Springfield", [], "a city of the caller that two countries have"),
    ("Ouarzazate grew", [], "a city of the caller without a preposition"),
    ("in Santiago de Compostela", ["santiago de compostela"], "the longest name"),
    ("в Нижней Саксонии и Ханое", ["lower saxony", "hanoi"], "Russian cases"),
    ("Пражский и венский", ["prague", "vienna"], "Russian adjectives"),
    ("ташкентские студенты", ["tashkent"], "a small adjective"),
    ("the hanoi of old", [], "a small letter is no name"),
    ("Gansu province and the province of Ninh Binh", ["gansu", "ninh binh"], "parts of countries"),
    ("Bath is warm, we met in Bath", ["bath"], "a common word only behind a preposition"),
    ("договор КАН и РАН", [], "an acronym is no city"),
    ("морской, женский и детский", [], "adjectives that only look like those of places"),
]


@pytest.mark.parametrize(("text", "keys", "why"), FOUND, ids=[why for *_, why in FOUND])
def test_finds_places(text: str, keys: list[str], why: str) -> None:
    assert [spot.place.key for spot in PLACES.find(tokens(text))] == keys


def test_every_country_of_the_list_is_known() -> None:
    known = {row["alpha_3"] for row in rows("countries")}
    assert {code for row in rows("cities") for code in row["alpha_3"].split("|")} <= known
    assert {row["alpha_3"] for row in rows("demonyms")} <= known


def test_no_name_of_the_list_stands_twice_for_the_same_country() -> None:
    counts = Counter((fold(row["name"]), row["language"], row["alpha_3"]) for row in rows("cities"))
    assert [name for name, count in counts.items() if count > 1] == []


def test_a_shared_name_is_settled_by_one_country_of_the_text_only() -> None:
    place = Place("cordoba", ("ESP", "ARG"))
    assert resolved(place, {"ARG": None}) == "ARG"
    assert resolved(place, {"ARG": None, "ESP": None}) == ""


@given(st.text())
def test_any_text_gives_ranges_of_its_words(text: str) -> None:
    words = tokens(text)
    assert all(0 <= spot.first < spot.last <= len(words) for spot in PLACES.find(words))
