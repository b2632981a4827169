from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.extract.phrases import Passage, Patterns
from etl.extract.stance import sentences
from etl.reference import rows

TOLD = [
    # text, words, how they are told, what the case protects
    ("They opened a laboratory.", "laboratory", "done", "plain past"),
    ("They will open a laboratory.", "laboratory", "planned", "future"),
    ("A laboratory is to be opened.", "laboratory", "planned", "the mark stands behind"),
    ("The sides plan to open a laboratory.", "laboratory", "planned", "plan to"),
    ("They discussed a laboratory and signed a contract.", "contract", "done", "a new verb ends the plan"),
    ("They discussed a laboratory and signed a contract.", "laboratory", "planned", "what is discussed is no fact"),
    ("They signed an agreement on a laboratory.", "laboratory", "planned", "agreed on is not there yet"),
    ("A roadmap on bridges signed in Perm.", "signed", "done", "the verb behind is that of the document"),
    ("A roadmap on bridges signed in Perm.", "bridges", "planned", "what the document is on"),
    ("A contract is being prepared.", "contract", "planned", "in preparation"),
    ("They signed an agreement on a laboratory.", "signed an agreement", "done", "the agreement itself is signed"),
    ("No laboratory was opened.", "laboratory", "denied", "no"),
    ("Not only a laboratory was opened.", "laboratory", "done", "not only denies nothing"),
    ("Years earlier a laboratory was opened.", "laboratory", "history", "earlier"),
    ("In May 2024 a laboratory was opened.", "laboratory", "done", "May is a month, not a modal verb"),
    ("A laboratory may be opened.", "laboratory", "planned", "may is a modal verb, not a month"),
    ("Стороны намерены открыть лабораторию.", "лабораторию", "planned", "намерены"),
    ("Договор будет подписан.", "Договор", "planned", "the mark stands behind"),
    ("Обсудили открытие лаборатории.", "открытие лаборатории", "planned", "обсудили"),
    ("Конференция состоится в мае.", "Конференция", "planned", "состоится"),
    ("Обсудили планы и подписали договор.", "договор", "done", "a new verb ends the plan"),
    ("Лаборатория пока не открыта.", "Лаборатория", "planned", "not yet is a plan"),
    ("Открыта лаборатория.", "лаборатория", "done", "plain past"),
]


@pytest.mark.parametrize(("text", "words", "stance", "why"), TOLD, ids=[why for *_, why in TOLD])
def test_how_words_are_told(text: str, words: str, stance: str, why: str) -> None:
    (sentence,) = sentences({"title": text})
    at = text.index(words)
    assert sentence.stance(at, at + len(words)) == stance


def test_a_clause_of_an_earlier_year_is_history_and_of_this_year_is_not() -> None:
    (sentence,) = sentences({"title": "The contract was signed in 2014."}, "2024-05")
    assert sentence.stance(0, 12) == "history"
    (sentence,) = sentences({"title": "The contract was signed in 2024."}, "2024-05")
    assert sentence.stance(0, 12) == "done"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Prof. A. Smith came to St. Petersburg. He gave a talk.", 2),
        ("В 2019 г. Ректор уехал.", 2),
        ("Они были в г. Грац. Потом уехали.", 2),
        ("No end", 1),
        ("", 0),
    ],
)
def test_a_full_stop_ends_a_sentence_and_an_abbreviation_does_not(text: str, count: int) -> None:
    assert len(sentences({"title": text})) == count


def test_a_pattern_does_not_reach_into_another_clause() -> None:
    patterns = Patterns([{"pattern": "open* ... laborator*"}])
    text = "They open doors; the laboratory is old"
    assert not list(patterns.find(Passage(text, breaks=[text.index("the")])))
    assert list(patterns.find(Passage("They open the old laboratory")))


def test_a_gap_is_five_words_at_most() -> None:
    patterns = Patterns([{"pattern": "open* ... laborator*"}])
    assert list(patterns.find(Passage("open a b c d e laboratory")))
    assert not list(patterns.find(Passage("open a b c d e f laboratory")))


@settings(deadline=None)
@given(st.text(), st.sampled_from(["", "2024", "2024-05"]))
def test_any_text_falls_into_sentences_that_lie_within_it(text: str, year: str) -> None:
    for sentence in sentences({"title": text}, year):
        assert 0 <= sentence.passage.start <= sentence.passage.end <= len(text)
        assert all(text[word.start : word.end] for word in sentence.passage.words)


@pytest.mark.parametrize("name", ["news_stance", "event_rules", "not_events", "news_outcomes", "news_agreements", "news_people"])
def test_every_pattern_of_the_files_matches_a_text_made_of_it(name: str) -> None:
    for row in rows(name):
        made = " ".join("x" if piece == "..." else piece.split("/")[0].rstrip("*") for piece in row["pattern"].split())
        assert list(Patterns([row]).find(Passage(made))), row
        assert row["pattern"] == row["pattern"].strip()


def test_every_mark_has_a_stance_and_a_reach() -> None:
    for row in rows("news_stance"):
        assert row["stance"] in ("done", "planned", "history", "denied"), row
        assert row["reach"] in ("after", "both", "clause", "comma", "beyond", "near"), row
