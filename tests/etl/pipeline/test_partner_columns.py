"""A register that names each partner in two columns, one for each language."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from etl.pipeline.partner_columns import PartnerColumns, language
from etl.pipeline.run import Refresh
from etl.records import Cell, HeaderColumn, Origin, Record, Row, Said
from tests.etl.pipeline.office import refresh, rows, told

HEADERS = [
    ("Partner (EN)", "en", "a code in brackets"),
    ("Партнёр (англ.)", "en", "an abbreviation"),
    ("Партнёр на английском языке", "en", "in words"),
    ("Партнёр (на англ. яз.)", "en", "abbreviated words"),
    ("Partner name in English", "en", "at the end"),
    ("Partner_RU", "ru", "behind an underscore"),
    ("Партнёр / Partner (рус.)", "ru", "a header in two languages"),
    ("合作院校英文名称", "en", "Chinese without spaces"),
    ("Партнёр (на языке оригинала)", "original", "that of the partner"),
    ("Partner", "", "none"),
    ("Партнёр (рус., англ.)", "", "two"),
    ("English partner", "", "what the partner is, not how it is written"),
    ("Partner open", "", "a word that ends like a code"),
]


@pytest.mark.parametrize(("header", "code", "why"), HEADERS, ids=[why for *_, why in HEADERS])
def test_the_language_of_a_column(header: str, code: str, why: str) -> None:
    assert language(header) == code, why


def columns(*headers: str, row: int = 1) -> list[HeaderColumn]:
    return [
        HeaderColumn("a.xlsx", "S", row, letter, header, "agreement", "partners", "", 1)
        for letter, header in zip("ABCD", headers, strict=False)
    ]


def record(*texts: str, row: int = 5) -> Record:
    cells = [Cell(letter, text, row) for letter, text in zip("ABCD", texts, strict=False) if text]
    return Record(
        "agreement", Row(Origin("a.xlsx", "S", row), cells, "record"), {}, partners=tuple(Said(c.text, c.text, c, "") for c in cells)
    )


ROWS = [
    (["Партнёр", "Partner (EN)"], ["А; Б", "X; Y"], [("А", "X"), ("Б", "Y")], "one after the other"),
    (["Партнёр", "Partner (EN)"], ["А; Б", "X"], [], "not as many in both"),
    (["Партнёр", "Partner (EN)"], ["А", ""], [], "one cell is empty"),
    (["Partner", "Partner"], ["A", "X"], [], "no header says a language"),
    (["Partner (EN)", "Partner in English"], ["A", "X"], [], "twice the same language"),
    (["Partner 1", "Partner 2 (EN)"], ["A", "X"], [], "two partners"),
    (["Партнёр 1", "Partner 1 (EN)", "Партнёр 2", "Partner 2 (EN)"], ["А", "X", "Б", "Y"], [("А", "X"), ("Б", "Y")], "two, each twice"),
    (["Партнёр", "Partner (EN)", "合作院校（中文）"], ["А", "X", "甲"], [("А", "X"), ("А", "甲"), ("X", "甲")], "three languages"),
]  # fmt: skip


@pytest.mark.parametrize(("headers", "cells", "pairs", "why"), ROWS, ids=[why for *_, why in ROWS])
def test_names_of_one_partner_in_a_row(headers: list[str], cells: list[str], pairs: list[tuple[str, str]], why: str) -> None:
    found = PartnerColumns(columns(*headers)).pairs(record(*cells), lambda text: text.split("; "))
    assert [(one.name, two.name) for one, two in found] == pairs, why


def test_each_table_of_a_sheet_has_its_own_columns() -> None:
    tables = PartnerColumns([*columns("Партнёр", "Partner (EN)", row=1), *columns("Partner", "Home", row=10)])
    assert [len(list(tables.pairs(record("А", "X", row=row), lambda text: [text]))) for row in (5, 15)] == [1, 0]


def published(tmp: Path, *lines: tuple[str, str, str]) -> Refresh:
    (tmp / "raw").mkdir()
    book = Workbook()
    book.active.title = "S"
    book.active.append(["Agreement ID", "Title", "Партнёр", "Partner (EN)", "Country", "Signed", "Type"])
    for number, line in enumerate(lines):
        book.active.append([f"X-{number}", f"Title {number}", *line, "2020", "MoU"])
    book.save(tmp / "raw" / "a.xlsx")
    return refresh(tmp)


def test_a_register_in_two_languages_names_each_partner_once(tmp_path: Path) -> None:
    done = published(
        tmp_path,
        ("Университет Фубара", "Barfoo Institute", "Nigeria"),
        ("ТУ Грац", "Graz University of Technology", "Austria"),
        ("Штирийская альма-матер", "Graz University of Technology", "Austria"),
    )
    assert [link["agreement_id"] for link in rows(done, "agreement_partner")] == ["X-0", "X-1", "X-2"]
    (new,) = (each["partner_id"] for each in rows(done, "partner", partner_name="Университет Фубара"))
    assert [link["partner_id"] for link in rows(done, "agreement_partner")] == [new, "org-tu-graz", "org-tu-graz"]
    assert rows(done, "review") == []
    assert told(done, "conflicting_columns") == []
    read = {row["raw_text"]: row["value"] for row in rows(done, "reading", reading_kind="partner")}
    assert read["Barfoo Institute"] == read["Университет Фубара"] == new


def test_two_partners_where_the_columns_are_for_one_are_told_and_both_count(tmp_path: Path) -> None:
    done = published(tmp_path, ("ТУ Грац", "Tsinghua University", ""), ("ТУ Грац", "TU Graz", "Austria"))
    assert len(rows(done, "agreement_partner", agreement_id="X-0")) == 2
    assert told(done, "conflicting_columns") == [("conflicting_columns", "a.xlsx", 2)]
    (problem,) = rows(done, "problem", problem_code="conflicting_columns")
    assert problem["message"].startswith("D2 says Tsinghua University, C2 says ТУ Грац")


def test_a_question_says_where_each_of_its_cells_stands(tmp_path: Path) -> None:
    done = published(tmp_path, *[("University of Granada", "", "Mexico")] * 25)
    (question,) = rows(done, "review", subject="University of Granada")
    assert question["cell_count"] == 25
    assert question["places"] == [f"a.xlsx, S, C{row}" for row in range(2, 22)]


def test_each_cell_says_itself_how_it_was_filled(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    book = Workbook()
    book.active.title = "S"
    book.active.append(["Agreement ID", "Title", "Partner", "Signed", "Type"])
    for number, partner in enumerate(("Foobar University", '"')):
        book.active.append([f"X-{number}", f"Title {number}", partner, "2020", "MoU"])
    book.save(tmp_path / "raw" / "a.xlsx")
    assert [link["method"] for link in rows(refresh(tmp_path), "agreement_partner")] == ["new", "ditto, new"]
