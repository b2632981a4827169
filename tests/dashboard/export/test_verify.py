"""Current, stale or altered: what a file says of itself against the data of today."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PIL import Image
from pptx import Presentation
from pptx.chart.data import CategoryChartData

from dashboard.export import office, seal
from dashboard.export.chart import SUFFIXES, file_of
from dashboard.export.pictures import Pictures
from dashboard.export.verify import main


@pytest.fixture(scope="module")
def files(seen: Any, pictures: Pictures, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A figure as every kind of file, under filters with letters of two scripts in its texts."""
    folder = tmp_path_factory.mktemp("files")
    view = seen("outcomes_by_year", "country=CHN,DEU&since=2012", "ru")
    made = {suffix: folder / f"a.{suffix}" for suffix in SUFFIXES}
    for suffix, path in made.items():
        path.write_bytes(file_of([view], suffix, pictures))
    return made


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_file_of_today_is_current(data: Path, files: dict[str, Path], suffix: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(files[suffix]), "--data", str(data)]) == 0
    assert ": current: outcomes_by_year [country=CHN,DEU&since=2012]: " in capsys.readouterr().out


def _pixel(content: bytes) -> bytes:
    out = io.BytesIO()
    with Image.open(io.BytesIO(content)) as image:
        info = image.info
        image.putpixel((5, 5), (255, 0, 0))
        from PIL.PngImagePlugin import PngInfo

        told = PngInfo()
        told.add_itxt(seal.KEY, info[seal.KEY])
        image.save(out, "PNG", pnginfo=told)
    return out.getvalue()


def _cell(content: bytes) -> bytes:
    book = load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    cell = next(each for row in sheet.iter_rows() for each in row if isinstance(each.value, int))
    cell.value += 1
    return _saved(book)


def _saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _point(content: bytes) -> bytes:
    deck = Presentation(io.BytesIO(content))
    chart = next(shape.chart for shape in deck.slides[0].shapes if shape.has_chart)
    data = CategoryChartData()
    data.categories = list(chart.plots[0].categories)
    for at, series in enumerate(chart.plots[0].series):
        values = list(series.values)
        data.add_series(series.name, [9, *values[1:]] if not at else values)
    chart.replace_data(data)
    return _saved(deck)


def _title(content: bytes) -> bytes:
    deck = Presentation(io.BytesIO(content))
    deck.slides[0].shapes.title.text_frame.text = "All is well"
    return _saved(deck)


def _page(content: bytes) -> bytes:
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import ContentStream

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    page = writer.pages[0]
    drawn = ContentStream(page.get_contents(), writer)
    drawn.operations = drawn.operations[: len(drawn.operations) // 2]
    page.replace_contents(drawn)
    return _written(writer)


def _written(writer: Any) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _told(content: bytes) -> bytes:
    return content.replace(b'"n": ', b'"n": 1', 1).replace(b"&quot;n&quot;: ", b"&quot;n&quot;: 1", 1)


EDITS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "a pixel": ("png", _pixel),
    "a word of a drawing": ("svg", lambda content: content.replace("Фильтры".encode(), "Фильтр".encode())),
    "the passport of a drawing": ("svg", _told),
    "a page": ("pdf", _page),
    "a point of a chart": ("pptx", _point),
    "the title of a slide": ("pptx", _title),
    "a cell of a workbook": ("xlsx", _cell),
    "a cell of a table": ("csv", lambda content: content.replace(b",1\r\n", b",7\r\n", 1)),
    "the foot of a table": ("csv", lambda content: content.replace("# Фильтры".encode(), b"# ", 1)),
    "a number of JSON": ("json", lambda content: content.replace(b"2012", b"2013", 1)),
}


@pytest.mark.parametrize("edit", EDITS)
def test_a_file_that_was_edited_is_altered(
    data: Path, files: dict[str, Path], edit: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    suffix, change = EDITS[edit]
    before = files[suffix].read_bytes()
    path = tmp_path / f"b.{suffix}"
    path.write_bytes(change(before))
    assert path.read_bytes() != before
    assert main([str(path), "--data", str(data)]) == 2
    assert "altered" in capsys.readouterr().out


@pytest.mark.parametrize("suffix", ["xlsx", "pptx"])
def test_a_file_that_was_only_opened_and_saved_is_not_altered(data: Path, files: dict[str, Path], suffix: str, tmp_path: Path) -> None:
    content = files[suffix].read_bytes()
    opened: Any = load_workbook(io.BytesIO(content)) if suffix == "xlsx" else Presentation(io.BytesIO(content))
    path = tmp_path / f"c.{suffix}"
    path.write_bytes(_saved(opened))
    assert main([str(path), "--data", str(data)]) == 0


@pytest.fixture(scope="module")
def resaved(files: dict[str, Path], seen: Any, pictures: Pictures, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Slides with a chart and with a picture, a workbook and a document, as LibreOffice saves them when it has opened them."""
    from docx import Document

    folder = tmp_path_factory.mktemp("resaved")
    document = Document()
    document.add_picture(str(files["png"]))
    passport_ = seal.read(files["png"].read_bytes(), "png")[0].passport
    made = {
        "chart.pptx": files["pptx"].read_bytes(), "picture.pptx": file_of([seen("agreements_on_map", "", "zh")], "pptx", pictures),
        "a.xlsx": file_of([seen("agreements_on_map", "", "ru"), seen("stages")], "xlsx", pictures),
        "a.docx": seal.written(_saved(document), "docx", [passport_]),
    }  # fmt: skip
    (folder / "made").mkdir()
    for name, content in made.items():
        (folder / "made" / name).write_bytes(content)
    office_ = shutil.which("soffice")
    assert office_, "no LibreOffice: run `make programs`"
    for suffix in ("pptx", "xlsx", "docx"):
        names = [folder / "made" / name for name in made if name.endswith(suffix)]
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [office_, profile, "--headless", "--convert-to", suffix, "--outdir", folder, *names]
        subprocess.run(command, check=True, capture_output=True, timeout=240)
    return {name: folder / name for name in made}


RESAVED = ("chart.pptx", "picture.pptx", "a.xlsx", "a.docx")


@pytest.mark.parametrize("name", RESAVED)
def test_a_file_that_libreoffice_opened_and_saved_keeps_its_passport(
    data: Path, resaved: dict[str, Path], name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(resaved[name]), "--data", str(data)]) == 0, capsys.readouterr().out


def _cut(content: bytes) -> bytes:
    """Cut a quarter off the left of every picture, as a reader does it in an Office program: the pixels stay in the file."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = re.sub(rb"<a:srcRect[^>]*/>", b"", old.read(name)) if name.endswith(".xml") else old.read(name)
            new.writestr(name, re.sub(rb"(<a:blip\b[^>]*?(/>|>.*?</a:blip>))", rb'\1<a:srcRect l="25000"/>', part, flags=re.DOTALL))
    return out.getvalue()


LATER: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "a point of a chart": ("chart.pptx", _point),
    "the title of a slide with a chart": ("chart.pptx", _title),
    "the title of a slide with a picture": ("picture.pptx", _title),
    "a cell": ("a.xlsx", _cell),
    "a cropped picture of a slide": ("picture.pptx", _cut),
    "a cropped picture of a sheet": ("a.xlsx", _cut),
    "a cropped picture of a document": ("a.docx", _cut),
}


@pytest.mark.parametrize("edit", LATER)
def test_a_file_that_libreoffice_saved_and_somebody_edited_is_altered(
    data: Path, resaved: dict[str, Path], edit: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name, change = LATER[edit]
    path = tmp_path / name
    path.write_bytes(change(resaved[name].read_bytes()))
    assert main([str(path), "--data", str(data)]) == 2
    told = capsys.readouterr().out
    assert "altered" in told and "as it is now: /" in told


def test_a_picture_of_a_sheet_is_part_of_its_figure(data: Path, seen: Any, pictures: Pictures, tmp_path: Path) -> None:
    content, out = file_of([seen("agreements_on_map")], "xlsx", pictures), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, _pixel(old.read(name)) if name.endswith(".png") else old.read(name))
    for name, each, state in (("a.xlsx", content, 0), ("b.xlsx", out.getvalue(), 2)):
        (tmp_path / name).write_bytes(each)
        assert main([str(tmp_path / name), "--data", str(data)]) == state


def test_a_file_whose_passport_was_taken_away_says_so_and_what_to_do(
    data: Path, files: dict[str, Path], tmp_path: Path, capsys: Any
) -> None:
    deck = Presentation(io.BytesIO(files["pptx"].read_bytes()))
    deck.part.package.drop_rel(next(key for key, each in deck.part.package._rels.items() if "custom-properties" in each.reltype))
    (tmp_path / "a.pptx").write_bytes(_saved(deck))
    assert main([str(tmp_path / "a.pptx"), "--data", str(data)]) == 2
    assert "the program that saved it took it away; export the figure again" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.png", b""), ("a.png", b"\x89PNG\r\n\x1a\nrubbish"), ("a.svg", b"<svg></svg>"), ("a.pdf", b"%PDF-1.7"),
        ("a.xlsx", b"PK\x03\x04"), ("a.pptx", b"no zip"), ("a.csv", b"a,b\r\n1,2\r\n"), ("a.csv", b'"# passport {"\r\n'),
        ("a.json", b"[]"), ("a.json", b'{"passport": 1}'), ("a.json", b'{"passport": {"figure": 1}}'), ("a.exe", b"MZ"), ("a", b""),
        ("a.html", b"<p>"), ("a.csv", b"\xff\xfe\x00"),
    ],
)  # fmt: skip
def test_a_file_without_a_passport_is_no_proof(data: Path, name: str, content: bytes, tmp_path: Path, capsys: Any) -> None:
    (tmp_path / name).write_bytes(content)
    assert main([str(tmp_path / name), "--data", str(data), "--lang", "ru"]) == 2
    assert "нет паспорта" in capsys.readouterr().out


def test_a_file_that_is_not_there_and_a_folder_without_data_are_told(data: Path, tmp_path: Path, capsys: Any) -> None:
    assert main([str(tmp_path / "no.png"), "--data", str(data)]) == 2
    assert "No such file" in capsys.readouterr().out
    assert main([str(tmp_path / "no.png"), "--data", str(tmp_path)]) == 2
    assert "make etl" in capsys.readouterr().err


def test_each_picture_in_a_document_is_checked(data: Path, files: dict[str, Path], seen: Any, tmp_path: Path, capsys: Any) -> None:
    from docx import Document

    first, second = files["png"], tmp_path / "second.png"
    second.write_bytes(_pixel(first.read_bytes()))
    document = Document()
    document.add_paragraph("My own words")
    for path in (first, second):
        document.add_picture(str(path))
    document.save(tmp_path / "a.docx")
    assert main([str(tmp_path / "a.docx"), "--data", str(data)]) == 2
    assert [line.split(": ")[1] for line in capsys.readouterr().out.splitlines()] == ["current", "altered"]


def test_a_document_has_the_passports_in_its_properties(files: dict[str, Path], seen: Any, tmp_path: Path) -> None:
    from docx import Document

    document = Document()
    document.add_picture(str(files["png"]))
    passports = [seal.read(files["png"].read_bytes(), "png")[0].passport]
    content = seal.written(_saved(document), "docx", passports)
    assert list(office.properties(content)) == [f"{seal.KEY} 1"]
    assert [(each.passport, each.is_whole) for each in seal.read(content, "docx")] == [(passports[0], True)]
    assert Document(io.BytesIO(content)).inline_shapes
    with pytest.raises(ValueError, match="no figure"):
        seal.written(_saved(Document()), "docx", passports)


def test_pictures_and_drawings_in_a_page_are_checked(files: dict[str, Path], data: Path, tmp_path: Path, capsys: Any) -> None:
    from base64 import b64encode

    picture = b64encode(files["png"].read_bytes()).decode()
    drawing = files["svg"].read_text("utf-8")
    page = tmp_path / "a.html"
    page.write_text(f'<p>Words<img src="data:image/png;base64,{picture}"><div>{drawing}</div>', "utf-8")
    assert main([str(page), "--data", str(data)]) == 0
    assert capsys.readouterr().out.count("current") == 2
    page.write_text(page.read_text("utf-8").replace("Фильтры: ", "Фильтры:: "), "utf-8")
    assert main([str(page), "--data", str(data)]) == 2


def test_a_property_file_with_entities_is_refused(files: dict[str, Path]) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(files["xlsx"].read_bytes())) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            bomb = b'<!DOCTYPE a [<!ENTITY x "y">]><Properties/>'
            new.writestr(name, bomb if name == "docProps/custom.xml" else old.read(name))
    with pytest.raises(seal.NoPassport):
        seal.read(out.getvalue(), "xlsx")
