"""A report as slides: one for each figure with a chart that PowerPoint draws where it has the kind, and a picture where it has not."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE
from pptx.util import Emu, Mm

from dashboard.export import office, seal
from dashboard.export.slide import add_chart
from dashboard.export.view import SLIDE
from dashboard.locale import mark, speaker
from dashboard.report import labels
from dashboard.report.document import Chapter, Document, FigureBlock, Paragraph, TableBlock, Tiles
from dashboard.report.docx_parts import LANGUAGES
from dashboard.report.house import House
from dashboard.report.pptx_parts import POINT, Box, Pen, fitting, tall

Draw = Callable[[FigureBlock], bytes | None]
NOT_NATIVE = mark("PowerPoint has no chart of this kind: this is a picture; its numbers stand in the workbook.")
CONTINUED = mark("{title} ({n} of {all})")
_WIDTH, _HEIGHT = 12_192_000, 6_858_000
_EDGE = int(Mm(14))
_MOST_ROWS, _MOST_BULLETS, _TWIN_ROWS = 11, 10, 12
_SKIPPED = frozenset({"definitions"})
"""Chapters that are read, not shown."""


def written(document: Document, house: House, draw: Draw) -> bytes:
    """Return the presentation."""
    return _Writer(document, house, draw).made()


class _Writer:
    def __init__(self, document: Document, house: House, draw: Draw) -> None:
        self.document, self.house, self.draw = document, house, draw
        self.say = speaker(document.language)
        self.file: Any = Presentation(io.BytesIO(house.pptx) if house.pptx else None)
        if not house.pptx:
            self.file.slide_width, self.file.slide_height = Emu(_WIDTH), Emu(_HEIGHT)
        self.width, self.height = int(self.file.slide_width), int(self.file.slide_height)
        self.pen = Pen(house, document.language, own_fonts=not house.pptx)
        self.inner = self.width - 2 * _EDGE
        self.passports: list[Any] = []

    def made(self) -> bytes:
        self._cover()
        for chapter in self.document.chapters:
            if chapter.id not in _SKIPPED:
                self._chapter(chapter)
        self._properties()
        for part in self.file.part.package.iter_parts():
            if str(part.partname).endswith(".xlsx"):  # the numbers of a chart; written by a library that puts the time of day into them
                part._blob = office.with_properties(part.blob, {})
        out = io.BytesIO()
        self.file.save(out)
        return seal.written(out.getvalue(), "pptx", self.passports)

    def _properties(self) -> None:
        told, document = self.file.core_properties, self.document
        told.title, told.subject = f"{document.title} – {document.subtitle}", document.foot
        told.author = told.last_modified_by = document.institution or document.title
        told.language, told.keywords, told.revision = LANGUAGES[document.language], f"snapshot {document.snapshot_id}", 1

    def _slide(self, title: str, foot: bool = True) -> Any:
        """Return a slide with its title in the place that a reader of the screen looks for it."""
        slide = self.file.slides.add_slide(self._layout())
        for shape in [each for each in slide.placeholders if each.placeholder_format.idx != 0]:
            shape._element.getparent().remove(shape._element)
        head = slide.shapes.title
        head.left, head.top, head.width, head.height = Emu(_EDGE), Emu(int(Mm(9))), Emu(self.inner), Emu(int(Mm(22)))
        head.text_frame.word_wrap = True
        head.text_frame.margin_left = head.text_frame.margin_right = 0
        head.text_frame.text = ""
        paragraph = head.text_frame.paragraphs[0]
        paragraph.alignment = 1
        self.pen.run(paragraph, title, fitting(title, int(self.inner * 0.85), (24, 20, 17, 14), 2), "ink", True)
        if foot:
            top = self.height - int(Mm(9))
            self.pen.lines(self.pen.box(slide, (_EDGE, top, self.inner - int(Mm(20)), int(Mm(6))), "Foot").text_frame,
                           [(self.document.foot, 9, "muted", False)])  # fmt: skip
            self.pen.number(slide, (self.width - _EDGE - int(Mm(18)), top, int(Mm(18)), int(Mm(6))))
        return slide

    def _layout(self) -> Any:
        """Return the layout with a title only, else the first that has a title."""
        layouts = list(self.file.slide_layouts)
        titled = [each for each in layouts if any(shape.placeholder_format.idx == 0 for shape in each.placeholders)]
        return min(titled, key=lambda each: len(list(each.placeholders)) + (each.name.lower().startswith("title slide")) * 100)

    def _cover(self) -> None:
        document = self.document
        slide = self._slide(document.title, foot=False)
        head = slide.shapes.title
        head.top, head.height = Emu(int(self.height * 0.30)), Emu(int(Mm(26)))
        head.text_frame.paragraphs[0].runs[0].font.size = Emu(44 * POINT)
        top = int(self.height * 0.30) + int(Mm(28))
        self.pen.lines(self.pen.box(slide, (_EDGE, top, self.inner, int(Mm(14))), "Subtitle").text_frame,
                       [(document.subtitle, 26, "accent", False)])  # fmt: skip
        rule = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Emu(_EDGE), Emu(top + int(Mm(20))), Emu(self.inner), Emu(2 * POINT))
        self._filled(rule, self.house.accent)
        told = [(line, 12.0, "muted", False) for line in ((document.institution,) if document.institution else ()) + document.cover]
        self.pen.lines(self.pen.box(slide, (_EDGE, top + int(Mm(25)), self.inner, int(Mm(30))), "About").text_frame, told, 3)
        if self.house.logo:
            picture = slide.shapes.add_picture(io.BytesIO(self.house.logo), Emu(_EDGE), Emu(int(Mm(14))), height=Emu(int(Mm(20))))
            self._alt(picture, document.institution or document.title)

    @staticmethod
    def _filled(shape: Any, colour: str) -> None:
        from pptx.dml.color import RGBColor

        shape.fill.solid()
        shape.fill.fore_color.rgb = RGBColor.from_string(colour.lstrip("#").upper())
        shape.line.fill.background()
        shape._element.nvSpPr.cNvPr.set("descr", "")

    def _chapter(self, chapter: Chapter) -> None:
        said = [block for block in chapter.blocks if isinstance(block, Paragraph)]
        tiles = next((block for block in chapter.blocks if isinstance(block, Tiles)), None)
        parts = [said[at : at + _MOST_BULLETS] for at in range(0, len(said), _MOST_BULLETS)] or ([[]] if tiles else [])
        for at, part in enumerate(parts):
            self._words(self._continued(chapter.heading, at, len(parts)), part, tiles if at == 0 else None)
        for block in chapter.blocks:
            if isinstance(block, FigureBlock):
                self._figure(block)
            elif isinstance(block, TableBlock):
                self._table(block)

    def _continued(self, title: str, at: int, number: int) -> str:
        return title if number == 1 else self.say(CONTINUED, title=title, n=at + 1, all=number)

    def _words(self, title: str, said: Sequence[Paragraph], tiles: Tiles | None) -> None:
        slide, top = self._slide(title), int(Mm(38))
        if tiles:
            self._tiles(slide, tiles, top)
            top += int(Mm(36))
        texts = [(f"•  {each.text}" if each.style != "note" else each.text, 14.0 if each.style != "note" else 12.0,
                  "ink" if each.style != "note" else "muted", False) for each in said]  # fmt: skip
        if texts:
            self.pen.lines(self.pen.box(slide, (_EDGE, top, self.inner, self.height - top - int(Mm(14))), "Text").text_frame, texts, 8)

    def _tiles(self, slide: Any, tiles: Tiles, top: int) -> None:
        gap, number = int(Mm(5)), len(tiles.tiles)
        wide = (self.inner - gap * (number - 1)) // number
        for at, tile in enumerate(tiles.tiles):
            left = _EDGE + at * (wide + gap)
            rule = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Emu(left), Emu(top), Emu(wide), Emu(2 * POINT))
            self._filled(rule, self.house.accent)
            texts = [(tile.label, 12.0, "muted", False), (tile.number.shown, 28.0, "ink", True), (tile.note or " ", 11.0, "muted", False)]
            self.pen.lines(self.pen.box(slide, (left, top + int(Mm(2)), wide, int(Mm(30))), tile.label).text_frame, texts, 1)

    def _figure(self, block: FigureBlock) -> None:
        block = block.fitting(SLIDE)
        slide = self._slide(block.finding)
        caption = labels.caption(self.say, labels.FIGURE, block.number, f"{block.question} {block.caption}")
        size = fitting(caption, self.inner, (10.5, 9.5, 8.5), 3)
        told = [(caption, size, "muted", False)]
        room = tall([*told, (self.say(NOT_NATIVE), 9.0, "muted", False)], self.inner, 2)
        top, below = int(Mm(31)), self.height - int(Mm(10)) - room
        kind = self._drawn(slide, block, (_EDGE, top, self.inner, below - top - int(Mm(1)))) if block.plot else "empty"
        told += [(self.say(NOT_NATIVE), 9.0, "muted", False)] if kind == "picture" else []
        told += [(block.passport.short, 8.0, "muted", False)] if kind != "picture" else []
        named = f"{block.passport.name} · words" if kind in ("native", "picture") else "Caption"
        where = (_EDGE, below, self.inner, room)
        self.pen.lines(self.pen.box(slide, where, named).text_frame, told, 2)
        slide.notes_slide.notes_text_frame.text = block.alt

    def _drawn(self, slide: Any, block: FigureBlock, box: Box) -> str:
        """Put the chart on the slide; return how: ``native``, ``picture`` or ``table``."""
        assert block.plot is not None
        if add_chart(slide, block.view.figure, block.view.frame, block.plot, box, self.say, name=block.passport.name, alt=block.alt):
            self.passports.append(block.passport)
            return "native"
        picture = self.draw(block)
        if picture is None:
            self.pen.table(slide, block.twin, box, self.say, _TWIN_ROWS)
            return "table"
        shape = slide.shapes.add_picture(io.BytesIO(picture), Emu(box[0]), Emu(box[1]))
        scale = min(box[2] / shape.width, box[3] / shape.height)
        shape.width, shape.height = Emu(int(shape.width * scale)), Emu(int(shape.height * scale))
        shape.left = Emu(box[0] + (box[2] - shape.width) // 2)
        shape.name = block.passport.name
        self._alt(shape, block.alt)
        self.passports.append(block.passport)
        return "picture"

    @staticmethod
    def _alt(shape: Any, text: str) -> None:
        shape._element.nvPicPr.cNvPr.set("descr", text)

    def _table(self, block: TableBlock) -> None:
        caption = labels.caption(self.say, labels.TABLE, block.number, block.caption)
        slide = self._slide(caption)
        room = self.height - int(Mm(36)) - int(Mm(18))
        shown = self.pen.table(slide, block, (_EDGE, int(Mm(36)), self.inner, room), self.say, _MOST_ROWS)
        if len(block.rows) > shown:
            note = self.say.count(labels.FIRST_ROWS, len(block.rows), shown=self.say.number(shown))
            where = (_EDGE, self.height - int(Mm(17)), self.inner, int(Mm(6)))
            self.pen.lines(self.pen.box(slide, where, "Note").text_frame, [(note, 10, "muted", False)])
