"""What stands in the XML of a workbook, cell by cell."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from etl.errors import RefusedFile
from etl.read.formats import Format, number_format, shown
from etl.read.workbook import grids
from etl.records import Cell

from .conftest import HEADER_ROW, SHEET, Raw, inline, package

STYLES = (
    '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="mmm\\ yyyy"/>'
    '<numFmt numFmtId="165" formatCode="&quot;AGR-&quot;0000"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>'
)


def cells(row: str, *, workbook: str = "", strings: str = "<sst/>") -> list[Cell]:
    data = package(
        SHEET.format(f'<row r="1">{row}</row>', ""), workbook=workbook, xl_in_styles_dot_xml=STYLES, xl_in_sharedStrings_dot_xml=strings
    )
    return grids(data)[0].rows.get(1, [])


@pytest.mark.parametrize(
    ("xml", "text", "type_", "why"),
    [
        ('<c r="A1"><v>2019</v></c>', "2019", "number", "a whole number"),
        ('<c r="A1"><v>2019.0</v></c>', "2019", "number", "a whole number written as a fraction"),
        ('<c r="A1"><v>1.5E-3</v></c>', "0.0015", "number", "an exponent"),
        ('<c r="A1"><v>0.1</v></c>', "0.1", "number", "a fraction"),
        ('<c r="A1"><v>1e400</v></c>', "1e400", "number", "no number of a computer"),
        ('<c r="A1" s="1"><v>44256</v></c>', "2021-03-01", "date", "a day"),
        ('<c r="A1" s="1"><v>44256.0</v></c>', "2021-03-01", "date", "midnight is no time"),
        ('<c r="A1" s="2"><v>44256</v></c>', "2021-03", "date", "a day shown as its month"),
        ('<c r="A1" s="1"><v>60</v></c>', "60", "number", "29 February 1900 never was"),
        ('<c r="A1" s="1"><v>59</v></c>', "1900-02-28", "date", "before the leap day that never was"),
        ('<c r="A1" s="1"><v>61</v></c>', "1900-03-01", "date", "after the leap day that never was"),
        ('<c r="A1" s="1"><v>-5</v></c>', "-5", "number", "no day before 1900"),
        ('<c r="A1" s="1"><v>0</v></c>', "0", "number", "no day 0"),
        ('<c r="A1" s="1"><v>2958466</v></c>', "2958466", "number", "no day after 9999"),
        ('<c r="A1" s="1"><v>2958465</v></c>', "9999-12-31", "date", "the last day"),
        ('<c r="A1" s="3"><v>7</v></c>', "AGR-0007", "number", "digits that the format adds"),
        ('<c r="A1" s="99"><v>7</v></c>', "7", "number", "a style that is missing"),
        ('<c r="A1" t="b"><v>1</v></c>', "TRUE", "bool", "a truth value"),
        ('<c r="A1" t="e"><v>#REF!</v></c>', "#REF!", "error", "an error"),
        ('<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "#DIV/0!", "error", "an error of a formula"),
        ('<c r="A1"><f>B1&amp;"x"</f></c>', '=B1&"x"', "uncached", "a formula that was never calculated"),
        ('<c r="A1"><f>B1</f><v></v></c>', "=B1", "uncached", "the same as openpyxl writes it"),
        ('<c r="A1"><f>1+1</f><v>2</v></c>', "2", "number", "a formula with its value"),
        ('<c r="A1" t="str"><f>"a"</f><v>a</v></c>', "a", "text", "a formula with a text"),
        ('<c r="A1" t="d"><v>2020-05-01T00:00:00</v></c>', "2020-05-01", "date", "a date in ISO"),
        ('<c r="A1" t="s"><v>0</v></c>', "Ёж и ко", "text", "a text of several runs without its phonetic guide"),
        ('<c r="A1" t="inlineStr"><is><t>a_x000D_\nb</t><rPh sb="0" eb="1"><t>no</t></rPh></is></c>', "a\nb", "text", "an inline text"),
        ("<c><v>5</v></c>", "5", "number", "a cell that does not say where it stands"),
    ],
)
def test_a_cell_is_what_a_person_sees(xml: str, text: str, type_: str, why: str) -> None:
    strings = "<sst><si><r><t>Ёж</t></r><r><t> и ко</t></r><rPh><t>no</t></rPh></si></sst>"
    (cell,) = cells(xml, strings=strings)
    assert (cell.text, cell.type, cell.letter, cell.row) == (text, type_, "A", 1), why


@pytest.mark.parametrize(
    "xml", ['<c r="A1" s="1"/>', '<c r="A1"><v></v></c>', '<c r="A1" t="str"><f>""</f><v></v></c>', '<c r="A1" t="s"><v>0</v></c>']
)
def test_an_empty_cell_is_no_cell(xml: str) -> None:
    assert cells(xml, strings="<sst><si><t></t></si></sst>") == []


def test_dates_count_from_1904_where_the_workbook_says_so() -> None:
    (cell,) = cells('<c r="A1" s="1"><v>0</v></c>', workbook='<workbookPr date1904="1"/>')
    assert cell.text == "1904-01-01"


def test_order_and_prefix_of_the_xml_do_not_matter() -> None:
    sheet = (
        '<x:worksheet xmlns:x="urn:x"><x:sheetData><x:row r="3"><x:c r="B3"><x:v>3</x:v></x:c></x:row>'
        '<x:row r="1"><x:c r="C1"><x:v>2</x:v></x:c><x:c r="A1"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    grid = grids(package(sheet))[0]
    assert [(row, cell.letter, cell.text) for row, line in grid.rows.items() for cell in line] == [
        (1, "A", "1"),
        (1, "C", "2"),
        (3, "B", "3"),
    ]


def test_cells_without_a_place_follow_each_other_also_over_empty_ones() -> None:
    assert [cell.letter for cell in cells('<c r="B1"><v>1</v></c><c/><c><v>2</v></c>')] == ["B", "D"]


@pytest.mark.parametrize(
    ("code", "precision", "time"),
    [
        ("yyyy-mm-dd", "day", False), ("dd.mm.yyyy", "day", False), ("[$-419]d mmmm yyyy\\ \\г\\.;@", "day", False),
        ("mmmm yyyy", "month", False),
        ("yyyy", "year", False), ('yyyy"年"m"月"', "month", False), ('yyyy"年"m"月"d"日";@', "day", False),
        ("mm/yy", "month", False),
        ("dd/mm/yyyy hh:mm", "day", True), ("h:mm:ss", "time", True), ("[h]:mm", "time", True), ("m/d/yy h:mm AM/PM", "day", True),
        ("0.00", "", False), ("General", "", False), ('#,##0 "days"', "", False), ("@", "", False), ("0%", "", False),
        ('"Red"0', "", False),
        ("[Red]0.0", "", False), ("0.00E+00", "", False), ("d mmm", "day", False), ("mmm", "month", False),
    ],
)  # fmt: skip
def test_a_number_format_shows(code: str, precision: str, time: bool) -> None:
    form = number_format(200, code)
    assert (form.precision, form.time) == (precision, time)


def test_a_time_of_day_is_kept_where_it_is_shown() -> None:
    assert shown("44256.5", Format("day"), False) == ("2021-03-01", "date")
    assert shown("44256.5", Format("day", True), False) == ("2021-03-01T12:00", "date")
    assert shown("44256.99999999", Format("day", True), False) == ("2021-03-02", "date")


def test_errors_and_formulas_without_a_value_are_findings_and_no_values(raw: Raw) -> None:
    record = '<row r="2">' + inline("A2", "N1") + '<c r="B2" t="e"><v>#N/A</v></c><c r="C2"><f>B2</f></c></row>'
    raw.file("a.xlsx", package(SHEET.format(HEADER_ROW + record, "")))
    (row,) = raw.records()
    assert set(row.values) == {"number"}
    assert [cell.text for cell in row.cells] == ["N1", "#N/A", "=B2"]
    assert [(f.severity, f.code, f.row, f.letter) for f in raw.read().findings] == [
        ("error", "error_cell", 2, "B"),
        ("error", "formula_no_value", 2, "C"),
    ]


def test_a_record_whose_only_name_is_an_error_is_still_a_record(raw: Raw) -> None:
    record = '<row r="2"><c r="B2"><v>2024</v></c><c r="C2" t="e"><v>#N/A</v></c></row>'
    raw.file("a.xlsx", package(SHEET.format(HEADER_ROW + record, "")))
    assert raw.roles() == ["header", "record"]


def test_true_dates_written_by_openpyxl(raw: Raw) -> None:
    moment = datetime.fromisoformat("2024-02-29T14:30")
    raw.xlsx(["News ID", "Date", "Headline"], ["N1", date(2024, 2, 29), "a"], ["N2", moment, "b"])
    assert [row.text("published") for row in raw.records()] == ["2024-02-29", "2024-02-29T14:30"]


def test_a_hyperlink_gives_the_address_behind_the_word(raw: Raw) -> None:
    raw.xlsx(
        ["News ID", "Headline", "Link"],
        ["N1", "a", "here"],
        ["N2", "b", "https://example.org/b"],
        change=lambda page: setattr(page["C2"], "hyperlink", "https://example.org/a"),
    )
    assert [row.text("link") for row in raw.records()] == ["https://example.org/a", "https://example.org/b"]
    assert [cell.text for cell in raw.records()[0].cells] == ["N1", "a", "here", "https://example.org/a"]


def test_a_part_outside_the_zip_is_never_looked_for() -> None:
    with pytest.raises(RefusedFile, match="lacks its part"):
        grids(package(SHEET.format("", "")).replace(b"worksheets/sheet1.xml", b"../../../etc/passwd.x"))
