"""The figures of one job as pictures, each with its passport inside and at its foot; without a browser there are none."""

from __future__ import annotations

import re
from types import TracebackType
from typing import Any, Self

from dashboard.export import seal
from dashboard.export.pictures import NoBrowser, NoPicture, Pictures, Words, millimetres
from dashboard.export.view import SHEET, SLIDE, View
from dashboard.report.document import FigureBlock

HALF, RAISED = 370, 440
"""Pixels: what fits twice on a sheet, with the words around; and up to what a figure can be drawn lower to do so."""
DPI = 220
"""Dots an inch of a picture in a document: what Word keeps of a picture, and half the work of 300."""
FOOT = 42
"""Pixels of the passport below a figure."""
_ID = re.compile(r'(\bid="|url\(#|url\(&quot;#|href="#|url\(\'#)')


class Painting:
    """Draws figures until it finds that there is nobody to draw; what could not be drawn is counted in ``missing``."""

    def __init__(self) -> None:
        """Start nothing yet: the browser starts with the first figure."""
        self._pictures = Pictures()
        self._known: dict[tuple[str, str, int], bytes | None] = {}
        self.missing = 0
        self.has_browser = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._pictures.close()

    def drawing(self, block: FigureBlock) -> bytes | None:
        """Return the figure as SVG to stand inside a page among others, or nothing."""
        return self._painted(block, "svg")

    def picture(self, block: FigureBlock) -> bytes | None:
        """Return the figure as PNG for print, or nothing.

        Raises:
            MissingGlyphs: no installed font has some letter of it; the text says what to install.
        """
        return self._painted(block, "png")

    def projected(self, block: FigureBlock) -> bytes | None:
        """Return the figure as PNG for a slide, or nothing."""
        return self._painted(block.fitting(SLIDE), "png")

    def _painted(self, block: FigureBlock, kind: Any) -> bytes | None:
        key = (block.number, kind, block.view.height)
        if key not in self._known:
            self._known[key] = self._made(block, kind) if self.has_browser else None
            self.missing += self._known[key] is None
        return self._known[key]

    def _made(self, block: FigureBlock, kind: Any) -> bytes | None:
        if block.plot is None:
            return None
        height = millimetres(tall(block.view))
        words = Words(foot=(block.passport.short,))
        try:
            made = self._pictures.picture(block.plot, kind, height_mm=height, dpi=DPI, language=block.passport.language, words=words)
        except NoBrowser:
            self.has_browser = False
            return None
        except NoPicture:
            return None
        return seal.written(apart(made, f"f{block.number}-") if kind == "svg" else made, kind, [block.passport])


def tall(view: View) -> int:
    """Return the height of the figure in print, in pixels: that of its card, unless a sheet or half of one needs less."""
    return HALF if HALF < view.height <= RAISED else min(view.height, SHEET)


def apart(drawing: bytes, prefix: str) -> bytes:
    """Return a drawing whose ids begin with ``prefix``: inside one page, those of two drawings would be mixed up.

    >>> apart(b'<clipPath id="a"/><g clip-path="url(#a)"/><use href="#a"/>', "f1-")
    b'<clipPath id="f1-a"/><g clip-path="url(#f1-a)"/><use href="#f1-a"/>'
    """
    return _ID.sub(lambda found: found[1] + prefix, drawing.decode("utf-8")).encode("utf-8")
