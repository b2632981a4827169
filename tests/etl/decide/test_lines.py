"""A line is understood with who, when and why, or refused with its place and what to do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.decide.keep import header
from etl.decide.lines import KINDS, SIGNED, Lines, Sheet, iso_day, joined, read, word
from tests.etl.decide.conftest import lines

GOOD = "by|on|why\nAnna|2026-11-22|because"


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_known_by_its_header(kind: str) -> None:
    head = header(kind)
    row = [{"by": "Anna", "on": "2026-11-22", "why": "because"}.get(column, "x") for column in head]
    found = read([Sheet("decisions/any name.csv", "", ((1, tuple(head)), (2, tuple(row))))])
    assert not found.findings
    (line,) = found.lines
    assert (line.kind, line.said, line.row) == (kind, "Anna, 2026-11-22: because", 2)
    assert {column: line[column] for column in head if column not in SIGNED} == {c: "x" for c in head if c not in SIGNED}


def test_headers_may_be_russian_and_in_any_order() -> None:
    (line,) = lines("Почему|Кто|Когда|Как написано|Партнёр\nтак|Анна|22.11.2026|ТУ Гр|org-tu-graz").lines
    assert (line.kind, line["written"], line["partner"], line.on) == ("aliases", "ТУ Гр", "org-tu-graz", "2026-11-22")


def test_a_title_above_the_header_and_empty_rows_do_no_harm() -> None:
    (line,) = lines("Our aliases\n\nwritten|partner|by|on|why\n||||\nTUG|org-tu-graz|Anna|2026-11-22|short").lines
    assert line.row == 5


REFUSED = [
    ("TUG|org-tu-graz||2026-11-22|short", "'by' is empty", "nobody decided"),
    ("TUG|org-tu-graz|Anna||short", "'on' is empty", "never decided"),
    ("TUG|org-tu-graz|Anna|2026-11-22|", "'why' is empty", "no reason"),
    ("TUG||Anna|2026-11-22|short", "'partner' is empty", "half a decision"),
    ("TUG|org-tu-graz|Anna|2026-02-30|short", "'2026-02-30' is not a day", "a day that does not exist"),
    ("TUG|org-tu-graz|Anna|11/22/2026|short", "'11/22/2026' is not a day", "an order that nobody can tell"),
    ("TUG|org-tu-graz|Anna|yesterday|short", "'yesterday' is not a day", "no day"),
]


@pytest.mark.parametrize(("row", "message", "why"), REFUSED)
def test_a_bad_line_is_named_and_the_others_are_taken(row: str, message: str, why: str) -> None:
    found = lines(f"written|partner|by|on|why\n{row}\nTUB|org-tu-berlin|Anna|2026-11-22|short")
    assert [line["written"] for line in found.lines] == ["TUB"], why
    (finding,) = found.findings
    assert (finding.code, finding.severity, finding.file, finding.row) == ("bad_decision", "error", "decisions/a.csv", 2)
    assert message in finding.message
    assert finding.advice


def test_a_table_without_who_says_which_columns_it_lacks() -> None:
    found = lines("written|partner|country\nTUG|org-tu-graz|", "decisions/aliases.csv")
    assert not found.lines
    assert "aliases lacks the column by, on, why" in found.findings[0].message


def test_a_table_of_something_else_is_refused() -> None:
    found = lines("Colour|Taste\nred|sweet")
    assert not found.lines
    assert "no header of decisions" in found.findings[0].message


def test_a_header_that_is_not_known_is_named() -> None:
    found = lines("Написано|Кого звать|Кто|Когда|Почему\nTUG|org-tu-graz|A|2026-11-22|w")
    assert [each.message for each in found.findings] == ["Not taken: the columns fit no kind of decision; not known are 'Кого звать'"]


def test_two_columns_of_one_meaning_are_refused() -> None:
    found = lines("written|form|partner|by|on|why\na|b|org-tu-graz|Anna|2026-11-22|x")
    assert "two columns are called written" in found.findings[0].message


def test_a_decision_said_twice_is_one_and_the_first_place_is_kept() -> None:
    text = "written|partner|by|on|why\nTUG|org-tu-graz|Anna|2026-11-22|short"
    (line,) = joined([lines(text, "decisions/a.csv"), lines(text, "decisions/b.csv")]).lines
    assert line.file == "decisions/a.csv"


def test_a_template_alone_says_nothing() -> None:
    for kind in KINDS:
        found = read([Sheet(f"decisions/{kind}.csv", "", ((1, tuple(header(kind))),))])
        assert (found.lines, found.findings) == ([], [])


def test_words_of_a_verdict() -> None:
    assert [word(text, ("same", "not_same")) for text in ("Same", "not_same", "НЕТ", "maybe")] == ["same", "not_same", "not_same", ""]


CELL = st.one_of(
    st.sampled_from(["by", "on", "why", "written", "partner", "one", "two", "verdict", "2026-11-22", "", "-"]), st.text(max_size=8)
)


@given(st.lists(st.lists(CELL, max_size=7).map(tuple), max_size=6))
def test_any_table_is_read_or_refused(rows: list[tuple[str, ...]]) -> None:
    found: Lines = read([Sheet("decisions/x.csv", "", tuple(enumerate(rows, 1)))])
    for line in found.lines:
        assert line.by
        assert line.why
        assert iso_day(line.on) == line.on
        assert all(line[column] for column in KINDS[line.kind][0])
    assert all(finding.file == "decisions/x.csv" and finding.row for finding in found.findings)
