from __future__ import annotations

import pytest

from etl.extract.missions import country_name, ministry_name, mission_name
from etl.extract.named import Home
from etl.extract.tokens import tokens
from etl.extract.who import Reader
from etl.normalise import countries
from etl.reference import rows

READER = Reader([], {language: countries.names(language) for language in ("en", "ru")}, Home(("Foo University",), "RUS"))

BODIES = [
    ("The Dutch ambassador came", "en", ["Embassy of the Netherlands"], "an adjective and the office"),
    ("Встреча с послом Перу", "ru", ["Embassy of Peru"], "a Russian office in a case"),
    ("посол Перу познакомился с вузом", "ru", ["Embassy of Peru"], "the verb is no part of it"),
    ("Генконсул Индии открыл выставку", "ru", ["Consulate General of India"], "a consulate general"),
    ("Turkey's energy minister met the Iraqi oil ministry", "en", ["Ministry of Energy of Turkey", "Ministry of Oil of Iraq"], "before"),
    ("the Chilean minister spoke", "en", [], "a minister of nothing has no ministry"),
    ("проект министерства образования и науки Непала", "ru", ["Ministry of Education and Science of Nepal"], "two subjects"),
    ("the Consulate General of Chad gave books", "en", ["Consulate General of Chad"], "a consulate is no embassy"),
    ("consuls of Peru and Nepal", "en", ["Consulate of Peru", "Consulate of Nepal"], "a list of consuls"),
    ("ambassadors of Peru, Chile and Nepal", "en", ["Embassy of Peru", "Embassy of Chile", "Embassy of Nepal"], "a list"),
    ("с послами Перу, Чили и Непала", "ru", ["Embassy of Peru", "Embassy of Chile", "Embassy of Nepal"], "a Russian list"),
    ("ambassadors of friendship from Peru", "en", [], "no list of countries"),
    ("вместе с Русским домом в Каире", "ru", ["Russian House in Cairo"], "a house of culture in a case"),
    ("the Russian House in Moscow", "en", [], "not at home"),
    ("при генеральном консульстве Чили", "ru", ["Consulate General of Chile"], "an adjective before the head"),
    ("The Chilean consul and the consul general of Chile", "en", ["Consulate General of Chile"], "the fuller name of one consulate"),
    (
        "Peru's minister of energy and natural resources",
        "en",
        ["Ministry of Energy and Natural Resources of Peru"],
        "subjects of ministries alone",
    ),
    ("a russian house in Cairo", "en", [], "any house"),
]


@pytest.mark.parametrize(("text", "language", "expected", "why"), BODIES, ids=[why for *_, why in BODIES])
def test_a_body_of_a_state_has_one_name(text: str, language: str, expected: list[str], why: str) -> None:
    assert [each.name for each in READER.partners({"text": text}, language)] == expected


def test_the_words_that_prove_a_body_are_those_of_the_text() -> None:
    text = "Вчера посол Перу приехал"
    (found,) = READER.partners({"text": text}, "ru")
    assert text[found.start : found.end] == found.text == "посол Перу"


def test_title_and_text_speak_of_one_embassy() -> None:
    assert len(READER.partners({"title": "Посол Эфиопии познакомился с вузом", "text": "Визит посла Эфиопии в России."}, "ru")) == 1


def test_a_subject_that_is_not_in_the_list_gives_no_english_name() -> None:
    assert ministry_name(tokens("чудес"), "PER") == ""
    assert mission_name(tokens("министр"), {"ministry"}, "PER") == ""


def test_every_country_has_a_name_to_say() -> None:
    assert all(country_name(row["alpha_3"]) for row in rows("countries"))
