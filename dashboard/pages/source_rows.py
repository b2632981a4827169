"""Rows of the sources as they stand: file, sheet, row, their cells, what became of them."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.figures.words import FATES, word
from dashboard.locale import mark
from dashboard.pages import Context
from dashboard.pages.names import FOLDERS, Row, to
from dashboard.parts import Child, Column, badge, table
from etl.tables import SourceRow

HEADS = (mark("File"), mark("Sheet"), mark("Row"), mark("Cells as written"), mark("What became of it"), mark("Record"))
OPEN, HIDDEN = mark("open"), mark("hidden row")
_MOST_CELLS = 8


def source_rows(context: Context, rows: Sequence[Row]) -> Component:
    """Return the rows as a table; each leads to the record that it made or was merged into."""
    say = context.say
    cells = [
        [
            row[SourceRow.file],
            row[SourceRow.sheet],
            row[SourceRow.row],
            _written(row),
            [badge(word(say, FATES, row[SourceRow.fate])), *([" ", badge(say(HIDDEN), "warning")] if row[SourceRow.hidden] else [])],
            _record(context, row),
        ]
        for row in rows
    ]
    heads = [Column(say(head), main=head == HEADS[3], number=head == HEADS[2]) for head in HEADS]
    return table(heads, cells, say(HEADS[3]))


def _written(row: Row) -> list[Child]:
    found: list[Child] = []
    for cell in row[SourceRow.cells][:_MOST_CELLS]:
        found += [html.Code(f"{cell['letter']}{cell['row']}", className="cell-name"), " ", html.Code(cell["text"], className="raw"), " "]
    return [*found, "…"] if len(row[SourceRow.cells]) > _MOST_CELLS else found


def _record(context: Context, row: Row) -> Child:
    kind, id_ = row[SourceRow.kind], row[SourceRow.record]
    return to(context, kind, id_, context.say(OPEN)) if id_ and kind in FOLDERS else ""
