"""What offices put around their tables; formulas, errors and merged cells in them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from openpyxl.worksheet.worksheet import Worksheet

from tests.hostile.case import Case, accepts, around, quarantines, refuses
from tests.hostile.files import (
    AGREEMENT,
    GOOD_ROW,
    NEWS,
    OUTCOME,
    SHEET,
    agreement,
    book,
    books,
    delimited,
    edited,
    news,
    numbered,
    outcome,
)


def merged_title() -> Case:
    lines = [["Register of agreements"], AGREEMENT, agreement()]
    return accepts("case.xlsx", books({"S": lines}, lambda page: page.merge_cells("A1:I1")), {3: GOOD_ROW})


def header_in_row_five() -> Case:
    lines = [["Register"], [], ["As of 22.11.2026"], [], AGREEMENT, agreement()]
    return accepts("case.xlsx", books({"S": lines}), {6: GOOD_ROW})


def two_header_rows() -> Case:
    upper = ["Agreement ID", "Title", "Partner", "Country", "Dates", "", "Type", "Field", "Status"]
    lower = ["", "", "", "", "Signed", "Expires", "", "", ""]
    return accepts("case.xlsx", books({"S": [upper, lower, agreement()]}, lambda page: page.merge_cells("E1:F1")), {3: GOOD_ROW})


def offset_table() -> Case:
    lines = [[], [], [], ["", "", *AGREEMENT], ["", "", *agreement()]]
    return accepts("case.xlsx", books({"S": lines}), {5: GOOD_ROW})


def junk_sheets() -> Case:
    lines = {"Notes": [["Dear colleagues"], ["see below"]], "Data": [AGREEMENT, agreement()], "Pivot": [["x", "y"], [1, 2], [3, 4]]}
    return accepts("case.xlsx", books(lines), {2: GOOD_ROW})


def reordered_columns() -> Case:
    return accepts("case.csv", delimited([list(reversed(agreement()))], tuple(reversed(AGREEMENT))), {2: GOOD_ROW})


def extra_column() -> Case:
    return accepts("case.csv", delimited([[*agreement(), "44"]], (*AGREEMENT, "Shoe size")), {2: GOOD_ROW}, "unknown_column")


def renamed_column() -> Case:
    header = tuple("Sign date of the doc" if name == "Signed" else name for name in AGREEMENT)
    return accepts("case.csv", delimited([agreement()], header), {2: {"agreement_number": "E-1"}}, "missing_column")


def column_without_a_header() -> Case:
    lines = [(*AGREEMENT, ""), [*agreement(), "lost"]]
    return accepts("case.xlsx", books({"S": lines}), {2: GOOD_ROW}, "unknown_column")


def _without(name: str) -> Case:
    at = AGREEMENT.index(name)
    rows = [[cell for i, cell in enumerate(agreement()) if i != at]]
    return accepts(
        "case.csv", delimited(rows, tuple(each for each in AGREEMENT if each != name)), {2: {"signed_on": "2021-03-05"}}, "missing_column"
    )


TABLE: dict[str, Callable[[], Case]] = {
    f"without_{name}": partial(_without, name) for name in ("Agreement ID", "Title", "Partner", "Country")
}


def without_dates() -> Case:
    rows = [[cell for i, cell in enumerate(agreement()) if i != 4]]
    return accepts(
        "case.csv", delimited(rows, tuple(each for each in AGREEMENT if each != "Signed")), {2: {"signed_on": None}}, "missing_column"
    )


def column_twice() -> Case:
    rows = [[*agreement(), "2020-01-01"]]
    return accepts("case.csv", delimited(rows, (*AGREEMENT, "Signed")), {2: GOOD_ROW}, "conflicting_columns")


def column_twice_with_the_same_in_it() -> Case:
    return accepts("case.csv", delimited([[*agreement(), "2021-03-05"]], (*AGREEMENT, "Signed")), {2: GOOD_ROW}, "duplicate_column")


def title_twice() -> Case:
    rows = [[*agreement(), "Another title"]]
    return accepts("case.csv", delimited(rows, (*AGREEMENT, "Title")), {2: {"agreement_number": "E-1"}}, "duplicate_column")


def hidden_row() -> Case:
    def hide(page: Worksheet) -> None:
        page.row_dimensions[3].hidden = True

    return accepts("case.xlsx", book(numbered("E-1", "E-2", "E-3"), change=hide), around(GOOD_ROW), "hidden_row")


def hidden_column() -> Case:
    def hide(page: Worksheet) -> None:
        page.column_dimensions["E"].hidden = True

    return accepts("case.xlsx", book([agreement()], change=hide), {2: GOOD_ROW}, "hidden_column")


def _hidden(state: str) -> Case:
    data = books(
        {"a": [AGREEMENT, agreement()], "b": [AGREEMENT, agreement(**{"Agreement ID": "E-2"})]},
        lambda page: setattr(page, "sheet_state", state),
    )
    return accepts("case.xlsx", data, {("a", 2): GOOD_ROW, ("b", 2): GOOD_ROW}, "hidden_sheet")


TABLE |= {f"sheet_{state}": partial(_hidden, state) for state in ("hidden", "veryHidden")}


def total() -> Case:
    rows = [outcome(), outcome(**{"Outcome ID": "O-2"}), ["Total", "", "", "", "8"]]
    return accepts("case.csv", delimited(rows, OUTCOME), {2: {"amount": 4}, 3: {"amount": 4}}, "summary_row")


def total_in_russian() -> Case:
    rows = [*numbered("E-1", "E-2"), ["Итого:", "2"]]
    return accepts("case.xlsx", book(rows), {2: GOOD_ROW, 3: GOOD_ROW}, "summary_row")


def footnotes() -> Case:
    rows = [*numbered("E-1", "E-2"), [], ["* as reported by the faculties"], ["Source: international office"]]
    return accepts("case.xlsx", book(rows), {2: GOOD_ROW, 3: GOOD_ROW})


def transposed() -> Case:
    lines = [list(line) for line in zip(AGREEMENT, agreement(), agreement(**{"Agreement ID": "E-2"}), strict=True)]
    return refuses("case.csv", delimited(lines[1:], lines[0]), "form_layout")


def two_tables_in_a_sheet() -> Case:
    lines = [AGREEMENT, agreement(), [], ["News"], NEWS, news()]
    return accepts("case.xlsx", books({"S": lines}), {2: GOOD_ROW, 6: {"news_id": "N-1"}})


def repeated_header() -> Case:
    lines = [AGREEMENT, agreement(), AGREEMENT, agreement(**{"Agreement ID": "E-2"})]
    return accepts("case.xlsx", books({"S": lines}), {2: GOOD_ROW, 4: GOOD_ROW})


def merged_data_cells() -> Case:
    data = book([agreement(), agreement(**{"Agreement ID": "E-2", "Partner": ""})], change=lambda page: page.merge_cells("C2:C3"))
    return accepts("case.xlsx", data, {2: GOOD_ROW, 3: GOOD_ROW}, "merged_cell")


def merged_across_data_cells() -> Case:
    data = book([agreement(), agreement(**{"Agreement ID": "E-2", "Expires": ""})], change=lambda page: page.merge_cells("E3:F3"))
    return quarantines("case.xlsx", data, "merged_cell", {3}, {2: GOOD_ROW})


def merged_numbers() -> Case:
    data = book(
        [agreement(), agreement(**{"Agreement ID": "", "Title": "Another agreement"})], change=lambda page: page.merge_cells("A2:A3")
    )
    return quarantines("case.xlsx", data, "conflicting_duplicate", {2, 3}, {})


def _formula(column: str, cached: str, code: str) -> Case:
    data = book([agreement(), agreement(**{"Agreement ID": "E-2", column: 98765}), agreement(**{"Agreement ID": "E-3"})])
    letter = "ABCDEFGHI"[AGREEMENT.index(column)]
    data = edited(data, SHEET, f'<c r="{letter}3" t="n"><v>98765</v></c>', f'<c r="{letter}3"{cached}</c>')
    return quarantines("case.xlsx", data, code, {3}, around())


FORMULAS = {
    "never_calculated": ("><f>A1</f>", "formula_no_value"),
    "empty_value": ("><f>A1</f><v></v>", "formula_no_value"),
    "no_value_tag": ("><f>A1</f><v/>", "formula_no_value"),
    "shared": ('><f t="shared" si="0"/>', "formula_no_value"),
    "error": (' t="e"><f>1/0</f><v>#DIV/0!</v>', "error_cell"),
    "error_ref": (' t="e"><v>#REF!</v>', "error_cell"),
    "error_na": (' t="e"><v>#N/A</v>', "error_cell"),
    "error_getting": (' t="e"><v>#GETTING_DATA</v>', "error_cell"),
    "error_name": (' t="e"><v>#NAME?</v>', "error_cell"),
}
TABLE |= {f"formula_{name}_{column}": partial(_formula, column, *each) for name, each in FORMULAS.items() for column in ("Title", "Signed")}
TABLE |= {f"formula_{name}_number": partial(_formula, "Agreement ID", *FORMULAS[name]) for name in ("never_calculated", "error")}


def formula_with_its_value() -> Case:
    data = edited(
        book([agreement(Title=98765)]), SHEET, '<c r="B2" t="n"><v>98765</v></c>', '<c r="B2" t="str"><f>"a"&amp;"b"</f><v>ab</v></c>'
    )
    return accepts("case.xlsx", data, {2: {"title": "ab"}})


def error_written_as_text() -> Case:
    rows = [agreement(), agreement(**{"Agreement ID": "E-2", "Title": "#REF!"}), agreement(**{"Agreement ID": "E-3"})]
    return quarantines("case.csv", delimited(rows), "error_cell", {3}, around())


def truth_value_for_a_title() -> Case:
    return accepts("case.xlsx", book([agreement(Title=True)]), {2: {"title": "TRUE"}})


def comment_and_drop_down() -> Case:
    from openpyxl.comments import Comment
    from openpyxl.worksheet.datavalidation import DataValidation

    def change(page: Worksheet) -> None:
        page["B2"].comment = Comment("=1+1", "x")
        page.add_data_validation(DataValidation(type="list", formula1='"a,b"'))

    return accepts("case.xlsx", book([agreement()], change=change), {2: GOOD_ROW})


def filtered_rows() -> Case:
    def change(page: Worksheet) -> None:
        page.auto_filter.ref = "A1:I4"
        page.row_dimensions[3].hidden = True

    return accepts("case.xlsx", book(numbered("E-1", "E-2", "E-3"), change=change), around(GOOD_ROW), "hidden_row")
