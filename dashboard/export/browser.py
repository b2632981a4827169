"""The browser that draws: plotly's chart as lines, and a finished page as a PDF or as dots."""

from __future__ import annotations

import asyncio
import base64
import logging
import threading
from collections.abc import Coroutine
from functools import cache
from typing import Any, TypeVar

from kaleido import Kaleido
from kaleido.errors import ChromeNotFoundError, KaleidoError

from dashboard.figures import Plot
from dashboard.locale import Say, mark
from dashboard.world import MAPS, VIEW

log = logging.getLogger(__name__)

NO_BROWSER = mark(
    "Pictures need Chrome or Chromium, and there is none here: install it (apt-get install chromium), or name it in BROWSER_PATH. "
    "PPTX with a native chart, XLSX, CSV and JSON do not need it."
)
#: No server is there: whatever a figure may ask the net for, it does not get.
NOWHERE = "http://127.0.0.1:9"
_INCH = 96
"""Pixels an inch of the browser's page."""
_PATIENCE = 10.0
"""Seconds for the end of a thread that has nothing more to do."""
T = TypeVar("T")


class NoBrowser(Exception):
    """There is no browser that could draw; its text says what to install."""

    def __init__(self) -> None:
        super().__init__(NO_BROWSER)

    def said(self, say: Say) -> str:
        """Return the message in the reader's language."""
        return say(NO_BROWSER)


class Refused(Exception):
    """The browser understood the figure and cannot draw it; another browser could not either."""


class Died(Exception):
    """The browser ended, or did not answer in time."""


@cache
def ready() -> bool:
    """Tell whether there was a browser that can draw when this was first asked; nothing is started."""
    try:
        Kaleido(mathjax=False)
    except ChromeNotFoundError:
        return False
    return True


class Browser:
    """A running browser with two pages: plotly's, and an empty one that is printed."""

    def __init__(self, patience: float) -> None:
        """Start it; each of its answers may take ``patience`` seconds.

        Raises:
            NoBrowser: there is none.
            Died: it did not start.
        """
        self._patience = patience
        try:
            self._kaleido = Kaleido(mathjax=False, timeout=patience, proxy_server=NOWHERE)
        except ChromeNotFoundError as error:
            raise NoBrowser from error
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="browser", daemon=True)
        self._thread.start()
        try:
            self._wait(self._open())
        except Died:
            self.close()
            raise

    def drawing(self, plot: Plot, width: int, height: int) -> bytes:
        """Return the chart as SVG, in pixels."""
        options = {"format": "svg", "width": width, "height": height, "scale": 1}
        return bytes(self._wait(self._kaleido.calc_fig(plot, options, topojson=f"{(MAPS / VIEW.folder).as_uri()}/")))

    def printed(self, drawing: bytes, width: float, height: float) -> bytes:
        """Return ``drawing``, so many inches wide and high, as a PDF of one page of its size."""
        size = {"paperWidth": width, "paperHeight": height}
        margins = dict.fromkeys(("marginTop", "marginBottom", "marginLeft", "marginRight"), 0)
        return self._wait(self._shown(drawing, "Page.printToPDF", {**size, **margins, "printBackground": True, "pageRanges": "1"}))

    def photographed(self, drawing: bytes, width: float, height: float, dpi: int) -> bytes:
        """Return ``drawing``, so many inches wide and high, as PNG of ``dpi`` dots an inch."""
        clip = {"x": 0, "y": 0, "width": width * _INCH, "height": height * _INCH, "scale": dpi / _INCH}
        return self._wait(self._shown(drawing, "Page.captureScreenshot", {"format": "png", "clip": clip, "captureBeyondViewport": True}))

    def close(self) -> None:
        """End it, by force where it does not answer."""
        try:
            self._wait(self._kaleido.close())
        except (Died, Refused) as error:
            log.warning("the browser did not end by itself: %s", error)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_PATIENCE)
        if not self._thread.is_alive():
            self._loop.close()

    async def _open(self) -> None:
        await self._kaleido.open()
        self._page = await self._kaleido.create_tab("about:blank")
        found = await self._page.send_command("Page.getFrameTree")
        self._frame = found["result"]["frameTree"]["frame"]["id"]

    async def _shown(self, drawing: bytes, command: str, options: dict[str, Any]) -> bytes:
        style = "<style>html,body{margin:0;background:#fff}svg{display:block}</style>"
        page = f"<!DOCTYPE html><meta charset=utf-8>{style}{drawing.decode('utf-8')}"
        await self._page.send_command("Page.setDocumentContent", {"frameId": self._frame, "html": page})
        answer = await self._page.send_command(command, options)
        if "error" in answer:
            raise Refused(str(answer["error"])[:300])
        return base64.b64decode(answer["result"]["data"])

    def _wait(self, task: Coroutine[Any, Any, T]) -> T:
        running = asyncio.run_coroutine_threadsafe(task, self._loop)
        try:
            return running.result(self._patience)
        except KaleidoError as error:
            raise Refused(str(error)[:300]) from error
        except Refused:
            raise
        except Exception as error:  # whatever a broken pipe to another program becomes on its way through two libraries
            running.cancel()
            raise Died(f"{type(error).__name__} {error}"[:300]) from error
