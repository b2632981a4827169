from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.extract.known import Directory, Known
from etl.extract.organisations import phrases
from etl.extract.places import Places
from etl.extract.signature import Signatures, root
from etl.extract.tokens import Phrases, tokens
from etl.reference import rows

PHRASES = [
    ("Bergen Academy of Sciences and Kobe University", ["Bergen Academy of Sciences", "Kobe University"], "'and' parts two names"),
    ("Ministry of Health, Science and Education of Chile", ["Ministry of Health, Science and Education of Chile"], "a list inside a name"),
    ("the Universidad de los Andes", ["Universidad de los Andes"], "small words of another language"),
    ("with the company Vard on", ["Vard"], "a company behind its kind"),
    ("Delft Instruments B. V. Ltd. came", ["Delft Instruments B. V. Ltd"], "legal forms"),
    ("a Rostock materials institute", ["Rostock materials institute"], "small subjects"),
    ("Polytechnic Week opens", [], "a head that is only a subject"),
    ("посетил Самаркандский университет вчера", ["Самаркандский университет"], "it ends before an adverb"),
    (
        "института керамики Китайской академии наук",
        ["института керамики Китайской академии наук", "Китайской академии наук"],
        "one in the other",
    ),
    ("университет имени Ле Куи Дона принял", ["университет имени Ле Куи Дона"], "named after somebody"),
    ("посольство Китая и провинция Цзянсу", ["посольство Китая"], "'и' parts two names"),
]


@pytest.mark.parametrize(("text", "expected", "why"), PHRASES, ids=[why for *_, why in PHRASES])
def test_finds_phrases(text: str, expected: list[str], why: str) -> None:
    words = tokens(text)
    assert [text[words[each.first].start : words[each.last - 1].end] for each in phrases(words)] == expected


@given(st.text(), st.sampled_from(("University of {}", "{} университет имени {}", "{} GmbH and companies {}")))
def test_any_text_gives_phrases_that_hold_their_head(text: str, frame: str) -> None:
    words = tokens(frame.format(text, text))
    found = list(phrases(words))
    assert all(0 <= each.first <= each.head < each.last <= len(words) for each in found)
    assert all(one.head < two.head for one, two in pairwise(found))


def test_every_head_has_a_use_and_russian_persons_an_office() -> None:
    uses = {"body", "unit", "known", "plural", "state", "company", "legal", "foreign"}
    assert {row["use"] for row in rows("text_heads")} <= uses
    assert all(row["nominative"] for row in rows("text_heads") if row["office"] and row["language"] == "ru")
    assert {row["gender"] for row in rows("text_heads") if row["nominative"]} <= {"m", "f", "n"}


SIGNATURES = Signatures(Places(), Phrases([("Chile", "CHL"), ("Chilean", "CHL"), ("Russian", "RUS"), ("Laos", "LAO"), ("Laotian", "LAO")]))
KNOWN = [
    Known(
        "usach", "University of Santiago de Chile", ("University of Santiago de Chile", "Сантьягский университет"), "", "CHL", "university"
    ),
    Known("niigata", "Niigata University of Pharmacy", ("Niigata University of Pharmacy",), "Niigata", "JPN", "university"),
    Known("toyama-1", "Toyama University", ("Toyama University",), "Toyama", "JPN", "university", is_partner=True),
    Known("toyama-2", "University of Toyama", ("University of Toyama",), "Toyama", "JPN", "university"),
    Known("moes", "Ministry of Education and Sports of Laos", ("Ministry of Education and Sports of Laos",), "", "LAO", "government"),
    Known("ruchl", "Russian-Chilean University", ("Russian-Chilean University",), "", "CHL", "university"),
    Known("osim", "Osimi Technical University", ("Osimi Technical University",), "", "TJK", "university"),
]
DIRECTORY = Directory({each.id: each for each in KNOWN}, SIGNATURES, "RUS")

IDENTIFIED = [
    ("Toyama University", "toyama-1", "of two the partner"),
    ("Niigata Pharmacy University", "niigata", "the same words in another order"),
    ("университет имени Осими", "osim", "the own name in Russian letters"),
    ("Laotian minister of education", "moes", "one subject of a ministry"),
    ("Niigata University of Law", "", "another subject"),
    ("Chilean University", "", "any university of a country"),
    ("Toyama Ministry", "", "another kind"),
    ("Osimi Medical University", "", "the own name, but another subject"),
]


@pytest.mark.parametrize(("phrase", "expected", "why"), IDENTIFIED, ids=[why for *_, why in IDENTIFIED])
def test_identifies(phrase: str, expected: str, why: str) -> None:
    found = DIRECTORY.identify(SIGNATURES.of(tokens(phrase)))
    assert (found.id if found else "") == expected


@given(st.text())
def test_any_word_has_a_root(text: str) -> None:
    for word in tokens(text):
        assert root(word.folded) == root(word.folded)
