"""Small records for the tests of the later stages."""

from __future__ import annotations

from etl.records import Cell, Kind, Origin, Record, Row, Said


def said(value: str, raw: str = "", letter: str = "F", row: int = 5) -> Said:
    return Said(value, raw or value, Cell(letter, raw or value, row), "test")


def record(
    kind: Kind = "agreement", file: str = "a.xlsx", row: int = 5, *, title: str = "Agreement", signed: str = "", expires: str = "",
    type_code: str = "cooperation_agreement", partners: str = "TU Graz", **texts: str,
) -> Record:  # fmt: skip
    cells = {"title": (Cell("B", title, row),), "partners": (Cell("C", partners, row),)}
    cells |= {name: (Cell("A", text, row),) for name, text in texts.items()}
    if type_code:
        cells["type"] = (Cell("E", type_code, row),)
    if signed:
        cells["signed"] = (Cell("F", signed, row),)
    dates = {name: said(value, letter="F", row=row) for name, value in (("signed", signed), ("expires", expires)) if value}
    whole = Row(Origin(file, "S", row), tuple(c for each in cells.values() for c in each), "record", kind=kind, values=cells)
    return Record(kind, whole, {"title": title, **texts}, dates=dates, type=said(type_code) if type_code else None)
