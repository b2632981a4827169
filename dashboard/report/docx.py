"""A document as DOCX: real styles and headings, contents that are filled, captions with numbers of fields, alternative texts."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime
from typing import Any

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm

from dashboard.export import seal
from dashboard.locale import Say, speaker
from dashboard.report import docx_parts as parts
from dashboard.report import labels
from dashboard.report.document import Block, Chapter, Document, FigureBlock, Heading, Paragraph, TableBlock, Tiles
from dashboard.report.docx_style import TEXT_WIDTH, styled
from dashboard.report.house import House
from dashboard.report.paging import Plan

Draw = Callable[[FigureBlock], bytes | None]
"""The picture of a figure as PNG, or nothing where there is none."""
MOST_ROWS = 15
"""Rows of the table that stands for a chart that cannot be drawn."""


def written(document: Document, house: House, draw: Draw, plan: Plan | None = None) -> bytes:
    """Return the file; ``plan`` says on which page each anchor of the contents stands."""
    return _Writer(document, house, draw, plan or Plan()).made()


class _Writer:
    def __init__(self, document: Document, house: House, draw: Draw, plan: Plan) -> None:
        self.document, self.house, self.draw, self.plan = document, house, draw, plan
        self.say: Say = speaker(document.language)
        self.file: Any = docx.Document(io.BytesIO(house.docx) if house.docx else None)
        self.brief = document.kind == "brief"
        self.bookmarks = 0
        self.drawn: set[str] = set()

    def made(self) -> bytes:
        styled(self.file, self.house, self.document)
        self._properties()
        self._cover()
        if self.document.contents:
            self._contents()
        for chapter in self.document.chapters:
            self._chapter(chapter)
        out = io.BytesIO()
        self.file.save(out)
        return seal.written(out.getvalue(), "docx", [each.passport for each in self.document.figures() if each.number in self.drawn])

    def _properties(self) -> None:
        document, told = self.document, self.file.core_properties
        day = datetime.fromisoformat(document.as_of)
        told.title, told.subject = f"{document.title} – {document.subtitle}", document.foot
        told.author = told.last_modified_by = document.institution or document.title
        told.created = told.modified = day
        told.language, told.keywords, told.comments = parts.LANGUAGES[document.language], f"snapshot {document.snapshot_id}", ""
        told.revision, told.identifier = 1, document.snapshot_id

    def _cover(self) -> None:
        document = self.document
        if self.house.logo:
            height = Mm(12 if self.brief else 20)
            picture = self.file.add_paragraph().add_run().add_picture(io.BytesIO(self.house.logo), height=height)
            self._alt(picture, document.institution or document.title)
        if document.institution:
            self.file.add_paragraph(document.institution, "Cover line")
        title = self.file.add_paragraph(document.title, "Title")
        if not self.brief:
            title.paragraph_format.space_before = Mm(70 if document.institution or self.house.logo else 85)
        self.file.add_paragraph(document.subtitle, "Subtitle")
        for line in document.cover:
            self.file.add_paragraph(line, "Cover line")

    def _contents(self) -> None:
        self.file.add_paragraph(self.say(labels.CONTENTS), "Contents heading").paragraph_format.page_break_before = True
        entries = [entry for chapter in self.document.chapters for entry in _entries(chapter)]
        for at, (depth, anchor, text) in enumerate(entries):
            entry = self.file.add_paragraph(style=f"TOC {depth + 1}")
            if at == 0:
                parts.field_begin(entry, 'TOC \\o "1-2" \\h \\z \\u')
            before = len(entry._p)
            entry.add_run(f"{text}\t")
            parts.field(entry, f"PAGEREF {_name(anchor)} \\h", str(self.plan.pages.get(anchor, "")), dirty=True)
            self._link(entry, before, _name(anchor))
            if at == len(entries) - 1:
                parts.field_end(entry)

    @staticmethod
    def _link(entry: Any, before: int, name: str) -> None:
        """Let what was added to the entry since ``before`` lead to the bookmark."""
        link = parts.element("w:hyperlink", anchor=name, history="1")
        for run in list(entry._p)[before:]:
            link.append(run)
        entry._p.append(link)

    def _chapter(self, chapter: Chapter) -> None:
        if chapter.heading:
            self._heading(chapter.heading, 1, chapter.id)
        for block in chapter.blocks:
            self._block(block)

    def _heading(self, text: str, level: int, anchor: str) -> None:
        heading = self.file.add_paragraph(text, f"Heading {level}")
        if anchor in self.plan.breaks:
            heading.paragraph_format.page_break_before = True
        self.bookmarks += 1
        parts.bookmark(heading, _name(anchor), self.bookmarks)

    def _block(self, block: Block) -> None:
        if isinstance(block, Paragraph):
            style = {"bullet": "List Bullet", "note": "Note", "lead": "Lead"}.get(block.style, "Normal")
            self.file.add_paragraph(block.text, style)
        elif isinstance(block, Heading):
            self.file.add_paragraph(block.text, "Heading 2")
        elif isinstance(block, Tiles):
            self._tiles(block)
        elif isinstance(block, FigureBlock):
            self._figure(block)
        else:
            self._caption(labels.TABLE, "Table", block.number, block.caption, above=True)
            self._table(block)

    def _figure(self, block: FigureBlock) -> None:
        self._heading(block.question, 2, f"figure-{block.number}")
        self.file.add_paragraph(block.finding, "Finding")
        picture = self.draw(block) if block.plot else None
        if picture:
            self.drawn.add(block.number)
            line = self.file.add_paragraph(style="Picture")
            self._alt(line.add_run().add_picture(io.BytesIO(picture), width=Mm(TEXT_WIDTH)), block.alt)
        elif block.plot:
            self.file.add_paragraph(self.say(labels.NO_PICTURE), "Note")
            self._table(block.twin, MOST_ROWS)
        self._caption(labels.FIGURE, "Figure", block.number, block.caption)

    @staticmethod
    def _alt(picture: Any, text: str) -> None:
        told = picture._inline.docPr
        told.set("descr", text)
        told.set("name", text[:60])

    def _caption(self, label: str, sequence: str, number: str, text: str, above: bool = False) -> None:
        if not number:
            return
        line = self.file.add_paragraph(style="Caption")
        line.paragraph_format.keep_with_next = above
        before, _, after = labels.caption(self.say, label, "\0", text).partition("\0")
        line.add_run(before).bold = True
        parts.field(line, f"SEQ {sequence} \\* ARABIC", number)
        end, dot, rest = after.partition(" ") if not after.startswith("　") else ("", "", after)
        line.add_run(end + dot + rest)

    def _tiles(self, block: Tiles) -> None:
        table = self.file.add_table(3, len(block.tiles))
        table.alignment = WD_TABLE_ALIGNMENT.LEFT
        for at, tile in enumerate(block.tiles):
            told = ((tile.label, "Tile label"), (tile.number.shown, "Tile number"), (tile.note, "Tile label"))
            for row, (text, style) in enumerate(told):
                cell = table.rows[row].cells[at]
                cell.paragraphs[0].style = self.file.styles[style]
                cell.paragraphs[0].add_run(text)
                cell.width = Mm(TEXT_WIDTH / len(block.tiles))
        for row in table.rows:
            parts.whole_row(row)
        self.file.add_paragraph(style="Gap")

    def _table(self, block: TableBlock, most: int = 1000) -> None:
        rows = block.rows[:most]
        table = self.file.add_table(1 + len(rows), len(block.heads))
        table.autofit = False
        widths = [TEXT_WIDTH * share for share in block.widths or [1 / len(block.heads)] * len(block.heads)]
        cells = table._cells
        columns = len(block.heads)
        for at, texts in enumerate((block.heads, *rows)):
            for column, cell in enumerate(cells[at * columns : (at + 1) * columns]):
                cell.width = Mm(widths[column])
                line = cell.paragraphs[0]
                line.style = self.file.styles["Table head" if at == 0 else "Table text"]
                line.add_run(labels.shown(texts[column], self.say))
                if block.numeric[column]:
                    line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        for at, row in enumerate(table.rows):
            (parts.whole_row if at else parts.heading_row)(row)
        for column, width in zip(table._tbl.tblGrid.findall(qn("w:gridCol")), widths, strict=True):
            column.set(qn("w:w"), str(int(Mm(width).twips)))
        parts.borders(table, self.house.line, self.house.ink)
        note = block.note or (
            self.say.count(labels.FIRST_ROWS, len(block.rows), shown=self.say.number(most)) if len(block.rows) > most else ""
        )
        self.file.add_paragraph(note, "Note" if note else "Gap")


def _entries(chapter: Chapter) -> list[tuple[int, str, str]]:
    figures = [block for block in chapter.blocks if isinstance(block, FigureBlock)]
    return [(0, chapter.id, chapter.heading), *((1, f"figure-{each.number}", each.question) for each in figures)]


def _name(anchor: str) -> str:
    """Return the bookmark of an anchor: Word keeps those that begin with _Toc out of its lists."""
    return f"_Toc_{anchor.replace('-', '_')}"
