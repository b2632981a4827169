"""Figures as slides of a presentation: one slide each, with its finding as the title and its words below."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from PIL import Image
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.util import Emu, Inches, Pt

from dashboard.colours import INK, MUTED
from dashboard.export import seal, slide
from dashboard.export.pictures import Pictures, millimetres
from dashboard.export.view import SLIDE, View
from dashboard.locale import mark

PICTURE = mark("A picture: PowerPoint has no chart of this kind.")
_WIDE, _HIGH = Inches(13.333), Inches(7.5)
_LEFT, _ACROSS = Inches(0.6), Inches(12.133)
#: Top and height of the parts of a slide.
_TITLE, _NOTES = (Inches(0.35), Inches(0.95)), (Inches(1.3), Inches(0.8))
_CHART, _FOOT = (Inches(2.15), Inches(4.55)), (Inches(6.8), Inches(0.55))
_TITLE_ONLY = 5
_PICTURE_MM = 210.0
"""Width of a picture on a slide as if in print: its texts come out at 11 points and more."""


def deck(views: Sequence[View], pictures: Pictures | None) -> bytes:
    """Return a presentation (16:9) with a slide for each of ``views``, each chart native where PowerPoint has its kind.

    Raises:
        NoBrowser: a picture is needed and nothing can draw it; also what :meth:`Pictures.picture` raises.
    """
    made = Presentation()
    made.slide_width, made.slide_height = _WIDE, _HIGH
    for view in views:
        _slide(made, view.fitting(SLIDE), pictures)
    made.core_properties.title = views[0].finding if len(views) == 1 else ""
    made.core_properties.author = made.core_properties.last_modified_by = ""
    out = io.BytesIO()
    made.save(out)
    return seal.written(out.getvalue(), "pptx", [view.passport for view in views])


def _slide(made: Any, view: View, pictures: Pictures | None) -> None:
    page = made.slides.add_slide(made.slide_layouts[_TITLE_ONLY])
    name = view.passport.name
    title = page.shapes.title
    title.left, title.top, title.width, title.height = _LEFT, _TITLE[0], _ACROSS, _TITLE[1]
    title.name = f"{name} · title"
    _write(title.text_frame, [view.finding], 26 if len(view.finding) < 90 else 20, INK, view.say.language, bold=True)
    box = (_LEFT, _CHART[0], _ACROSS, _CHART[1])
    # An empty figure has its sentence as the title, and nothing to draw.
    is_drawn = not view.frame.empty and not slide.add_chart(
        page, view.figure, view.frame, view.plot, box, view.say, name=name, alt=view.finding
    )
    if is_drawn:
        _picture(page, view, pictures or Pictures(), box)
    notes = [*view.notes, *([view.say(PICTURE)] if is_drawn else [])]
    _box(page, _NOTES, notes, 11 if sum(map(len, notes)) < 420 else 9, f"{name} · notes", view.say.language)
    _box(page, _FOOT, [view.source, view.passport.short], 9, f"{name} · foot", view.say.language)


def _picture(page: Any, view: View, pictures: Pictures, box: slide.Box) -> None:
    """Put the figure on the slide as a picture, as large as its box allows."""
    left, top, across, high = box
    # Never higher than the box: a letter is not smaller on the slide than in print.
    tall = min(max(millimetres(view.height), 60.0), Emu(high).mm)
    wide = max(_PICTURE_MM, tall * across / high)
    drawn = pictures.picture(view.plot, "png", width_mm=wide, height_mm=tall, language=view.say.language)
    drawn = seal.written(drawn, "png", [view.passport])
    with Image.open(io.BytesIO(drawn)) as image:
        scale = min(across / image.width, high / image.height)
        size = round(image.width * scale), round(image.height * scale)
    shape = page.shapes.add_picture(io.BytesIO(drawn), Emu(left + (across - size[0]) // 2), top, Emu(size[0]), Emu(size[1]))
    shape.name = view.passport.name
    shape._element.nvPicPr.cNvPr.set("descr", view.finding)


def _box(page: Any, place: tuple[Any, Any], texts: Sequence[str], size: int, name: str, language: str) -> None:
    shape = page.shapes.add_textbox(_LEFT, place[0], _ACROSS, place[1])
    shape.name = name
    _write(shape.text_frame, texts, size, MUTED, language)


def _write(frame: Any, texts: Sequence[str], size: int, colour: str, language: str, bold: bool = False) -> None:
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = 0
    for at, text in enumerate(texts):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        paragraph.alignment = 1
        run = paragraph.add_run()
        run.text = text
        run.font.size, run.font.bold, run.font.color.rgb = Pt(size), bold, RGBColor.from_string(colour.lstrip("#"))
        slide.set_font(run.font, language)
