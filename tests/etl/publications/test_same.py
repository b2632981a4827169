"""Two records, one work: what is merged, and what only looks alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.publications import keys
from etl.publications.same import Candidate, is_same, merged
from etl.text import fold

TITLE = "fatigue of welded joints in bridges"


def work(node: str = "r1", title: str = TITLE, year: int = 2020, author: str = "ivanov", venue: str = "j steel", page: str = "10",
         kind: str = "journal") -> Candidate:  # fmt: skip
    return Candidate(node, title, year, (author,) if author else (), venue, page, kind)


SAME = [
    (work(), work("r2"), "the same record twice"),
    (work("d10.1/a"), work("r2", venue="journal of steel"), "a venue is written in two ways"),
    (work("d10.1/a"), work("d10.1/a", title=TITLE, year=2021), "one DOI"),
    (work(), work("r2", author=""), "no author is written"),
    (work(), work("r2", author="иванов"), "another script contradicts nothing"),
    (work(), work("r2", year=2021), "online first, then in an issue: same author and venue"),
    (work(title="editorial"), work("r2", title="editorial"), "author, venue and page agree"),
]
DIFFERENT = [
    (work("d10.1/a"), work("d10.1/b"), "two DOIs are two works"),
    (work(), work("r2", author="petrov"), "another author"),
    (work(), work("r2", year=2022), "two years apart"),
    (work(), work("r2", year=2021, venue="other"), "a year apart in another venue"),
    (work(), work("r2", kind="proceedings", venue="conf"), "the paper before the article"),
    (work(title="editorial"), work("r2", title="editorial", page="12"), "two editorials of one editor"),
    (work(title="editorial", page=""), work("r2", title="editorial", page=""), "nothing tells the editorials apart"),
    (work(title="preface", author=""), work("r2", title="preface", author=""), "a preface without author"),
]


@pytest.mark.parametrize(("one", "other", "why"), SAME, ids=[why for *_, why in SAME])
def test_one_work(one: Candidate, other: Candidate, why: str) -> None:
    if one.node == other.node:
        other = work("r3", title=other.title)
    assert is_same(one, other) and is_same(other, one)


@pytest.mark.parametrize(("one", "other", "why"), DIFFERENT, ids=[why for *_, why in DIFFERENT])
def test_two_works(one: Candidate, other: Candidate, why: str) -> None:
    assert not is_same(one, other) and not is_same(other, one)


def test_a_record_without_a_doi_never_joins_two_that_have_one() -> None:
    answers = dict(merged([work("d10.1/a"), work("d10.1/b"), work("r1"), work("r2")]))
    assert answers == {"r1": "d10.1/a", "r2": "d10.1/a"}


def test_a_chain_over_two_titles_ends_in_one_work() -> None:
    other = "schwingfestigkeit geschweisster verbindungen in bruecken"
    assert dict(merged([work("i1"), work("r2"), work("i1", other), work("r3", other)])) == {"r2": "i1", "r3": "i1"}


DOIS = [
    ("https://doi.org/10.1000/ABC", "10.1000/abc", "address and case"),
    ("http://dx.doi.org/10.1000/abc.", "10.1000/abc", "old address, full stop"),
    ("doi: 10.1016/S0370-2693(98)00123-4", "10.1016/s0370-2693(98)00123-4", "brackets belong to it"),
    ("(10.1000/abc)", "10.1000/abc", "brackets around it do not"),
    ("10.1000/a%2Fb", "10.1000/a/b", "as an address writes it"),
    ("10.1000", "", "no suffix"),
    ("n/a", "", "none"),
    ("11.1000/abc", "", "another handle"),
]


@pytest.mark.parametrize(("typed", "read", "why"), DOIS, ids=[why for *_, why in DOIS])
def test_a_doi_is_read_however_it_is_written(typed: str, read: str, why: str) -> None:
    assert keys.doi(typed) == read


@given(st.text(max_size=60))
def test_folding_without_memory_is_folding(text: str) -> None:
    assert keys.folded(text) == fold(text)
    assert keys.doi(keys.doi(text)) == keys.doi(text)
    keys.surnames(text)
    keys.is_telling(keys.title_key(text))
    assert keys.happened(2020, text, text).startswith("2020")
