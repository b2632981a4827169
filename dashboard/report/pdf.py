"""The HTML of a document as PDF: printed by a browser without a window, with bookmarks, tags, metadata, and the pages of its contents.

A browser cannot say on which page an anchor will stand, so the document is printed twice: the destinations of the first print tell the
pages of the second. Only the file itself is opened, and the browser may reach nothing else.
"""

from __future__ import annotations

import asyncio
import io
import tempfile
from base64 import b64decode
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from choreographer import Browser
from choreographer.errors import ChromeNotFoundError
from pypdf import PdfReader, PdfWriter

from dashboard.export import seal
from dashboard.locale import Say, mark
from dashboard.report.document import Document

PATIENCE = 120.0
"""Seconds that printing may take."""
_NOWHERE = "http://127.0.0.1:9"
#: Millimetres do not exist for the browser: the sheet says size and margins itself.
_OPTIONS: dict[str, Any] = {
    "printBackground": True, "preferCSSPageSize": True, "generateTaggedPDF": True, "transferMode": "ReturnAsBase64",
}  # fmt: skip
NO_BROWSER = mark(
    "A PDF is printed by Chrome or Chromium, and there is none here: install it (apt-get install chromium), or say with BROWSER_PATH where "
    "it is. DOCX, PPTX, HTML and XLSX do not need it."
)
NOT_PRINTED = mark("The PDF could not be printed: {reason}")
Write = Callable[[Mapping[str, int]], bytes]
"""From the page of each anchor, as far as it is known, to the HTML."""


class NotPrinted(Exception):
    """There is no PDF; the text says why and what to do."""

    def __init__(self, reason: str = "") -> None:
        super().__init__(NOT_PRINTED.format(reason=reason) if reason else NO_BROWSER)
        self.reason = reason

    def said(self, say: Say) -> str:
        """Return the message in the reader's language."""
        return say(NOT_PRINTED, reason=self.reason) if self.reason else say(NO_BROWSER)


Entry = tuple[int, str, str]
"""Depth, anchor and text of a heading of the contents."""


def written(document: Document, write: Write, entries: list[Entry]) -> bytes:
    """Return the PDF of the HTML that ``write`` gives.

    Args:
        document: what is printed; its date and names become metadata.
        write: makes the HTML, once without and, where there are contents, once with the pages.
        entries: the headings that become bookmarks, in the order in which they stand in the document.

    Raises:
        NotPrinted: there is no browser, or it did not print.
    """
    try:
        printed = asyncio.run(asyncio.wait_for(_printed(document, write), PATIENCE))
    except ChromeNotFoundError as error:
        raise NotPrinted from error
    except (TimeoutError, OSError, RuntimeError) as error:
        raise NotPrinted(str(error) or type(error).__name__) from error
    return _told(document, printed, entries)


async def _printed(document: Document, write: Write) -> bytes:
    with tempfile.TemporaryDirectory(prefix="report-") as folder:
        async with Browser(headless=True, proxy_server=_NOWHERE) as browser:
            first = await _print(browser, Path(folder) / "first.html", write({}))
            if not document.contents:
                return first
            return await _print(browser, Path(folder) / "second.html", write(pages(first)))


async def _print(browser: Browser, path: Path, content: bytes) -> bytes:
    path.write_bytes(content)
    tab = await browser.create_tab("about:blank")
    session = next(iter(tab.sessions.values()))
    await session.send_command("Page.enable")
    loaded = session.subscribe_once("Page.loadEventFired")
    await session.send_command("Page.navigate", {"url": path.as_uri()})
    await loaded
    answer = await session.send_command("Page.printToPDF", _OPTIONS)
    await browser.close_tab(tab.target_id)
    if "result" not in answer:
        raise RuntimeError(str(answer.get("error", "no answer"))[:300])
    return b64decode(answer["result"]["data"])


def pages(printed: bytes) -> dict[str, int]:
    """Return the page of each anchor that something links to: the browser keeps them as named destinations."""
    return _pages(PdfReader(io.BytesIO(printed)))


def _pages(reader: PdfReader) -> dict[str, int]:
    numbered = ((name, reader.get_destination_page_number(each)) for name, each in reader.named_destinations.items())
    return {name.removeprefix("/"): page + 1 for name, page in numbered if page is not None}


def _told(document: Document, printed: bytes, entries: list[Entry]) -> bytes:
    """Return the PDF with bookmarks and the metadata of the document, without clock and chance."""
    reader = PdfReader(io.BytesIO(printed))
    found, writer = _pages(reader), PdfWriter(clone_from=reader)
    above: Any = None
    for depth, anchor, text in entries:
        if anchor in found:
            # Those of the browser (Chromium 156) say some titles twice.
            made = writer.add_outline_item(title=text, page_number=found[anchor] - 1, parent=above if depth else None)
            above = above if depth else made
    writer.metadata = None
    writer.add_metadata({
        "/Title": f"{document.title} – {document.subtitle}", "/Author": document.institution or document.title, "/Subject": document.foot,
        "/Keywords": f"snapshot {document.snapshot_id}",
    })  # fmt: skip
    out = io.BytesIO()
    writer.write(out)
    # It also takes away the clock and the number that a writer draws by lot.
    return seal.written(out.getvalue(), "pdf", [each.passport for each in document.figures() if each.is_drawn])


def length(content: bytes) -> int:
    """Return the number of pages of a PDF."""
    return len(PdfReader(io.BytesIO(content)).pages)
