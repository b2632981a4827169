"""A report as a workbook: contents, what is said, a sheet for each figure with data, chart and meaning of the columns, and the tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from dashboard.cells import FORMULA
from dashboard.export import seal, sheet
from dashboard.export.lines import lines
from dashboard.export.view import SLIDE
from dashboard.locale import mark, speaker
from dashboard.report import labels
from dashboard.report.document import Cell, Document, FigureBlock, Paragraph, TableBlock, Tiles
from dashboard.report.house import House
from dashboard.report.outline import TITLES

Draw = Callable[[FigureBlock], bytes | None]
CONTENTS, WHAT, SHEET = mark("Contents"), mark("What stands there"), mark("Sheet")
CHAPTER, SENTENCE, ORIGIN = mark("Chapter"), mark("Sentence"), mark("Where its numbers come from")
_TEXT = 32_767
_LETTER, _HIGH = 7, 15
"""Pixels of a letter, of which the width of a column is counted, and points of a line."""


def written(document: Document, house: House, draw: Draw) -> bytes:
    """Return the workbook; ``draw`` gives the pictures of figures that Excel has no chart for."""
    workbook, out = sheet.book()
    looks = _Looks(workbook, house)
    say = speaker(document.language)
    told = f"{document.title} – {document.subtitle}"
    workbook.set_properties({
        "title": told, "subject": document.foot, "author": document.institution or document.title,
        "keywords": f"snapshot {document.snapshot_id}", "created": datetime.fromisoformat(document.as_of),
    })  # fmt: skip
    contents = workbook.add_worksheet(labels.one_line(say(CONTENTS))[:31])
    listed = [(_findings(workbook, document, looks), say(SENTENCE))]
    passports = []
    for chapter in document.chapters:
        for block in chapter.blocks:
            if isinstance(block, FigureBlock):
                caption = labels.caption(say, labels.FIGURE, block.number, block.question)
                shown = block.view.fitting(SLIDE)
                listed.append((sheet.add(workbook, shown, draw(block) if block.is_drawn and _needs_picture(block) else None), caption))
                passports.append(block.passport)
            elif isinstance(block, TableBlock):
                caption = labels.caption(say, labels.TABLE, block.number, block.caption)
                listed.append((_table(workbook, say(labels.TABLE, n=block.number), block, looks), caption))
    _contents(contents, told, document, listed, looks)
    workbook.close()
    return seal.written(out.getvalue(), "xlsx", passports)


def _needs_picture(block: FigureBlock) -> bool:
    from dashboard.export.native import native

    return native(block.view.plot, block.view.say) is None


class _Looks:
    def __init__(self, workbook: Any, house: House) -> None:
        wrapped = {"text_wrap": True, "valign": "top", "font_color": house.ink}
        self.title = workbook.add_format({"bold": True, "font_size": 16, "font_color": house.ink})
        self.note = workbook.add_format({"font_color": house.muted})
        self.head = workbook.add_format(wrapped | {"bold": True, "bottom": 1, "bottom_color": house.line})
        self.text = workbook.add_format(wrapped)
        self.quoted = workbook.add_format(wrapped | {"quote_prefix": True})
        self.link = workbook.add_format({"font_color": house.accent, "underline": 1, "valign": "top"})

    def row(self, page: Any, row: int, cells: Sequence[Cell], widths: Sequence[float]) -> None:
        """Write a row as high as its texts need: programs that open a workbook do not all work that out."""
        high = max(len(lines(str(cell or ""), width * _LETTER, _HIGH)) for cell, width in zip(cells, widths, strict=True))
        page.set_row(row, _HIGH * max(1, high))
        for column, cell in enumerate(cells):
            self.write(page, row, column, cell)

    def write(self, page: Any, row: int, column: int, cell: Cell) -> None:
        """Write a number as a number and a text as a text, whatever it looks like."""
        if cell is None:
            return
        if isinstance(cell, (int, float)):
            page.write_number(row, column, cell, self.text)
            return
        text = labels.one_line(cell, _TEXT)
        page.write_string(row, column, text, self.quoted if text.startswith(FORMULA) else self.text)


def _contents(page: Any, told: str, document: Document, listed: Sequence[tuple[str, str]], looks: _Looks) -> None:
    say = speaker(document.language)
    page.set_column(0, 0, 90)
    page.set_column(1, 1, 34)
    page.write_string(0, 0, told, looks.title)
    for row, line in enumerate((*((document.institution,) if document.institution else ()), *document.cover), 1):
        page.write_string(row, 0, line, looks.note)
    top = 7
    page.write_string(top, 0, say(WHAT), looks.head)
    page.write_string(top, 1, say(SHEET), looks.head)
    for row, (name, caption) in enumerate(listed, top + 1):
        looks.write(page, row, 0, caption)
        page.write_url(row, 1, f"internal:'{name}'!A1", looks.link, name)
    _printed(page)


def _findings(workbook: Any, document: Document, looks: _Looks) -> str:
    """Write every sentence with the origin of its numbers, and the numbers of the year."""
    say, page = speaker(document.language), workbook.add_worksheet(speaker(document.language)(TITLES["summary"])[:31])
    widths = (28.0, 90.0, 70.0)
    for at, (head, width) in enumerate(zip((CHAPTER, SENTENCE, ORIGIN), widths, strict=True)):
        page.set_column(at, at, width)
        page.write_string(0, at, say(head), looks.head)
    row = 1
    for chapter in document.chapters:
        for block in chapter.blocks:
            for text, numbers in _said(block):
                origins = "; ".join(f"{each.shown} = {each.origin}" for each in numbers)
                looks.row(page, row, (chapter.heading, text, origins), widths)
                row += 1
    page.freeze_panes(1, 0)
    _printed(page)
    return str(page.get_name())


def _said(block: Any) -> list[tuple[str, Sequence[Any]]]:
    if isinstance(block, Paragraph):
        return [(block.text, block.numbers)]
    if isinstance(block, Tiles):
        return [(f"{each.label}: {each.number.shown}", (each.number,)) for each in block.tiles]
    return []


def _table(workbook: Any, name: str, block: TableBlock, looks: _Looks) -> str:
    page = workbook.add_worksheet(name)
    page.write_string(0, 0, block.caption, looks.title)
    shares = block.widths or [1 / len(block.heads)] * len(block.heads)
    widths = [max(10.0, 140 * share) for share in shares]
    for at, (head, width) in enumerate(zip(block.heads, widths, strict=True)):
        page.set_column(at, at, width)
        page.write_string(2, at, head, looks.head)
    for row, cells in enumerate(block.rows, 3):
        looks.row(page, row, cells, widths)
    if block.note:
        page.write_string(4 + len(block.rows), 0, block.note, looks.note)
    page.autofilter(2, 0, 2 + len(block.rows), len(block.heads) - 1)
    page.freeze_panes(3, 0)
    _printed(page)
    return name


def _printed(page: Any) -> None:
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_footer("&C&P / &N")
