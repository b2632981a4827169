from __future__ import annotations

from etl.link.references import Named, to_agreements, to_outcomes
from tests.etl.builders import record

GRAZ, WIEN = frozenset({"org-graz"}), frozenset({"org-wien"})
PAGE = "https://example.org/page"


def agreement(number: str, partners: frozenset[str] = GRAZ, link: str = PAGE) -> Named:
    return Named(number, [record(number=number, link=link)], partners)


def test_a_number_leads_to_its_agreement_and_nothing_else_does() -> None:
    outcome = Named("o1", [record("outcome", agreement_number="agr-0002", link=PAGE)], GRAZ)
    ties, findings = to_agreements([outcome], [agreement("AGR-0001"), agreement("AGR-0002")])
    assert [(t.right, t.method, t.accepted) for t in ties] == [("AGR-0002", "number", True)]
    assert not findings


def test_a_number_that_leads_nowhere_is_reported_with_its_cell() -> None:
    outcome = Named("o1", [record("outcome", row=9, agreement_number="AGR-9999")], GRAZ)
    ties, findings = to_agreements([outcome], [agreement("AGR-0001")])
    assert ties == []
    assert [(f.code, f.row, f.letter, f.raw) for f in findings] == [("dangling_reference", 9, "A", "AGR-9999")]


def test_an_outcome_that_shares_page_and_partner_with_one_agreement_belongs_to_it() -> None:
    outcome = Named("o1", [record("outcome", link=PAGE)], GRAZ)
    ties, _ = to_agreements([outcome], [agreement("AGR-0001"), agreement("AGR-0002", WIEN)])
    assert [(t.right, t.accepted) for t in ties] == [("AGR-0001", True)]


def test_an_outcome_that_could_belong_to_two_agreements_is_only_proposed() -> None:
    outcome = Named("o1", [record("outcome", link=PAGE)], GRAZ)
    ties, _ = to_agreements([outcome], [agreement("AGR-0001"), agreement("AGR-0002")])
    assert {t.accepted for t in ties} == {False}


def test_a_page_that_everybody_cites_says_nothing() -> None:
    item = Named("n1", [record("news", link=PAGE)], frozenset())
    ties, _ = to_agreements([item], [agreement(f"AGR-{i:04}") for i in range(20)])
    assert ties == []


def test_news_and_outcome_of_one_page_belong_together() -> None:
    ties = to_outcomes([Named("n1", [record("news", link=PAGE)], GRAZ)], [Named("o1", [record("outcome", link=PAGE)], GRAZ)])
    assert [(t.left, t.right) for t in ties] == [("n1", "o1")]
