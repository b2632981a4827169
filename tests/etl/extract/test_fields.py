"""Fields in running text: what is found and where, and what is left alone because it is a name or no field."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies

from etl.extract.fields import FieldTerms
from etl.normalise.fields import in_texts

FIELDS = FieldTerms(in_texts())

FOUND = [
    # text    spans and codes    what the case protects
    ("Work on welding began.", [("welding", "2.5")], "a single word that is unmistakably a field"),
    ("A talk on fluid mechanics", [("fluid mechanics", "1.3")], "the longest term, not mechanics"),
    ("Занятия по сварке и робототехнике", [("сварке", "2.5"), ("робототехнике", "2.2")], "Russian datives"),
    ("лаборатория аддитивных технологий", [("аддитивных технологий", "2.3")], "a Russian genitive of two words"),
    ("civil and mechanical engineering", [("civil", "2.1"), ("mechanical engineering", "2.3")], "two adjectives share a noun"),
    (
        "mechanical, electrical and civil engineering",
        [("mechanical", "2.3"), ("electrical", "2.2"), ("civil engineering", "2.1")],
        "three adjectives share a noun",
    ),
    ("методы AI, а не ai", [("AI", "1.2")], "an abbreviation only in capitals"),
    ("the laboratory of robotics", [("robotics", "2.2")], "a laboratory is named after what it does"),
    ("cyber-physical systems", [("cyber-physical systems", "2.2")], "a hyphen within a term"),
    ("开设机器人课程", [("机器人", "2.2")], "Chinese, within a sentence"),
    ("Friction stir welding, robotics.", [("Friction stir welding", "2.5"), ("robotics", "2.2")], "a capital at the beginning"),
    ("Institute of Physics opens; robotics is next", [("robotics", "2.2")], "behind a name the text goes on"),
    ("Институт физики открыл курс по сварке", [("сварке", "2.5")], "the same in Russian"),
    ("a summer school on robotics", [("robotics", "2.2")], "a school that is an event"),
    ("физики, университет, сварка", [("физики", "1.3"), ("сварка", "2.5")], "a unit that is not the unit of the word"),
]

LEFT = [
    # text    what the case protects
    ("", "empty"),
    ("Harbin Engineering University of Technology", "a field in the name of a university"),
    ("the Institute of Mechanical Engineering", "what an institute is of"),
    ("Department of Applied Mathematics and Physics", "the second field of a name too"),
    ("their energy institute", "a unit in small letters"),
    ("the faculty of economics", "the same with of"),
    ("в институте энергетики", "a Russian genitive after the unit"),
    ("университет экономики и финансов", "two of them"),
    ("Институт компьютерных наук и кибербезопасности", "a noun without an ending in the name"),
    ("at the School of Electrical Engineering", "a school in capitals"),
    ("机械工程学院", "a Chinese school"),
    ("science, technology and education", "words that are no field"),
    ("the St. Petersburg economic forum", "an adjective is not the discipline"),
    ("engineering schools and engineers", "engineering alone is no field"),
    ("young scientists and international relations", "terms of two words that mean something else in news"),
    ("it is history", "it is no IT"),
]


@pytest.mark.parametrize(("text", "expected", "why"), FOUND, ids=[why for *_, why in FOUND])
def test_a_field_is_found_with_its_span(text: str, expected: list[tuple[str, str]], why: str) -> None:
    assert [(mention.text, mention.value) for mention in FIELDS.find(text)] == expected


@pytest.mark.parametrize(("text", "why"), LEFT, ids=[why for _, why in LEFT])
def test_what_is_no_field_is_left_alone(text: str, why: str) -> None:
    assert list(FIELDS.find(text)) == []


PIECES = strategies.sampled_from(
    [*list(in_texts())[::200], "Institute of", "university", "институт", "и", "and", ",", "«", "\n", "’s", "学院", "Cтроительство", "ﬁeld"]
)


@given(strategies.lists(PIECES, max_size=12).map(" ".join) | strategies.text(max_size=80))
def test_spans_are_slices_from_left_to_right_and_do_not_overlap(text: str) -> None:
    end = 0
    for mention in FIELDS.find(text):
        assert mention.text == text[mention.start : mention.end] != ""
        assert mention.start >= end
        end = mention.end


def test_without_terms_nothing_is_found() -> None:
    assert list(FieldTerms({}).find("robotics 机器人")) == []
