"""From an order to files: the document is worked out once, each format is written from it, and a file appears only when it is whole."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from dashboard.export.fonts import MissingGlyphs
from dashboard.locale import Say, mark
from dashboard.report import brief, content, docx, html, paging, pdf, pptx, xlsx
from dashboard.report.brief import Guest
from dashboard.report.content import Order
from dashboard.report.document import Document
from dashboard.report.house import House
from dashboard.report.painting import Painting
from dashboard.snapshot import Snapshot

WORKING, WRITING = mark("Working out: {part}"), mark("Writing {format}")
#: Rows of the lists of a brief, the most first: it must not be longer than two pages.
_ROWS = (5, 4, 3, 2)
_PAGES = 2
Tell = Callable[[int, int, str], None]
"""Progress: parts done, parts in all, and what is being done, in the reader's language."""
CannotWrite = (MissingGlyphs, pdf.NotPrinted)
"""Why one format cannot be written while others can; each has ``said``."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A brief that somebody asks for."""

    kind: Guest
    code: str
    language: str


@dataclass(frozen=True, slots=True)
class Made:
    """A written file, or why it is not there."""

    path: Path
    size: int = 0
    trouble: str = ""


def made(
    snapshot: Snapshot, order: Order | Visit, house: House, files: Sequence[Path], say: Say, tell: Tell = lambda *_: None
) -> list[Made]:
    """Write ``files``, each in the format of its suffix, and tell what was written.

    Raises:
        content.NoSuchYear, brief.NoSuchGuest: the data knows nothing of what was asked for.
    """
    parts = len(files) + 1
    if isinstance(order, Order):
        document = content.report(snapshot, order, house, lambda at, of, part: tell(0, parts, say(WORKING, part=f"{part} ({at + 1}/{of})")))
    else:
        document = brief.brief(snapshot, order.kind, order.code, order.language, house)
    found = []
    with Painting() as painting:
        for at, path in enumerate(files, 1):
            tell(at, parts, say(WRITING, format=path.suffix.lstrip(".").upper()))
            try:
                content_ = _written(snapshot, order, document, house, path.suffix.lstrip(".").lower(), painting)
            except CannotWrite as error:
                found.append(Made(path, trouble=error.said(say)))
                continue
            _placed(path, content_)
            found.append(Made(path, len(content_)))
    tell(parts, parts, "")
    return found


def _written(snapshot: Snapshot, order: Order | Visit, document: Document, house: House, suffix: str, painting: Painting) -> bytes:
    if suffix == "html":
        return html.written(document, house, painting.drawing)
    if suffix == "docx":
        return docx.written(document, house, painting.picture, paging.plan(document))
    if suffix == "pptx":
        return pptx.written(document, house, painting.projected)
    if suffix == "xlsx":
        return xlsx.written(document, house, painting.projected)
    printed = _printed(document, house, painting)
    if isinstance(order, Visit):
        for rows in _ROWS[1:]:
            if pdf.length(printed) <= _PAGES:
                break
            printed = _printed(brief.brief(snapshot, order.kind, order.code, order.language, house, rows), house, painting)
    return printed


def _printed(document: Document, house: House, painting: Painting) -> bytes:
    return pdf.written(document, lambda pages: html.written(document, house, painting.drawing, pages), html.entries(document))


def _placed(path: Path, content_: bytes) -> None:
    """Write the file beside its place and move it there: nobody sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content_)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
