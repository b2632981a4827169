"""What a sheet looks like whose header nobody knows, and the lines for sources.yaml that would say it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from etl.read.grid import Grid
from etl.read.layout import filled
from etl.records import Cell


def headers_seen(grids: Iterable[Grid]) -> Iterator[str]:
    """Yield what looks most like a header in each sheet, for the message to the person who has to name it."""
    for grid in grids:
        row, cells = _fullest(grid)
        if cells:
            texts = ", ".join(repr(cell.text.strip()[:30]) for cell in cells[:8])
            yield f"row {row}{f' of sheet {grid.name!r}' if grid.name else ''}: {texts}"


def settings_to_add(file: str, grids: Iterable[Grid]) -> str:
    """Return the lines for sources.yaml that would name the columns of ``file``; a question mark is left for each answer."""
    lines = [f"{_quoted(file)}:", "  kind: ?   # agreement, news or outcome", "  sheets:"]
    for grid in grids:
        row, cells = _fullest(grid)
        columns = ", ".join(f"{_quoted(cell.text.strip())}: ?" for cell in cells[:20])
        if columns:
            lines.append(f"    {_quoted(grid.name)}: {{header_row: {row}, columns: {{{columns}}}}}")
    return "\n".join(lines)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _fullest(grid: Grid) -> tuple[int, Sequence[Cell]]:
    head = [(row, filled(cells)) for row, cells in list(grid.rows.items())[:30]]
    return max(head, key=lambda each: (min(len(each[1]), 20), -each[0]), default=(0, ()))
