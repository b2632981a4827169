"""A raw folder to fill and read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from etl.read import read
from etl.records import Finding, Input, InputFile, Row

Line = Sequence[object]


@dataclass
class Raw:
    path: Path

    def xlsx(self, *lines: Line, name: str = "book.xlsx", sheet: str = "Sheet", change: Callable[[Worksheet], None] | None = None) -> Path:
        book = Workbook()
        page = book.active
        assert isinstance(page, Worksheet)
        page.title = sheet
        for line in lines:
            page.append(list(line))
        if change:
            change(page)
        book.save(self.path / name)
        return self.path / name

    def file(self, name: str, data: bytes | str) -> Path:
        target = self.path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data.encode() if isinstance(data, str) else data)
        return target

    def read(self) -> Input:
        return read(self.path)

    def one(self) -> InputFile:
        (file,) = self.read().files
        return file

    def rows(self) -> tuple[Row, ...]:
        return self.read().rows

    def roles(self) -> list[str]:
        return [row.role for row in self.rows()]

    def records(self) -> list[Row]:
        return [row for row in self.rows() if row.role == "record"]

    def findings(self, code: str) -> list[Finding]:
        return [finding for finding in self.read().findings if finding.code == code]


@pytest.fixture
def raw(tmp_path: Path) -> Raw:
    folder = tmp_path / "raw"
    folder.mkdir()
    return Raw(folder)


SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData>{}</worksheet>'
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def package(sheet: str | bytes, *, workbook: str = "", **parts: str) -> bytes:
    """Return the bytes of a workbook with one sheet of raw XML; ``parts`` are further parts, dots and slashes as _dot_ and _in_."""
    rels = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
    links = f'<Relationship Id="r1" Type="{_REL}/worksheet" Target="worksheets/sheet1.xml"/>'
    links += f'<Relationship Id="r2" Type="{_REL}/styles" Target="styles.xml"/>'
    links += f'<Relationship Id="r3" Type="{_REL}/sharedStrings" Target="sharedStrings.xml"/>'
    book = f'<workbook xmlns:r="{_REL}">{workbook}<sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", rels.format(f'<Relationship Id="r1" Type="{_REL}/officeDocument" Target="/xl/workbook.xml"/>'))
        archive.writestr("xl/workbook.xml", book)
        archive.writestr("xl/_rels/workbook.xml.rels", rels.format(links))
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        for name, text in parts.items():
            archive.writestr(name.replace("_in_", "/").replace("_dot_", "."), text)
    return out.getvalue()


def inline(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


HEADER_ROW = '<row r="1">' + inline("A1", "News ID") + inline("B1", "Date") + inline("C1", "Headline") + "</row>"
