"""Amounts of outcomes: known units in the reader's language with its plurals, in whatever language the source has them."""

from __future__ import annotations

import pytest

from dashboard.locale import LANGUAGES, speaker
from dashboard.pages.names import how_many
from dashboard.units import UNITS, alone, amount
from etl.tables import Outcome

CASES = [
    # language, number, unit as written, as said, what the case protects
    ("ru", 1, "students", "1 студент", "one"),
    ("ru", 21, "students", "21 студент", "twenty-one is like one"),
    ("ru", 2200, "Students", "2\u00a0200 студентов", "many, and a capital letter"),
    ("zh", 2200, "students", "2,200名学生", "no space and no plural in Chinese"),
    ("en", 1, "students", "1 student", "the plural of the source is not that of the number"),
    ("en", 3, "студентов", "3 students", "a Russian source read in English"),
    ("zh", 3, "учёных", "3名科学家", "a Russian source read in Chinese"),
    ("ru", 5, "учeных", "5 учeных", "a Latin letter among Cyrillic ones: another word"),
    ("ru", 2, "wind tunnels", "2 wind tunnels", "what is not known stays as written"),
    ("ru", 2.5, "years", "2,5 years", "no plural fits a fraction"),
    ("ru", 7, None, "7", "no unit"),
]


@pytest.mark.parametrize(("language", "number", "unit", "said", "why"), CASES, ids=[why for *_, why in CASES])
def test_an_amount_is_said(language: str, number: float, unit: str | None, said: str, why: str) -> None:
    assert amount(speaker(language), number, unit) == said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_of_every_unit_in_every_language_is_known(language: str) -> None:
    for texts in UNITS:
        for number in (1, 2, 5):
            said = speaker(language).count(texts, number)
            unit = said.removeprefix(str(number)).strip()
            assert amount(speaker("en"), 5, unit) != f"5 {unit}" or language == "en"
            assert unit and alone(speaker(language), number, unit)


@pytest.mark.parametrize(
    ("qualifier", "said"), [("at_least", "40 статей или больше"), ("about", "примерно 40 статей"), (None, "40 статей")]
)
def test_how_sure_an_amount_is_stands_beside_it(qualifier: str | None, said: str) -> None:
    row = {Outcome.count: 40, Outcome.unit: "papers", Outcome.qualifier: qualifier}
    assert how_many(speaker("ru"), row) == said
