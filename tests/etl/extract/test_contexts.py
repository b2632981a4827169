from __future__ import annotations

import pytest

from etl.extract.named import Home
from etl.extract.who import Reader
from etl.normalise import countries

READER = Reader([], {language: countries.names(language) for language in ("en", "ru")}, Home(("Foo University",), "RUS"))

NAMES = [
    ("Experts from Zorbax spoke", "en", ["Zorbax"], "people of a company"),
    ("specialists of Zorbax, Quuxel and BRT-Steel", "en", ["Zorbax", "Quuxel", "BRT-Steel"], "a list"),
    ("a contract with Zorbax Energy was signed", "en", ["Zorbax Energy"], "a contract with it"),
    ("Zorbax, the Chilean mining company, came", "en", ["Zorbax"], "said behind"),
    ("the trip was paid by Zorbax", "en", ["Zorbax"], "done by it"),
    ("специалисты Zorbax прочли лекции", "ru", ["Zorbax"], "Latin letters behind people"),
    ("experts from Peru and Arequipa", "en", [], "a country and a city"),
    ("experts of Ivan Petrov's group", "en", [], "a person"),
    ("the evening was organised by Ivan Petrov", "en", [], "a person has two names"),
    ("a contract with Erasmus and cooperation with Latin America", "en", [], "a programme and a part of the world"),
    ("Zorbax is a nice word", "en", [], "nothing says what it is"),
    ("engineers from Foo University", "en", [], "the home institution"),
]


@pytest.mark.parametrize(("text", "language", "expected", "why"), NAMES, ids=[why for *_, why in NAMES])
def test_the_words_around_tell_an_organisation(text: str, language: str, expected: list[str], why: str) -> None:
    found = READER.partners({"text": text}, language)
    assert [each.name for each in found] == expected
    assert all(text[each.start : each.end] == each.text and each.method == "context" for each in found)


PERSONS = [
    ("Ректор Ташкентского университета связи Алишер Каримов", "Ташкентский университет связи", "a person behind"),
    ("ректор университета имени Мирзо Улугбека", "университет имени Мирзо Улугбека", "the person it is named after"),
    ("Профессор Университета Квукс Георгиос Анастасопулос", "Университет Квукс", "what the name is of, then two names of a person"),
    ("в Университете Сан Паулу", "Университет Сан Паулу", "no title before"),
]


@pytest.mark.parametrize(("text", "expected", "why"), PERSONS, ids=[why for *_, why in PERSONS])
def test_who_holds_an_office_is_no_part_of_the_name(text: str, expected: str, why: str) -> None:
    assert [each.name for each in READER.partners({"text": text}, "ru")] == [expected]


def test_of_two_names_of_an_unknown_organisation_the_fuller_stays() -> None:
    texts = {"title": "Делегация Кабульского политеха", "text": "Ректор Кабульского политехнического университета приехал."}
    assert [each.name for each in READER.partners(texts, "ru")] == ["Кабульский политехнический университет"]
