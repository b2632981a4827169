"""One bad file is named with its reason; the good one beside it is read as ever."""

from __future__ import annotations

import io
import os
import resource
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from etl.errors import EtlError
from etl.read import container, discover, inputs, read, workbook
from etl.read.parse import parse
from etl.reference import rows

from .conftest import HEADER_ROW, SHEET, Raw, inline, package

GOOD = "News ID;Date;Headline\nN1;2024;Visit\n"
BOMB = '<!DOCTYPE a [<!ENTITY x "lol"><!ENTITY y "&x;&x;&x;&x;">]>'
CSV_AS = "Title;Partner;Country;Date\nA;B;C;2020\n"


def zipped(**members: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in members.items():
            archive.writestr(name.replace("_", "/"), text)
    return out.getvalue()


def cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def flipped(data: bytes) -> bytes:
    at = data.index(b"xl/worksheets/sheet1.xml") + 60
    return data[:at] + bytes(255 - byte for byte in data[at : at + 40]) + data[at + 40 :]


def bzipped() -> bytes:
    source, out = zipfile.ZipFile(io.BytesIO(BOOK)), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_BZIP2) as archive:
        for name in source.namelist():
            archive.writestr(name, source.read(name))
    return out.getvalue()


RECORD = '<row r="2">' + inline("A2", "N1") + inline("B2", "2024") + inline("C2", "Visit") + "</row>"
BOOK = package(SHEET.format(HEADER_ROW + RECORD, ""))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)
ODS_DTD = zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet", **{"content.xml": f"{BOMB}<a>&y;</a>"})
ODS_SECRET = zipped(**{"content.xml": "<a/>", "META-INF_manifest.xml": "<manifest:m><manifest:encryption-data/></manifest:m>"})
SHEET_OF_A_MILLION_SPACES = SHEET.format(HEADER_ROW + RECORD + " " * (40 << 20), "")

REFUSED: list[tuple[str, bytes, str]] = [
    ("empty.xlsx", b"", "empty"),
    ("empty.csv", b"", "empty"),
    ("blank.csv", b"\r\n \r\n", "empty"),
    ("blank.xlsx", package(SHEET.format("", "")), "empty"),
    ("cut.xlsx", cut(BOOK), "unreadable"),
    ("flipped.xlsx", flipped(BOOK), "unreadable"),
    ("csv.xlsx", CSV_AS.encode(), "format_mismatch"),
    ("html.xls", b"<html><table><tr><td>Title</td></tr></table></html>", "format_mismatch"),
    ("html.csv", b"<!DOCTYPE html><html></html>", "format_mismatch"),
    ("zip.xlsx", zipped(a="b"), "format_mismatch"),
    ("zip.csv", zipped(a="b"), "format_mismatch"),
    ("book.csv", BOOK, "format_mismatch"),
    ("book.xls", BOOK, "format_mismatch"),
    ("word.xlsx", zipped(**{"word_document.xml": "<a/>", "[Content/Types].xml": ""}), "format_mismatch"),
    ("old.xlsx", OLE + "Workbook".encode("utf-16-le"), "format_mismatch"),
    ("secret.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    ("secret.ods", ODS_SECRET, "encrypted"),
    ("noise.xlsx", bytes(range(256)) * 20, "format_mismatch"),
    ("noise.csv", bytes(range(256)) * 20, "unreadable"),
    ("noise.xls", OLE + "Workbook".encode("utf-16-le") + bytes(range(256)), "unreadable"),
    ("lol.xlsx", package(BOMB + SHEET.format(HEADER_ROW, "")), "unsafe_xml"),
    ("lol16.xlsx", package((BOMB + SHEET.format(HEADER_ROW, "")).encode("utf-16")), "unsafe_xml"),
    ("outside.xlsx", package('<!DOCTYPE a SYSTEM "http://example.invalid/x.dtd">' + SHEET.format("", "")), "unsafe_xml"),
    ("lol.ods", ODS_DTD, "unsafe_xml"),
    ("broken.xlsx", package("<worksheet><sheetData>"), "unreadable"),
    ("string.xlsx", package(SHEET.format('<row r="1"><c r="A1" t="s"><v>7</v></c></row>', "")), "unreadable"),
    ("row.xlsx", package(SHEET.format('<row r="9999999"><c r="A1"><v>7</v></c></row>', "")), "unreadable"),
    ("column.xlsx", package(SHEET.format('<row r="1"><c r="XFE1"><v>7</v></c></row>', "")), "unreadable"),
    ("bomb.xlsx", package(SHEET_OF_A_MILLION_SPACES), "too_large"),
    ("long.xlsx", package(SHEET.format(HEADER_ROW.replace("Date", "x" * (6 << 20)), "")), "too_large"),
    ("bzip2.xlsx", bzipped(), "unreadable"),
    ("nothing.xlsx", zipped(**{"[Content/Types].xml": ""}).replace(b"[Content/Types]", b"[Content_Types]"), "unreadable"),
    ("prose.xlsx", package(SHEET.format('<row r="1">' + inline("A1", "Dear colleagues") + "</row>", "")), "no_header"),
    ("foreign.csv", b"Shoe size;Colour;Laces\n44;red;2\n", "no_header"),
    ("notes.txt", "Просто текст.\nИ ещё строка.\n".encode(), "no_header"),
    ("quote.csv", b'News ID;Date;Headline\nN1;2024;"Visit\nN2;2024;Talk\n', "unreadable"),
    ("quotes.csv", b'News ID;Date;Headline\nN1;2024;"Visit\nN2;2024;Talk\nN3;2024;"Third" talk\n', "unreadable"),
    ("mixed.csv", "News ID;Date;Headline\nN1;2024;Визит делегации\n".encode() + "N2;2024;Визит\n".encode("cp1251"), "encoding"),
    ("surrogate.csv", b"News ID;Date;Headline\nN1;2024;Visit \xed\xa0\xbd\xed\xb8\x80\n", "encoding"),
    ("zero.csv", b"News ID;Date;Headline\nN1;2024;Vi\x00sit\n", "encoding"),
    ("half.csv", b"\xff\xfeN\x00e", "encoding"),
    ("letter.pdf", b"%PDF-1.7", "unsupported_type"),
    ("data.parquet", b"PAR1", "unsupported_type"),
    ("noending", b"x", "unsupported_type"),
    ("red\x1b[31m.csv", CSV_AS.encode(), "unsafe_path"),
    ("a\u202excod.csv", CSV_AS.encode(), "unsafe_path"),
]


@pytest.mark.parametrize(("name", "data", "code"), REFUSED, ids=[ascii(name) for name, *_ in REFUSED])
def test_a_bad_file_is_named_with_its_reason_and_the_good_one_is_read(raw: Raw, name: str, data: bytes, code: str) -> None:
    raw.file(name, data)
    raw.file("good.csv", GOOD)
    result = raw.read()
    bad = next(file for file in result.files if file.name != "good.csv")
    assert (bad.verdict, bad.reason) == ("refused", code), bad.message
    assert bad.message
    assert bad.message.endswith((".", "?"))
    assert [(f.severity, f.code, f.file) for f in result.findings] == [("error", code, bad.name)]
    assert [row.role for row in result.rows] == ["header", "record"]
    assert bad.name.isprintable()


def _symlink(path: Path) -> None:
    path.symlink_to("/etc/passwd")


def _dangling(path: Path) -> None:
    path.symlink_to("/nowhere")


def _loop(path: Path) -> None:
    path.symlink_to(path.parent, target_is_directory=True)


@pytest.mark.parametrize("make", [_symlink, _dangling, _loop, os.mkfifo, Path.mkdir])
def test_what_is_no_plain_file_is_refused_without_being_opened(raw: Raw, make: Callable[[Path], None]) -> None:
    make(raw.path / "x.csv")
    assert (raw.one().verdict, raw.one().reason) == ("refused", "unsafe_path")
    assert inputs(raw.path) == []


@pytest.mark.parametrize("name", ["reference/ror.csv", "reference/ror.zip", "reference/2024/ror.json", "decisions/aliases.csv"])
def test_lists_and_decisions_are_no_workbooks_to_read(raw: Raw, name: str) -> None:
    (raw.path / name).parent.mkdir(parents=True)
    raw.file(name, GOOD)
    raw.file("good.csv", GOOD)
    assert [path.name for path in inputs(raw.path)] == ["good.csv"]
    assert {file.name: file.verdict for file in raw.read().files} == {name: "ignored", "good.csv": "read"}


READER = (
    "import sys; from pathlib import Path; from etl.read import read; print(*((f.name, f.reason) for f in read(Path(sys.argv[1])).files))"
)


def test_a_file_without_permission_is_refused(raw: Raw) -> None:
    raw.file("x.csv", CSV_AS).chmod(0)
    command = [sys.executable, "-c", READER, str(raw.path)]
    if os.geteuid() == 0:  # root may read everything, unless it has given that up
        command = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search", *command]
    told = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[3]).stdout
    assert told.strip() == "('x.csv', 'unreadable')"


def test_a_file_that_is_being_written_is_refused(raw: Raw, monkeypatch: pytest.MonkeyPatch) -> None:
    path = raw.file("x.csv", GOOD)
    steady = discover._steady

    def slow(descriptor: int, load: Callable[[], bytes]) -> bytes:
        def meanwhile() -> bytes:
            data = load()
            path.write_text(GOOD + "N2;2025;Late\n", encoding="utf-8")
            return data

        return steady(descriptor, meanwhile)

    monkeypatch.setattr(discover, "_steady", slow)
    assert raw.one().reason == "unstable"


def test_a_name_that_is_no_unicode_is_refused(raw: Raw) -> None:
    with open(os.fsencode(raw.path) + b"/\xff.csv", "wb") as file:  # noqa: PTH123 - a Path cannot say this
        file.write(GOOD.encode())
    assert raw.one().reason == "unsafe_path"
    raw.one().name.encode()


def test_two_names_that_look_the_same_are_not_both_read(raw: Raw) -> None:
    raw.file("\u0439.csv", GOOD)
    raw.file("\u0438\u0306.csv", GOOD)
    assert sorted(file.verdict for file in raw.read().files) == ["read", "refused"]


IGNORED = [
    "~$book.xlsx",
    ".~lock.book.ods#",
    ".hidden.csv",
    "README.md",
    "readme.txt",
    "LICENSE",
    "decisions/same.csv",
    "reference/ror.csv",
    "Thumbs.db",
]


@pytest.mark.parametrize("name", IGNORED)
def test_what_is_not_data_is_listed_and_left_alone(raw: Raw, name: str) -> None:
    raw.file(name, CSV_AS)
    result = raw.read()
    assert [(file.name, file.verdict) for file in result.files] == [(name, "ignored")]
    assert result.findings == ()


@pytest.mark.parametrize(
    "name", ["readme_agreements.csv", "sub/decisions/a.csv", "год 2024/новости.csv", "it's $(rm) *?.csv", "' OR 1=1 --.csv"]
)
def test_odd_names_are_only_names(raw: Raw, name: str) -> None:
    raw.file(name, GOOD)
    assert (raw.one().name, raw.one().verdict) == (name, "read")


def test_a_missing_folder_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(EtlError, match="does not exist"):
        read(tmp_path / "nowhere")


def test_the_order_of_creation_does_not_matter(raw: Raw) -> None:
    for name in ("b.csv", "a.csv", "c/a.csv", "B.csv"):
        raw.file(name, GOOD)
    names = [file.name for file in raw.read().files]
    assert names == sorted(names)
    assert list(dict.fromkeys(row.origin.file for row in raw.rows())) == names


def test_every_code_that_is_given_is_in_the_list_of_codes(raw: Raw) -> None:
    codes = {row["code"] for row in rows("problem_codes")}
    assert {code for *_, code in REFUSED} | {"unstable", "bad_settings", "blank_rows"} <= codes


def test_the_limit_holds_also_where_the_directory_of_the_zip_lies() -> None:
    part = container.Package(BOOK)
    part._left = 10
    with pytest.raises(Exception, match="unpacks to more"):
        list(part.blocks("xl/worksheets/sheet1.xml"))


def test_bombs_cost_no_memory(raw: Raw) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    far = '<row r="1048576">' + '<c r="XFD1048576"><v>1</v></c></row>'
    merges = '<mergeCells count="1"><mergeCell ref="A2:XFD1048576"/></mergeCells>'
    raw.file("far.xlsx", package(SHEET.format(HEADER_ROW + RECORD + far, merges)))
    raw.file("blank.xlsx", package(SHEET.format(HEADER_ROW + RECORD + "".join(f'<row r="{n}"/>' for n in range(3, 1_000_000)), "")))
    result = raw.read()
    assert [file.verdict for file in result.files] == ["read", "read"]
    assert sum(row.role == "record" for row in result.rows) == 2
    assert [finding.code for finding in result.findings if finding.file == "far.xlsx"].count("blank_rows") == 1
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000


def test_a_file_that_is_nested_too_deeply_is_not_called_damaged(monkeypatch: pytest.MonkeyPatch) -> None:
    def deep(_: bytes) -> NoReturn:
        raise RecursionError  # the process of the file tells of its limits, see etl.read.worker

    monkeypatch.setattr(workbook, "grids", deep)
    with pytest.raises(RecursionError):
        parse(b"", "xlsx", None)
