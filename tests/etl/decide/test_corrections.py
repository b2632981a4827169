"""A cell is corrected where it says what was expected, and only there."""

from __future__ import annotations

import pytest

from etl.decide.corrections import Corrected, correct, undone
from etl.decide.lines import Line
from etl.records import Cell, Finding, HeaderColumn, Origin, Row

COLUMNS = [
    HeaderColumn("a.xlsx", "S", 4, letter, header, "agreement", feeds, "", 1)
    for letter, header, feeds in [
        ("A", "No", "number"),
        ("B", "Title", "title"),
        ("C", "Country", "countries"),
        ("D", "Signed / date", "signed"),
        ("E", "Colour", None),
    ]
]
FEEDS = {column.letter: column.feeds for column in COLUMNS}


def row(number: int, *texts: str, role: str = "record") -> Row:
    cells = tuple(Cell(letter, text, number) for letter, text in zip("ABCDE", texts, strict=False) if text)
    values = {feeds: (cell,) for cell in cells if (feeds := FEEDS[cell.letter])}
    return Row(Origin("a.xlsx", "S", number), cells, role, kind="agreement", values=values)  # type: ignore[arg-type]


ROWS = [
    row(5, "X-1", "First", "Austria", "2019", "red"),
    row(6, "X-2", "Second", "Austira", "31.02.2020"),
    row(7, "", "Third", "", "2021"),
    row(8, "", "Twin", "Peru", "2020"),
    row(9, "", "Twin", "Chile", "2020"),
    row(10, "Total", role="total"),
]


def fix(**cells: str) -> Line:
    given = {"file": "a.xlsx", "sheet": "S"} | cells
    return Line("corrections", given, "decisions/c.csv", "", 2, "Anna", "2026-11-22", "a slip")


def corrected(*lines: Line, rows: list[Row] | None = None) -> Corrected:
    return correct(rows or ROWS, COLUMNS, lines)


@pytest.mark.parametrize("column", ["C", "c", "Country", "COUNTRY", "countries"])
def test_a_column_is_named_by_letter_header_or_field(column: str) -> None:
    found = corrected(fix(row="6", column=column, expect=" Austira ", new="Austria"))
    assert [r.text("countries") for r in found.rows] == ["Austria", "Austria", "", "Peru", "Chile", ""]
    assert found.rows[1].cells == ROWS[1].cells, "the source row stays as it is written"
    assert found.rows[1].written("countries") == "Austira"
    assert found.rows[1].values["countries"][0].how == "corrected"
    (told,) = found.findings
    assert (told.severity, told.code, told.file, told.row, told.letter, told.raw) == ("note", "corrected_cell", "a.xlsx", 6, "C", "Austira")
    assert "Anna, 2026-11-22: a slip" in told.message


def test_a_part_of_a_header_of_two_rows_names_its_column() -> None:
    assert corrected(fix(row="6", column="date", expect="31.02.2020", new="28.02.2020")).rows[1].text("signed") == "28.02.2020"


def test_an_empty_cell_is_filled_and_a_wrong_one_cleared() -> None:
    found = corrected(fix(row="7", column="Country", expect="", new="Peru"), fix(row="5", column="Country", expect="Austria", new=""))
    assert found.rows[2].text("countries") == "Peru"
    assert "countries" not in found.rows[0].values


def test_a_row_that_moved_is_found_by_its_number_or_title() -> None:
    for record in ("X-2", "second"):
        found = corrected(fix(row="5", record=record, column="Country", expect="Austira", new="Austria"))
        assert found.rows[1].text("countries") == "Austria"
        assert "moved from row 5 to row 6" in found.findings[0].message


def test_of_two_rows_of_one_title_the_row_number_or_the_text_decides() -> None:
    for line in (
        fix(row="9", record="Twin", column="C", expect="Chile", new="Peru"),
        fix(record="Twin", column="C", expect="Chile", new="Peru"),
    ):
        assert corrected(line).rows[4].text("countries") == "Peru"


STALE = [
    (fix(row="6", column="C", expect="Austria", new="Peru"), "now says 'Austira'", "somebody changed the cell"),
    (fix(row="5", record="X-9", column="C", expect="Austria", new="Peru"), "no row of the sheet", "the record is gone"),
    (fix(row="99", column="C", expect="", new="Peru"), "row 99 is no record", "the row is gone"),
    (fix(row="10", column="C", expect="", new="Peru"), "row 10 is no record", "a total is no record"),
    (fix(row="20", record="Twin", column="D", expect="2020", new="2021"), "2 rows", "two rows say the same"),
    (fix(row="6", column="Z", expect="", new="x"), "no column 'Z'", "no such column"),
    (fix(row="5", column="Colour", expect="red", new="blue"), "is not used", "a column that feeds nothing"),
    (fix(file="b.xlsx", row="6", column="C", expect="Austira", new="x"), "b.xlsx", "no such file"),
    (fix(sheet="T", row="6", column="C", expect="Austira", new="x"), "no sheet of records called 'T'", "no such sheet"),
    (fix(row="", column="C", expect="Austira", new="x"), "no record", "neither row nor record"),
]


@pytest.mark.parametrize(("line", "message", "why"), STALE)
def test_what_is_not_there_any_more_is_not_corrected(line: Line, message: str, why: str) -> None:
    found = corrected(line)
    assert found.rows == ROWS, why
    (finding,) = found.findings
    assert (finding.severity, finding.code, finding.file, finding.row) == ("warning", "stale_decision", "decisions/c.csv", 2)
    assert message in finding.message


def test_a_merged_cell_is_corrected_for_every_row_it_covers() -> None:
    covered = Row(Origin("a.xlsx", "S", 6), (), "record", kind="agreement", values={"countries": (Cell("C", "Austira", 5, "merged"),)})
    rows = [row(5, "X-1", "First", "Austira"), covered, row(7, "X-3", "Third", "Austira")]
    found = corrected(fix(row="5", column="C", expect="Austira", new="Austria"), rows=rows)
    assert [r.text("countries") for r in found.rows] == ["Austria", "Austria", "Austira"]


def test_two_corrections_of_one_cell_do_not_follow_each_other() -> None:
    found = corrected(
        fix(row="6", column="C", expect="Austira", new="Austria"), fix(row="6", column="Country", expect="Austira", new="Australia")
    )
    assert found.rows[1].text("countries") == "Austria"
    assert [finding.code for finding in found.findings] == ["corrected_cell", "contradictory_decision"]


def test_what_was_wrong_with_a_corrected_cell_is_wrong_no_more() -> None:
    wrong = Finding("error", "error_cell", "#REF!", "Correct it", "a.xlsx", "S", 6, "C", "Austira")
    other = Finding("error", "error_cell", "#REF!", "Correct it", "a.xlsx", "S", 6, "D", "")
    assert undone([wrong, other], corrected(fix(row="6", column="C", expect="Austira", new="Austria"))) == [other]
