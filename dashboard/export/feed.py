"""The published tables for other programs: a Frictionless data package with CSV and JSON of each (``/data/datapackage.json``).

CSV is neutralised for spreadsheets (a text that looks like a formula has an apostrophe before it); JSON is exact.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import pyarrow as pa
from flask import Flask, Response

from dashboard import asked
from dashboard.export.tables import lines
from dashboard.export.verify import NO_DATA
from dashboard.query import prepared
from dashboard.snapshot import Snapshot
from dashboard.store import Connection, Store
from dashboard.written import written
from etl import VERSION
from etl.tables import SCHEMA_VERSION, TABLES, Column, Table

PATH = "/data/"
PACKAGE = "datapackage.json"
_ABOUT = (
    "Tables of one snapshot. In CSV a text that a spreadsheet would calculate has an apostrophe before it; JSON is exact. "
    "Dates are ISO 8601 prefixes: a month is no day."
)
_ROWS = 5000
"""Rows that are in memory at once."""
_KNOWN = {table.name: table for table in TABLES}


def register(server: Flask, store: Store) -> None:
    """Serve the package and the tables of the snapshot that is shown."""

    def package_() -> Response:
        return Response(written(package(asked.shown(store))), mimetype="application/json")

    def table_(name: str, suffix: str) -> Response:
        table, snapshot = asked.one_of(_KNOWN, name), asked.shown(store)
        response = Response(_closing(snapshot, table, suffix), mimetype="text/csv" if suffix == "csv" else "application/json")
        response.headers["Content-Disposition"] = f'attachment; filename="{name}-{snapshot.as_of}.{suffix}"'
        return response

    server.add_url_rule(f"{PATH}{PACKAGE}", "datapackage", package_)
    for suffix in ("csv", "json"):
        server.add_url_rule(f"{PATH}<name>.{suffix}", f"data_{suffix}", table_, defaults={"suffix": suffix})


def package(snapshot: Snapshot) -> dict[str, Any]:
    """Return the description of the package: every table as CSV and as JSON, with its schema."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "international-cooperation",
        "title": "International cooperation: the published tables",
        "description": _ABOUT,
        "version": snapshot.id,
        "created": f"{snapshot.as_of}T00:00:00Z",
        "custom": {"snapshot": snapshot.id, "as_of": snapshot.as_of, "schema_version": SCHEMA_VERSION, "program": VERSION},
        "resources": [_resource(table, suffix) for table in TABLES for suffix in ("csv", "json")],
    }


def _resource(table: Table, suffix: str) -> dict[str, Any]:
    is_csv = suffix == "csv"
    return {
        "name": table.name.replace("_", "-") + ("" if is_csv else "-json"),
        "path": f"{table.name}.{suffix}",
        "title": table.name,
        "description": f"One row per {table.grain}",
        "type": "table",
        "format": suffix,
        "mediatype": "text/csv" if is_csv else "application/json",
        "encoding": "utf-8",
        "schema": schema(table),
    }


def schema(table: Table) -> dict[str, Any]:
    """Return the Frictionless table schema of a table of the contract."""
    keys = [
        {"fields": [str(column)], "reference": {"resource": target.replace("_", "-"), "fields": [_key(target, key)]}}
        for column in table.columns
        if column.points_to
        for target, _, key in [column.points_to.partition(".")]
        if target in _KNOWN
    ]
    found: dict[str, Any] = {"fields": [_field(column) for column in table.columns], "primaryKey": [str(each) for each in table.key]}
    found["missingValues"] = [""]
    return found | ({"foreignKeys": keys} if keys else {})


def _key(table: str, key: str) -> str:
    return key or str(_KNOWN[table].key[0])


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": str(column), "type": _type(column.arrow), "description": column.meaning}
    if column.unit:
        field["unit"] = column.unit
    if not column.required:
        return field
    # A text that must be there may be empty: a sheet of a CSV file has no name, a text that was read alone has no context.
    empty: dict[str, Any] = {"missingValues": []} if field["type"] == "string" else {}
    return field | {"constraints": {"required": True}} | empty


def _type(kind: pa.DataType) -> str:
    if pa.types.is_list(kind):
        return "array"
    if pa.types.is_boolean(kind):
        return "boolean"
    if pa.types.is_integer(kind):
        return "integer"
    return "number" if pa.types.is_floating(kind) else "string"


def rows(db: Connection, table: Table) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a table in the order of its key, a few thousand in memory at once."""
    names = ", ".join(f'"{column}"' for column in table.columns)
    order = ", ".join(f'"{column}"' for column in table.key)
    answer = db.execute(f'SELECT {names} FROM "{table.name}" ORDER BY {order}')  # noqa: S608 - names of the contract
    while found := answer.fetchmany(_ROWS):
        yield from found


def as_lines(db: Connection, table: Table, suffix: str) -> Iterator[bytes]:
    """Yield a table as CSV with its heads, or as a JSON array of objects."""
    heads = [str(column) for column in table.columns]
    if suffix == "csv":
        for row in chain([heads], rows(db, table)):
            yield lines([[_cell(cell) for cell in row]]).encode("utf-8")
        return
    before = b"[\n"
    for row in rows(db, table):
        yield before + written(dict(zip(heads, row, strict=True)))
        before = b",\n"
    yield b"\n]\n" if before == b",\n" else b"[]\n"


def _cell(cell: Any) -> Any:
    """Return a value as a cell of CSV as Frictionless reads it: lists as JSON, true and false in small letters."""
    if isinstance(cell, (list, dict)):
        return json.dumps(cell, ensure_ascii=False)
    return str(cell).lower() if isinstance(cell, bool) else cell


def _closing(snapshot: Snapshot, table: Table, suffix: str) -> Iterator[bytes]:
    with snapshot.cursor() as cursor:
        yield from as_lines(cursor, table, suffix)


def write(snapshot: Snapshot, folder: Path) -> None:
    """Write the whole package into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    with snapshot.cursor() as cursor:
        for table in TABLES:
            for suffix in ("csv", "json"):
                with (folder / f"{table.name}.{suffix}").open("wb") as file:
                    file.writelines(as_lines(cursor, table, suffix))
    (folder / PACKAGE).write_text(json.dumps(package(snapshot), ensure_ascii=False, indent=1) + "\n", "utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """``python -m dashboard feed --to FOLDER``: write the package."""
    parser = argparse.ArgumentParser(
        prog="python -m dashboard feed", description="Write the published tables as a Frictionless data package."
    )
    parser.add_argument("--to", type=Path, required=True, metavar="FOLDER", help="where the package is written")
    parser.add_argument("--data", type=Path, default=Path("data/processed"), help="folder with the published snapshots (%(default)s)")
    options = parser.parse_args(arguments)
    snapshot = Store(options.data, prepared.prepare).snapshot()
    if snapshot is None:
        print(NO_DATA, file=sys.stderr)
        return 2
    write(snapshot, options.to)
    print(f"{options.to}: {len(TABLES)} tables of snapshot {snapshot.id}")
    return 0
