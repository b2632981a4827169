"""What a file shows, as one hash: whatever a program may rewrite without changing what is seen is left out.

A picture is its pixels; a drawing its elements without the metadata; a document its pages; a workbook the cells of a sheet; a slide the
numbers of its chart and the words beside it. So opening and saving a workbook keeps its passport, and changing one cell does not.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from typing import Any

from dashboard.export.passport import canonical

METADATA = re.compile(r"<metadata\b.*?</metadata>", re.DOTALL)
LINE = "# passport "
"""Begins the last line of a CSV file."""
_PART = " · "
"""Stands in the name of a shape between the name of the figure and that of its part."""
_MOST_PIXELS = 200_000_000


def of_png(content: bytes) -> str:
    """Return the hash of the size and the pixels of a PNG."""
    from PIL import Image

    with Image.open(io.BytesIO(content), formats=["PNG"]) as image:
        if image.width * image.height > _MOST_PIXELS:
            raise ValueError("too large a picture")
        return _hash(f"{image.mode} {image.size}".encode(), image.tobytes())


def of_svg(content: bytes) -> str:
    """Return the hash of a drawing without its metadata."""
    return _hash(METADATA.sub("", content.decode("utf-8")).encode())


def of_json(content: bytes) -> str:
    """Return the hash of all that an export as JSON says beside its passport."""
    told = json.loads(content)
    return _hash(canonical({key: each for key, each in told.items() if key != "passport"}))


def of_csv(content: bytes) -> str:
    """Return the hash of the lines of a CSV file without that of the passport."""
    lines = content.decode("utf-8-sig").splitlines()
    return _hash("\n".join(line for line in lines if not line.lstrip('"').startswith(LINE)).encode())


def of_pdf(content: bytes) -> str:
    """Return the hash of the pages of a document: what is drawn on them, with which fonts and pictures."""
    from pypdf import PdfReader

    hashed = hashlib.sha256()
    for page in PdfReader(io.BytesIO(content)).pages:
        hashed.update(canonical([float(each) for each in page.mediabox]))
        for part in ("/Contents", "/Resources"):
            _walk(page.get(part), hashed, set())
    return hashed.hexdigest()


def of_sheets(content: bytes) -> dict[str, str]:
    """Return the hash of the cells of each sheet of a workbook."""
    from openpyxl import load_workbook

    found = {}
    for sheet in load_workbook(io.BytesIO(content)):
        cells = [[each.coordinate, _number(each.value)] for row in sheet.iter_rows() for each in row if each.value not in (None, "")]
        found[str(sheet.title)] = _hash(canonical(cells))
    return found


def of_shapes(content: bytes) -> dict[str, str]:
    """Return the hash of each figure of a presentation: of the texts, numbers and pictures in the shapes that have its name.

    The title of its slide is one of them whatever it is called: LibreOffice calls every place of a layout by a name of its own.
    """
    from pptx import Presentation

    found: dict[str, list[Any]] = {}
    for slide in Presentation(io.BytesIO(content)).slides:
        title = slide.shapes.title
        names = [shape.name.partition(_PART) for shape in slide.shapes]
        figure = next((name for name, dot, _ in names if dot), "")
        for shape, (name, _, _) in zip(slide.shapes, names, strict=True):
            is_title = bool(figure and title is not None and shape.shape_id == title.shape_id)
            found.setdefault(figure if is_title else name, []).append(_shape(shape))
    return {name: _hash(canonical(shapes)) for name, shapes in found.items()}


def _shape(shape: Any) -> list[Any]:
    if shape.has_chart:
        plots = shape.chart.plots
        return [
            [str(type(plot).__name__), [str(each) for each in plot.categories], [[one.name, _values(one)] for one in plot.series]]
            for plot in plots
        ]
    if shape.has_text_frame:
        return ["text", shape.text_frame.text]
    return ["picture", hashlib.sha256(shape.image.blob).hexdigest()] if hasattr(shape, "image") else ["shape"]


def _values(series: Any) -> list[Any]:
    """Return the numbers of a series: those of both axes where it has two."""
    points = [_number(value) for value in series.values]
    across = series._element.xpath("c:xVal//c:v")
    return [points, [float(each.text) for each in across]] if across else points


def _number(value: Any) -> Any:
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, (int, float)):
        number = float(f"{value:.12g}")
        return int(number) if number.is_integer() else number
    return str(value)


def _walk(node: Any, hashed: Any, seen: set[int]) -> None:
    """Feed an object of a PDF and all that it leads to into ``hashed``, whatever their numbers are."""
    from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

    if isinstance(node, IndirectObject):
        if node.idnum in seen:
            return
        seen.add(node.idnum)
        node = node.get_object()
    if isinstance(node, DictionaryObject):
        for key in sorted(node):
            if key not in ("/Parent", "/Length", "/Filter", "/DecodeParms", "/Metadata"):
                hashed.update(str(key).encode())
                _walk(node.raw_get(key), hashed, seen)
        if isinstance(node, StreamObject):
            hashed.update(node.get_data())
    elif isinstance(node, ArrayObject):
        for each in node:
            _walk(each, hashed, seen)
    else:
        hashed.update(repr(node).encode())


def _hash(*parts: bytes) -> str:
    return hashlib.sha256(b"\0".join(parts)).hexdigest()
