"""The publication before the one that is shown: a few of its tables beside the present ones, so that a page can say what changed.

A snapshot cannot name its predecessor: the same inputs must give the same bytes whatever was published before.
"""

from __future__ import annotations

import logging
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from etl.tables import TABLES, Run

log = logging.getLogger(__name__)

BEFORE = "before_"
"""What the names of the tables of the earlier snapshot begin with."""
KEPT: tuple[str, ...] = ("agreement", "outcome", "news", "partner", "run")


def attach(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Add the tables of the snapshot that was published before the one in ``folder``; nothing where there is none that can be read.

    It is only compared with, never shown: one that is damaged is left out, and the present one stays whole.
    """
    for earlier in _earlier(folder):
        try:
            tables = {name: pq.read_table(earlier / f"{name}.parquet") for name in KEPT}
        except (OSError, pa.ArrowException) as error:
            log.warning("snapshot %s is not compared with: %s", earlier.name, error)
            continue
        for name, rows in tables.items():
            _add(connection, name, rows)
        return


def _earlier(folder: Path) -> list[Path]:
    """Return the snapshots that were made before the one in ``folder``, the latest first."""
    try:
        found = [(_made(path), path.name, path) for path in folder.parent.iterdir() if path.is_dir() and path != folder]
        own = _made(folder)
    except OSError:
        return []
    return [path for made, _, path in sorted(found, reverse=True) if made and made < own]


def _made(folder: Path) -> str:
    """Return when the snapshot was begun, which only its run knows; nothing for what is no snapshot."""
    try:
        return str(pq.read_table(folder / "run.parquet", columns=[str(Run.started)]).column(0)[0].as_py())
    except (OSError, ValueError, IndexError, pa.ArrowException):
        return ""


def _add(connection: duckdb.DuckDBPyConnection, name: str, rows: pa.Table) -> None:
    (table,) = (each for each in TABLES if each.name == name)
    for column in table.columns:
        if column not in rows.schema.names:  # published by an older version
            rows = rows.append_column(column.field(), pa.nulls(len(rows), column.arrow))
    connection.register("incoming", rows.select([str(column) for column in table.columns]))
    connection.execute(f'CREATE TABLE "{BEFORE}{name}" AS SELECT * FROM incoming')  # noqa: S608 - the name is ours
    connection.unregister("incoming")
