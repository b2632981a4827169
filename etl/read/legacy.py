"""An .xls, .xlsb or .ods workbook -> its sheets, through calamine.

Calamine lays out a sheet as a whole grid, so a far cell in a hostile file can take all memory and end the process: see etl/read/worker.py.
It does not tell number formats, error cells or hidden rows: these stay unseen in old formats.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from etl.cells import Cell, CellType, letter_of
from etl.errors import RefusedFile
from etl.read import xml
from etl.read.container import Package
from etl.read.formats import plain_number
from etl.read.grid import MAX_CELLS, Grid, Merge

_MAX_GRID = 8_000_000


def grids(data: bytes, form: str) -> list[Grid]:
    """Return the sheets of a workbook in an old or open format.

    Raises:
        RefusedFile: it is protected, unsafe, damaged or too large.
    """
    if form == "ods":
        _refuse_unsafe_ods(data)
    elif form == "xlsb":
        Package(data)
    return [_grid(sheet) for sheet in _sheets(data)]


def _sheets(data: bytes) -> list[dict[str, Any]]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        plain = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        return [_sheet(book.get_sheet_by_name(sheet.name), sheet.visible != SheetVisibleEnum.Visible) for sheet in plain]
    except PasswordError as error:
        raise RefusedFile("encrypted", "The file is protected by a password. Save a copy without one.") from error
    except (CalamineError, OSError, ValueError) as error:
        raise RefusedFile("unreadable", f"The file is damaged ({str(error)[:200]}). Save it as .xlsx.") from error


def _sheet(sheet: Any, hidden: bool) -> dict[str, Any]:
    cells: list[list[Any]] = []
    if sheet.total_height * sheet.total_width > _MAX_GRID:
        area = f"{sheet.total_height} x {sheet.total_width}"
        raise RefusedFile("too_large", f"The sheet {sheet.name!r} spans {area} cells. Save it as .xlsx.")
    top, left = sheet.start or (0, 0)
    for row, line in enumerate(sheet.iter_rows(), top + 1):
        cells += [[row, column, *_text(value)] for column, value in enumerate(line, left + 1) if value != ""]
    return {"name": sheet.name, "hidden": hidden, "cells": cells, "merges": sheet.merged_cell_ranges or []}


def _text(value: object) -> tuple[str, CellType]:
    """Return what a person sees of a value of calamine.

    >>> _text(2019.0), _text(date(2020, 5, 1)), _text(True), _text("a")
    (('2019', 'number'), ('2020-05-01', 'date'), ('TRUE', 'bool'), ('a', 'text'))
    """
    match value:
        case bool():
            return str(value).upper(), "bool"
        case float() | int():
            return plain_number(repr(value)), "number"
        case datetime():
            return value.isoformat().removesuffix("T00:00:00"), "date"
        case date() | time():
            return value.isoformat(), "date"
        case timedelta():
            return str(value), "date"
        case _:
            return str(value), "text"


def _grid(sheet: dict[str, Any]) -> Grid:
    grid = Grid(sheet["name"], hidden=sheet["hidden"])
    if len(sheet["cells"]) > MAX_CELLS:
        raise RefusedFile("too_large", "The workbook has more filled cells than fit into memory. Split it by year.")
    rows: dict[int, list[Cell]] = {}
    for row, column, text, type_ in sheet["cells"]:
        rows.setdefault(row, []).append(Cell(letter_of(column), text, row, "cell", type_))
    grid.rows.update(rows)
    # calamine counts from 0 and gives (top, left), (bottom, right).
    grid.merges = [Merge(top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in sheet["merges"]]
    return grid


def _refuse_unsafe_ods(data: bytes) -> None:
    package = Package(data)
    for name in package.names():
        if name.endswith(".xml"):
            tags = _Tags()
            xml.feed(tags.parser, package.blocks(name))
            if tags.is_encrypted:
                raise RefusedFile("encrypted", "The file is protected by a password. Save a copy without one.")
            if tags.cells > _MAX_GRID:
                raise RefusedFile("too_large", "The sheets repeat more filled cells than fit into memory. Delete the repeated ones.")


class _Tags:
    """Counts the filled cells that an OpenDocument sheet unrolls to, and sees whether it is encrypted."""

    def __init__(self) -> None:
        self.parser = xml.parser()
        self.parser.StartElementHandler = self._start
        self.cells = 0
        self.is_encrypted = False
        self._rows = 1

    def _start(self, name: str, attributes: xml.Attributes) -> None:
        if name == "manifest:encryption-data":
            self.is_encrypted = True
        elif name == "table:table-row":
            self._rows = _times(attributes.get("table:number-rows-repeated"))
        elif name == "table:table-cell" and "office:value-type" in attributes:
            self.cells += self._rows * _times(attributes.get("table:number-columns-repeated"))


def _times(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 1
