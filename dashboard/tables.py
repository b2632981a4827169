"""Tables that people read: semantic HTML, sortable in the browser, cards on a phone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from dash import html
from dash.development.base_component import Component

from dashboard.elements import element
from dashboard.locale import Say, mark

FILE, WHERE, AS_WRITTEN, READ_AS, RULE = mark("File"), mark("Where"), mark("As written"), mark("Read as"), mark("Rule")

Cell: TypeAlias = Component | str | int | float | Sequence[Any] | None
"""What stands in a cell: text, a number, or components."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading; ``number`` aligns right; ``main`` heads the card on a phone; ``sort`` can be switched off."""

    title: str
    number: bool = False
    main: bool = False
    sort: bool = True


@dataclass(frozen=True, slots=True)
class Evidence:
    """One cell of a source and what became of it. ``where`` is as in Excel: ``C17`` or ``row 17``."""

    file: str
    sheet: str
    where: str
    raw: str
    value: str = ""
    rule: str = ""


def table(
    columns: Sequence[Column | str],
    rows: Iterable[Sequence[Cell]],
    caption: str = "",
    keys: Sequence[Sequence[str | float]] = (),
    files: Sequence[tuple[str, str]] = (),
) -> Component:
    """Return a table; the reader sorts it with a click on a heading.

    Args:
        columns: one per cell of a row; a plain text is a column of text.
        rows: in the order in which they first stand.
        caption: said to screen readers (and names the scrolling region).
        keys: what to sort by where the text of a cell does not do (dates in words), row by row; ``""`` keeps the text.
        files: name and address of the CSV and of the workbook with all rows, where the table has only the first; else the browser
            writes what it shows.
    """
    heads = [column if isinstance(column, Column) else Column(column) for column in columns]
    body = [
        element(html.Tr, [_cell(head, cell, keys[y][x] if keys else "") for x, (head, cell) in enumerate(zip(heads, row, strict=True))])
        for y, row in enumerate(rows)
    ]
    head = html.Thead(html.Tr([_heading(each) for each in heads]))
    inside = [html.Caption(caption, className="sr-only")] if caption else []
    whole = html.Table([*inside, head, html.Tbody(body)], className="table")
    more = {"data-files": json.dumps(files, ensure_ascii=False)} if files else {}
    return html.Div(whole, className="table-scroll", role="group", tabIndex=0, **{"aria-label": caption or heads[0].title}, **more)


def _heading(column: Column) -> Component:
    name = "number" if column.number else None
    if not column.sort:
        return html.Th(column.title, scope="col", className=name)
    return html.Th(html.Button(column.title, type="button", className="sort"), scope="col", className=name)


def _cell(column: Column, cell: Cell, key: str | float) -> Component:
    names = " ".join(name for name, wanted in (("number", column.number), ("main", column.main)) if wanted)
    notes: dict[str, Any] = {"data-label": column.title}
    if key != "":
        notes["data-key"] = str(key)
    # Several parts are one piece: on a phone the heading of the column stands beside them.
    whole = cell if isinstance(cell, (str, int, float, Component)) or cell is None else element(html.Span, list(cell))
    return element(html.Td, whole, **({"className": names} if names else {}), **notes)


def evidence(rows: Iterable[Evidence], say: Say) -> Component:
    """Return the cells behind a record, in the order given: file, sheet and cell, raw text, what it was read as, the rule."""
    lines = [
        [
            row.file,
            f"{row.sheet} · {row.where}" if row.sheet else row.where,
            html.Code(row.raw, className="raw"),
            row.value,
            html.Span(row.rule, className="muted"),
        ]
        for row in rows
    ]
    heads = [Column(say(FILE)), Column(say(WHERE)), Column(say(AS_WRITTEN), main=True), Column(say(READ_AS)), Column(say(RULE))]
    return table(heads, lines)
