"""Texts of cells that would do harm: in every kind of file they are letters."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook
from pptx import Presentation

from dashboard.export import seal
from dashboard.export.chart import SUFFIXES, file_of
from dashboard.export.feed import as_lines
from dashboard.export.pictures import Pictures
from dashboard.export.view import View, view
from dashboard.figures import top_partners
from dashboard.filters import Selection
from dashboard.locale import speaker
from dashboard.query.prepared import prepare
from dashboard.snapshot import Snapshot, load
from etl.tables import TABLES

TEXTS = (
    '=HYPERLINK("http://evil.example","x")', "+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "\t=1+1", "＝1", "<script>alert(1)</script>",
    '"><img src=http://evil.example/x onerror=1>', "</metadata></svg><script>1</script>", "a\x01b\x0b\ufffe", "# passport {}", "${7*7}",
    "<a href='http://evil.example'>x</a>", "A & B < C", "x" * 3000,
)  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "＝")


@pytest.fixture(scope="module")
def harmful(data: Path) -> Snapshot:
    """The real data, its leading partners renamed."""
    found = load(data / "snapshots" / (data / "current").read_text("utf-8").strip(), prepare)
    with found.cursor() as cursor:
        codes = list(top_partners.FIGURE.ask(cursor, Selection())["code"].dropna())[: len(TEXTS)]
        for code, text in zip(codes, TEXTS, strict=True):
            cursor.execute("update partner set partner_name = ?, name_en = ? where partner_id = ?", [text, text, code])
    return found


@pytest.fixture(scope="module")
def shown(harmful: Snapshot) -> View:
    with harmful.cursor() as cursor:
        return view(top_partners.FIGURE, Selection(), speaker("en"), harmful, cursor)


@pytest.fixture(scope="module")
def files(shown: View, pictures: Pictures) -> dict[str, bytes]:
    return {suffix: file_of([shown], suffix, pictures) for suffix in SUFFIXES}


def test_every_file_is_made_and_whole(files: dict[str, bytes]) -> None:
    assert all(seal.read(content, suffix)[0].is_whole for suffix, content in files.items())


def test_no_cell_of_a_table_is_calculated(files: dict[str, bytes], shown: View) -> None:
    rows = list(csv.reader(io.StringIO(files["csv"].decode("utf-8-sig"), newline="")))
    assert len(rows) > len(shown.table)
    assert not [cell for row in rows for cell in row if cell.startswith(FORMULA)]
    assert '\'=HYPERLINK("http://evil.example","x")' in {row[0] for row in rows}
    assert [row[0] for row in rows if row[0].startswith("# passport")][-1].startswith('# passport {"')


def test_no_cell_of_a_workbook_is_calculated_and_no_text_is_a_link(files: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(files["xlsx"])) as book:
        parts = {name: book.read(name).decode("utf-8", "replace") for name in book.namelist() if name.endswith((".xml", ".rels"))}
    for name, text in parts.items():
        assert "<hyperlink " not in text and "relationships/hyperlink" not in text, name
        ElementTree.fromstring(text)
        if name.startswith("xl/worksheets/"):
            assert "<f>" not in text and "<f " not in text
    book_ = load_workbook(io.BytesIO(files["xlsx"]))
    cells = [cell for row in book_.worksheets[0].iter_rows() for cell in row if isinstance(cell.value, str)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells if cell.value.startswith("=HYPERLINK"))
    assert len([cell for cell in cells if cell.value.startswith("=HYPERLINK")]) >= 1


def test_no_slide_has_a_link_or_a_formula(files: dict[str, bytes]) -> None:
    deck = Presentation(io.BytesIO(files["pptx"]))
    (chart,) = [shape.chart for shape in deck.slides[0].shapes if shape.has_chart]
    names = [str(each) for each in chart.plots[0].categories]
    assert any(name.startswith("=HYPERLINK") for name in names)
    with zipfile.ZipFile(io.BytesIO(files["pptx"])) as parts:
        assert not [name for name in parts.namelist() if b"hlinkClick" in parts.read(name)]
        embedded = next(parts.read(name) for name in parts.namelist() if name.endswith(".xlsx"))
    with zipfile.ZipFile(io.BytesIO(embedded)) as book:
        assert not [name for name in book.namelist() if name.startswith("xl/worksheets/") and b"<f>" in book.read(name)]


def test_no_drawing_has_a_script_a_link_or_a_picture_from_elsewhere(files: dict[str, bytes]) -> None:
    text = files["svg"].decode()
    root = ElementTree.fromstring(text)
    tags = {each.tag.rpartition("}")[2] for each in root.iter()}
    assert not tags & {"script", "a", "image", "img", "foreignObject", "iframe"}
    assert "evil.example" not in re.sub(r"<text\b.*?</text>|<metadata.*?</metadata>", "", text, flags=re.DOTALL)


def test_the_feed_is_harmless_in_a_spreadsheet_and_exact_for_a_program(harmful: Snapshot) -> None:
    table = next(each for each in TABLES if each.name == "partner")
    with harmful.cursor() as cursor:
        lines = list(csv.reader(io.StringIO(b"".join(as_lines(cursor, table, "csv")).decode(), newline="")))
        exact = b"".join(as_lines(cursor, table, "json")).decode()
    assert not [cell for line in lines for cell in line if cell.startswith(FORMULA)]
    import json

    found: list[dict[str, Any]] = json.loads(exact)
    assert set(TEXTS) <= {row["partner_name"] for row in found}
