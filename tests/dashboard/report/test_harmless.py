"""Texts of a register that would do harm: they stand in every document as they are written, and do nothing."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from lxml import etree
from openpyxl import Workbook, load_workbook
from pptx import Presentation

from dashboard.locale import speaker
from dashboard.query import prepared
from dashboard.report import making, outline
from dashboard.report.content import Order
from dashboard.report.house import House
from dashboard.report.labels import one_line
from dashboard.snapshot import Snapshot
from dashboard.store import Store
from etl.pipeline.run import run

FORMULA = '=HYPERLINK("http://evil.example","x")'
MARKUP = "<script>alert(1)</script> & <img src=x onerror=alert(2)>"
PLACEHOLDER = "{names} %s %(x)s {0}"


@pytest.fixture(scope="module")
def evil(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """A register of one sheet whose titles are formulas, markup and patterns, read by the ETL."""
    raw, out = tmp_path_factory.mktemp("raw"), tmp_path_factory.mktemp("out")
    book = Workbook()
    sheet = book.active
    sheet.append(["Agreement ID", "Title", "Partner", "Country", "Signed", "Expires", "Type"])
    for at, title in enumerate((FORMULA, MARKUP, PLACEHOLDER), 1):
        sheet.append(
            [f"A-{at}", title, f"University {at} {MARKUP if at == 2 else ''}".strip(), "Germany", "2024-05-01", "2026-12-31", "Exchange"]
        )
        sheet.cell(sheet.max_row, 2).data_type = "s"
    book.save(raw / "agreements.xlsx")
    run(raw, out, "2026-11-22")
    found = Store(out, prepared.prepare).snapshot()
    assert found is not None
    return found


@pytest.fixture(scope="module")
def made(evil: Snapshot, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("made")
    paths = {suffix: folder / f"a.{suffix}" for suffix in ("docx", "pptx", "html", "xlsx")}
    order = Order(2024, "en", outline.only(outline.read(), ["summary", "partners", "agreements", "expiring"]))
    with pytest.MonkeyPatch.context() as patch:  # no chart is looked at here: no browser is needed
        patch.setenv("BROWSER_PATH", str(folder / "none"))
        patch.setenv("PATH", str(folder))
        assert all(not each.trouble for each in making.made(evil, order, House(), list(paths.values()), speaker("en")))
    return paths


def test_in_the_page_they_are_letters(made: dict[str, Path]) -> None:
    text = made["html"].read_text("utf-8")
    assert "<script" not in text and "<img" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text and PLACEHOLDER in text


def test_in_the_workbook_no_cell_is_calculated(made: dict[str, Path]) -> None:
    cells = [cell for sheet in load_workbook(made["xlsx"]) for row in sheet.iter_rows() for cell in row]
    assert FORMULA in [cell.value for cell in cells]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    with zipfile.ZipFile(made["xlsx"]) as book:
        assert not [name for name in book.namelist() if b"http://evil.example" in book.read(name) and name.endswith(".rels")]


def test_in_text_and_slides_they_stand_as_written_and_every_part_is_whole(made: dict[str, Path]) -> None:
    file = docx.Document(str(made["docx"]))
    told = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    assert FORMULA in told and MARKUP in told and PLACEHOLDER in told
    shown = [cell.text for slide in Presentation(str(made["pptx"])).slides for shape in slide.shapes if shape.has_table
             for row in shape.table.rows for cell in row.cells]  # fmt: skip
    assert FORMULA in shown and MARKUP in shown
    for path in (made["docx"], made["pptx"]):
        with zipfile.ZipFile(path) as book:
            for name in book.namelist():
                if name.endswith((".xml", ".rels")):
                    etree.parse(io.BytesIO(book.read(name)))


CASES = [
    ("a\x00b\x1f", "ab", "controls that XML cannot hold"),
    ("one\n\ttwo  three", "one two three", "lines and tabs"),
    ("\u202eevil\u2066", "evil", "signs that turn the direction of writing"),
    ("\ud800x", "x", "half a character"),
    ("x" * 700, "x" * 599 + "…", "longer than anybody reads"),
    (None, "", "nothing"),
]


@pytest.mark.parametrize(("text", "wanted", "why"), CASES, ids=[why for *_, why in CASES])
def test_a_text_is_cleaned_of_what_no_format_can_hold(text: str | None, wanted: str, why: str) -> None:
    assert one_line(text) == wanted
