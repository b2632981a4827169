"""Search finds in spite of typing errors, word endings and scripts, and marks what it found."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.search import Document, Index, Indexes, documents, fold, marked, words

NAMES = {
    "pku": ("Peking University", "Пекинский университет", "北京大学"),
    "bit": ("Beijing Institute of Technology", "Пекинский технологический институт", "北京理工大学"),
    "tsu": ("Tsinghua University", "Университет Цинхуа", "清华大学"),
    "graz": ("Graz University of Technology", "Грацский технический университет", None),
    "tub": ("Technische Universität Berlin", "Берлинский технический университет", None),
}
PARTNERS = [
    {"id": id_, "partner_name": en, "name_en": en, "name_ru": ru, "name_zh": zh, "written_forms": [en, ru]}
    for id_, (en, ru, zh) in NAMES.items()
]
NEWS = [{"id": "N1", "title": "A visit", "body_text": "Talks about metallurgy with guests from Harbin and from Graz."}]
INDEX = Index(documents({"partner": PARTNERS, "news": NEWS}))

FOUND = [
    ("пекинский унивирситет", "pku", "a typing error, in Russian"),
    ("пекинского университета", "pku", "another case"),
    ("beijng institut", "bit", "a letter is missing"),
    ("北京大学", "pku", "Chinese"),
    ("北京理工", "bit", "more of it in Chinese"),
    ("beijing daxue", "pku", "pinyin of the Chinese name"),
    ("цинхуа", "tsu", "Cyrillic"),
    ("universitat berlin", "tub", "without the dots"),
    ("пекинский", "pku", "an adjective of its own"),
    ("пекин унивирситет", "pku", "the city for the adjective, and an error"),
    ("унивирситет пекинский", "pku", "the frequent word first"),
    ("tekhnicheskij universitet graz", "graz", "as Russian is written in Latin letters"),
    ("технический университет граца", "graz", "a name in the genitive"),
    ("tsingua univercity", "tsu", "an error in each word"),
    ("清华大学", "tsu", "one of many that end so"),
    ("graz tech", "graz", "the beginning of a word"),
    ("ГРАЦ", "graz", "capitals, and another ending"),
    ("пекинские технологические", "bit", "two adjectives in another number"),
    ("metalurgy", "N1", "a word of a text"),
]


@pytest.mark.parametrize(("question", "wanted"), [case[:2] for case in FOUND], ids=[case[2] for case in FOUND])
def test_the_first_that_is_found_is_the_one_that_is_meant(question: str, wanted: str) -> None:
    assert wanted in [hit.document.row["id"] for hit in INDEX.find(question)][:1]


@pytest.mark.parametrize("question", ["пекинский унивирситет", "beijing univercity", "universität graz", "清华大学"])
def test_what_has_only_the_frequent_word_falls_away(question: str) -> None:
    """Every university has the other word; as many results as universities would be no answer."""
    many = [{"id": f"u{i}", "partner_name": f"University {i}", "name_en": f"University {i}", "name_ru": f"Университет {i}",
             "name_zh": f"{i}号大学", "written_forms": []} for i in range(40)]  # fmt: skip
    found = [hit.document.row["id"] for hit in Index(documents({"partner": [*many, *PARTNERS], "news": NEWS})).find(question)]
    assert found
    assert not [id_ for id_ in found if id_.startswith("u")]


def test_what_has_all_words_stands_before_what_has_a_rare_one_in_its_name() -> None:
    hits = INDEX.find("guests harbin graz")
    assert hits[0].document.row["id"] == "N1"
    assert hits[0].has_all
    lone = Index([Document("news", {"id": "text"}, (("Berlin and Harbin", 0.5),)), Document("partner", {"id": "name"}, (("Harbin", 3.0),))])
    assert [(hit.document.row["id"], hit.has_all) for hit in lone.find("harbin berlin")] == [("text", True)]
    assert [hit.document.row["id"] for hit in lone.find("harbin")] == ["name", "text"]


def test_another_word_by_a_letter_does_not_stand_before_the_very_word() -> None:
    other, meant = (("Neijing University", 3.0),), (("Beijing", 3.0), ("A cultural centre", 3.0))
    more = [Document("partner", {"id": str(i)}, ((f"University {i}", 3.0),)) for i in range(9)]
    index = Index([Document("partner", {"id": "other"}, other), Document("partner", {"id": "meant"}, meant), *more])
    assert index.find("beijing university")[0].document.row["id"] == "meant"
    assert index.find("neijing university")[0].document.row["id"] == "other"


def test_chinese_is_not_taken_for_what_only_sounds_alike() -> None:
    index = Index([Document("partner", {"id": "a"}, (("武清区", 3.0),)), Document("partner", {"id": "b"}, (("清华大学", 3.0),))])
    assert [hit.document.row["id"] for hit in index.find("清华")] == ["b"]


@pytest.mark.parametrize("question", ["", "  ", "!?", "xyzzyq", "qqqqqqqq wwwwwwww"])
def test_what_is_not_there_is_not_found(question: str) -> None:
    assert INDEX.find(question) == []


def test_all_words_are_wanted_where_something_has_them_all() -> None:
    assert {hit.document.row["id"] for hit in INDEX.find("graz metallurgy")} == {"N1"}


def test_two_errors_in_a_word_of_seven_letters_are_another_word() -> None:
    index = Index([Document("news", {"id": "a"}, (("It is being studied", 1.0),))])
    assert index.find("beijing") == []


def test_a_short_word_is_not_taken_for_another() -> None:
    index = Index([Document("news", {"id": "a"}, (("bit", 1.0),)), Document("news", {"id": "b"}, (("bat", 1.0),))])
    assert [hit.document.row["id"] for hit in index.find("bit")] == ["a"]


def test_what_fits_is_marked_in_every_script() -> None:
    assert marked("北京大学和清华", frozenset({"beijing"})) == [("北京", True), ("大学和清华", False)]
    assert marked("В Грац и обратно", frozenset({fold("Грац")})) == [("В ", False), ("Грац", True), (" и обратно", False)]


@settings(deadline=None)
@given(st.text(max_size=60), st.text(max_size=12))
def test_marking_keeps_every_letter_of_any_text(text: str, question: str) -> None:
    wanted = frozenset(word for word, _ in words(question))
    assert "".join(piece for piece, _ in marked(text, wanted)) == text


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_question_is_answered(question: str) -> None:
    assert isinstance(INDEX.find(question), list)


def test_an_index_is_made_once_for_each_snapshot() -> None:
    asked: list[int] = []
    indexes = Indexes()

    def rows() -> dict[str, list[dict[str, object]]]:
        asked.append(1)
        return {"news": NEWS}

    assert indexes.of("a", rows) is indexes.of("a", rows)
    indexes.of("b", rows)
    assert len(asked) == 2


def test_a_reader_is_not_kept_waiting_for_an_index_that_is_still_being_made() -> None:
    indexes, go_on = Indexes(), threading.Event()

    def slowly() -> Iterator[dict[str, str]]:
        assert go_on.wait(20)
        yield from NEWS

    assert indexes.of("a", lambda: {"news": slowly()}, seconds=0.01) is None
    go_on.set()
    made = indexes.of("a", dict, seconds=20)
    assert made is not None and [hit.document.row["id"] for hit in made.find("harbin")] == ["N1"]


def test_an_index_that_could_not_be_made_is_an_error_and_is_tried_again() -> None:
    indexes = Indexes()

    def broken() -> dict[str, list[dict[str, object]]]:
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        indexes.of("a", broken, seconds=20)
    assert indexes.of("a", lambda: {"news": NEWS}, seconds=20) is not None
