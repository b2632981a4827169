"""The workbook of refused rows: a person corrects a cell there and copies it back."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from etl.publish.quarantine import MOST_ROWS, write_quarantine
from etl.words.say import speaker

from .conftest import HEAD, ROWS, Made, given_of, one_file, problem, source_row

EN, RU = speaker("en"), speaker("ru")


@pytest.mark.parametrize(
    ("name", "overview", "why"),
    [
        ("quarantine.xlsx", "Overview", "Not understood as a date: not a date: 'soon'"),
        ("quarantine.ru.xlsx", "Обзор", "Не удалось прочитать дату: не дата: 'soon'"),
    ],
)
def test_each_refused_row_stands_under_its_headers_with_its_reason(made: Made, name: str, overview: str, why: str) -> None:
    book = load_workbook(made.folder / name)
    assert book.sheetnames == [overview, "agreements.xlsx Реестр 2024", "outcomes.csv"]
    sheet = book["agreements.xlsx Реестр 2024"]
    assert tuple(cell.value for cell in sheet[4])[4:14] == HEAD
    assert [cell.value for cell in sheet[3]][4:6] == ["A", "B"]
    rows = {row[0].value: row for row in sheet.iter_rows(min_row=5)}
    assert set(rows) == {3, 4, 5}
    for number, row in rows.items():
        assert [cell.value for cell in row][4:14] == list(ROWS[number - 2])
    assert (rows[4][1].value, rows[4][2].value) == ("E4", why)
    assert [cell.fill.fill_type for cell in rows[4]][4:14] == [None] * 4 + ["solid"] + [None] * 5
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B5", "A4:N7")


def test_the_overview_leads_to_each_table(made: Made) -> None:
    sheet = load_workbook(made.folder / "quarantine.xlsx").worksheets[0]
    lines = {row[0].value: row for row in sheet.iter_rows() if row[0].hyperlink}
    assert {name: (row[2].value, row[0].hyperlink.location) for name, row in lines.items()} == {
        "agreements.xlsx": (3, "'agreements.xlsx Реестр 2024'!A1"),
        "outcomes.csv": (2, "'outcomes.csv'!A1"),
    }


def test_no_cell_is_a_formula_even_when_it_is_edited(made: Made) -> None:
    for sheet in load_workbook(made.folder / "quarantine.xlsx"):
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            assert cell.data_type in ("s", "n")
            if isinstance(cell.value, str) and cell.value.startswith("="):
                assert cell.quotePrefix or cell.row < 5
                assert cell.number_format == "@" or cell.row < 5


def refused(text: str, path: Path) -> object:
    source = path / "a.csv"
    source.write_text("x", "utf-8")
    rows = [source_row("a.csv", "", 2, "quarantined", A=text)]
    write_quarantine(path / "q.xlsx", one_file(source, [problem("a.csv", "", 2, "A")], rows, sheet=""), EN)
    return load_workbook(path / "q.xlsx")["a.csv"]["E5"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a\x00\x0bb", "a\ufffd\ufffdb"), ("\ud83d", "\ufffd"), ("a\r\nb", "a\nb"), ("\t=1", "\t=1"), ("😀" * 3, "😀" * 3)],
)
def test_a_sign_that_a_cell_cannot_hold_is_seen(tmp_path: Path, text: str, shown: str) -> None:
    assert refused(text, tmp_path).value == shown


def test_a_text_that_is_too_long_tells_how_much_was_cut(tmp_path: Path) -> None:
    value = refused("😀" * 20_000, tmp_path).value
    assert value.startswith("😀😀")
    kept, _, cut = value.partition(" … [+")
    assert len(kept) + int(cut.rstrip("]")) == 20_000
    assert len(value.encode("utf-16-le")) // 2 <= 32_767


def test_more_refused_rows_than_a_person_can_correct_are_counted(tmp_path: Path) -> None:
    source = tmp_path / "a.csv"
    source.write_text("x", "utf-8")
    rows = [source_row("a.csv", "", row, "quarantined", A="x") for row in range(1, MOST_ROWS + 3)]
    write_quarantine(tmp_path / "q.xlsx", one_file(source, [], rows, sheet=""), EN)
    sheet = load_workbook(tmp_path / "q.xlsx")["a.csv"]
    assert sheet["A2"].value == "Only the first 10,000 refused rows of this table are listed; 10,002 were refused."
    assert sheet.max_row == MOST_ROWS + 4
    assert sheet["C5"].value == "The row could not be read"


def test_without_refused_rows_it_says_so(tmp_path: Path) -> None:
    source = tmp_path / "a.csv"
    source.write_text("x", "utf-8")
    write_quarantine(tmp_path / "q.xlsx", one_file(source, [], sheet=""), RU)
    book = load_workbook(tmp_path / "q.xlsx")
    assert [sheet.title for sheet in book] == ["Обзор"]
    assert book["Обзор"]["A3"].value == "Все строки приняты; исправлять здесь нечего."


def test_the_same_rows_give_the_same_bytes(made: Made, tmp_path: Path) -> None:
    write_quarantine(tmp_path / "q.xlsx", given_of(made), EN)
    assert (tmp_path / "q.xlsx").read_bytes() == (made.folder / "quarantine.xlsx").read_bytes()
