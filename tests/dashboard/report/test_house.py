from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from PIL import Image

from dashboard.locale import speaker
from dashboard.report import content, house, html, outline
from dashboard.report import docx as docx_writer
from dashboard.report import pptx as pptx_writer
from dashboard.report.content import Order
from dashboard.report.house import HouseError
from dashboard.snapshot import Snapshot

STYLE = """
institution: {en: Polytechnic University, ru: Политехнический университет}
colours: {accent: "#AA2211"}
fonts: {latin: "PT Sans"}
"""
WORDS = outline.of({"sections": ["cover", "contents", "data"]})


def _logo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (200, 80), "#AA2211").save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "style.yaml").write_text(STYLE, "utf-8")
    (tmp_path / "logo.png").write_bytes(_logo())
    return tmp_path


def test_what_an_office_does_not_say_is_as_the_house_has_it(folder: Path) -> None:
    found = house.read(folder)
    assert (found.accent, found.latin, found.heading) == ("#AA2211", "PT Sans", "PT Sans")
    assert (found.ink, found.cjk) == (house.House().ink, house.House().cjk)
    assert found.institution(speaker("ru")) == "Политехнический университет"
    assert found.institution(speaker("zh")) == "Polytechnic University"  # not said in Chinese: the first that is said
    assert house.read(folder / "nowhere") == house.read(None) == house.House()


REFUSED = [
    ("colours: {accent: red}", "“accent” must be a colour such as #2B78D4, not “red”"),
    ("colours: {accent: '#12345; } body { background: url(x)'}", "must be a colour"),
    ("colours: {shade: '#123456'}", "“shade” is not known; known are accent"),
    ('fonts: {latin: "a\'; } x {"}', "must be the name of a font"),
    ("logo: x.png", "“logo” is not known"),
    ("- a", "known are institution, colours, fonts"),
    ("colours: {", "style.yaml of the house style cannot be used"),
]


@pytest.mark.parametrize(("text", "reason"), REFUSED, ids=[text[:25] for text, _ in REFUSED])
def test_a_style_that_cannot_be_used_says_what_is_wrong(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "style.yaml").write_text(text, "utf-8")
    with pytest.raises(HouseError) as error:
        house.read(tmp_path)
    assert reason in str(error.value)
    assert error.value.said(speaker("ru")).startswith("Файл фирменного стиля style.yaml")


def test_colours_logo_name_and_fonts_are_in_every_document(folder: Path, snapshot: Snapshot) -> None:
    style = house.read(folder)
    document = content.report(snapshot, Order(2024, "ru", WORDS), style)
    page = html.written(document, style, lambda _: None).decode("utf-8")
    assert (
        "--accent: #AA2211" in page and "'PT Sans'" in page and "data:image/png;base64," in page and "Политехнический университет" in page
    )
    file = docx.Document(io.BytesIO(docx_writer.written(document, style, lambda _: None)))
    assert file.styles["Normal"].font.name == "PT Sans"
    assert len(file.inline_shapes) == 1 and "Политехнический университет" in [paragraph.text for paragraph in file.paragraphs]
    assert file.sections[0].header.paragraphs[0].text == "Политехнический университет"
    slides = pptx_writer.Presentation(io.BytesIO(pptx_writer.written(document, style, lambda _: None)))
    assert [shape for shape in slides.slides[0].shapes if shape.shape_type == 13]


def test_the_styles_of_a_template_stay_as_the_office_made_them(folder: Path, snapshot: Snapshot) -> None:
    ours = docx.Document()
    ours.styles["Heading 1"].font.name = "Georgia"
    ours.styles["Heading 1"].font.size = docx.shared.Pt(31)
    ours.save(str(folder / "template.docx"))
    style = house.read(folder)
    document = content.report(snapshot, Order(2024, "en", WORDS), style)
    file = docx.Document(io.BytesIO(docx_writer.written(document, style, lambda _: None)))
    assert (file.styles["Heading 1"].font.name, file.styles["Heading 1"].font.size.pt) == ("Georgia", 31)
    assert "Finding" in [each.name for each in file.styles]  # what the template lacks is made
