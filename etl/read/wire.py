"""Sheets as bytes and back: how the process that parses a file tells what it found, and how that is remembered."""

from __future__ import annotations

import json
from typing import Any

from etl.read.grid import Grid, Merge
from etl.read.parse import Parsed
from etl.records import Cell

_TYPES = ("text", "number", "date", "bool", "error", "uncached")
_SIGN = {kind: kind[0] for kind in _TYPES}
_KIND = {sign: kind for kind, sign in _SIGN.items()}


def encode(parsed: Parsed) -> bytes:
    """Return ``parsed`` as JSON. The columns of a row are told by the number of their pattern: most rows of a sheet share one."""
    whole = {"encoding": parsed.encoding, "sheets": [_told(grid) for grid in parsed.grids]}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def decode(answer: bytes) -> Parsed:
    """Return what :func:`encode` made of it.

    Raises:
        ValueError, KeyError: it did not.
    """
    whole = json.loads(answer.decode("utf-8", "surrogatepass"))
    return Parsed([_grid(told) for told in whole["sheets"]], whole["encoding"])


def _told(grid: Grid) -> dict[str, Any]:
    patterns: dict[tuple[str, ...], int] = {}
    rows = []
    for number, cells in grid.rows.items():
        pattern = patterns.setdefault(tuple(cell.letter for cell in cells), len(patterns))
        rows.append((number, pattern, "".join([_SIGN[cell.type] for cell in cells]), [cell.text for cell in cells]))
    return {
        "name": grid.name,
        "hidden": grid.hidden,
        "patterns": list(patterns),
        "rows": rows,
        "merges": grid.merges,
        "hidden_rows": sorted(grid.hidden_rows),
        "hidden_columns": grid.hidden_columns,
        "links": [(row, letter, target) for (row, letter), target in grid.links.items()],
        "widths": list(grid.widths.items()),
    }


def _grid(told: dict[str, Any]) -> Grid:
    patterns = told["patterns"]
    kinds = _KIND
    rows = {
        number: [
            Cell(letter, text, number, "cell", kinds[sign])  # type: ignore[arg-type]
            for letter, text, sign in zip(patterns[pattern], texts, signs, strict=True)
        ]
        for number, pattern, signs, texts in told["rows"]
    }
    return Grid(
        told["name"],
        rows,
        [Merge(*merge) for merge in told["merges"]],
        told["hidden"],
        set(told["hidden_rows"]),
        [(first, last) for first, last in told["hidden_columns"]],
        {(row, letter): target for row, letter, target in told["links"]},
        widths=dict(told["widths"]),
    )
