"""The rows that were refused, as a workbook: file, sheet, row, reason, and the cells as they are written."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from etl.tables import Problem, SourceRow

_HEAD = ("File", "Sheet", "Row", "Cell", "Written", "Why it was refused", "What to do", "The whole row")
_WIDTHS = (26, 18, 7, 7, 30, 48, 40, 80)
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MOST = 32_000


def write_quarantine(path: Path, refused: Sequence[Mapping[str, Any]], problems: Sequence[Mapping[str, Any]]) -> None:
    """Write one line for each reason of each refused row; the same rows give the same bytes."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Refused rows"
    sheet.append(_HEAD)
    errors: dict[tuple[Any, ...], list[Mapping[str, Any]]] = defaultdict(list)
    for problem in problems:
        if problem[Problem.severity] == "error":
            errors[problem[Problem.file], problem[Problem.sheet], problem[Problem.row]].append(problem)
    for row in refused:
        place = (row[SourceRow.file], row[SourceRow.sheet], row[SourceRow.row])
        whole = " | ".join(f"{c['letter']}: {c['text']}" for c in row[SourceRow.cells])
        for reason in errors.get(place) or [{}]:
            cell = f"{reason[Problem.letter]}{place[2]}" if reason.get(Problem.letter) else ""
            texts = (cell, reason.get(Problem.raw), reason.get(Problem.message), reason.get(Problem.advice), whole)
            sheet.append([harmless(text) for text in place[:2]] + [place[2]] + [harmless(text or "") for text in texts])
    for index, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(index)].width = width
        sheet.cell(1, index).font = Font(bold=True)
    for line in sheet.iter_rows(min_row=2):
        for each in line:
            each.alignment = Alignment(wrap_text=True, vertical="top")
            if each.data_type == "f":
                each.data_type = "s"
    sheet.freeze_panes = "A2"
    stamp = datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed one: openpyxl writes naive times, and two runs give the same bytes
    book.properties.created = book.properties.modified = stamp
    book.save(path)
    _same_bytes(path)


def harmless(text: str) -> str:
    """Return ``text`` without characters that a workbook cannot hold, and no longer than a cell can be.

    >>> harmless("a" + chr(1) + "b")
    'ab'
    """
    return _ILLEGAL.sub("", text)[:_MOST]


def _same_bytes(path: Path) -> None:
    """Write the archive again without clock times: openpyxl stamps its parts with the time of saving."""
    with ZipFile(path) as archive:
        parts = [(info.filename, archive.read(info)) for info in archive.infolist()]
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in parts:
            if name == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", content)
            archive.writestr(ZipInfo(name, (2000, 1, 1, 0, 0, 0)), content, ZIP_DEFLATED)
