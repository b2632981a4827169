"""A workbook -> bytes that do not depend on when it is written."""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook

_STAMP = datetime(2000, 1, 1)  # noqa: DTZ001 - openpyxl writes naive times
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def same_bytes(book: Workbook) -> bytes:
    """Return ``book`` as an xlsx file without clock times: openpyxl stamps the file and its parts with the time of saving.

    >>> book = Workbook()
    >>> same_bytes(book) == same_bytes(book)
    True
    """
    book.properties.created = book.properties.modified = _STAMP
    saved, target = BytesIO(), BytesIO()
    book.save(saved)
    with ZipFile(saved) as source, ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for part in source.infolist():
            content = source.read(part)
            if part.filename == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>2000-01-01T00:00:00Z", content)
            archive.writestr(ZipInfo(part.filename, (2000, 1, 1, 0, 0, 0)), content, ZIP_DEFLATED)
    return target.getvalue()
