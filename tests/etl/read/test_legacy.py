"""Workbooks in old and open formats, read in a process of their own."""

from __future__ import annotations

import io
import zipfile

from etl.read.container import sniff
from etl.read.legacy import _grid, _text

from .conftest import Raw

_NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def ods(*rows: str) -> bytes:
    table = f'<table:table table:name="S">{"".join(rows)}</table:table>'
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", _TYPE)
        archive.writestr("content.xml", f"<office:document-content {_NAMES}>{body}</office:document-content>")
        archive.writestr("META-INF/manifest.xml", '<manifest:manifest xmlns:manifest="urn:m"/>')
    return out.getvalue()


def row(*cells: str, repeated: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{repeated}">{"".join(cells)}</table:table-row>'


def text(words: str, repeated: int = 1) -> str:
    times = f'table:number-columns-repeated="{repeated}"'
    return f'<table:table-cell office:value-type="string" {times}><text:p>{words}</text:p></table:table-cell>'


DAY = '<table:table-cell office:value-type="date" office:date-value="2024-02-29"><text:p>29.02.24</text:p></table:table-cell>'
YEAR = '<table:table-cell office:value-type="float" office:value="2024"><text:p>2024</text:p></table:table-cell>'
HEADER = row(text("News ID"), text("Date"), text("Headline"))


def test_an_open_document_is_read(raw: Raw) -> None:
    raw.file("a.ods", ods(HEADER, row(text("N1"), DAY, text("Visit")), row(text("N2"), YEAR, text("Talk"))))
    assert [(r.text("number"), r.text("published"), r.text("title")) for r in raw.records()] == [
        ("N1", "2024-02-29", "Visit"),
        ("N2", "2024", "Talk"),
    ]


def test_a_sheet_that_unrolls_without_end_is_refused(raw: Raw) -> None:
    raw.file("a.ods", ods(HEADER, row(text("x", repeated=16_000), repeated=1_000_000)))
    assert (raw.one().verdict, raw.one().reason) == ("refused", "too_large")


def test_a_file_that_ends_the_process_is_refused(raw: Raw) -> None:
    far = row(repeated=1_048_000) + row("<table:table-cell table:number-columns-repeated='16000'/>", text("far"))
    raw.file("a.ods", ods(HEADER, far))
    assert (raw.one().verdict, raw.one().reason) in (("refused", "too_large"), ("refused", "unreadable"))


def test_each_value_of_calamine_has_a_text() -> None:
    assert _text(1.5) == ("1.5", "number")
    assert _text(False) == ("FALSE", "bool")
    assert _grid({"name": "S", "hidden": True, "cells": [[2, 28, "x", "text"]], "merges": [[[1, 0], [2, 0]]]}).merges[0] == (2, 1, 3, 1)


def test_what_a_file_is_does_not_follow_from_its_name() -> None:
    assert sniff(ods(HEADER)) == "ods"
