"""Files that are damaged, protected, empty, or not what their name says."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from functools import partial

from tests.hostile.case import Case, accepts, refuses
from tests.hostile.files import AGREEMENT, GOOD_ROW, SHEET, agreement, book, books, delimited, rezipped, shared

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _book() -> bytes:
    return book([agreement()])


def _zip(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(name.replace("_in_", "/").replace("_dot_", "."), data)
    return out.getvalue()


def _without(part: str) -> bytes:
    return rezipped(_book(), lambda name, data: None if name == part else data)


def _without_strings() -> bytes:
    return rezipped(shared([agreement()]), lambda name, data: None if name == "xl/sharedStrings.xml" else data)


def _flipped() -> bytes:
    data = bytearray(_book())
    at = data.index(b"xl/worksheets/sheet1.xml") + 80
    data[at : at + 30] = bytes(255 - byte for byte in data[at : at + 30])
    return bytes(data)


def _docx() -> bytes:
    return _zip(**{"[Content_Types]_dot_xml": b"<Types/>", "word_in_document_dot_xml": b"<w/>"})


def _ods(content: str, **more: bytes) -> bytes:
    return _zip(mimetype=b"application/vnd.oasis.opendocument.spreadsheet", content_dot_xml=content.encode(), **more)


def _crc() -> bytes:
    data = bytearray(_book())
    at = data.rindex(b"PK\x01\x02", 0, data.rindex(b"xl/worksheets/sheet1.xml")) + 16
    data[at : at + 4] = b"\0\0\0\0"
    return bytes(data)


REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "cut_in_half": ("case.xlsx", lambda: _book()[: len(_book()) // 2], "unreadable"),
    "no_central_directory": ("case.xlsx", lambda: _book()[: _book().index(b"PK\x01\x02")], "unreadable"),
    "bit_rot": ("case.xlsx", _flipped, "unreadable"),
    "wrong_checksum": ("case.xlsx", _crc, "unreadable"),
    "first_bytes_only": ("case.xlsx", lambda: _book()[:4], "unreadable"),
    "no_sheet_part": ("case.xlsx", lambda: _without(SHEET), "unreadable"),
    "no_workbook_part": ("case.xlsx", lambda: _without("xl/workbook.xml"), "unreadable"),
    "no_relations": ("case.xlsx", lambda: _without("xl/_rels/workbook.xml.rels"), "unreadable"),
    "no_strings": ("case.xlsx", _without_strings, "unreadable"),
    "only_types": ("case.xlsx", lambda: _zip(**{"[Content_Types]_dot_xml": b"<Types/>"}), "unreadable"),
    "csv_called_xlsx": ("case.xlsx", lambda: delimited([agreement()]), "format_mismatch"),
    "html_called_xls": ("case.xls", lambda: b"<html><body><table><tr><td>Agreement ID</td></tr></table></body></html>", "format_mismatch"),
    "html_called_xlsx": ("case.xlsx", lambda: b"\xef\xbb\xbf<!DOCTYPE html><html></html>", "format_mismatch"),
    "html_called_csv": ("case.csv", lambda: b"<html><table><tr><td>Title</td></tr></table></html>", "format_mismatch"),
    "xml_called_xls": (
        "case.xls",
        lambda: b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        "format_mismatch",
    ),
    "json_called_csv": ("case.csv", lambda: b'[{"Agreement ID": "E-1"}]', "no_header"),
    "xlsx_called_xls": ("case.xls", _book, "format_mismatch"),
    "xlsx_called_csv": ("case.csv", _book, "format_mismatch"),
    "xls_called_xlsx": ("case.xlsx", lambda: _OLE + bytes(600) + "Workbook".encode("utf-16-le"), "format_mismatch"),
    "docx_called_xlsx": ("case.xlsx", _docx, "format_mismatch"),
    "zip_called_csv": ("case.csv", lambda: _zip(a_dot_csv=delimited([agreement()])), "format_mismatch"),
    "zip_called_xlsx": ("case.xlsx", lambda: _zip(a_dot_csv=delimited([agreement()])), "format_mismatch"),
    "pdf_called_xlsx": ("case.xlsx", lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(range(256)), "format_mismatch"),
    "png_called_csv": ("case.csv", lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "unreadable"),
    "gzip_called_csv": ("case.csv", lambda: b"\x1f\x8b\x08\x00" + bytes(range(1, 256)) * 8, "unreadable"),
    "encrypted": ("case.xlsx", lambda: _OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    "encrypted_xls_of_noise": ("case.xls", lambda: _OLE + "Workbook".encode("utf-16-le") + bytes(range(256)), "unreadable"),
    "encrypted_ods": (
        "case.ods",
        lambda: _ods("<a/>", **{"META-INF_in_manifest_dot_xml": b"<manifest:m><manifest:encryption-data/></manifest:m>"}),
        "encrypted",
    ),
    "broken_ods": ("case.ods", lambda: _ods("<office:document-content"), "unreadable"),
    "nothing": ("case.xlsx", lambda: b"", "empty"),
    "nothing_csv": ("case.csv", lambda: b"", "empty"),
    "mark_only": ("case.csv", lambda: b"\xef\xbb\xbf", "empty"),
    "blank_lines": ("case.csv", lambda: b"\r\n \r\n\t\r\n", "empty"),
    "separators_only": ("case.csv", lambda: b",,,\n,,,\n", "empty"),
    "blank_sheet": ("case.xlsx", lambda: books({"Sheet": []}), "empty"),
    "zeros": ("case.csv", lambda: bytes(4096), "unreadable"),
    "noise": ("case.csv", lambda: bytes(range(256)) * 40, "unreadable"),
    "pdf": ("case.pdf", lambda: b"%PDF-1.7", "unsupported_type"),
    "parquet": ("case.parquet", lambda: b"PAR1", "unsupported_type"),
    "no_ending": ("case", lambda: delimited([agreement()]), "unsupported_type"),
    "python": ("case.py", lambda: b"raise SystemExit(9)", "unsupported_type"),
    "prose": ("case.txt", lambda: "Просто письмо.\nБез таблицы.\n".encode(), "no_header"),
    "unknown_headers": ("case.csv", lambda: b"Shoe size,Colour,Laces\n44,red,2\n", "no_header"),
    "no_header_row": ("case.csv", lambda: delimited([agreement()]).split(b"\n", 1)[1], "no_header"),
    "open_quote": ("case.csv", lambda: delimited([agreement(), agreement()]).replace(b"Agreement on", b'"Agreement on', 1), "unreadable"),
}


def _refused(name: str, data: Callable[[], bytes], code: str) -> Case:
    return refuses(name, data(), code)


TABLE: dict[str, Callable[[], Case]] = {name: partial(_refused, *each) for name, each in REFUSED.items()}


def headers_only() -> Case:
    return accepts("case.csv", delimited([]), {}, "empty")


def headers_only_in_a_workbook() -> Case:
    return accepts("case.xlsx", book([]), {}, "empty")


def protected_sheet() -> Case:
    def protect(page: object) -> None:
        page.protection.sheet = True  # type: ignore[attr-defined]
        page.protection.password = "secret"  # type: ignore[attr-defined]

    return accepts("case.xlsx", book([agreement()], change=protect), {2: GOOD_ROW})


def content_after_the_zip() -> Case:
    return accepts("case.xlsx", _book() + b"\0" * 30, {2: GOOD_ROW})


def content_before_the_zip() -> Case:
    return refuses("case.xlsx", b"MZ" + bytes(range(1, 256)) + _book(), "format_mismatch")


def macro_workbook() -> Case:
    return accepts("case.xlsm", rezipped(_book(), more={"xl/vbaProject.bin": _OLE + bytes(64)}), {2: GOOD_ROW})


def upper_case_ending() -> Case:
    return accepts("CASE.XLSX", _book(), {2: GOOD_ROW})


def chart_sheet_and_data() -> Case:
    data = books({"Chart": [], "Data": [AGREEMENT, agreement()], "Notes": [["Nothing here"]]})
    return accepts("case.xlsx", data, {2: GOOD_ROW})


def tab_called_csv() -> Case:
    return accepts("case.csv", delimited([agreement()], sep="\t"), {2: GOOD_ROW})


def text_called_txt() -> Case:
    return accepts("case.txt", delimited([agreement()], sep="|"), {2: GOOD_ROW})
