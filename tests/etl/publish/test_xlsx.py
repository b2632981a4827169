"""New workbooks and changed parts: any text is read back as it was written, and every part is well formed."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from etl.publish.xlsx.book import Sheet, Value, book, raw, sheet_name
from etl.publish.xlsx.cells import repainted, with_comments
from etl.publish.xlsx.markup import LINKS, MAIN, CannotPatch, grown, prefix_of, visible
from etl.publish.xlsx.package import Package

SHEET = f'<worksheet xmlns="{MAIN}">{{}}</worksheet>'


def written(sheet: Sheet) -> bytes:
    path = io.BytesIO()
    book([sheet]).write(path)  # type: ignore[arg-type]
    return path.getvalue()


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=40))
def test_any_text_is_read_back(text: str) -> None:
    data = written(Sheet("S", [[raw(text), "end"]]))
    shown = visible(text).replace("\r", "\n") if "\r" in text else visible(text)
    (line,) = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert line[-1] == "end"
    cell = load_workbook(io.BytesIO(data))["S"]["A1"]
    assert cell.data_type == "s" or not text
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    found = "".join(each.text or "" for each in root.iter(f"{{{MAIN}}}t")).removesuffix("end")
    assert found.replace("_x005F_", "_").replace("\r", "\n") == shown or "_x005F_" in shown


def test_every_part_is_well_formed_and_stands_in_the_order_of_the_schema() -> None:
    lines = [[Value("Head <&>\"'", "head")], [Value("to", "link", "'It''s'!A1"), 5, None]]
    data = written(Sheet("It's", lines, widths=(5, 6), frozen="B2", filtered="A1:B2"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        roots = {name: ElementTree.fromstring(archive.read(name)) for name in archive.namelist()}
    names = [each.tag.rpartition("}")[2] for each in roots["xl/worksheets/sheet1.xml"]]
    assert names == ["sheetPr", "sheetViews", "sheetFormatPr", "cols", "sheetData", "autoFilter", "hyperlinks", "pageMargins", "pageSetup"]
    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    assert (sheet.freeze_panes, sheet["A2"].hyperlink.location, sheet["B2"].value) == ("B2", "'It''s'!A1", 5)


@given(st.lists(st.text(max_size=40), max_size=6))
def test_names_of_sheets_are_allowed_and_different(wanted: list[str]) -> None:
    taken: list[str] = []
    for name in wanted:
        taken.append(sheet_name(name, taken))
    assert len({name.casefold() for name in taken}) == len(taken)
    for name in taken:
        assert 0 < len(name) <= 31
        assert not re.search(r"[\\/?*\[\]:]|^'|'$", name)


@pytest.mark.parametrize(
    ("tail", "expected"),
    [
        ("", ["sheetData", "legacyDrawing"]),
        ("<pageMargins/><tableParts/>", ["sheetData", "pageMargins", "legacyDrawing", "tableParts"]),
        ("<conditionalFormatting><cfRule><extLst/></cfRule></conditionalFormatting><extLst/>",
         ["sheetData", "conditionalFormatting", "legacyDrawing", "extLst"]),
        ('<drawing/><mc:AlternateContent xmlns:mc="urn:mc"><controls/></mc:AlternateContent>',
         ["sheetData", "drawing", "legacyDrawing", "AlternateContent"]),
        ("<hyperlinks><hyperlink location='a &gt; sheetData'/></hyperlinks>", ["sheetData", "hyperlinks", "legacyDrawing"]),
    ],
)  # fmt: skip
def test_the_drawing_of_comments_stands_where_the_schema_wants_it(tail: str, expected: list[str]) -> None:
    xml = with_comments(SHEET.format(f"<sheetData></sheetData>{tail}").encode(), "rId9", LINKS)
    root = ElementTree.fromstring(xml)
    assert [each.tag.rpartition("}")[2] for each in root] == expected
    assert root.find(f"{{{MAIN}}}legacyDrawing").get(f"{{{LINKS}}}id") == "rId9"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("<sheetData/>", '<row r="2"><c r="B2" s="7"/></row>'),
        ('<sheetData><row r="2" spans="1:1" ht="9"/></sheetData>', '<row r="2" ht="9"><c r="B2" s="7"/></row>'),
        ('<sheetData><row r="1"/><row r="3"/></sheetData>', '<row r="1"/><row r="2"><c r="B2" s="7"/></row><row r="3"/>'),
        ('<sheetData><row r="2"><c r="B2" s="4" t="s"><v>1</v></c><c r="C2"/></row></sheetData>',
         '<row r="2"><c r="B2" t="s" s="11"><v>1</v></c><c r="C2"/></row>'),
        ('<sheetData><row r="2" s="3" customFormat="1"><c r="A2"/></row></sheetData>',
         '<row r="2" s="3" customFormat="1"><c r="A2"/><c r="B2" s="10"/></row>'),
    ],
)  # fmt: skip
def test_a_cell_is_repainted_and_nothing_else(data: str, expected: str) -> None:
    xml = repainted(SHEET.format(f"<sheetViews/>{data}<extLst/>").encode(), {2: ["B"]}, lambda _row, _letter, style: style + 7)
    assert xml.decode() == SHEET.format(f"<sheetViews/><sheetData>{expected}</sheetData><extLst/>")


@pytest.mark.parametrize(
    "xml",
    [
        b"", b"<worksheet/>", b'<worksheet xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"/>',
        b"<?xml version='1.0' encoding='UTF-16'?>" + SHEET.format("").encode(), SHEET.format("<![CDATA[<sheetData>]]>").encode(),
        b'<!DOCTYPE x [<!ENTITY a "b">]>' + SHEET.format("").encode(),
    ],
)  # fmt: skip
def test_a_part_that_is_written_in_an_unusual_way_is_left_alone(xml: bytes) -> None:
    with pytest.raises(CannotPatch):
        prefix_of(xml, b"worksheet")


def test_a_list_counts_what_it_holds_whatever_it_says() -> None:
    xml = b'<styleSheet><fonts count="9"><font><b/></font><font/></fonts></styleSheet>'
    assert grown(xml, b"", b"fonts", [b"<font/>"]) == (
        b'<styleSheet><fonts count="3"><font><b/></font><font/><font/></fonts></styleSheet>', 2,
    )  # fmt: skip


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no zip at all"])
def test_what_is_no_archive_is_not_patched(data: bytes) -> None:
    with pytest.raises(CannotPatch):
        Package.read(data)


def test_a_damaged_part_is_noticed(tmp_path: Path) -> None:
    data = bytearray(written(Sheet("S", [["x" * 500] * 9])))
    at = data.index(b"xl/worksheets/sheet1.xml") + 60
    data[at : at + 8] = b"\xff" * 8
    with pytest.raises(CannotPatch):
        Package.read(bytes(data))
