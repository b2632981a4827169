"""On which page each heading of a DOCX will stand, worked out from the sizes of its styles.

A text program lays pages out when it opens the file; until then the contents need numbers all the same. Words are measured with a table of
widths, rather too wide than too narrow; every chapter begins on a new page, so a wrong guess does not go far, and Word works the numbers
out again when it opens the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from dashboard.export.lines import lines
from dashboard.export.pictures import millimetres
from dashboard.locale import Say, speaker
from dashboard.report import labels
from dashboard.report.document import Block, Chapter, Document, FigureBlock, Heading, Paragraph, TableBlock, Tiles
from dashboard.report.docx_style import HEIGHT, SIZES, TEXT_WIDTH
from dashboard.report.painting import FOOT, tall

_POINT = 25.4 / 72
_SPACING = 1.17
"""Height of a line of text in sizes of its font: that of the fonts of the house, which differ little."""
_STYLES = {"bullet": "List Bullet", "note": "Note", "lead": "Lead", "body": "Normal"}
_SPARE = 1.02
"""What a figure may be higher than it was worked out to be."""
_CELL = 4.4
"""Millimetres of a cell that hold no text."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """What stays together on a page: its height, the space before it that a page's top swallows, and the anchor it carries."""

    height: float
    before: float = 0.0
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """The page of each anchor of the contents (the cover is page 1), and the anchors that begin a page of their own."""

    pages: Mapping[str, int] = field(default_factory=dict)
    breaks: frozenset[str] = frozenset()


def plan(document: Document) -> Plan:
    """Return where everything will stand; breaks make it so, whatever the fonts are."""
    say, page = speaker(document.language), 2 + (_contents(document) if document.contents else 0)
    found: dict[str, int] = {}
    breaks: set[str] = set()
    for chapter in document.chapters:
        found[chapter.id] = page
        left = HEIGHT - _height(chapter.heading, "Heading 1", TEXT_WIDTH)
        for piece in _pieces(chapter, say):
            need = piece.height + (piece.before if left < HEIGHT else 0)
            if need > left and left < HEIGHT:
                page, left, need = page + 1, HEIGHT, piece.height
                breaks |= {piece.anchor} if piece.anchor else set()
            left -= need
            if piece.anchor:
                found[piece.anchor] = page
        page += 1
    return Plan(found, frozenset(breaks))


def _contents(document: Document) -> int:
    """Return on how many pages the contents stand."""
    entries = sum(1 + sum(isinstance(block, FigureBlock) for block in chapter.blocks) for chapter in document.chapters)
    return max(1, -(-entries // 52))


def _pieces(chapter: Chapter, say: Say) -> Iterator[_Piece]:
    for block in chapter.blocks:
        yield from _of(block, say)


def _of(block: Block, say: Say) -> Iterable[_Piece]:
    if isinstance(block, Paragraph):
        return [_Piece(_height(block.text, _STYLES[block.style], TEXT_WIDTH))]
    if isinstance(block, Heading):
        return [_Piece(_height(block.text, "Heading 2", TEXT_WIDTH))]
    if isinstance(block, Tiles):
        return [_Piece(30.0)]
    if isinstance(block, FigureBlock):
        return [_figure(block, say)]
    return _table(block, say)


def _figure(block: FigureBlock, say: Say) -> _Piece:
    text = labels.caption(say, labels.FIGURE, block.number, block.caption)
    words = _height(block.question, "Heading 2", TEXT_WIDTH) + _height(block.finding, "Finding", TEXT_WIDTH)
    picture = millimetres(tall(block.view) + FOOT) if block.is_drawn else 0.0
    before = SIZES["Heading 2"][2] * _POINT
    whole = words - before + picture + _height(text, "Caption", TEXT_WIDTH)
    return _Piece(whole * _SPARE, before, f"figure-{block.number}")


def _table(block: TableBlock, say: Say) -> Iterator[_Piece]:
    caption = _height(labels.caption(say, labels.TABLE, block.number, block.caption), "Caption", TEXT_WIDTH)
    widths = block.widths or [1 / len(block.heads)] * len(block.heads)
    rows = [_row([labels.shown(cell, say) for cell in row], widths, "Table text") for row in block.rows]
    yield _Piece(caption + _row(block.heads, widths, "Table head") + rows[0])
    yield from (_Piece(row) for row in rows[1:])
    yield _Piece(_height(block.note, "Note", TEXT_WIDTH) if block.note else 3.0)


def _row(texts: Iterable[str], widths: Iterable[float], style: str) -> float:
    return max(_height(text, style, TEXT_WIDTH * width - _CELL) for text, width in zip(texts, widths, strict=True))


def _height(text: str, style: str, width: float) -> float:
    """Return how high a paragraph is, in millimetres."""
    size, _, before, after, *_ = SIZES[style]
    spacing = 1.0 if style.startswith("Table") else 1.15
    return (len(lines(text, width / _POINT, size)) or 1) * size * _SPACING * spacing * _POINT + (before + after) * _POINT
