"""One figure, or several, as a file of any kind: the one place that the command, the menu of a chart and the tests go through."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

from pypdf import PdfReader, PdfWriter

from dashboard.export import seal, steady
from dashboard.export.native import native
from dashboard.export.pictures import PRINT, SCREEN, Kind, NoBrowser, Pictures, millimetres, ready
from dashboard.export.tables import csv_of, json_of
from dashboard.export.view import SHEET, SLIDE, View

SUFFIXES: tuple[str, ...] = ("png", "svg", "pdf", "pptx", "xlsx", "csv", "json")
TYPES: dict[str, str] = {
    "png": "image/png",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "json": "application/json",
}
FOR_SEVERAL: tuple[str, ...] = ("pdf", "pptx", "xlsx")
"""Kinds of files that hold more than one figure."""
DRAWN: tuple[str, ...] = ("png", "svg", "pdf")
"""Kinds of files that need a browser for every figure."""
Step = Callable[[View], None]


def file_of(views: Sequence[View], suffix: str, pictures: Pictures, *, dpi: int = PRINT, step: Step = lambda _: None) -> bytes:
    """Return ``views`` as one file of the kind ``suffix``, each with its passport; ``step`` hears of each when its turn comes.

    Raises:
        ValueError: no such kind of file, or several figures for a kind that holds one.
        NoBrowser, MissingGlyphs, NoPicture: a picture is needed and cannot be drawn.
    """
    if suffix not in SUFFIXES or not views or (len(views) > 1 and suffix not in FOR_SEVERAL):
        raise ValueError(suffix)
    if suffix == "pptx":
        from dashboard.export.deck import deck

        return deck([_stepped(view, step) for view in views], pictures)
    if suffix == "xlsx":
        return _workbook(views, pictures, step)
    if suffix == "pdf":
        return _pages([_drawn(_stepped(view, step), "pdf", pictures) for view in views], views)
    step(views[0])
    if suffix in ("png", "svg"):
        return picture(views[0], "png" if suffix == "png" else "svg", pictures, dpi)
    return csv_of(views[0]) if suffix == "csv" else json_of(views[0])


def picture(view: View, kind: Kind, pictures: Pictures, dpi: int = PRINT) -> bytes:
    """Return ``view`` as a picture 160 mm wide with its words around it and its passport within."""
    return seal.written(_drawn(view, kind, pictures, dpi), kind, [view.passport])


def _drawn(view: View, kind: Kind, pictures: Pictures, dpi: int = PRINT) -> bytes:
    shown = view.fitting(SHEET)
    tall = millimetres(shown.height)
    return pictures.picture(shown.plot, kind, height_mm=tall, dpi=dpi, language=view.say.language, words=shown.words)


def _stepped(view: View, step: Step) -> View:
    step(view)
    return view


def _workbook(views: Sequence[View], pictures: Pictures, step: Step) -> bytes:
    from dashboard.export import sheet

    book, out = sheet.book()
    can_draw = ready()
    for view in views:
        step(view)
        is_drawn = can_draw and not view.frame.empty and native(view.plot, view.say) is None
        shown = view.fitting(SLIDE)  # the place of a chart is as large as on a slide
        sheet.add(book, shown, _for_sheet(shown, pictures) if is_drawn else None)
    book.close()
    return seal.written(out.getvalue(), "xlsx", [view.passport for view in views])


def _for_sheet(view: View, pictures: Pictures) -> bytes | None:
    """Return the picture of a sheet; where it turns out that nothing can draw, the sheet does without."""
    tall = millimetres(view.height)
    try:
        drawn = pictures.picture(view.plot, "png", height_mm=tall, dpi=SCREEN, language=view.say.language)
    except NoBrowser:
        return None
    return seal.written(drawn, "png", [view.passport])


def _pages(drawn: Sequence[bytes], views: Sequence[View]) -> bytes:
    """Return the pages as one document with all their passports."""
    writer = PdfWriter()
    for each in drawn:
        writer.append(PdfReader(io.BytesIO(each)))
    return seal.written(steady.written(writer), "pdf", [view.passport for view in views])
