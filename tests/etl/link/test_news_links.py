from __future__ import annotations

from dataclasses import replace

import pytest

from etl.link.news_links import Item, Signed, Words, to_agreements, within

GRAZ, WIEN = frozenset({"org-graz"}), frozenset({"org-wien"})
SIGNED = Words("signed a contract", 10, 27, "title")
ITEM = Item("n1", GRAZ, "signing", "2024-05-20", signings=(SIGNED,))


def agreement(name: str, signed: str, kind: str = "cooperation_agreement", partners: frozenset[str] = GRAZ, ends: str = "") -> Signed:
    return Signed(name, partners, kind, signed, ends)


def said(item: Item, *agreements: Signed, linked: frozenset[str] = frozenset()) -> list[tuple[str, str, bool]]:
    found = to_agreements([item], agreements, {item.id: linked})
    return [(tie.right, tie.method, tie.accepted) for tie in found.ties]


def test_a_signing_leads_to_the_one_agreement_signed_in_those_days_with_its_proof() -> None:
    found = to_agreements([ITEM], [agreement("A1", "2024-05-19"), agreement("A0", "2019-03")], {})
    (tie,) = found.ties
    assert (tie.right, tie.method, tie.accepted) == ("A1", "signing", True)
    assert (tie.raw, tie.start, tie.end, tie.column) == ("signed a contract", 10, 27, "title")
    assert found.unknown == []


def test_of_two_agreements_of_those_weeks_neither_counts() -> None:
    assert {accepted for *_, accepted in said(ITEM, agreement("A1", "2024-05-12"), agreement("A2", "2024-05-02"))} == {False}


def test_two_agreements_of_the_very_day_are_both_told() -> None:
    assert [accepted for *_, accepted in said(ITEM, agreement("A1", "2024-05-20"), agreement("A2", "2024-05-20"))] == [True, True]


def test_the_kind_of_document_that_the_text_names_decides_between_two() -> None:
    memorandum = replace(ITEM, signings=(replace(SIGNED, types=frozenset({"memorandum_of_understanding"})),))
    both = (agreement("A1", "2024-05-12"), agreement("A2", "2024-05-02", "memorandum_of_understanding"))
    assert said(memorandum, *both) == [("A2", "signing", True)]


def test_a_year_alone_is_too_little_to_be_certain() -> None:
    assert said(ITEM, agreement("A1", "2024")) == [("A1", "signing", False)]


def test_another_partner_is_another_agreement() -> None:
    assert said(ITEM, agreement("A1", "2024-05-19", partners=WIEN)) == []


def test_the_partner_of_the_clause_is_meant_and_not_the_other_guest() -> None:
    near = replace(ITEM, partners=GRAZ | WIEN, signings=(replace(SIGNED, partners=WIEN),))
    assert said(near, agreement("A1", "2024-05-19"), agreement("A2", "2024-05-19", partners=WIEN)) == [("A2", "signing", True)]


def test_a_date_of_signature_in_the_text_leads_to_the_agreement_of_that_date() -> None:
    visit = Item("n1", GRAZ, "visit", "2024-05", words=(Words("agreement", 0, 9, "body_text", signed="2019-03"),))
    assert said(visit, agreement("A1", "2019-03-14"), agreement("A2", "2015-06")) == [("A1", "date_of_signature", True)]
    assert said(visit, agreement("A2", "2015-06")) == []


def test_a_year_of_signature_is_certain_only_for_the_one_agreement_of_that_year() -> None:
    visit = Item("n1", GRAZ, "visit", "2024-05", words=(Words("agreement", 0, 9, "body_text", signed="2019"),))
    assert said(visit, agreement("A1", "2019-03-14")) == [("A1", "date_of_signature", True)]
    both = said(visit, agreement("A1", "2019-03-14"), agreement("A2", "2019-09"))
    assert {accepted for *_, accepted in both} == {False}


def test_the_only_agreement_of_its_kind_is_proposed_and_never_taken() -> None:
    visit = Item("n1", GRAZ, "visit", "2024-05", words=(Words("agreement", 0, 9, "body_text"),))
    assert said(visit, agreement("A1", "2019-03")) == [("A1", "only_one", False)]
    assert said(visit, agreement("A1", "2019-03", ends="2022")) == [], "it had ended"
    assert said(visit, agreement("A1", "2024-06")) == [], "it was signed later"
    assert said(visit, agreement("A1", "2019-03"), agreement("A2", "2015")) == [], "there is a choice"


def test_an_item_that_its_page_links_is_not_asked_about() -> None:
    visit = Item("n1", GRAZ, "visit", "2024-05", words=(Words("agreement", 0, 9, "body_text"),))
    assert said(visit, agreement("A1", "2019-03"), linked=frozenset({"A9"})) == []
    assert said(ITEM, agreement("A1", "2024-05-19"), linked=frozenset({"A1"})) == [], "it is linked already"


def test_a_signing_that_no_register_has_is_told() -> None:
    def unknown(item: Item, *agreements: Signed, linked: frozenset[str] = frozenset()) -> bool:
        return bool(to_agreements([item], agreements, {item.id: linked}).unknown)

    assert unknown(ITEM)
    assert unknown(ITEM, agreement("A1", "2019-03"))
    assert not unknown(ITEM, agreement("A1", "2024-05-19"))
    assert not unknown(ITEM, agreement("A1", "2024-03-01")), "somewhat earlier: rather one with a wrong date"
    assert not unknown(ITEM, agreement("A1", "")), "it may be the one without a date"
    assert not unknown(ITEM, linked=frozenset({"A9"}))
    assert not unknown(replace(ITEM, is_done=False)), "planned"
    assert not unknown(replace(ITEM, event="visit"))
    assert not unknown(replace(ITEM, partners=frozenset()))
    assert not unknown(replace(ITEM, date=""))


@pytest.mark.parametrize(
    ("signed", "told", "answer"),
    [
        ("2024-05-01", "2024-05-20", True),
        ("2024-04-25", "2024-05-20", True),
        ("2024-03-31", "2024-05-20", False),
        ("2024-05-28", "2024-05-20", True),
        ("2024-06-15", "2024-05-20", False),
        ("2023-12-20", "2024-01-09", True),
        ("2024-21", "2024-05-20", True),
    ],
)
def test_an_agreement_lies_within_a_month_of_its_news(signed: str, told: str, answer: bool) -> None:
    assert within(signed, told) is answer
