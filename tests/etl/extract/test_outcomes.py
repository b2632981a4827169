from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.extract.counts import counts
from etl.extract.outcomes import outcomes
from etl.extract.phrases import Passage
from etl.extract.stance import sentences
from etl.reference import rows


def found(text: str) -> list[tuple[str, int | None, bool]]:
    return [(each.type, each.count, each.planned) for each in outcomes(sentences({"body_text": text}))]


TOLD = [
    ("The rectors opened a joint laboratory.", [("joint_lab", None, False)]),
    ("Открыта совместная лаборатория.", [("joint_lab", None, False)]),
    ("Teams published 12 joint papers.", [("joint_publication", 12, False)]),
    ("Опубликовано более 30 совместных статей.", [("joint_publication", 30, False)]),
    ("Three joint laboratories work on it.", [("joint_lab", 3, False)]),
    ("A double degree programme was launched.", [("double_degree", None, False)]),
    ("Запущена программа двойного диплома.", [("double_degree", None, False)]),
    ("The group won a grant of the foundation.", [("grant", None, False)]),
    ("Учёные выиграли грант.", [("grant", None, False)]),
    ("A patent was registered.", [("patent", None, False)]),
    ("Получен патент на сплав.", [("patent", None, False)]),
    ("Exchange of 20 students took place.", [("mobility", 20, False)]),
    ("The summer school gathered 400 participants.", [("school", 400, False)]),
    ("Открыто представительство в Дели.", [("representative_office", None, False)]),
    ("They opened a laboratory and a centre.", [("joint_lab", None, False), ("joint_center", None, False)]),
]
PLANNED = [
    ("The sides will open a joint laboratory.", "joint_lab"),
    ("They discussed opening a joint laboratory.", "joint_lab"),
    ("They agreed to open a centre.", "joint_center"),
    ("A double degree is to start in autumn.", "double_degree"),
    ("Стороны намерены открыть совместную лабораторию.", "joint_lab"),
    ("Вузы планируют запустить программу двойного диплома.", "double_degree"),
    ("Обсудили открытие центра.", "joint_center"),
    ("Конференция состоится осенью.", "event"),
    ("Стороны договорились создать совместный институт.", "joint_institute"),
]
NOTHING = [
    "The laboratory of Professor Smith stands on a hill.",
    "No joint laboratory was opened.",
    "A joint laboratory.",
    "Гости осмотрели лаборатории.",
    "In 2019 the university had guests.",
    "",
]


@pytest.mark.parametrize(("text", "expected"), TOLD)
def test_what_was_achieved(text: str, expected: list[tuple[str, int | None, bool]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(("text", "kind"), PLANNED)
def test_planned_is_not_achieved(text: str, kind: str) -> None:
    assert (kind, True) in [(each[0], each[2]) for each in found(text)]
    assert not [each for each in found(text) if not each[2]]


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_no_outcome(text: str) -> None:
    assert found(text) == []


NUMBERS = [
    ("12 papers", [12]),
    ("1 200 people and 3,500 guests", [1200, 3500]),
    ("34 thousand students", [34000]),
    ("twenty-five or two dozen", [25, 24]),
    ("двадцать пять человек", [25]),
    ("over a thousand", [1000]),
    ("on 5 May 2019", []),
    ("the 5th time, 13-й раз, 40 %", []),
    ("Priority 2030 and QS-100", []),
    ("1.5 and 3:30", []),
]


@pytest.mark.parametrize(("text", "values"), NUMBERS)
def test_numbers_that_count_something(text: str, values: list[int]) -> None:
    assert [each.value for each in counts(Passage(text))] == values


@settings(deadline=None)
@given(st.text())
def test_any_text_gives_outcomes_whose_span_is_their_text(text: str) -> None:
    codes = {row["code"] for row in rows("outcome_types")}
    for each in outcomes(sentences({"title": text})):
        assert each.type in codes
        assert text[each.start : each.end] == each.text
        assert each.count is None or each.count >= 0


def test_every_rule_gives_a_type_and_says_what_it_needs() -> None:
    codes = {row["code"] for row in rows("outcome_types")}
    for row in rows("news_outcomes"):
        assert row["code"] in codes, row
        assert row["needs"] in ("act", "thing", "count", "plan"), row
