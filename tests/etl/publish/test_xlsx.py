"""New workbooks and changed parts: any text is read back as it was written, and every part is well formed."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from etl.publish.xlsx.archive import Packed, packed, write
from etl.publish.xlsx.book import Sheet, Value, book, raw, sheet_name
from etl.publish.xlsx.cells import repainted, with_comments
from etl.publish.xlsx.markup import LINKS, MAIN, CannotPatch, grown, prefix_of, visible
from etl.publish.xlsx.package import Package

SHEET = f'<worksheet xmlns="{MAIN}">{{}}</worksheet>'


def written(sheet: Sheet) -> bytes:
    file = io.BytesIO()
    write(file, book([sheet]).parts)
    return file.getvalue()


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
    ending = lambda behind, prefix: with_comments(behind, prefix, "rId9", LINKS)  # noqa: E731
    sheet = SHEET.format(f"<sheetData></sheetData>{tail}").encode()
    root = ElementTree.fromstring(b"".join(repainted([sheet], {}, lambda _row, _letter, style: style, ending)))
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
@pytest.mark.parametrize("size", [1, 7, 1000])
def test_a_cell_is_repainted_and_nothing_else_however_the_sheet_comes(data: str, expected: str, size: int) -> None:
    xml = SHEET.format(f"<sheetViews/>{data}<extLst/>").encode()
    pieces = [xml[at : at + size] for at in range(0, len(xml), size)]
    painted = b"".join(repainted(pieces, {2: ["B"]}, lambda _row, _letter, style: style + 7))
    assert painted.decode() == SHEET.format(f"<sheetViews/><sheetData>{expected}</sheetData><extLst/>")


@pytest.mark.parametrize("size", [1, 2, 1000])
@pytest.mark.parametrize("inside", ["<row r='1'/><!-- a row -->", "<row r='1'/><![CDATA[ ]]>", "<row/>", "<row r='1'/>"])
def test_a_sheet_that_cannot_be_painted_is_noticed_wherever_it_stands(inside: str, size: int) -> None:
    xml = f'<worksheet xmlns="{MAIN}"><sheetData>{inside}'.encode()
    pieces = [xml[at : at + size] for at in range(0, len(xml), size)]
    with pytest.raises(CannotPatch):
        list(repainted(pieces, {3: ["B"]}, lambda _row, _letter, style: style))


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


def test_a_damaged_part_is_noticed() -> None:
    data = bytearray(written(Sheet("S", [["x" * 500] * 9])))
    at = data.index(b"xl/worksheets/sheet1.xml") + 60
    data[at : at + 8] = b"\xff" * 8
    with pytest.raises(CannotPatch):
        Package.read(bytes(data)).part("xl/worksheets/sheet1.xml")


def archive(*added: tuple[str, bytes, int]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name, content, method in added:
            made.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), content, method)
    return file.getvalue()


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
def test_a_part_that_is_not_asked_for_goes_over_as_it_lies_there(method: int) -> None:
    source = archive(("a.xml", b"<a/>" * 99, method), ("папка/b.bin", bytes(range(256)) * 9, method), ("empty", b"", method))
    file = io.BytesIO()
    write(file, Package.read(source).parts)
    with zipfile.ZipFile(file) as made:
        assert made.testzip() is None
        assert {name: made.read(name) for name in made.namelist()} == {
            "a.xml": b"<a/>" * 99, "папка/b.bin": bytes(range(256)) * 9, "empty": b"",
        }  # fmt: skip
        kept = method if method != zipfile.ZIP_BZIP2 else zipfile.ZIP_DEFLATED
        assert {info.compress_type for info in made.infolist()} == {kept}


@given(st.lists(st.binary(max_size=200), max_size=9))
def test_what_is_packed_piece_by_piece_is_unpacked_whole(pieces: list[bytes]) -> None:
    made = packed(pieces)
    assert b"".join(made.unpacked()) == b"".join(pieces)
    assert made == packed([b"".join(pieces)])


@pytest.mark.parametrize("change", [{"crc": 1}, {"size": 3}, {"size": 99_999}, {"content": b"\xff\xff"}, {"content": b""}])
def test_a_part_that_is_not_what_its_archive_says_is_noticed(change: dict[str, object]) -> None:
    with pytest.raises(CannotPatch):
        list(replace(packed([b"x" * 9_999]), **change).unpacked())


def test_an_archive_that_is_cut_or_locked_or_lies_is_not_patched() -> None:
    whole = bytearray(archive(("a.xml", b"<a/>" * 99, zipfile.ZIP_DEFLATED)))
    listed = whole.index(b"PK\x01\x02")
    for at, value in ((listed + 8, 1), (listed + 20, 0xFF), (listed + 42, 7)):  # locked; longer than the file; not where it begins
        changed = whole.copy()
        changed[at] |= value
        changed[listed + 21] |= value if at == listed + 20 else 0
        with pytest.raises(CannotPatch):
            Package.read(bytes(changed))


def test_an_archive_beyond_the_limits_of_its_form_is_not_written() -> None:
    file = io.BytesIO()
    with pytest.raises(CannotPatch):
        write(file, {"a": Packed(b"", 0, 1 << 32)})
    with pytest.raises(CannotPatch):
        write(file, {str(number): Packed(b"", 0, 0) for number in range(1 << 16)})
    assert not file.getvalue()
