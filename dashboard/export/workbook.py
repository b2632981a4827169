"""A table as a workbook of Excel: texts stay texts, numbers stay numbers, and no cell is ever a formula."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from dashboard.cells import FORMULA

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDEST = 60
_ILLEGAL = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])


def workbook(heads: Sequence[str], rows: Iterable[Sequence[Any]], notes: Sequence[str] = ()) -> bytes:
    """Return a workbook with one sheet: ``heads``, ``rows``, and below them ``notes``: what the table shows, as of when."""
    # Imported here: only who downloads a workbook waits for it.
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Data")
    lines = [[_plain(cell) for cell in row] for row in rows]
    for at in range(len(heads)):
        widest = max([len(str(heads[at])), *(len(str(line[at])) for line in lines[:500])])
        sheet.column_dimensions[chr(65 + at) if at < 26 else f"A{chr(39 + at)}"].width = min(_WIDEST, max(8, widest + 2))
    sheet.freeze_panes = "A2"

    def cell(content: Any, bold: bool = False) -> Any:
        made = WriteOnlyCell(sheet, value=content)
        if isinstance(content, str):
            made.data_type = "s"  # openpyxl takes a text that begins with = for a formula
            made.quotePrefix = content.lstrip(" ").startswith(FORMULA)
            made.alignment = Alignment(wrap_text=True, vertical="top")
        if bold:
            made.font = Font(bold=True)
        return made

    sheet.append([cell(_plain(head), bold=True) for head in heads])
    for line in lines:
        sheet.append([cell(each) for each in line])
    for note in ("", *notes):
        sheet.append([cell(_plain(note))])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _plain(cell: Any) -> Any:
    """Return what a cell may hold: a number, or a text without what XML cannot say; nothing for what is absent."""
    if cell is None or cell != cell:
        return None
    if isinstance(cell, bool) or not isinstance(cell, (int, float, str)):
        cell = str(cell)
    return cell.encode("utf-8", "replace").decode().translate(_ILLEGAL)[:32767] if isinstance(cell, str) else cell
