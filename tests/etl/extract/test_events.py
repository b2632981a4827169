from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.extract.events import event, signings
from etl.extract.named import Named
from etl.extract.stance import sentences
from etl.reference import rows

CODES = {row["code"] for row in rows("events")}


def told(title: str, body: str = "", year: str = "") -> list:
    return sentences({"title": title, "body_text": body} if body else {"title": title}, year)


EVENTS = [
    # title, text, event, what the case protects
    ("Centre in Cairo planned", "The sides want to open a branch.", "other", "an opening that is planned is none"),
    ("Обсудили открытие филиала", "Ректор принял гостей из Андижана.", "visit", "a branch that is discussed is a visit"),
    ("Graduates tell about Lima", "Two students tell about a year abroad.", "other", "a story of students"),
    ("Polytechnic in Pune", "The stand at the fair was visited by pupils.", "conference", "a stand is visited at a fair"),
    ("Грамота от посольства", "Посол вручил благодарственное письмо.", "award", "a letter of thanks"),
    ("Order from Lima", "By order of a Peruvian firm engineers design a bench.", "project", "work by order"),
    ("Договор пролонгирован", "Подписано соглашение на новый срок.", "renewal", "a renewal is told as a signing, too"),
    ("SPbPU and TU Graz sign a memorandum", "", "signing", "the verb of the title"),
    ("Делегация посетила Политех", "", "visit", "Russian verb"),
    ("A joint laboratory opens in Xi'an", "", "lab_opening", "a thing that opens"),
    ("Strategic partnership extended", "The agreement was prolonged for five years.", "renewal", "both places agree"),
    ("Ректору вручена медаль", "", "award", "an award in the dative"),
    ("Partners", "A conference on robotics gathered a hundred people.", "conference", "only the text tells"),
    ("Guests from Turin", "The rector of Torino came to campus. The agreement was signed in 2014.", "visit", "what was signed is history"),
    (
        "Guests from Turin",
        "The rector of Torino came to campus. An agreement will be signed in May.",
        "visit",
        "what will be signed is a plan",
    ),
    ("Гости из Турина", "Делегация побывала в лабораториях. Стороны обсудили подписание договора.", "visit", "discussed is not signed"),
    ("Tour of the rector through China", "In Hangzhou he signed an agreement on a centre.", "visit", "the title says what it is about"),
    (
        "Cooperation with Ghent",
        "The rectors did not sign the contract; the delegation saw the laboratories.",
        "visit",
        "denied is not done",
    ),
    ("Scientists report at the congress in Havana", "The delegation attended the congress.", "conference", "a delegation to a congress"),
    ("Договор с Гентом продлён на пять лет", "", "renewal", "a renewal is no first signing"),
    ("Стартовал набор на магистратуру с Тренто", "", "programme_launch", "admission opens a programme"),
    ("Article with colleagues from Delft published in Nature", "", "publication", "a paper and its verb"),
    ("Совместный проект по льдам получил грант", "", "project", "a funded project"),
    ("Exhibition; a visit", "", "conference", "the first thing of a title leads"),
    ("Consul opens a week of tea", "The consul opened it.", "conference", "who opens is no visitor"),
    ("Школьный хакатон", "Он прошёл при поддержке посольства Перу.", "conference", "who supports is no visitor"),
    ("Conference in Quito ends with a memorandum", "", "signing", "what an event ended with"),
    ("Визит завершился подписанием договора", "Гости познакомились с вузом.", "signing", "the same in Russian"),
    ("Сборник трудов конференции вышел из печати", "", "publication", "papers of a conference"),
    ("Volunteers of the forum", "Forty students help its guests.", "other", "those who help at a conference"),
    ("Physicists build a detector", "", "project", "researchers at work"),
    ("Hannover agreement re-signed", "", "renewal", "a word with a hyphen"),
    ("Погода в мае", "", "other", "nothing that we have a name for"),
    ("", "", "other", "nothing at all"),
]


@pytest.mark.parametrize(("title", "body", "code", "why"), EVENTS, ids=[why for *_, why in EVENTS])
def test_the_event_of_an_item(title: str, body: str, code: str, why: str) -> None:
    assert event(told(title, body)).value == code


def test_an_event_is_proved_by_its_words() -> None:
    found = event(told("News", "Yesterday a delegation visited us."))
    assert (found.column, found.text) == ("body_text", "visited") or "delegation" in found.text
    assert found.start is not None
    assert "Yesterday a delegation visited us."[found.start : found.end] == found.text
    assert found.method.startswith("text: '")
    assert 0 < found.confidence < 1


def test_what_no_rule_knows_says_so() -> None:
    found = event(told("Rain"))
    assert (found.value, found.method, found.start) == ("other", "default", None)
    assert found.confidence <= 0.3


def test_a_planned_signing_is_no_signing_that_took_place() -> None:
    assert event(told("An agreement with Ghent will be signed")).stance == "planned"
    assert not signings(told("An agreement with Ghent will be signed", "The rectors discussed signing a contract."))
    assert [each.text for each in signings(told("Trip to Ghent", "There the rector signed a contract."))] == ["signed a contract"]


@settings(deadline=None)  # the patterns load on first use
@given(st.text(), st.text())
def test_any_text_has_one_event_and_its_span_is_its_text(title: str, body: str) -> None:
    found = event(told(title, body))
    assert found.value in CODES
    if found.start is not None:
        assert {"title": title, "body_text": body}[found.column or ""][found.start : found.end] == found.text


def test_every_pattern_can_match_and_every_code_is_known() -> None:
    for row in rows("event_rules"):
        assert row["code"] in CODES, row
        assert row["weight"] in "12345", row
        pieces = row["pattern"].split()
        assert pieces[0] != "..." != pieces[-1], f"{row['pattern']}: a gap at an end matches nothing"


def test_words_within_the_name_of_an_organisation_tell_nothing() -> None:
    title = "Foo Institute of Optics set up a league"
    name = Named("foo", "Foo Institute of Optics", title[:23], 0, 23, "title", "mention", 0.9)
    assert event(told(title)).value == "lab_opening"
    assert event(told(title), [name]).value == "other"


def test_one_signing_told_by_two_patterns_is_one() -> None:
    found = signings(told("Trip to Ghent", "There the rector signed a contract. The treaty was signed by all."))
    assert [each.text for each in found] == ["signed a contract", "treaty was signed"]


def test_the_name_of_an_organisation_is_one_word_of_a_gap() -> None:
    title = "Engineers of the Foo Bar Baz University of Science and Technology improve pumps"
    start, end = title.index("Foo"), title.index(" improve")
    name = Named("", title[start:end], title[start:end], start, end, "title", "pattern", 0.6)
    assert event(told(title)).value == "other"
    assert event(told(title), [name]).value == "project"


def test_what_is_no_event_still_tells_a_known_one_or_none() -> None:
    assert {row["still"] for row in rows("not_events")} <= CODES | {""}
