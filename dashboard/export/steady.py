"""The same figure, the same bytes: what comes by lot, by the clock or by the order of an addition is fixed."""

from __future__ import annotations

import io
import re
from typing import Any

import orjson
from pypdf import PdfReader, PdfWriter

from dashboard.export.clean import clean
from dashboard.figures import Plot
from dashboard.written import written as spelt

DAY = "D:20000101000000Z"
"""The date of every PDF: the data have a date of their own, and the clock says nothing about a figure."""
_LOT = re.compile(r"\b(clip|defs-|topdefs-|g|lg|legend|cb)([0-9a-f]{6})(?=[\w\-]*[\"')])")

_DIGITS = 12


def plot(drawn: Plot) -> Plot:
    """Return a figure as plain values, its numbers without the last digits: those of a sum tell in which order it was added up.

    >>> plot({"data": [{"y": [0.1 + 0.2, 1e300, 2]}]}) == plot({"data": [{"y": [0.3, 1e300, 2]}]})
    True
    """
    told: Plot = _rounded(orjson.loads(spelt(drawn)))
    return told


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_rounded(each) for each in value]
    return float(f"{value:.{_DIGITS}g}") if isinstance(value, float) else value


def svg(content: bytes) -> bytes:
    """Return the drawing with the six random digits in its ids exchanged for numbers in the order in which they come,
    and without the letters that XML does not know: a browser writes them as they are.

    >>> svg(b'<clipPath id="clip3fa9b1xy"/><g clip-path="url(#clip3fa9b1xy)"/>')
    b'<clipPath id="clip000001xy"/><g clip-path="url(#clip000001xy)"/>'
    """
    text = clean(content.decode("utf-8"))
    seen: dict[str, str] = {}
    return _LOT.sub(lambda found: found[1] + seen.setdefault(found[2], f"{len(seen) + 1:06d}"), text).encode("utf-8")


def pdf(content: bytes) -> bytes:
    """Return the document without the date on which and the program with which it was made."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    return written(writer)


def written(writer: PdfWriter, told: dict[str, str] | None = None) -> bytes:
    """Return the document of ``writer`` with ``told`` in its metadata, always with the same date and the same number."""
    writer.metadata = None
    writer.add_metadata({"/Producer": "cooperation-dashboard", "/CreationDate": DAY, "/ModDate": DAY} | (told or {}))
    out = io.BytesIO()
    writer._ID = None
    writer.write(out)
    return out.getvalue()
