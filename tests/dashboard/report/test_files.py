"""The five formats, opened again by other programs, in three languages: what they say, what they show, and what holds them together."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import docx as python_docx
import pytest
from docx.oxml.ns import qn
from openpyxl import load_workbook
from PIL import Image
from pptx import Presentation
from pptx.util import Inches
from pypdf import PdfReader

from dashboard.export import seal
from dashboard.locale import speaker
from dashboard.report import content, html, labels, making, outline, paging, pptx
from dashboard.report.content import Order
from dashboard.report.document import Chapter, Document, TableBlock
from dashboard.report.docx_parts import LANGUAGES
from dashboard.report.house import House
from dashboard.report.painting import Painting
from dashboard.snapshot import Snapshot

ROOT = Path(__file__).parents[3]
SOFFICE = shutil.which("soffice")
SHORT = """
sections:
  - cover
  - contents
  - summary
  - section: geography
    figures: [agreements_on_map, countries_ranking]
    tables: [countries]
  - section: outcomes
    figures: [country_area_outcome, outcomes_by_year]
"""


def _flat(text: str) -> str:
    """Return a text without white space: programs break lines as they like."""
    return re.sub(r"\s+", "", text)


def _rendered(path: Path, folder: Path) -> list[str]:
    """Return the texts of the pages that LibreOffice makes of a file."""
    assert SOFFICE, "no LibreOffice: run `make programs`"
    profile = (folder / "profile").as_uri()
    command = [SOFFICE, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return _pages(folder / f"{path.stem}.pdf")


def _pages(path: Path) -> list[str]:
    told = subprocess.run(["pdftotext", "-layout", str(path), "-"], check=True, capture_output=True, timeout=60).stdout.decode("utf-8")
    return told.split("\f")[:-1]


def test_every_figure_in_every_format_carries_a_passport_that_fits_it(files: dict[str, Path], document: Document) -> None:
    drawn = {each.passport for each in document.figures() if each.is_drawn}
    assert len(drawn) == len(document.figures()) - 1  # one has nothing to draw
    for suffix, path in files.items():
        found = seal.read(path.read_bytes(), suffix)
        assert drawn <= {each.passport for each in found}, suffix
        assert all(each.is_whole for each in found), suffix


def test_the_text_document_has_real_headings_and_contents_that_are_filled(files: dict[str, Path], document: Document) -> None:
    file = python_docx.Document(str(files["docx"]))
    by_style: dict[str, list[str]] = {}
    for paragraph in file.paragraphs:
        by_style.setdefault(paragraph.style.name, []).append(paragraph.text)
    assert by_style["Title"] == [document.title]
    assert by_style["Heading 1"] == [chapter.heading for chapter in document.chapters]
    assert by_style["Heading 2"] == [figure.question for figure in document.figures()]
    pages = paging.plan(document).pages
    entries = file.element.body.xpath("//w:p[w:pPr/w:pStyle[@w:val='TOC1' or @w:val='TOC2']]")
    told = ["".join(each.text or "" for each in entry.iter(qn("w:t"))) for entry in entries]
    assert told == [f"{text}{pages[anchor]}" for _, anchor, text in html.entries(document)]
    marks = {each.get(qn("w:name")) for each in file.element.body.iter(qn("w:bookmarkStart"))}
    links = {each.get(qn("w:anchor")) for each in file.element.body.iter(qn("w:hyperlink"))}
    assert links and links <= marks
    begun = [each.get(qn("w:fldCharType")) for each in file.element.body.iter(qn("w:fldChar"))]
    assert begun.count("begin") == begun.count("end") == begun.count("separate")


def test_the_text_document_numbers_its_captions_by_fields_and_says_what_its_pictures_show(
    files: dict[str, Path], document: Document
) -> None:
    file = python_docx.Document(str(files["docx"]))
    say = speaker(document.language)
    captions = [paragraph.text for paragraph in file.paragraphs if paragraph.style.name == "Caption"]
    figures = [labels.caption(say, labels.FIGURE, each.number, each.caption) for each in document.figures()]
    tables = [labels.caption(say, labels.TABLE, each.number, each.caption) for each in document.tables()]
    assert sorted(captions) == sorted(figures + tables)
    codes = [each.text.split()[1] for each in file.element.body.iter(qn("w:instrText")) if "SEQ" in each.text]
    assert (codes.count("Figure"), codes.count("Table")) == (len(figures), len(tables))
    alternatives = [each.get("descr") for each in file.element.body.iter(qn("wp:docPr"))]
    assert alternatives == [each.alt for each in document.figures() if each.is_drawn]
    assert all(len(each) > 40 for each in alternatives)


def test_the_text_document_knows_its_language_and_a_font_for_chinese(files: dict[str, Path], document: Document) -> None:
    file = python_docx.Document(str(files["docx"]))
    for name in ("Normal", "Heading 1", "Heading 2", "Caption"):
        fonts = file.styles[name].element.rPr.find(qn("w:rFonts"))
        assert fonts.get(qn("w:eastAsia")) == House().cjk and fonts.get(qn("w:asciiTheme")) is None
    assert file.core_properties.language == LANGUAGES[document.language]
    assert file.core_properties.title == f"{document.title} – {document.subtitle}"
    heads = file.element.body.findall(f".//{qn('w:tblHeader')}")
    assert len(heads) == len(document.tables())


def test_a_text_program_puts_every_chapter_on_the_page_that_the_contents_name(
    files: dict[str, Path], document: Document, tmp_path: Path
) -> None:
    pages = [_flat(page) for page in _rendered(files["docx"], tmp_path)]
    planned = paging.plan(document).pages
    for chapter in document.chapters:
        assert pages[planned[chapter.id] - 1].startswith(_flat(chapter.heading)), chapter.heading
    for figure in document.figures():
        assert _flat(figure.question) in pages[planned[f"figure-{figure.number}"] - 1], figure.question
    text = "".join(pages)
    for paragraph in document.paragraphs():
        assert _flat(paragraph.text) in text


def test_the_slides_show_one_finding_each_with_charts_that_can_be_edited(files: dict[str, Path], document: Document) -> None:
    deck = Presentation(str(files["pptx"]))
    titles = [slide.shapes.title.text for slide in deck.slides]
    findings = [each.finding for each in document.figures()]
    assert [title for title in titles if title in findings] == findings
    native = 0
    for slide, figure in zip([each for each in deck.slides if each.shapes.title.text in findings], document.figures(), strict=True):
        if not figure.is_drawn:
            continue
        charts = [shape for shape in slide.shapes if shape.has_chart]
        shown = charts or [shape for shape in slide.shapes if shape.shape_type == 13]
        assert len(shown) == 1
        assert shown[0]._element.xpath(".//p:cNvPr")[0].get("descr") == figure.alt
        native += len(charts)
        if charts and figure.view.figure.id == "countries_ranking":
            values = [value for value in charts[0].chart.plots[0].series[0].values if value]
            assert values[:5] == [float(n) for n in figure.view.frame["n"][:5]]
    assert native >= 3


def test_a_figure_with_many_rows_has_as_many_as_fit_and_its_caption_says_so(snapshot: Snapshot, painting: Painting) -> None:
    wanted = outline.of({"sections": [{"section": "expiring", "figures": [{"agreements_in_time": "all"}, {"partner_matrix": "all"}]}]})
    document = content.report(snapshot, Order(2024, "en", wanted), House())
    rows = len(document.figures()[0].twin.rows)
    deck = Presentation(io.BytesIO(pptx.written(document, House(), painting.projected)))
    slides = [each for each in deck.slides if each.shapes.title.text in [figure.finding for figure in document.figures()]]
    drawn = []
    for slide, figure in zip(slides, document.figures(), strict=True):
        shape = next(each for each in slide.shapes if each.name == figure.passport.name)
        with Image.open(io.BytesIO(shape.image.blob)) as image:  # its letters have 7 points and more at this width
            assert shape.width / Inches(1) >= image.width / image.info["dpi"][0] * 0.99
        words, foot = (next(each for each in slide.shapes if each.name == name) for name in (f"{figure.passport.name} · words", "Foot"))
        assert shape.top + shape.height <= words.top and words.top + words.height <= foot.top
        drawn.append(re.search(rf"(\d+) of {rows} drawn", words.text_frame.text))
    printed = re.search(rf"(\d+) of {rows} drawn", document.figures()[0].caption)
    assert printed and drawn[0] and drawn[1] is None
    assert 8 <= int(drawn[0][1]) < int(printed[1]) < 40 < rows
    picture = painting.picture(document.figures()[0])
    assert picture
    with Image.open(io.BytesIO(picture)) as image:
        assert image.height / image.info["dpi"][1] * 25.4 < 297 - 2 * 25


@pytest.mark.parametrize(("letters", "fits"), [(10, 11), (250, 7), (900, 2)])
def test_a_table_on_a_slide_ends_above_its_foot_and_says_how_many_rows_it_has(letters: int, fits: int) -> None:
    rows = tuple((str(at), "слово " * (letters // 6)) for at in range(14))
    table = TableBlock("1", "Table", ("n", "words"), rows, (False, False), (0.2, 0.8))
    document = Document("T", "S", "report", "en", "2026-11-22", "s", "v", (), "foot", (Chapter("a", "1", "1 A", (table,)),))
    deck = Presentation(io.BytesIO(pptx.written(document, House(), lambda _: None)))
    slide = next(each for each in deck.slides if any(shape.has_table for shape in each.shapes))
    shown = len(next(shape.table for shape in slide.shapes if shape.has_table).rows) - 1
    assert shown == fits
    assert f"The first {shown} of 14 rows" in next(shape.text_frame.text for shape in slide.shapes if shape.name == "Note")


def test_an_office_program_renders_slides_and_workbook(files: dict[str, Path], document: Document, tmp_path: Path) -> None:
    slides = [_flat(page) for page in _rendered(files["pptx"], tmp_path)]
    assert len(slides) == len(Presentation(str(files["pptx"])).slides)
    for figure in document.figures():
        assert any(_flat(figure.finding) in page for page in slides)
    book = _flat("".join(_rendered(files["xlsx"], tmp_path)))
    assert all(_flat(figure.finding) in book for figure in document.figures() if figure.is_drawn)


def test_the_workbook_has_a_sheet_for_each_figure_with_the_numbers_of_the_dashboard(files: dict[str, Path], document: Document) -> None:
    book = load_workbook(files["xlsx"])
    for figure in document.figures():
        sheet = book[seal.sheet_name(figure.passport)]
        cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
        heads = list(figure.twin.heads)
        top = next(at for at, row in enumerate(cells) if row[: len(heads)] == heads)
        written = [row[: len(heads)] for row in cells[top + 1 : top + 1 + len(figure.twin.rows)]]
        assert [[cell or None for cell in row] for row in written] == [[cell or None for cell in row] for row in figure.twin.rows]
    first = book.worksheets[0]
    links = [cell.hyperlink.location or cell.hyperlink.target for row in first.iter_rows() for cell in row if cell.hyperlink]
    assert len(links) == len(document.figures()) + len(document.tables()) + 1
    told = [row[1].value for row in book.worksheets[1].iter_rows(min_row=2)]
    assert [each.text for each in document.paragraphs() if each.text not in told] == []


class _Page(HTMLParser):
    """The addresses, ids and classes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.addresses: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name in ("src", "href", "xlink:href", "srcset", "data"):
                self.addresses.append(value or "")


def test_the_page_asks_for_nothing_outside_itself_and_runs_nothing(files: dict[str, Path], document: Document) -> None:
    page = _Page()
    text = files["html"].read_text("utf-8")
    page.feed(text)
    assert all(each.startswith(("#", "data:")) for each in page.addresses)
    assert "script" not in page.tags and "@import" not in text and "url(http" not in text
    assert "default-src 'none'" in text
    own = [each for each in page.ids if each != seal.KEY]
    assert len(own) == len(set(own))
    anchors = {each.removeprefix("#") for each in page.addresses if each.startswith("#")}
    assert anchors <= set(page.ids)
    assert f'<html lang="{document.language}">' in text


def test_the_page_says_of_every_sentence_where_its_numbers_come_from(files: dict[str, Path], document: Document) -> None:
    text = files["html"].read_text("utf-8")
    for paragraph in document.paragraphs():
        for number in paragraph.numbers:
            assert f"={number.origin}".replace("&", "&amp;") in text


def test_the_pdf_has_bookmarks_titles_tags_and_contents_with_true_pages(files: dict[str, Path], document: Document) -> None:
    reader = PdfReader(str(files["pdf"]))
    assert reader.metadata is not None and reader.metadata.title == f"{document.title} – {document.subtitle}"
    assert "/StructTreeRoot" in reader.trailer["/Root"]

    def told(entries: list) -> list[str]:  # type: ignore[type-arg]
        return [text for each in entries for text in (told(each) if isinstance(each, list) else [str(each.title)])]

    assert told(reader.outline) == [text for _, _, text in html.entries(document)]
    pages = _pages(files["pdf"])
    contents = re.sub(r"[.\s…]+", " ", pages[1])
    for chapter in document.chapters:
        page = next(at for at, text in enumerate(pages, 1) if at > 2 and _flat(text).startswith(_flat(chapter.heading)))
        assert _flat(f"{chapter.heading}{page}").replace(".", "") in _flat(contents), chapter.heading


def test_every_number_of_the_document_is_found_in_the_text_of_the_pdf(files: dict[str, Path], document: Document) -> None:
    text = _flat("".join(_pages(files["pdf"])))
    for paragraph in document.paragraphs():
        assert _flat(paragraph.text) in text
    for figure in document.figures():
        assert _flat(figure.finding) in text
    ranking = next(each for each in document.figures() if each.view.figure.id == "countries_ranking")
    for row in ranking.twin.rows[:10]:
        assert str(row[1]) in text  # inside the drawing


@pytest.fixture(scope="module")
def twice(data: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, bytes]]:
    """A report with pictures, native charts and tables in every format, made by two processes; between their clocks is a day."""
    found = []
    for place in ({"PYTHONHASHSEED": "1", "TZ": "Etc/GMT+12"}, {"PYTHONHASHSEED": "2", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"}):
        folder = tmp_path_factory.mktemp("made")
        (folder / "outline.yaml").write_text(SHORT, "utf-8")
        asked = ["--data", data, "--year", "2024", "--lang", "zh", "--outline", folder / "outline.yaml"]
        files = [each for suffix in outline.FORMATS for each in ("--to", folder / f"a.{suffix}")]
        subprocess.run(
            [sys.executable, "-m", "dashboard", "report", *asked, *files], cwd=ROOT, env=os.environ | place, check=True, capture_output=True
        )
        found.append({suffix: (folder / f"a.{suffix}").read_bytes() for suffix in outline.FORMATS})
    return found


@pytest.mark.parametrize("suffix", outline.FORMATS)
def test_two_processes_make_the_same_bytes(twice: list[dict[str, bytes]], suffix: str) -> None:
    first, second = (made[suffix] for made in twice)
    assert first == second


def test_without_a_browser_tables_stand_for_charts_and_the_pdf_is_refused(
    snapshot: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROWSER_PATH", str(tmp_path / "none"))
    monkeypatch.setenv("PATH", str(tmp_path))
    order = Order(2024, "en", outline.only(outline.read(), ["geography"]))
    paths = [tmp_path / f"report.{suffix}" for suffix in outline.FORMATS]
    found = {each.path.suffix: each.trouble for each in making.made(snapshot, order, House(), paths, speaker("en"))}
    assert "install it (apt-get install chromium)" in found.pop(".pdf")
    assert set(found.values()) == {""} and not (tmp_path / "report.pdf").exists()
    file = python_docx.Document(str(tmp_path / "report.docx"))
    assert any(paragraph.text == labels.NO_PICTURE for paragraph in file.paragraphs)
    assert "China" in [table.rows[1].cells[0].text for table in file.tables]
    assert labels.NO_PICTURE in (tmp_path / "report.html").read_text("utf-8")
    assert any(shape.has_table for slide in Presentation(str(tmp_path / "report.pptx")).slides for shape in slide.shapes)


def test_two_drawings_in_one_page_do_not_mix_up_their_parts(document: Document, painting: Painting) -> None:
    one, two = (painting.drawing(each) for each in document.figures()[:2])
    assert one and two
    ids = [set(re.findall(rb'\bid="([^"]+)"', each)) - {seal.KEY.encode()} for each in (one, two)]
    assert ids[0] and not ids[0] & ids[1]
    for drawing, own in zip((one, two), ids, strict=True):
        used = set(re.findall(rb"url\(['\"]?#([^'\")]+)", drawing))
        assert used <= own
