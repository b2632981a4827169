"""Sheets that lie about their size, or are larger than any register."""

from __future__ import annotations

import io
import zipfile
import zlib

from tests.etl.read.conftest import HEADER_ROW, inline, package
from tests.etl.read.conftest import SHEET as WORKSHEET
from tests.hostile.case import Case, accepts, refuses
from tests.hostile.files import AGREEMENT, GOOD_ROW, SHEET, agreement, book, delimited, edited

_RECORD = '<row r="2">' + inline("A2", "N-1") + inline("B2", "2024") + inline("C2", "Visit to Graz") + "</row>"
_KEPT = {2: {"news_id": "N-1", "title": "Visit to Graz"}}


def _sheet(rows: str, after: str = "") -> bytes:
    return package(WORKSHEET.format(HEADER_ROW + rows, after))


def dimension_of_a_billion() -> Case:
    data = book([agreement()])
    return accepts("case.xlsx", edited(data, SHEET, 'ref="A1:I2"', 'ref="A1:XFD1048576"'), {2: GOOD_ROW})


def dimension_too_small() -> Case:
    return accepts("case.xlsx", edited(book([agreement()]), SHEET, 'ref="A1:I2"', 'ref="A1"'), {2: GOOD_ROW})


def dimension_of_nonsense() -> Case:
    return accepts("case.xlsx", edited(book([agreement()]), SHEET, 'ref="A1:I2"', 'ref="??"'), {2: GOOD_ROW})


def far_cell() -> Case:
    return accepts("case.xlsx", _sheet(_RECORD + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), _KEPT, "blank_rows")


def merge_of_seventeen_billion() -> Case:
    return accepts("case.xlsx", _sheet(_RECORD, '<mergeCells><mergeCell ref="D3:XFD1048576"/></mergeCells>'), _KEPT)


def merge_over_everything() -> Case:
    return accepts("case.xlsx", _sheet(_RECORD, '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'), _KEPT)


def a_million_blank_rows() -> Case:
    return accepts("case.xlsx", _sheet(_RECORD + "".join(f'<row r="{n}"/>' for n in range(3, 1_000_000))), _KEPT)


def a_million_styled_rows() -> Case:
    blank = "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(3, 600_000))
    return accepts("case.xlsx", _sheet(_RECORD + blank), _KEPT)


def all_columns() -> Case:
    from etl.cells import letter_of

    row = '<row r="3">' + "".join(f'<c r="{letter_of(n)}3" s="1"/>' for n in range(1, 16_385)) + "</row>"
    return accepts("case.xlsx", _sheet(_RECORD + row), _KEPT)


def column_that_does_not_exist() -> Case:
    return refuses("case.xlsx", _sheet(_RECORD + '<row r="3"><c r="XFE3"><v>7</v></c></row>'), "unreadable")


def row_that_does_not_exist() -> Case:
    return refuses("case.xlsx", _sheet(_RECORD + '<row r="1048577"><c r="A1048577"><v>7</v></c></row>'), "unreadable")


def negative_row() -> Case:
    return accepts("case.xlsx", _sheet(_RECORD + '<row r="-5"/>'), _KEPT)


def rows_in_disorder() -> Case:
    first, second = (f'<row r="{n}">{inline(f"A{n}", f"N-{n}")}{inline(f"B{n}", "2024")}{inline(f"C{n}", "Visit")}</row>' for n in (2, 3))
    data = package(WORKSHEET.format(second + first + HEADER_ROW, ""))
    return accepts("case.xlsx", data, {2: {"news_id": "N-2"}, 3: {"news_id": "N-3"}})


def cell_twice() -> Case:
    row = '<row r="2">' + inline("A2", "N-1") + inline("B2", "2024") + inline("C2", "First") + inline("C2", "Second") + "</row>"
    return refuses("case.xlsx", _sheet(row), "unreadable")


def row_twice() -> Case:
    again = '<row r="2">' + inline("A2", "N-9") + inline("B2", "2023") + inline("C2", "Other") + "</row>"
    return refuses("case.xlsx", _sheet(_RECORD + again), "unreadable")


def cell_of_another_row() -> Case:
    row = '<row r="2">' + inline("A2", "N-1") + inline("B2", "2024") + inline("C7", "Visit to Graz") + "</row>"
    return refuses("case.xlsx", _sheet(row), "unreadable")


def bomb_of_one_string() -> Case:
    return refuses("case.xlsx", _sheet(_RECORD + f'<row r="3">{inline("C3", "x" * (250 << 20))}</row>'), "too_large")


def bomb_of_blanks() -> Case:
    return refuses("case.xlsx", _sheet(_RECORD + " " * (300 << 20)), "too_large")


def bomb_that_lies_about_its_size() -> Case:
    data = bytearray(_sheet(_RECORD + " " * (600 << 20)))
    for mark, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = -1
        while (at := data.find(mark, at + 1)) >= 0:
            if b"sheet1.xml" in data[at : at + 80]:
                data[at + offset : at + offset + 4] = (1000).to_bytes(4, "little")
    return refuses("case.xlsx", bytes(data), "unreadable")


def bomb_of_overlapping_parts() -> Case:
    """Many entries of the directory that point to the same packed megabytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(bytes(30 << 20)) + packer.flush()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/a.xml", bytes(30 << 20))
        (entry,) = (info for info in archive.infolist() if info.filename == "xl/a.xml")
        for number in range(200):
            twin = zipfile.ZipInfo(f"xl/a{number}.xml")
            for name in ("header_offset", "CRC", "compress_size", "file_size", "compress_type"):
                setattr(twin, name, getattr(entry, name))
            archive.filelist.append(twin)
    assert len(packed) < 1 << 20
    return refuses("case.xlsx", out.getvalue(), "too_large")


def too_many_cells() -> Case:
    from etl.cells import letter_of

    letters = [letter_of(n) for n in range(1, 61)]
    rows = "".join(f'<row r="{n}">' + "".join(f'<c r="{a}{n}"><v>1</v></c>' for a in letters) + "</row>" for n in range(3, 70_000))
    return refuses("case.xlsx", _sheet(_RECORD + rows), "too_large")


def too_many_lines() -> Case:
    line = ",".join("x" * 5 for _ in AGREEMENT)
    return refuses("case.csv", (",".join(AGREEMENT) + "\n" + (line + "\n") * 500_000).encode(), "too_large")


def very_wide_line() -> Case:
    return refuses("case.csv", delimited([agreement()]) + b"," * 20_000 + b"x\n", "too_large")


def ods_of_repeated_rows() -> Case:
    cell = '<table:table-cell office:value-type="string" table:number-columns-repeated="1024"><text:p>x</text:p></table:table-cell>'
    rows = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    return refuses("case.ods", _ods(rows), "too_large")


def _ods(rows: str) -> bytes:
    names = "".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0" ' for n in ("office", "table", "text"))
    body = f"<office:body><office:spreadsheet><table:table table:name='S'>{rows}</table:table></office:spreadsheet></office:body>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", f"<office:document-content {names}>{body}</office:document-content>")
        archive.writestr("META-INF/manifest.xml", "<m/>")
    return out.getvalue()


def ods_of_blank_repeated_rows() -> Case:
    def cells(texts: object) -> str:
        return "".join(f'<table:table-cell office:value-type="string"><text:p>{t}</text:p></table:table-cell>' for t in texts)  # type: ignore[attr-defined]

    rows = f"<table:table-row>{cells(AGREEMENT)}</table:table-row><table:table-row>{cells(agreement())}</table:table-row>"
    blank = (
        '<table:table-row table:number-rows-repeated="1048574"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    return accepts("case.ods", _ods(rows + blank), {2: GOOD_ROW})


COSTLY = frozenset(
    {"bomb_of_one_string", "bomb_of_blanks", "bomb_that_lies_about_its_size", "too_many_cells", "too_many_lines", "a_million_blank_rows"}
)
