"""Tables as offices lay them out."""

from __future__ import annotations

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from .conftest import Raw

AGREEMENT = ["Agreement ID", "Title", "Partner", "Country", "Signed"]
A1 = ["A-1", "Framework agreement", "TU Graz", "Austria", "2020"]
A2 = ["A-2", "Exchange", "TU Wien", "Austria", "2021"]
R, H, T, B, N, S, Z, D = "record", "header", "title", "blank", "note", "section", "total", "as_of"
RUSSIAN = ["№", "Наименование", "Контрагент", None, "Документ", None, None]
LEAVES = [None, None, "Организация", "Страна", "Вид", "Дата подписания", "Срок действия"]
RECORD = ["Д-1", "О сотрудничестве", "ТУ Граца", "Австрия", "договор", "2020", "2025"]

ROLES: list[tuple[list[list[object]], list[str], str]] = [
    ([AGREEMENT, A1, A2], [H, R, R], "plain"),
    ([["Register"], ["As of 1.2.2026"], [], AGREEMENT, A1], [T, D, B, H, R], "title, day and a blank row above"),
    ([[None, *AGREEMENT], [None, *A1]], [H, R], "a table that does not begin in column A"),
    ([AGREEMENT, A1, [], A2, [], ["Total", 2]], [H, R, B, R, B, Z], "blank rows and a total"),
    ([AGREEMENT, A1, ["", "Total", "", "", 1]], [H, R, Z], "a total in the second column"),
    ([AGREEMENT, A1, ["Итого: 1"], ["Grand total", 1], ["合计：1"]], [H, R, Z, Z, Z], "totals in three languages"),
    ([AGREEMENT, ["A-1", "Total quality programme", "TU Graz", "Austria", 2020]], [H, R], "a title that begins like a total"),
    ([AGREEMENT, ["I. Europe"], A1, ["II. Asia"], A2], [H, S, R, S, R], "sections"),
    ([AGREEMENT, ["Europe"], A1], [H, S, R], "a section that is but a word in the first column"),
    ([AGREEMENT, [2020], A1, ["2021 год"], A2], [H, S, R, S, R], "sections that are years"),
    ([AGREEMENT, A1, [], ["* as reported by the faculty"], ["Source: office"]], [H, R, B, N, N], "footnotes"),
    ([AGREEMENT, A1, ["Updated 1.2.2026"]], [H, R, D], "the day below the table"),
    ([AGREEMENT, [1, 2, 3, 4, 5], A1], [H, H, R], "a row that numbers the columns"),
    ([AGREEMENT, A1, AGREEMENT, A2], [H, R, H, R], "a header repeated on the next page"),
    ([AGREEMENT, A1, [], ["News"], ["Date", "Headline", "Link"], ["2020", "Visit", "x"]], [H, R, B, T, H, R], "two tables"),
    ([["№", *AGREEMENT[1:]], [1, *A1[1:]], [2], [3]], [H, R, B, B], "rows prepared with their running number"),
    ([AGREEMENT, ["A-9"], A1], [H, R, R], "a record of which only the number is known"),
    ([AGREEMENT, [None, None, None, "Austria", "2020"], A1], [H, N, R], "a row that does not say what it is about"),
    ([RUSSIAN, LEAVES, RECORD], [H, H, R], "a header of two rows without merged cells"),
    ([["№ п/п", "Партнёр", "Страна"], ["No.", "Partner", "Country"], [1, "TU Graz", "Австрия"]], [H, H, R], "a header in two languages"),
    ([AGREEMENT, [" ", " "], A1], [H, B, R], "a row of spaces"),
    ([["Date", "Headline"], [None, "Only a headline, and a long one"], ["2020", "b"]], [H, R, R], "a record of one text"),
    ([["Name", "Partner", "Year", "Metric"], ["Laboratory", "TU Graz", 2020, "lab"]], [H, R], "data that use words of headers"),
    ([["Name", "Kind", "Partner", "Country", "Opened"], ["Project", "Event", "Institut X", "Countess", "Opening"]], [H, R], "such words"),
    ([AGREEMENT[1:], ["Total", "TotalEnergies", "France", "in 2020"]], [H, R], "a title that is a word of totals"),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "roles", "why"), ROLES, ids=[why for *_, why in ROLES])
def test_each_row_has_its_role(raw: Raw, lines: list[list[object]], roles: list[str], why: str) -> None:
    raw.xlsx(*lines)
    assert raw.roles() == roles


@pytest.mark.parametrize(("lines", "roles", "why"), ROLES, ids=[why for *_, why in ROLES])
def test_a_csv_is_laid_out_as_a_sheet_is(raw: Raw, lines: list[list[object]], roles: list[str], why: str) -> None:
    raw.file("a.csv", "\n".join(";".join("" if cell is None else str(cell) for cell in line) for line in lines))
    assert raw.roles() == roles


def test_merged_headers_name_their_columns_together(raw: Raw) -> None:
    def merge(page: Worksheet) -> None:
        for reference in ("A1:A2", "B1:B2", "C1:D1", "E1:G1"):
            page.merge_cells(reference)

    raw.xlsx(RUSSIAN, LEAVES, RECORD, change=merge)
    columns = raw.read().columns
    assert [column.feeds for column in columns] == ["number", "title", "partners", "countries", "type", "signed", "expires"]
    assert columns[3].header == "Контрагент / Страна"
    assert {column.header_row for column in columns} == {2}


def test_groups_over_a_full_header_belong_to_it(raw: Raw) -> None:
    raw.xlsx(
        ["Register"],
        ["General", None, "Partner", None, "Dates"],
        AGREEMENT,
        A1,
        change=lambda p: (p.merge_cells("A2:B2"), p.merge_cells("C2:D2"))[0],
    )
    assert raw.roles() == [T, H, H, R]
    assert [column.feeds for column in raw.read().columns] == ["number", "title", "partners", "countries", "signed"]


def test_a_section_is_remembered_and_may_be_merged_over_any_column(raw: Raw) -> None:
    lines = [["Title", "Partner", "Country", "Signed"], ["Countries of Asia and beyond"], A1[1:], ["Europe and the rest of it"], A2[1:]]
    raw.xlsx(*lines, change=lambda page: (page.merge_cells("A2:D2"), page.merge_cells("A4:D4"))[0])
    assert raw.roles() == [H, S, R, S, R]
    assert [row.section for row in raw.records()] == ["Countries of Asia and beyond", "Europe and the rest of it"]


def test_a_table_below_its_own_title_has_it_as_section(raw: Raw) -> None:
    raw.xlsx(["Register"], AGREEMENT, A1, ["Asia"], AGREEMENT, A2)
    assert [row.section for row in raw.records()] == ["", "Asia"]


def test_cells_merged_down_are_read_in_each_row_they_cover(raw: Raw) -> None:
    raw.xlsx(AGREEMENT, A1, ["A-2", "b", "TU Wien", None, "2021"], [], ["A-3", "c", "ETH"], change=lambda page: page.merge_cells("D2:D5"))
    cells = [row.values["countries"][0] for row in raw.records()]
    assert [(cell.text, cell.row, cell.how) for cell in cells] == [
        ("Austria", 2, "cell"),
        ("Austria", 2, "merged"),
        ("Austria", 2, "merged"),
    ]
    assert raw.roles() == [H, R, R, B, R]


def test_a_merge_into_the_total_does_not_make_it_a_record(raw: Raw) -> None:
    raw.xlsx(AGREEMENT, A1, ["Total", 1], change=lambda page: page.merge_cells("D2:D3"))
    assert raw.roles() == [H, R, Z]


@pytest.mark.parametrize("mark", ['—"—', "-//-", "〃", '"', "то же", "Ditto", "same as above", "同上", "''"])
def test_a_ditto_mark_repeats_the_cell_above(raw: Raw, mark: str) -> None:
    raw.xlsx(AGREEMENT, A1, ["A-2", "b", "TU Wien", mark, "2021"], ["A-3", "c", "KU", mark, mark])
    third = raw.records()[2]
    assert [(row.text("countries")) for row in raw.records()] == ["Austria"] * 3
    assert [(cell.row, cell.how) for cell in (*third.values["countries"], *third.values["signed"])] == [(2, "ditto"), (3, "ditto")]
    assert [(cell.letter, cell.how) for cell in third.cells if cell.letter == "D"] == [("D", "cell"), ("D", "ditto")]
    assert len(raw.findings("ditto_mark")) == 3


def test_a_ditto_mark_with_nothing_above_is_an_error(raw: Raw) -> None:
    raw.xlsx(AGREEMENT, ["A-1", "a", "TU Graz", "〃", "2020"])
    assert [(f.severity, f.letter) for f in raw.findings("bad_value")] == [("error", "D")]
    assert raw.records()[0].text("countries") == ""


def _hide(page: Worksheet) -> None:
    page.row_dimensions[2].hidden = page.row_dimensions[3].hidden = True
    page.column_dimensions["D"].hidden = True


def test_what_is_hidden_is_read_and_said(raw: Raw) -> None:
    raw.xlsx(AGREEMENT, A1, A2, change=_hide)
    assert [row.hidden for row in raw.records()] == [True, True]
    assert raw.records()[0].text("countries") == "Austria"
    assert [f.row for f in raw.findings("hidden_row")] == [2]
    assert [f.letter for f in raw.findings("hidden_column")] == ["D"]


def test_an_unknown_column_is_reported_with_its_fill_count(raw: Raw) -> None:
    raw.xlsx([*AGREEMENT, "Shoe size", "Coutnry", "Empty"], [*A1, 44, "Austria"], [*A2, None, "Austria"])
    said = {f.letter: (f.severity, f.message) for f in raw.findings("unknown_column")}
    assert set(said) == {"F", "G"}
    assert "1 of its cells" in said["F"][1]
    assert "Did you mean 'country'?" in said["G"][1]
    unknown = [column for column in raw.read().columns if column.feeds is None]
    assert [(column.header, column.filled, column.reason) for column in unknown] == [
        ("Shoe size", 1, "unknown header"),
        ("Coutnry", 2, "unknown header"),
        ("Empty", 0, "unknown header and empty"),
    ]


def test_a_column_without_a_header_is_reported(raw: Raw) -> None:
    raw.xlsx(AGREEMENT, [*A1, "stray"])
    assert [(f.letter, f.severity) for f in raw.findings("unknown_column")] == [("F", "warning")]


def test_two_columns_of_one_field_are_both_kept(raw: Raw) -> None:
    raw.xlsx([*AGREEMENT, "Партнёр"], [*A1, "ТУ Граца"])
    assert [cell.letter for cell in raw.records()[0].values["partners"]] == ["C", "F"]
    assert [f.severity for f in raw.findings("duplicate_column")] == ["note"]


def test_a_table_without_what_a_figure_needs_is_named(raw: Raw) -> None:
    raw.xlsx(["Agreement ID", "Title", "Country"], ["A-1", "a", "Austria"])
    assert [f.code for f in raw.read().findings] == ["missing_column"]


@pytest.mark.parametrize(
    ("header", "numbers", "feeds"),
    [
        ("№", [1, 2, 3], None), ("No.", ["1.", "2.", "3."], None), ("№", [1, 2, 1], None), ("№", ["A-1", "A-2", "A-3"], "number"),
        ("№", [101, 102, 105], "number"), ("№ п/п", [7, 8, 9], None), ("序号", [1, 2, 3], None), ("Agreement ID", [1, 2, 3], "number"),
    ],
)  # fmt: skip
def test_a_running_number_is_no_number_of_a_record(raw: Raw, header: str, numbers: list[object], feeds: str | None) -> None:
    raw.xlsx([header, *AGREEMENT[1:]], *[[number, *A1[1:]] for number in numbers])
    column = raw.read().columns[0]
    assert (column.feeds, column.filled) == (feeds, 3)
    assert raw.findings("unknown_column") == []


def test_a_sheet_of_prose_beside_a_table_is_a_note(raw: Raw) -> None:
    def more(page: Worksheet) -> None:
        page.parent.create_sheet("Notes")["A2"] = "Nothing but words"

    raw.xlsx(AGREEMENT, A1, change=more)
    assert raw.roles() == [H, R, B, N]
    assert [(f.severity, f.sheet) for f in raw.findings("no_data")] == [("note", "Notes")]


@pytest.mark.parametrize("header", [["Country", "Number", "Share"], ["Year", "Number", "Share"], ["Страна", "Количество договоров", "Год"]])
def test_a_statistic_beside_a_register_is_no_register(raw: Raw, header: list[str]) -> None:
    def more(page: Worksheet) -> None:
        page.parent.create_sheet("Statistics").append(header)
        page.parent["Statistics"].append([2020, 12, 0.5])

    raw.xlsx(AGREEMENT, A1, change=more)
    assert raw.roles() == [H, R, N, N]
    assert [(f.severity, f.sheet) for f in raw.findings("no_header")] == [("warning", "Statistics")]


def test_records_above_the_first_known_header_are_named(raw: Raw) -> None:
    raw.xlsx(["Foo", "Bar", "Baz"], ["1", "2", "3"], ["4", "5", "6"], AGREEMENT, A1)
    assert [(f.severity, f.row) for f in raw.findings("no_header")] == [("error", 1)]
    assert raw.roles()[-2:] == [H, R]


def test_a_header_alone_is_a_warning(raw: Raw) -> None:
    raw.xlsx(AGREEMENT)
    assert (raw.one().verdict, [f.severity for f in raw.findings("empty")]) == ("read", ["warning"])


def test_the_message_of_an_unknown_book_tells_what_was_seen(raw: Raw) -> None:
    raw.xlsx(["Shoe size", "Colour", "Laces"], [44, "red", 2])
    assert "'Shoe size', 'Colour', 'Laces'" in (raw.one().message or "")
    assert "sources.yaml" in (raw.one().message or "")


def test_long_runs_of_empty_rows_are_named_once(raw: Raw) -> None:
    def far(page: Worksheet) -> None:
        page["A50000"] = "A-2"
        page["B50000"] = "late"

    raw.xlsx(AGREEMENT, A1, change=far)
    assert raw.roles() == [H, R, R]
    assert [f.row for f in raw.findings("blank_rows")] == [3]
