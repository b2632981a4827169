"""Charts as pictures: one browser without a window draws all those of a job, and nothing leaves the machine.

Measured (kaleido 1.5, Chromium 156): 2.2 s for the first picture, then 0.3 s for each; with a browser of its own each takes 2.5 s.
A figure is drawn as wide as a card of the dashboard (700 pixels for 160 mm), so that it looks as it does there: a pixel is 1/111 inch in
print, and a text of 11 pixels one of 7.1 points.
Plotly draws the chart as lines, :mod:`dashboard.export.plate` puts its words around it, and the same browser prints the whole: plotly has
no place for a line at the edge of a picture, whatever the axes need.
"""

from __future__ import annotations

import logging
import threading
from types import TracebackType
from typing import Any, Literal, Self

from dashboard.card import themed
from dashboard.export import chunks, fonts, steady, texts
from dashboard.export.browser import Browser, Died, NoBrowser, Refused, ready
from dashboard.export.fonts import MissingGlyphs
from dashboard.export.plate import PIXELS, Words, plate
from dashboard.figures import Plot
from dashboard.locale import Say, mark

__all__ = ["FONTS", "KINDS", "PRINT", "SCREEN", "Kind", "MissingGlyphs", "NoBrowser", "NoPicture", "Pictures", "Words", "pixels", "ready"]

log = logging.getLogger(__name__)

Kind = Literal["png", "svg", "pdf"]
KINDS: tuple[Kind, ...] = ("png", "svg", "pdf")
INCH, SCREEN, PRINT = 25.4, 192, 300
FONTS = "'Noto Sans', 'Noto Sans CJK SC', 'Segoe UI', 'Microsoft YaHei', 'PingFang SC', 'DejaVu Sans', sans-serif"
NO_PICTURE = mark("The chart could not be drawn: {reason}")
_TRIES = 2


class NoPicture(Exception):
    """The browser is there and did not draw: it was too slow, it died, or it does not understand the figure."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(NO_PICTURE.format(reason=reason))

    def said(self, say: Say) -> str:
        """Return the message in the reader's language."""
        return say(NO_PICTURE, reason=self.reason)


def pixels(millimetres: float) -> int:
    """Return the pixels of a figure that is so wide (or high) in print.

    >>> pixels(160), pixels(25.4)
    (699, 111)
    """
    return round(millimetres / INCH * PIXELS)


def millimetres(size: float) -> float:
    """Return how wide (or high) so many pixels of a figure are in print.

    >>> millimetres(111)
    25.4
    """
    return size / PIXELS * INCH


class Pictures:
    """The browser of one job. It starts with the first picture and ends with :meth:`close`; pictures are drawn one after the other."""

    def __init__(self, patience: float = 60.0) -> None:
        """Start nothing yet; ``patience`` is the number of seconds that one picture may take."""
        self._patience = patience
        self._lock = threading.Lock()
        self._browser: Browser | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def picture(
        self,
        plot: Plot,
        kind: Kind,
        *,
        width_mm: float = 160.0,
        height_mm: float,
        dpi: int = PRINT,
        language: str = "en",
        words: Words | None = None,
    ) -> bytes:
        """Return ``plot`` on white as a picture that is ``width_mm`` wide in print; its chart is ``height_mm`` high.

        Args:
            plot: a figure as a dictionary, in the colours of the light theme.
            kind: ``png`` (``dpi`` dots an inch, as its metadata say), ``svg`` or ``pdf`` (both drawn by lines, ``dpi`` does not matter).
            width_mm: the width in print, in millimetres.
            height_mm: the height of the chart in print, in millimetres; ``words`` make the picture higher.
            dpi: dots an inch of a PNG: :data:`PRINT` or :data:`SCREEN`.
            language: in which plotly says its own labels.
            words: what is printed above and below the chart.

        Raises:
            MissingGlyphs: no installed font has some letter of it.
            NoBrowser: there is no browser.
            NoPicture: it could not be drawn in time, or not at all.
        """
        words = words or Words()
        whole = texts.legible(themed(_set(plot)))
        fonts.demand((*texts.of(whole), *words.all()))
        width, height = pixels(width_mm), pixels(height_mm)
        return self._tried(whole | {"config": {"locale": language}}, kind, width, height, dpi, words)

    def close(self) -> None:
        """End the browser; the next picture would start another."""
        with self._lock:
            self._end()

    def _tried(self, plot: Plot, kind: Kind, width: int, height: int, dpi: int, words: Words) -> bytes:
        """Return what the browser draws; a browser that died or hangs is replaced once."""
        with self._lock:
            for _ in range(_TRIES):
                try:
                    browser = self._browser = self._browser or Browser(self._patience)
                    drawing = steady.svg(browser.drawing(plot, width, height))
                    whole = plate(drawing, width, height, words, FONTS)
                    if kind == "svg":
                        return whole.svg
                    if kind == "pdf":
                        return steady.pdf(browser.printed(whole.svg, whole.width, whole.height))
                    return chunks.bare(browser.photographed(whole.svg, whole.width, whole.height, dpi), dpi)
                except Refused as error:
                    raise NoPicture(str(error)) from error
                except Died as error:
                    log.warning("the browser did not draw: %s", error)
                    reason = str(error)
                    self._end()
            raise NoPicture(reason)

    def _end(self) -> None:
        if self._browser is not None:
            self._browser.close()
            self._browser = None


def _set(plot: Plot) -> Plot:
    """Return ``plot`` in the fonts of a picture, its traces numbered: plotly would name them by lot."""
    layout: dict[str, Any] = plot.get("layout", {})
    font = layout.get("font", {}) | {"family": FONTS}
    data = [trace | {"uid": f"t{at}"} for at, trace in enumerate(plot.get("data", []))]
    return {**plot, "data": data, "layout": layout | {"font": font}}
