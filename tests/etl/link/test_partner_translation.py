import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.link.same.lexicon import lexicon, plain, words_of
from etl.link.same.listed import across
from etl.link.same.score import agreement, near
from etl.link.same.sounds import one_sound, reads_as
from etl.link.same.translation import tokens
from etl.reference import rows

SAID = [
    # name                                          what it says                                           what the case protects
    ("Forschungsinstitut für Optik", ["research", "institute", "optics"], "a German compound"),
    ("Environmental Engineering", ["environment", "engineering"], "no compound where an ending is a word by chance"),
    ("南昌航空大学", ["nanchang", "aviation", "university"], "Chinese has no spaces"),
    ("Nanchang Hangkong University", ["nanchang", "aviation", "university"], "a Chinese subject as it sounds"),
    ("東京農業大学", ["tokyo", "agriculture", "university"], "Japanese and traditional forms of characters"),
    ("ダイガク", ["university"], "Japanese as it sounds"),
    ("한국기계연구원", ["KOR", "mechanics", "institute"], "Korean has no spaces within a name"),
    ("جامعة القاهرة", ["university", "cairo"], "the Arabic article"),
    ("НИИ онкологии", ["institute", "research", "science", "oncology"], "an abbreviation of several words"),
    ("Исландский университет", ["ISL", "university"], "countries of CLDR in an inflected form"),
    ("Istituto dell'Energia", ["institute", "energy"], "an elided article"),
    ("The University of the of", ["university"], "articles say nothing"),
]


@pytest.mark.parametrize(("name", "said", "why"), SAID, ids=[why for *_, why in SAID])
def test_reads_names_of_any_language(name: str, said: list[str], why: str) -> None:
    read = tokens(name)
    assert len(read) == len(said)
    assert all(meaning in token.meanings for token, meaning in zip(read, said, strict=True))


def test_a_person_that_a_name_honours_is_no_common_word() -> None:
    assert [token.group for token in tokens("Институт имени Лесина")] == ["body", "rare"]


def test_an_institute_is_told_from_its_academy() -> None:
    groups = {token.latin: token.group for token in tokens("Institute of Botany, Bulgarian Academy of Sciences")}
    assert groups["academy"] == groups["science"] == "parent"
    assert {token.group for token in tokens("Bulgarian Academy of Sciences")} == {"country", "body", "subject"}


SAME = [
    ("Univerzita Palackého v Olomouci", "Palacký University Olomouc"),
    ("长江水产研究所", "Yangtze Fisheries Research Institute"),
    ("Донской государственный аграрный университет", "Don State Agrarian University"),
    ("鹿児島工業高等専門学校", "Kagoshima College of Industry"),
    ("Wydział Chemii, Uniwersytet Opolski", "Faculty of Chemistry, Opole University"),
    ("جامعة بغداد", "University of Baghdad"),
]
DIFFERENT = [
    ("河南大学", "Hunan University", "one letter of pinyin makes another province"),
    ("山东交通学院", "Shandong University of Finance", "another subject"),
    ("Пермский государственный медицинский университет", "Perm State Agrarian University", "another subject of one city"),
    ("Институт химии Коми", "Institute of Geology of Komi", "another institute of one centre"),
    ("Universität Basel", "Università di Berna", "another city"),
    ("Universiteti i Kosovës", "University of Iceland", "another country"),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_translations_agree(a: str, b: str) -> None:
    assert agreement(a, b, across(a, b)).score > 0.6


@pytest.mark.parametrize(("a", "b", "why"), DIFFERENT, ids=[why for *_, why in DIFFERENT])
def test_what_decides_keeps_names_apart(a: str, b: str, why: str) -> None:
    assert agreement(a, b, across(a, b)).score < 0.5, why


def test_an_acronym_and_its_words_agree_across_languages() -> None:
    with_words = agreement("Fraunhofer IAF", "Fraunhofer-Institut für Angewandte Festkörperphysik", False).score
    assert with_words > agreement("Fraunhofer IAF", "Fraunhofer-Institut für Chemische Technologie", False).score


def test_characters_are_read_as_japanese_names_are_spoken() -> None:
    assert reads_as("鎌倉", "kamakura")
    assert not reads_as("鎌倉", "kawasaki")
    assert not reads_as("", "")


def test_pinyin_is_no_matter_of_sound() -> None:
    assert one_sound("hebei", "hubei", False) == 0
    assert one_sound("giessen", "gissen", True) > 0.7


@settings(deadline=None)  # the first call reads the lists
@given(st.text(), st.text())
def test_any_two_texts_are_compared_and_the_order_does_not_matter(a: str, b: str) -> None:
    score = agreement(a, b, True).score
    assert 0 <= score <= 1
    assert score == pytest.approx(agreement(b, a, True).score)


@given(st.text())
def test_a_plain_text_is_plain(text: str) -> None:
    assert words_of(plain(plain(text))) == words_of(plain(text))


def test_meanings_that_are_near_exist_and_groups_are_known() -> None:
    groups = {row["group"] for row in rows("organisation_groups")}
    assert {row["group"] for row in rows("organisation_terms")} <= groups | {"phrase", "silent"}
    meant = {meaning for row in rows("organisation_terms") for meaning in row["meaning"].split()}
    meant |= {row["name"] for row in rows("name_places")} | {row["meaning"] for row in rows("organisation_words")}
    assert {meaning for pair in near() for meaning in pair} <= meant
    assert all(0 < closeness <= 1 for closeness in near().values())


def test_every_meaning_of_a_phrase_has_a_group() -> None:
    known = lexicon().group
    missing = {
        part for row in rows("organisation_terms") if row["group"] == "phrase" for part in row["meaning"].split() if part not in known
    }
    assert missing == set()


@pytest.mark.parametrize("name", ["organisation_terms", "name_places", "name_characters", "name_kanji"])
def test_a_row_of_the_lists_stands_once_and_no_cell_is_padded(name: str) -> None:
    path = Path(__file__).parents[3] / "etl" / "reference" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    first = [next(iter(row.values())) for row in found]
    assert [each for each in first if first.count(each) > 1] == []
    for row in found:
        assert all(part == part.strip() for value in row.values() for part in (value or "").split("|")), row
