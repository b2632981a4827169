"""A proposal of the news is accepted or rejected while the news says what it said."""

from __future__ import annotations

import pytest

from etl.decide.lines import Line, Lines
from etl.decide.proposals import Proposals, proof_hash, proposals, silenced


def decided(*rows: dict[str, str]) -> Proposals:
    given = [Line("news", cells, "decisions/news.csv", "", at, "Anna", "2026-11-22", "read it") for at, cells in enumerate(rows, 2)]
    return proposals(Lines(given))


ACCEPT = {"news": "n-1", "what": "agreement", "value": "AGR-1", "verdict": "accept", "expect": proof_hash("signed an MoU")}


@pytest.mark.parametrize("expect", [proof_hash("signed an MoU"), "signed an  MoU", ""])
def test_a_decision_holds_for_the_text_that_it_was_about(expect: str) -> None:
    found = decided(ACCEPT | {"expect": expect})
    assert found.verdict("n-1", "agreement", "AGR-1", "signed an MoU") == ("accept", "Anna, 2026-11-22: read it")
    assert found.verdict("n-2", "agreement", "AGR-1", "signed an MoU") is None
    found.finish()
    assert not found.findings


def test_when_the_news_changed_it_is_stale() -> None:
    found = decided(ACCEPT)
    assert found.verdict("n-1", "agreement", "AGR-1", "discussed an MoU") is None
    found.finish()
    (finding,) = found.findings
    assert (finding.code, finding.row) == ("stale_decision", 2)
    assert "discussed an MoU" in finding.message


def test_when_nothing_proposes_it_any_more_it_is_stale() -> None:
    found = decided(ACCEPT)
    found.finish()
    assert "nothing proposes agreement 'AGR-1'" in found.findings[0].message


def test_both_verdicts_on_one_proposal_are_refused() -> None:
    found = decided(ACCEPT, ACCEPT | {"verdict": "reject"})
    assert not found.lines
    assert [finding.row for finding in found.findings] == [3, 2]


@pytest.mark.parametrize("bad", [{"what": "weather"}, {"verdict": "perhaps"}])
def test_what_is_no_proposal_is_refused(bad: dict[str, str]) -> None:
    assert decided(ACCEPT | bad).findings[0].code == "bad_decision"


def test_a_question_is_silenced_by_its_id() -> None:
    line = Line("questions", {"question": "q-0123456789"}, "decisions/q.csv", "", 2, "Anna", "2026-11-22", "unknowable")
    assert list(silenced([line])) == ["0123456789"]
