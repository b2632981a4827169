"""A layout: the cells of a file, and the lines that tell what the whole refresh makes of them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pyarrow.parquet as pq
from openpyxl import Workbook

from etl.errors import NothingToPublish
from etl.pipeline.run import run
from tests.conftest import AS_OF

Line = Sequence[object]
#: What is shown of a record beside its place, partners and countries, by kind.
SHOWN = {
    "agreement": (
        "agreement_number", "title", "signed_on", "effective_on", "expires_on", "term_months", "home_unit_name", "document_link",
    ),
    "news": ("title", "published_on", "source_link"),
    "outcome": ("title", "outcome_type_code", "happened_on", "amount", "amount_unit", "amount_qualifier", "source_link"),
}  # fmt: skip
SHORT = {
    "agreement_number": "no", "signed_on": "signed", "effective_on": "effective", "expires_on": "expires", "term_months": "term",
    "home_unit_name": "unit", "document_link": "link", "published_on": "date", "source_link": "link", "outcome_type_code": "type",
    "happened_on": "date", "amount_unit": "of", "amount_qualifier": "how",
}  # fmt: skip


@dataclass(frozen=True)
class Layout:
    """``file`` is a workbook by sheet, or the bytes of any other file, called ``name``; ``expected`` are the lines of :func:`told`."""

    why: str
    file: Mapping[str, Sequence[Line]] | str | bytes
    expected: str
    change: Callable[[Workbook], None] | None = None
    name: str = ""

    @property
    def lines(self) -> list[str]:
        """The expected lines; one that is too long for this house goes on in the next after a plus sign."""
        return re.sub(r"\n\s*\+ ", " ", self.expected.strip()).replace("\n        ", "\n").split("\n")

    def write(self, raw: Path) -> None:
        """Write the file into the folder ``raw``."""
        if isinstance(self.file, str | bytes):
            data = self.file.encode() if isinstance(self.file, str) else self.file
            (raw / (self.name or "a.csv")).write_bytes(data)
            return
        book = Workbook()
        book.remove(book.active)
        for sheet, lines in self.file.items():
            page = book.create_sheet(sheet)
            for line in lines:
                page.append(list(line))
        if self.change:
            self.change(book)
        book.save(raw / (self.name or "a.xlsx"))


def rows(text: str) -> list[list[object]]:
    """Return the rows that ``text`` draws, a line for a row and a bar between cells; figures alone are numbers."""
    lines = text.strip("\n").split("\n")
    return [[_cell(each.strip()) for each in line.strip().strip("¦").split("|")] for line in lines]


def _cell(text: str) -> object:
    return int(text) if text.isdecimal() else text.replace("⏎", "\n") or None


def sheet(text: str, name: str = "S") -> dict[str, list[list[object]]]:
    """Return a workbook of one sheet."""
    return {name: rows(text)}


def told(raw: Path, out: Path) -> list[str]:
    """Refresh ``raw`` and return a line for each record, then for each finding, in the order of their places."""
    try:
        done = run(raw, out, AS_OF)
    except NothingToPublish as error:
        return [f"nothing: {str(error).splitlines()[-1].split(': ', 1)[-1][:110].strip()}"]
    assert done.folder is not None
    table = {name: pq.read_table(done.folder / f"{name}.parquet").to_pylist() for name in _TABLES}
    _conserved(table, done.sheets)
    return [*_records(table), *_findings(table["problem"])]


_TABLES = (
    "agreement", "news", "outcome", "agreement_partner", "news_partner", "outcome_partner", "agreement_country", "news_country",
    "outcome_country", "source_row", "problem", "record_source",
)  # fmt: skip


def _conserved(table: Mapping[str, list[dict[str, Any]]], sheets: Iterable[Any]) -> None:
    """Check that each row of each sheet has one fate, that each refused one is told, and each record has its row."""
    assert sum(sheet.read for sheet in sheets) == len(table["source_row"])
    places = [(row["file_name"], row["sheet_name"], row["row_number"]) for row in table["source_row"]]
    assert len(set(places)) == len(places)
    for name in {place[:2] for place in places}:
        assert [row for *where, row in sorted(places) if tuple(where) == name] == list(range(1, sum(p[:2] == name for p in places) + 1))
    refused = {(r["sheet_name"], r["row_number"]) for r in table["source_row"] if r["fate_code"] == "quarantined"}
    assert refused <= {(p["sheet_name"], p["row_number"]) for p in table["problem"] if p["severity_code"] == "error"}


def _records(table: Mapping[str, list[dict[str, Any]]]) -> list[str]:
    lines = []
    for row in sorted(table["source_row"], key=lambda each: (each["sheet_name"], each["row_number"])):
        if row["fate_code"] in ("loaded", "merged"):
            kind = row["record_kind"]
            record = next(each for each in table[kind] if each[f"{kind}_id"] == row["record_id"])
            said = {SHORT.get(name, name): record[name] for name in SHOWN[kind] if record[name] not in (None, "exact")}
            parts = [f"{name}={value}" for name, value in said.items()]
            parts += [f"partner={each}" for each in _linked(table, kind, "partner", row["record_id"], "raw_text")]
            parts += [f"country={each}" for each in _linked(table, kind, "country", row["record_id"], "country_code")]
            parts += [f"from {c['letter']}{c['row']}={c['text']}" for c in row["cells"] if c["row"] != row["row_number"]]
            lines.append(f"{kind} {row['sheet_name']}!{row['row_number']}: " + "; ".join(parts).replace("\n", "⏎"))
    return lines


def _linked(table: Mapping[str, list[dict[str, Any]]], kind: str, right: str, record: str, column: str) -> list[str]:
    links = [each for each in table[f"{kind}_{right}"] if each[f"{kind}_id"] == record]
    how = [each["method"] if right == "country" and each["method"] != "cell" else "" for each in links]
    return sorted(f"{each[column]}{f' ({way})' if way else ''}" for each, way in zip(links, how, strict=True))


def _findings(problems: Iterable[Mapping[str, Any]]) -> list[str]:
    places = [(p["sheet_name"] or "", p["row_number"] or 0, p["letter"] or "", p["severity_code"], p["problem_code"]) for p in problems]
    return [f"{severity} {code} {sheet}!{letter}{row or ''}" for sheet, row, letter, severity, code in sorted(places)]


_NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def ods(sheets: Mapping[str, Sequence[Line]]) -> bytes:
    """Return the bytes of an OpenDocument workbook."""
    tables = "".join(f'<table:table table:name="{name}">{"".join(map(_ods_row, lines))}</table:table>' for name, lines in sheets.items())
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", f"<office:document-content {_NAMES}>{body}</office:document-content>")
        archive.writestr("META-INF/manifest.xml", '<manifest:manifest xmlns:manifest="urn:m"/>')
    return out.getvalue()


def _ods_row(line: Line) -> str:
    return f"<table:table-row>{''.join(map(_ods_cell, line))}</table:table-row>"


def _ods_cell(value: object) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, int):
        return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'
    return f'<table:table-cell office:value-type="string"><text:p>{escape(str(value))}</text:p></table:table-cell>'
