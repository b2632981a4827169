"""A document as chapters of paragraphs, figures and tables, whatever it is written as.

Everything is already said in the language of the reader; a writer adds no words of its own but those of :mod:`dashboard.report.labels`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from dashboard.export.passport import Passport
from dashboard.export.view import View
from dashboard.figures import Plot
from dashboard.report.facts import Origin

Style = Literal["lead", "body", "bullet", "note"]
Cell: TypeAlias = str | int | float | None


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is printed, its value, and where it comes from."""

    shown: str
    value: float
    origin: Origin


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text, the numbers in it, and the names of things in it, whose digits are no numbers."""

    text: str
    style: Style = "body"
    numbers: tuple[Number, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below that of the chapter."""

    text: str


@dataclass(frozen=True, slots=True)
class Tile:
    """A number that a reader should remember, and what it is; ``note`` compares it."""

    label: str
    number: Number
    note: str = ""


@dataclass(frozen=True, slots=True)
class Tiles:
    """The numbers of the year, in one row of at most four."""

    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A numbered table. ``numeric`` says which columns hold numbers; ``widths`` are shares of the width of the page."""

    number: str
    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numeric: tuple[bool, ...]
    widths: tuple[float, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class FigureBlock:
    """A numbered figure: its question, what it shows in one sentence, how it counts, and how it is drawn.

    ``is_drawn`` is false where too little is there to be drawn; then ``finding`` says why. ``twin`` has the rows behind the figure.
    """

    number: str
    view: View
    question: str
    finding: str
    caption: str
    alt: str
    is_drawn: bool
    twin: TableBlock
    origin: Origin

    @property
    def plot(self) -> Plot | None:
        """Return the figure as plotly draws it, where there is something to draw."""
        return self.view.plot if self.is_drawn else None

    @property
    def passport(self) -> Passport:
        """Return what the figure says of itself."""
        return self.view.passport

    def fitting(self, most: int) -> FigureBlock:
        """Return the figure as it fits into ``most`` pixels; its caption says what is left out."""
        shown = self.view.fitting(most)
        return replace(self, view=shown, caption=shown.subtitle + self.caption.removeprefix(self.view.subtitle))


Block: TypeAlias = Paragraph | Heading | Tiles | TableBlock | FigureBlock


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter; ``label`` is its number, the letter of an appendix, or nothing; ``heading`` is the title with it."""

    id: str
    label: str
    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report or brief.

    ``cover`` are the lines below the title, ``foot`` stands at the foot of every page; ``contents`` asks for a table of contents.
    """

    title: str
    subtitle: str
    kind: Literal["report", "brief"]
    language: str
    as_of: str
    snapshot_id: str
    version: str
    cover: tuple[str, ...]
    foot: str
    chapters: tuple[Chapter, ...]
    institution: str = ""
    contents: bool = True

    def figures(self) -> list[FigureBlock]:
        """Return the figures in their order."""
        return [block for block in self.blocks() if isinstance(block, FigureBlock)]

    def tables(self) -> list[TableBlock]:
        """Return the tables in their order, without the twins of the figures."""
        return [block for block in self.blocks() if isinstance(block, TableBlock)]

    def paragraphs(self) -> list[Paragraph]:
        """Return the running text in its order."""
        return [block for block in self.blocks() if isinstance(block, Paragraph)]

    def blocks(self) -> Iterator[Block]:
        """Yield every block of every chapter."""
        for chapter in self.chapters:
            yield from chapter.blocks
