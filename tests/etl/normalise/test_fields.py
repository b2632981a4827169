"""Research fields: what is read, what is refused and why, and that the lexicon is sound.

The labels here are made up for the trouble they stand for; how good the reading is on unseen labels is measured elsewhere.
"""

from __future__ import annotations

import csv
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, strategies

from etl.errors import Unreadable, Unsure
from etl.normalise import field_lexicon, fields, phrases
from etl.reference import rows
from etl.text import fold, script

CODES = {row["field_code"] for row in rows("ford")}
AREAS = {"1": 7, "2": 11, "3": 5, "4": 5, "5": 9, "6": 5}

READ = [
    # as typed                                      field   what the case protects
    ("Materials engineering", "2.5", "the official name"),
    ("MATERIALS  ENGINEERING.", "2.5", "case, spaces and full stops do not matter"),
    ("Электротехника, электронная техника, информационные технологии", "2.2", "an official name with commas"),
    ("土木工程", "2.1", "an official name in Chinese"),
    ("робототехнику", "2.2", "a Russian accusative"),
    ("композиционных материалов", "2.5", "a Russian genitive plural of two words"),
    ("Cтроительство", "2.1", "a Latin C in a Russian word"),
    ("haematology", "3.2", "British spelling"),
    ("hematology", "3.2", "American spelling"),
    ("Engineering, Mechanical", "2.3", "an inverted name of a library catalogue"),
    ("modern robotics", "2.2", "a vague word before the field"),
    ("Robotics (incl. drones)", "2.2", "brackets only explain"),
    ("history of medicine", "6.1", "the head noun decides, not the specific word"),
    ("психология спорта", "5.1", "the same in Russian"),
    ("agricultural machinery", "2.3", "the head noun decides over an adjective"),
    ("seismic retrofit of bridges", "2.1", "words of several fields, most for one"),
    ("нефтехимическое машиностроение", "2.3", "a stem and a term"),
    ("encephalopathy", "3.2", "an ending says the discipline of an unknown word"),
    ("机器人联合实验室", "2.2", "the field within a form of cooperation in Chinese"),
    ("joint laboratory of robotics", "2.2", "the same in English"),
    ("Летняя школа по робототехнике", "2.2", "the same in Russian"),
    ("student exchange in law", "5.5", "the field of an exchange"),
    ("heat exchange", "2.3", "exchange as a word of physics"),
    ("IT", "1.2", "an abbreviation that is also a word"),
    ("ИИ", "1.2", "an abbreviation in Russian"),
    ("人工智能技术", "1.2", "a vague ending in Chinese"),
    ("AI и большие данные", "1.2", "two scripts in one phrase"),
    ("гуманитарные науки", "6.5", "a whole area"),
    ("electro chemistry", "1.4", "a blank within a word"),
    ("Computer vision (robots (autonomous))", "1.2", "brackets within brackets"),
    ("Arctic seismology (not for law)", "1.5", "what stands in brackets does not weigh"),
]

FORM, NOTHING, UNKNOWN = "a form of cooperation", "names none in particular", "no word of it is known"
REFUSED = [
    # as typed                                       reason    what the case protects
    ("student exchange", FORM, "the commonest of them"),
    ("Обмен студентами и преподавателями", FORM, "two of them in one phrase"),
    ("обмен студентами с Китаем", FORM, "with an unknown word"),
    ("стажировок", FORM, "a vowel that comes and goes"),
    ("организация стажировок", FORM, "a verb made noun before it"),
    ("double degree programmes", FORM, "plural"),
    ("программа двойных дипломов", FORM, "not about the programming of diplomas"),
    ("联合实验室", FORM, "Chinese"),
    ("双学位项目", FORM, "Chinese, with a vague word"),
    ("совместные научные проекты", FORM, "research, but into nothing"),
    ("summer schools", FORM, "no schooling"),
    ("honorary titles", FORM, "neither research nor exchange"),
    ("strategic partnership", FORM, "no strategic studies"),
    ("science and technology", NOTHING, "all of it is none of it"),
    ("фундаментальные и прикладные исследования", NOTHING, "kinds of research are no fields"),
    ("области взаимного интереса", NOTHING, "what treaties write"),
    ("not specified", NOTHING, "said in words"),
    ("разное", NOTHING, "a rest"),
    ("基础研究", NOTHING, "Chinese"),
    ("", UNKNOWN, "empty"),
    ("—", UNKNOWN, "a dash for nothing"),
    ("2024", UNKNOWN, "a year in the wrong column"),
    ("Грац", UNKNOWN, "a town in the wrong column"),
    ("xyzzy", UNKNOWN, "no word"),
]

SPLIT = [
    # cell                                                          phrases                                   what the case protects
    ("IT, materials science; energy", ["IT", "materials science", "energy"], "two separators"),
    ("robotics\ncontrol", ["robotics", "control"], "a line break"),
    ("physics / chemistry", ["physics", "chemistry"], "a slash between spaces"),
    ("CAD/CAM", ["CAD/CAM"], "a slash within a word"),
    ("1) физика 2) химия", ["физика", "химия"], "a numbered list"),
    ("робототехника и энергетика", ["робототехника", "энергетика"], "и between two fields"),
    ("в области цифровой экономики", ["цифровой экономики"], "в области is no part of it"),
    ("in the field of robotics", ["robotics"], "the same in English"),
    (
        "в области умных материалов, интеллектуальных и аддитивных технологий",
        ["умных материалов", "интеллектуальных технологий", "аддитивных технологий"],
        "adjectives that share a noun",
    ),
    ("mechanical and electrical engineering", ["mechanical engineering", "electrical engineering"], "the same in English"),
    ("materials (steel, glass), law", ["materials (steel, glass)", "law"], "a comma within brackets"),
    (
        "law, Electrical engineering, electronic engineering, information engineering",
        ["law", "Electrical engineering, electronic engineering, information engineering"],
        "a name with commas within a list",
    ),
    ("history and archaeology", ["history and archaeology"], "a name with and"),
    ("物理学、化学", ["物理学", "化学"], "a Chinese comma"),
    ("energy; Energy", ["energy"], "said twice"),
    ("; ,", [], "separators only"),
]


@pytest.mark.parametrize(("typed", "code", "why"), READ, ids=[why for *_, why in READ])
def test_a_field_is_read(typed: str, code: str, why: str) -> None:
    assert fields.field(typed).value == code


@pytest.mark.parametrize(("typed", "reason", "why"), REFUSED, ids=[why for *_, why in REFUSED])
def test_what_is_no_field_is_refused_with_its_reason(typed: str, reason: str, why: str) -> None:
    with pytest.raises(Unreadable, match=reason) as refusal:
        fields.field(typed)
    assert not isinstance(refusal.value, Unsure)
    assert fields.is_form_of_cooperation(typed) == (reason == FORM)


@pytest.mark.parametrize("typed", ["теория поля", "molecular engineering"])
def test_a_text_of_several_fields_is_asked_about(typed: str) -> None:
    with pytest.raises(Unsure) as question:
        fields.field(typed)
    assert set(question.value.candidates) <= CODES
    assert 1 <= len(question.value.candidates) <= 3


@pytest.mark.parametrize(("cell", "expected", "why"), SPLIT, ids=[why for *_, why in SPLIT])
def test_a_cell_is_cut_into_phrases(cell: str, expected: list[str], why: str) -> None:
    assert fields.split(cell) == expected


def test_the_rule_names_the_words_that_decided() -> None:
    assert fields.field("Law").rule == "official name"
    assert fields.field("robotics").rule == "term"
    assert fields.field("robotics of soils").rule.startswith("words: ")


def test_a_whole_term_is_surer_than_its_words() -> None:
    assert fields.field("Law").confidence > fields.field("robotics").confidence > fields.field("joint laboratory of robotics").confidence


@given(strategies.text(max_size=60))
def test_any_text_is_read_or_refused_and_never_crashes(typed: str) -> None:
    fields.is_form_of_cooperation(typed)
    with suppress(Unreadable):
        read = fields.field(typed)
        assert read.value in CODES
        assert fields.SURE_ENOUGH <= read.confidence <= 1


@given(
    strategies.lists(
        strategies.sampled_from([row["term"] for row in rows("field_terms")] + ["и", "and", ",", ";", "(", "обмен"]), max_size=6
    )
)
def test_any_mixture_of_terms_is_read_or_refused_whatever_its_case(terms: list[str]) -> None:
    text = " ".join(terms)
    with suppress(Unreadable):
        assert fields.field(text) == fields.field(text.upper().lower())


@given(strategies.text(max_size=60))
def test_splitting_never_gives_an_empty_or_a_double_phrase(cell: str) -> None:
    split = [fold(phrase) for phrase in fields.split(cell)]
    assert all(split)
    assert len(split) == len(set(split))


def test_all_42_fields_stand_in_the_order_of_their_codes() -> None:
    codes = [one.field_code for one in fields.ALL]
    assert codes == sorted(codes, key=lambda code: tuple(int(part) for part in code.split(".")))
    assert Counter(code[0] for code in codes) == AREAS


@pytest.mark.parametrize("one", fields.ALL, ids=lambda one: one.field_code)
def test_a_field_has_its_area_and_names_in_three_languages(one: fields.Field) -> None:
    assert one.field_code.startswith(f"{one.area_code}.")
    assert [script(name) for name in (one.name_en, one.name_ru, one.name_zh)] == ["latin", "cyrillic", "han"]
    assert [script(name) for name in (one.area_en, one.area_ru, one.area_zh)] == ["latin", "cyrillic", "han"]
    for name in (one.name_en, one.name_ru, one.name_zh):
        assert fields.field(name).value == one.field_code
        assert fields.split(name) == [name]


def test_every_term_leads_to_a_field_that_exists() -> None:
    wrong = [row for row in rows("field_terms") if row["field_code"] not in CODES or row["kind"] not in ("term", "stem", "hint")]
    assert not wrong


def test_a_stem_has_its_star_at_one_end_and_no_other_term_has_one() -> None:
    for row in rows("field_terms"):
        stars = row["term"].count("*")
        assert stars == (row["kind"] == "stem") or (stars == 1 and row["kind"] == "hint"), row
        assert not stars or row["term"].startswith("*") or row["term"].endswith("*"), row


def test_no_term_stands_twice_and_so_none_leads_to_two_fields() -> None:
    names = [row[f"name_{language}"] for row in rows("ford") for language in ("en", "ru", "zh")]
    terms = [row["term"] for row in rows("field_terms")]
    others = [row["phrase"] for row in rows("not_fields") if row["kind"] in ("form", "other", "generic")]
    keys = Counter(_key(text) for text in (*names, *terms, *others))
    assert [key for key, times in keys.items() if times > 1] == []
    assert () not in keys


def _key(text: str) -> tuple[str, ...]:
    star = text.startswith("*") - text.endswith("*")
    return (str(star), fold(text)) if star else phrases.key(text)


def test_every_field_has_terms_in_three_languages() -> None:
    have = Counter((row["field_code"], row["language"]) for row in rows("field_terms"))
    assert [(code, language) for code in CODES for language in ("en", "ru", "zh") if not have[code, language]] == []


def test_every_term_is_read_as_its_own_field() -> None:
    wrong = [row for row in rows("field_terms") if "*" not in row["term"] and fields.field(row["term"]).value != row["field_code"]]
    assert not wrong


def test_every_phrase_that_is_no_field_is_refused() -> None:
    for row in rows("not_fields"):
        entry = field_lexicon.whole(row["phrase"].strip("*"))
        assert entry is None or not entry.code or "*" in row["phrase"], row


def test_the_labels_of_offices_are_read_but_for_one_in_a_hundred() -> None:
    with (Path(__file__).parents[2] / "cases" / "fields_as_offices_write_them.csv").open(encoding="utf-8", newline="") as file:
        cases = list(csv.DictReader(file))
    wrong = [case["typed"] for case in cases if _code(case["typed"]) not in case["codes"].split("|")]
    assert len(wrong) <= len(cases) / 100, wrong


def _code(typed: str) -> str:
    try:
        return fields.field(typed).value
    except Unreadable:
        return ""


WORDS = rows("field_words")


def test_the_words_for_texts_are_each_said_once_and_of_a_known_kind() -> None:
    assert {row["kind"] for row in WORDS} == {"sure", "unsure", "unit", "unit in capitals"}
    assert [key for key, times in Counter((fold(row["term"])) for row in WORDS).items() if times > 1] == []


def test_every_sure_word_is_a_term_of_the_lexicon_and_is_used() -> None:
    known = {phrases.key(term) for term in fields.in_texts()}
    assert [row["term"] for row in WORDS if row["kind"] == "sure" and phrases.key(row["term"]) not in known] == []


def test_the_terms_for_texts_are_read_as_their_own_field_and_none_is_unsure() -> None:
    terms = fields.in_texts()
    unsure = {phrases.key(row["term"]) for row in WORDS if row["kind"] == "unsure"}
    assert [term for term, code in terms.items() if fields.field(term).value != code or phrases.key(term) in unsure] == []
    assert not {"science", "technology", "education", "engineering", "наука", "технология", "образование", "科学", "技术"} & set(terms)
