"""Names of journals: read for their field where their words say one, left alone where they say several or none."""

from __future__ import annotations

import pytest

from etl.errors import Unreadable
from etl.normalise import fields, venues
from etl.reference import rows
from tests.quality.journals import GOAL, JOURNALS, SURE, answer, journals, measure_journals

CASES = [
    # made up for the trouble they stand for                field    what the case protects
    ("Annals of Welding", "2.5", "words for journals before the field"),
    ("Welding Letters B", "2.5", "words and a letter behind it"),
    ("IEEE Transactions on Welding", "2.5", "who publishes it"),
    ("Journal of the Austrian Chemical Society", "1.4", "the adjective of a discipline and a people"),
    ("Вестник Польского геологического общества", "1.5", "the same in Russian"),
    ("Известия РАН. Серия геологическая", "1.5", "a series"),
    ("Сибирский журнал сварки", "2.5", "a word for journals behind an adjective of place"),
    ("中国焊接学报", "2.5", "Chinese: the country before, the word for journals behind"),
    ("Communications in Virology", "1.6", "a kind of journal, not the field of communication"),
    ("Journal of Communication", "5.8", "the field of communication"),
    ("Religious Studies", "6.3", "studies"),
    ("Journal of Seismic Retrofit of Bridges", "2.1", "words that are terms of one field"),
    ("Econometria Letters", "5.2", "a word that only begins like terms of one field"),
    ("Science", "", "all of it is none"),
    ("Proceedings of the National Academy of Sciences", "", "who publishes says no field"),
    ("Transactions of the Royal Society", "", "a learned society is no society"),
    ("Вестник университета", "", "nothing but words for journals"),
    ("通报", "", "the same in Chinese"),
    ("", "", "nothing"),
    ("Journal of Organisations", "", "a word with other meanings is not enough"),
]


@pytest.mark.parametrize(("journal", "code", "why"), CASES, ids=[why for *_, why in CASES])
def test_the_name_of_a_journal_says_its_field_or_none(journal: str, code: str, why: str) -> None:
    assert answer(journal) == code


def test_words_of_two_areas_are_no_surer_than_in_any_other_text() -> None:
    name = "Journal of Welding and Jurisprudence"
    assert venues.field(name).confidence == fields.field("Welding and Jurisprudence").confidence


def test_only_journals_are_read_so() -> None:
    assert fields.field("Chinese Physics Letters").confidence < venues.field("Chinese Physics Letters").confidence
    with pytest.raises(Unreadable):
        venues.field("Letters")


@pytest.mark.parametrize("part", ["build", "held_out"])
def test_nine_in_ten_answers_are_right_and_most_journals_are_answered(part: str) -> None:
    (score, answered) = (each for each in measure_journals() if part in each.name)
    assert score.value >= GOAL, score.misses
    assert answered.value >= 0.85, answered.misses


def test_the_journals_are_enough_and_their_fields_exist() -> None:
    halves = [journals(part) for part in ("build", "held_out")]
    everything = [row for half in halves for row in half]
    assert min(map(len, halves)) >= 100 and abs(len(halves[0]) - len(halves[1])) <= 1
    assert len({row["journal"] for row in everything}) == len(everything) == len(JOURNALS.read_text("utf-8").splitlines()) - 1
    codes = {row["field_code"] for row in rows("ford")}
    assert {code for row in everything for code in row["field_codes"].split()} <= codes
    assert {row["language"] for row in everything} == {"en", "ru", "zh"}


def test_the_words_for_journals_are_sound_and_name_no_journal() -> None:
    listed = list(rows("venue_words"))
    words = [row["word"] for row in listed]
    assert len(set(words)) == len(words)
    assert {row["use"] for row in listed} == {"always", "alone", "discipline"}
    codes = {row["field_code"] for row in rows("ford")}
    assert all((row["field_code"] in codes) == (row["use"] == "discipline") for row in listed)
    assert not {row["journal"].casefold() for part in ("build", "held_out") for row in journals(part)} & set(words)
    assert SURE <= venues._CLEAR
