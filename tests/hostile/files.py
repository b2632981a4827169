"""The bytes of ordinary files with the headers of every case."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.etl.read.conftest import SHEET as WORKSHEET
from tests.etl.read.conftest import package

Line = Sequence[object]
AGREEMENT = ("Agreement ID", "Title", "Partner", "Country", "Signed", "Expires", "Type", "Field", "Status")
NEWS = ("News ID", "Agreement ID", "Date", "Headline", "URL")
OUTCOME = ("Outcome ID", "Agreement ID", "Year", "Metric", "Value")
_AGREEMENT = (
    "E-1",
    "Agreement on exchange",
    "TU Graz",
    "Austria",
    "2021-03-05",
    "2031-03-05",
    "Cooperation agreement",
    "Physics",
    "Active",
)
_NEWS = ("N-1", "G-1", "2022-04-05", "Visit to Graz", "https://example.org/news/1")
_OUTCOME = ("O-1", "G-1", "2023", "Joint publications", "4")
#: What is published of an ordinary agreement of a case.
GOOD_ROW = {"title": "Agreement on exchange", "signed_on": "2021-03-05", "expires_on": "2031-03-05"}
#: The file that stands beside every case.
GOOD = "\n".join(
    [
        ",".join(AGREEMENT),
        "G-1,Agreement on students,TU Wien,Austria,2019-04-01,2029-04-01,Cooperation agreement,Mathematics,Active",
        "G-2,Memorandum of understanding,Tsinghua University,China,2018-05-02,2028-05-02,Memorandum of understanding,Chemistry,Active",
    ]
)


def agreement(**changed: object) -> list[object]:
    """Return the cells of an ordinary agreement with some of them changed."""
    return list((dict(zip(AGREEMENT, _AGREEMENT, strict=True)) | changed).values())


def news(**changed: object) -> list[object]:
    """Return the cells of an ordinary news item with some of them changed."""
    return list((dict(zip(NEWS, _NEWS, strict=True)) | changed).values())


def outcome(**changed: object) -> list[object]:
    """Return the cells of an ordinary outcome with some of them changed."""
    return list((dict(zip(OUTCOME, _OUTCOME, strict=True)) | changed).values())


def numbered(*numbers: str) -> list[list[object]]:
    """Return ordinary agreements with these numbers."""
    return [agreement(**{"Agreement ID": number}) for number in numbers]


def delimited(rows: Iterable[Line], header: Line = AGREEMENT, sep: str = ",", encoding: str = "utf-8", end: str = "\n") -> bytes:
    """Return a text file of ``header`` and ``rows``."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=sep, lineterminator=end).writerows([header, *rows])
    return out.getvalue().encode(encoding)


def book(
    rows: Iterable[Line], header: Line = AGREEMENT, change: Callable[[Worksheet], None] | None = None, epoch_1904: bool = False
) -> bytes:
    """Return a workbook with one sheet called Sheet."""
    return books({"Sheet": [header, *rows]}, change, epoch_1904)


def books(sheets: Mapping[str, Iterable[Line]], change: Callable[[Worksheet], None] | None = None, epoch_1904: bool = False) -> bytes:
    """Return a workbook of several sheets; ``change`` is called with the first."""
    whole = Workbook()
    if epoch_1904:
        from openpyxl.utils.datetime import CALENDAR_MAC_1904

        whole.epoch = CALENDAR_MAC_1904
    whole.remove(whole.worksheets[0])
    for name, lines in sheets.items():
        page = whole.create_sheet(name)
        for number, line in enumerate(lines, 1):
            _fill(page, number, line)
    if change:
        change(whole.worksheets[0])
    out = io.BytesIO()
    whole.save(out)
    return out.getvalue()


def _fill(page: Worksheet, number: int, line: Line) -> None:
    for column, value in enumerate(line, 1):
        if value is not None and value != "":
            cell = page.cell(number, column, value)
            if isinstance(value, str):
                cell.data_type = "s"


def rezipped(
    data: bytes, change: Callable[[str, bytes], bytes | None] = lambda _, part: part, more: Mapping[str, bytes] | None = None
) -> bytes:
    """Return a workbook whose parts went through ``change`` (None leaves one out), with ``more`` parts at its end."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = change(name, source.read(name))
            if part is not None:
                target.writestr(name, part)
        for name, part in (more or {}).items():
            target.writestr(name, part)
    return out.getvalue()


def edited(data: bytes, where: str, old: str, new: str) -> bytes:
    """Return a workbook in whose part ``where`` the text ``old`` is ``new``; it must be there."""
    seen = []

    def change(name: str, part: bytes) -> bytes:
        if name != where:
            return part
        seen.append(old.encode() in part)
        return part.replace(old.encode(), new.encode(), 1)

    done = rezipped(data, change)
    assert seen == [True], f"{old!r} is not in {where}"
    return done


def shared(rows: Iterable[Line], header: Line = AGREEMENT) -> bytes:
    """Return a workbook whose texts are shared strings."""
    lines = [[escape(str(cell)) for cell in line] for line in (header, *rows)]
    strings = "".join(f"<si><t>{cell}</t></si>" for line in lines for cell in line)
    width = len(header)
    cells = [
        f'<row r="{n}">' + "".join(f'<c r="{chr(65 + i)}{n}" t="s"><v>{(n - 1) * width + i}</v></c>' for i in range(width)) + "</row>"
        for n in range(1, len(lines) + 1)
    ]
    return package(WORKSHEET.format("".join(cells), ""), xl_in_sharedStrings_dot_xml=f"<sst>{strings}</sst>")


SHEET = "xl/worksheets/sheet1.xml"
