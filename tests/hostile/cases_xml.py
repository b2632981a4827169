"""Attacks through the zip and the XML of a workbook: nothing is declared, fetched, followed or unpacked without end."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from functools import partial

from tests.etl.read.conftest import HEADER_ROW, inline, package
from tests.etl.read.conftest import SHEET as WORKSHEET
from tests.hostile.case import Case, accepts, refuses
from tests.hostile.files import GOOD_ROW, SHEET, agreement, book, edited, rezipped, shared

_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
DOCTYPES = {
    "billion_laughs": f'<!DOCTYPE a [<!ENTITY l0 "lol">{_LAUGHS}]>',
    "quadratic": f'<!DOCTYPE a [<!ENTITY x "{"x" * 50_000}">]>',
    "outside_file": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    "outside_http": '<!DOCTYPE a [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]>',
    "outside_dtd": '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd">',
    "public_dtd": '<!DOCTYPE a PUBLIC "-//X//EN" "http://127.0.0.1:9/x.dtd">',
    "parameter_entity": '<!DOCTYPE a [<!ENTITY % p SYSTEM "file:///etc/hostname"> %p;]>',
    "bare": "<!DOCTYPE a>",
}
PARTS = {
    "sheet": SHEET,
    "strings": "xl/sharedStrings.xml",
    "styles": "xl/styles.xml",
    "workbook": "xl/workbook.xml",
    "relations": "xl/_rels/workbook.xml.rels",
}


def _with_doctype(part: str, doctype: str, encoding: str = "utf-8") -> bytes:
    def change(name: str, data: bytes) -> bytes:
        if name != part:
            return data
        text = data.decode()
        body = text[text.index("?>") + 2 :] if text.startswith("<?xml") else text
        return (doctype + body).encode(encoding)

    return rezipped((shared if "Strings" in part else book)([agreement()]), change)


def _doctype(doctype: str) -> Case:
    return refuses("case.xlsx", _with_doctype(SHEET, doctype), "unsafe_xml")


def _in_part(part: str) -> Case:
    return refuses("case.xlsx", _with_doctype(part, DOCTYPES["outside_file"]), "unsafe_xml")


TABLE: dict[str, Callable[[], Case]] = {
    **{name: partial(_doctype, doctype) for name, doctype in DOCTYPES.items()},
    **{f"dtd_in_{name}": partial(_in_part, part) for name, part in PARTS.items()},
}


def dtd_in_utf_16() -> Case:
    return refuses("case.xlsx", _with_doctype(SHEET, DOCTYPES["billion_laughs"], "utf-16"), "unsafe_xml")


def _ods(content: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return out.getvalue()


def laughs_in_ods() -> Case:
    return refuses("case.ods", _ods(DOCTYPES["billion_laughs"] + "<a>&l9;</a>"), "unsafe_xml")


def outside_file_in_ods() -> Case:
    return refuses("case.ods", _ods(DOCTYPES["outside_file"] + "<a>&x;</a>"), "unsafe_xml")


def undeclared_entity() -> Case:
    return refuses("case.xlsx", edited(book([agreement()]), SHEET, "<sheetData>", "<sheetData>&nbsp;"), "unreadable")


def nested_elements() -> Case:
    deep = "<a>" * 200_000 + "</a>" * 200_000
    return accepts("case.xlsx", edited(book([agreement()]), SHEET, "</sheetData>", f"</sheetData>{deep}"), {2: GOOD_ROW})


def many_attributes() -> Case:
    many = " ".join(f'a{n}="1"' for n in range(20_000))
    return accepts("case.xlsx", edited(book([agreement()]), SHEET, "<sheetData>", f"<sheetData {many}>"), {2: GOOD_ROW})


def sheet_outside_the_package() -> Case:
    data = edited(book([agreement()]), "xl/_rels/workbook.xml.rels", "/xl/worksheets/sheet1.xml", "/../../../../etc/passwd")
    return refuses("case.xlsx", data, "unreadable")


def external_sheet() -> Case:
    old = 'Target="/xl/worksheets/sheet1.xml"'
    data = edited(book([agreement()]), "xl/_rels/workbook.xml.rels", old, 'TargetMode="External" Target="http://127.0.0.1:9/x"')
    return refuses("case.xlsx", data, "unreadable")


def slip_beside_the_parts() -> Case:
    more = {"../../../../tmp/hostile-slip": b"x", "/tmp/hostile-slip": b"x", "..\\..\\hostile-slip": b"x"}
    return accepts("case.xlsx", rezipped(book([agreement()]), more=more), {2: GOOD_ROW})


def external_link_part() -> Case:
    link = b'<externalLink xmlns:r="r"><externalBook r:id="rId1"/></externalLink>'
    return accepts("case.xlsx", rezipped(book([agreement()]), more={"xl/externalLinks/externalLink1.xml": link}), {2: GOOD_ROW})


def two_parts_of_one_name() -> Case:
    out = io.BytesIO(book([agreement()]))
    with zipfile.ZipFile(out, "a") as archive, _quiet():
        archive.writestr(SHEET, WORKSHEET.format(HEADER_ROW, ""))
    return refuses("case.xlsx", out.getvalue(), "unreadable")


def two_parts_that_differ_in_case() -> Case:
    data = rezipped(book([agreement()]), more={"XL/worksheets/SHEET1.xml": WORKSHEET.format(HEADER_ROW, "").encode()})
    return refuses("case.xlsx", data, "unreadable")


def packed_by_bzip2() -> Case:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book([agreement()]))) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_BZIP2) as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
    return refuses("case.xlsx", out.getvalue(), "unreadable")


def encrypted_member() -> Case:
    data = bytearray(book([agreement()]))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return refuses("case.xlsx", bytes(data), "encrypted")


def _quiet() -> object:
    import warnings

    return warnings.catch_warnings(action="ignore")


def string_that_is_missing() -> Case:
    row = '<row r="2">' + inline("A2", "N1") + '<c r="C2" t="s"><v>7</v></c></row>'
    return refuses("case.xlsx", package(WORKSHEET.format(HEADER_ROW + row, "")), "unreadable")
