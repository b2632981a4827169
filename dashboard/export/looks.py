"""The formats of a workbook, and how a cell is written: a text is never calculated, whatever it looks like."""

from __future__ import annotations

from typing import Any

from dashboard.cells import FORMULA
from dashboard.colours import INK, LINE, MUTED
from dashboard.export.clean import clean

_TEXT = 32767
"""Letters that a cell can hold."""


class Looks:
    """The formats of a workbook, each once, and again for texts that look like a formula: Excel then shows them as they are."""

    def __init__(self, workbook: Any) -> None:
        wrapped = {"text_wrap": True, "valign": "top", "font_color": INK}
        self._workbook = workbook
        self._made: dict[tuple[str, bool], Any] = {}
        self._told: dict[str, dict[str, Any]] = {
            "title": wrapped | {"bold": True, "font_size": 14},
            "note": wrapped | {"font_color": MUTED, "font_size": 10},
            "head": wrapped | {"bold": True, "bottom": 1, "bottom_color": LINE},
            "text": wrapped,
            "number": {"valign": "top", "font_color": INK},
        }

    def of(self, look: str, text: str = "") -> Any:
        """Return the format called ``look`` for ``text``."""
        is_quoted = text.lstrip(" ").startswith(FORMULA)
        if (look, is_quoted) not in self._made:
            self._made[look, is_quoted] = self._workbook.add_format(self._told[look] | {"quote_prefix": is_quoted})
        return self._made[look, is_quoted]

    def write(self, sheet: Any, row: int, column: int, cell: Any, look: str = "text") -> None:
        """Write a number as a number, a text as a text, whatever it looks like, and nothing for what is absent."""
        if cell is None or cell != cell:
            return
        if isinstance(cell, (int, float)) and not isinstance(cell, bool):
            sheet.write_number(row, column, cell, self.of("number"))
            return
        text = clean(cell)[:_TEXT]
        sheet.write_string(row, column, text, self.of(look, text))

    def merged(self, sheet: Any, row: int, columns: tuple[int, int], text: str, look: str) -> None:
        """Write a text over several columns."""
        sheet.merge_range(row, columns[0], row, columns[1], "", self.of(look, text))
        self.write(sheet, row, columns[0], text, look)
