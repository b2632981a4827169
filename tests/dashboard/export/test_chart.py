"""Every figure in every kind of file, from the real data, opened again by programs that are not ours."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import orjson
import pytest
from openpyxl import load_workbook
from PIL import Image
from pptx import Presentation
from pptx.util import Inches
from pypdf import PdfReader

from dashboard.cells import safe
from dashboard.export import seal
from dashboard.export.chart import SUFFIXES, file_of
from dashboard.export.clean import clean
from dashboard.export.columns import MEANINGS
from dashboard.export.native import native
from dashboard.export.pictures import SCREEN, Pictures
from dashboard.export.plate import PIXELS
from dashboard.export.view import SHEET, SLIDE, View
from dashboard.figures import Figure
from dashboard.figures.registry import FIGURES
from dashboard.locale import LANGUAGES, speaker
from dashboard.written import written

#: What PowerPoint and Excel draw themselves, with the real data; all others are pictures.
NATIVE = {
    "countries_ranking", "agreements_by_year", "agreements_in_force", "agreements_by_type", "status_of_agreements", "agreement_expiry",
    "fields_ranking", "top_partners", "partners_by_kind", "outcomes_by_year", "outcomes_by_type", "outcomes_by_country",
    "outcomes_by_field", "stages", "news_by_year", "news_by_event", "problems_by_file", "missing_values",
}  # fmt: skip
EACH = pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.id)
Files = Mapping[str, bytes]
Made = Callable[[str, str], bytes]


def of(figure: Figure) -> str:
    """The language in which the tests look at a figure: each of the three for a third of them."""
    return LANGUAGES[FIGURES.index(figure) % len(LANGUAGES)]


@pytest.fixture(scope="module")
def views(seen: Any) -> dict[str, View]:
    return {figure.id: seen(figure, "since=2012" if figure.id == "agreements_by_type" else "", of(figure)) for figure in FIGURES}


@pytest.fixture(scope="module")
def made(views: dict[str, View], pictures: Pictures) -> Made:
    """Return a kind of file of a figure, made when it is first asked for: tests that run beside each other share the work."""
    return cache(lambda id_, suffix: file_of([views[id_]], suffix, pictures, dpi=SCREEN))


@pytest.fixture(scope="module")
def several(views: dict[str, View], pictures: Pictures) -> Files:
    return {suffix: file_of(list(views.values()), suffix, pictures) for suffix in ("pptx", "xlsx")}


@pytest.fixture(scope="module")
def deck(several: Files) -> Any:
    return Presentation(io.BytesIO(several["pptx"]))


@pytest.fixture(scope="module")
def book(several: Files) -> Any:
    return load_workbook(io.BytesIO(several["xlsx"]))


@EACH
def test_a_picture_is_as_wide_as_a_page_of_text(made: Made, figure: Figure) -> None:
    with Image.open(io.BytesIO(made(figure.id, "png"))) as image:
        dots = image.info["dpi"][0]
        assert image.width / dots * 25.4 == pytest.approx(160, abs=0.3)
        assert dots == pytest.approx(SCREEN, abs=0.1)
        assert image.mode == "RGB"
        assert len(set(image.resize((64, 64)).get_flattened_data())) > 20


@EACH
def test_a_drawing_says_its_words_in_letters_that_can_be_read_and_asks_nobody(made: Made, views: dict[str, View], figure: Figure) -> None:
    text = made(figure.id, "svg").decode()
    root = ElementTree.fromstring(text)
    said = re.sub(r"\s", "", "".join(root.itertext()))
    view = views[figure.id].fitting(SHEET)
    for each in (view.finding, *view.notes, view.source, view.passport.short):
        assert re.sub(r"\s", "", each) in said
    sizes = [float(size) for size in re.findall(r'font-size[:=]\s*"?([\d.]+)', text)]
    assert min(sizes) * 72 / PIXELS >= 6.99
    addresses = set(re.findall(r"https?://[^\s\"'<]+", re.sub(r"<metadata.*?</metadata>", "", text)))
    assert addresses <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
    assert "<script" not in text


@EACH
def test_a_page_has_its_numbers_as_text(made: Made, views: dict[str, View], figure: Figure, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(made(figure.id, "pdf"))
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True).stdout.decode()
    told = subprocess.run(["pdfinfo", path], capture_output=True, check=True).stdout.decode()
    assert re.search(r"Pages: +1\b", told)
    across = re.search(r"Page size: +([\d.]+) x", told)
    assert across
    assert float(across[1]) / 72 * 25.4 == pytest.approx(160, abs=0.5)
    view = views[figure.id].fitting(SHEET)
    for number in re.findall(r"\d+", f"{view.finding} {view.subtitle}"):
        assert number in text
    assert view.passport.data_sha256[:8] in text


@EACH
def test_a_page_fits_between_the_margins_of_a_sheet(made: Made, figure: Figure) -> None:
    (page,) = PdfReader(io.BytesIO(made(figure.id, "pdf"))).pages
    assert float(page.mediabox.height) / 72 * 25.4 <= 297 - 2 * 25


@EACH
def test_data_are_those_of_the_table_beside_the_chart(made: Made, views: dict[str, View], figure: Figure) -> None:
    view = views[figure.id]
    rows = [["" if cell is None or cell != cell else cell for cell in row] for row in view.table.itertuples(index=False, name=None)]
    content = made(figure.id, "csv")
    assert content.startswith(b"\xef\xbb\xbf")
    found = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert found[0] == [column.head for column in view.columns]
    assert found[1 : len(rows) + 1] == [[str(cell) for cell in safe(row)] for row in rows]
    assert all(row[0].startswith("# ") for row in found[len(rows) + 1 :])
    told = json.loads(made(figure.id, "json"))
    assert [["" if cell is None else cell for cell in row] for row in told["rows"]] == json.loads(written(rows))
    assert told["finding"] == view.finding
    assert [each["name"] for each in told["columns"]] == found[0]
    assert all(each["meaning"] for each in told["columns"])
    assert told["figure"] == orjson.loads(written(view.plot))


@EACH
def test_a_slide_has_a_chart_that_can_be_edited_or_says_that_it_has_none(deck: Any, views: dict[str, View], figure: Figure) -> None:
    view = views[figure.id]
    slide = deck.slides[FIGURES.index(figure)]
    shapes = {shape.name: shape for shape in slide.shapes}
    shape = shapes[view.passport.name]
    assert slide.shapes.title.text_frame.text == view.finding
    assert shape._element.xpath(".//p:cNvPr/@descr") == [view.finding]
    notes = shapes[f"{view.passport.name} · notes"].text_frame.text
    assert (shape.has_chart, not shape.has_chart) == (figure.id in NATIVE, "PowerPoint" in notes)
    assert view.passport.short in shapes[f"{view.passport.name} · foot"].text_frame.text
    if shape.has_chart:
        along = "x" if view.plot["data"][0].get("orientation") == "h" else "y"
        drawn = [[number for number in trace[along] if number is not None] for trace in view.plot["data"]]
        found = [[number for number in series.values if number is not None] for series in shape.chart.plots[0].series]
        assert found == drawn
        told = native(view.plot, view.say)
        assert told
        assert [str(each) for each in shape.chart.plots[0].categories] == list(told.categories)


@EACH
def test_letters_on_a_slide_are_not_smaller_than_in_print(deck: Any, views: dict[str, View], figure: Figure) -> None:
    shapes = {shape.name: shape for shape in deck.slides[FIGURES.index(figure)].shapes}
    shape = shapes[views[figure.id].passport.name]
    if shape.has_chart:
        sizes = [int(each) for each in shape.chart._chartSpace.xpath(".//a:defRPr/@sz | .//a:rPr/@sz")]
        assert sizes and min(sizes) >= 700
        return
    with Image.open(io.BytesIO(shape.image.blob)) as image:
        printed = image.width / image.info["dpi"][0]  # its letters are of 7 points and more at this width, as in the drawing
    assert shape.width / Inches(1) >= printed * 0.995
    assert shape.top + shape.height <= shapes[f"{views[figure.id].passport.name} · foot"].top


@EACH
def test_a_sheet_has_the_table_and_what_its_columns_mean(book: Any, views: dict[str, View], figure: Figure) -> None:
    view = views[figure.id].fitting(SLIDE)
    sheet = book[seal.sheet_name(view.passport)]
    assert len(sheet._charts) == (figure.id in NATIVE)
    assert len(sheet._images) == (figure.id not in NATIVE)
    lines = [list(row) for row in sheet.iter_rows(values_only=True)]
    heads = [column.head for column in view.columns]
    top = next(at for at, line in enumerate(lines) if line[: len(heads)] == heads)
    rows = [[None if cell is None or cell != cell or cell == "" else cell for cell in row] for row in view.table.itertuples(index=False)]
    assert [[cell if cell != "" else None for cell in line[: len(heads)]] for line in lines[top + 1 : top + 1 + len(rows)]] == rows
    for at, cells in enumerate(rows, top + 2):  # as high as their texts, which programs do not all work out
        if any(len(str(cell)) > 80 for cell in cells):
            assert sheet.row_dimensions[at].height >= 30
    said = [str(line[0]) for line in lines[:top] if line[0]]
    assert [view.finding, *view.notes] == [clean(text) for text in said[: 1 + len(view.notes)]]
    meanings = {line[0]: line[2] for line in lines[top + len(rows) + 2 :]}
    assert all(meanings[column.head] == column.meaning != "" for column in view.columns)


def test_of_a_figure_with_many_rows_as_many_are_drawn_as_can_be_read_and_the_rest_is_told(made: Made, seen: Any, deck: Any) -> None:
    view = seen("agreements_in_time")
    rows = len(view.table)
    assert rows > 60
    drawn = [
        len({y for trace in each.plot["data"] for y in trace["y"] if y is not None})
        for each in (view, view.fitting(SHEET), view.fitting(SLIDE))
    ]
    assert 60 == drawn[0] > drawn[1] > 20 > drawn[2] >= 8
    for most, number in zip((SHEET, SLIDE), drawn[1:], strict=True):
        fitted = view.fitting(most)
        assert fitted.height <= most < view.height
        assert f"{number} of {rows} drawn, those with a known decision date first; the workbook (XLSX) has all" in fitted.subtitle
        assert (len(fitted.table), fitted.passport) == (rows, view.passport)
    few = seen("agreements_in_time", "country=CHN&since=2022")
    assert few.fitting(SHEET) is few and "drawn," not in few.subtitle.replace("not drawn", "")


def test_every_column_of_every_figure_is_explained(views: dict[str, View]) -> None:
    heads = {str(head) for view in views.values() for head in view.figure.table(view.frame, speaker("en")).columns}
    assert heads == MEANINGS.keys()


@EACH
def test_every_file_carries_the_passport_of_its_figure(made: Made, views: dict[str, View], figure: Figure) -> None:
    expected = [(views[figure.id].passport, True)]
    for suffix in ("png", "svg", "pdf", "csv", "json"):
        assert [(each.passport, each.is_whole) for each in seal.read(made(figure.id, suffix), suffix)] == expected, suffix


def test_files_of_several_figures_carry_all_passports(several: Files, views: dict[str, View]) -> None:
    for suffix, content in several.items():
        found = seal.read(content, suffix)
        assert [each.passport for each in found] == [view.passport for view in views.values()]
        assert all(each.is_whole for each in found)


def test_another_program_opens_slides_and_workbooks_and_shows_every_finding(several: Files, views: dict[str, View], tmp_path: Path) -> None:
    office = shutil.which("soffice")
    assert office, "no LibreOffice: run `make programs`"
    for suffix in ("pptx", "xlsx"):
        (tmp_path / f"{suffix}.{suffix}").write_bytes(several[suffix])
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / "pptx.pptx", tmp_path / "xlsx.xlsx"]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    for suffix in ("pptx", "xlsx"):
        text = subprocess.run(["pdftotext", tmp_path / f"{suffix}.pdf", "-"], check=True, capture_output=True).stdout.decode()
        whole = re.sub(r"\s", "", text)
        missing = [view.figure.id for view in views.values() if re.sub(r"\s", "", view.finding) not in whole]
        assert not missing, suffix
        assert "#REF!" not in text and "#NAME?" not in text
    pages = subprocess.run(["pdfinfo", tmp_path / "pptx.pdf"], check=True, capture_output=True).stdout.decode()
    assert re.search(rf"Pages: +{len(FIGURES)}\b", pages)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_same_data_give_the_same_bytes(seen: Any, pictures: Pictures, suffix: str) -> None:
    view = seen("first_outcome", "", "zh")
    assert file_of([view], suffix, pictures) == file_of([view], suffix, pictures)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_figure_without_data_becomes_a_file_that_says_so(seen: Any, pictures: Pictures, suffix: str) -> None:
    view = seen("agreements_by_year", "country=CHN&since=1950&until=1951", "ru")
    assert view.frame.empty
    content = file_of([view], suffix, pictures)
    assert seal.read(content, suffix)[0].is_whole


@pytest.mark.parametrize("figure", ["agreements_by_year", "agreements_on_map"])
def test_a_slide_of_a_figure_without_data_needs_no_browser(seen: Any, figure: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROWSER_PATH", "/nonexistent/chromium")
    view = seen(figure, "country=CHN&since=1950&until=1951", "en")
    with Pictures() as none:
        (slide,) = Presentation(io.BytesIO(file_of([view], "pptx", none))).slides
    texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    assert texts[0] == view.finding
    assert not any("PowerPoint" in text for text in texts)


@pytest.mark.parametrize("suffix", ["png", "svg", "csv", "json", "gif", ""])
def test_a_file_of_one_figure_takes_no_second(seen: Any, pictures: Pictures, suffix: str) -> None:
    view = seen("stages")
    with pytest.raises(ValueError, match=f"^{suffix}$"):
        file_of([view, view], suffix, pictures)
