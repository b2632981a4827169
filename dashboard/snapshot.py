"""One publication in memory: every byte is hashed before it is parsed, and the very bytes that were hashed are parsed.

DuckDB never opens a file here (docs: its readers trust their input), so a snapshot that is deleted under us does no harm either.
"""

from __future__ import annotations

import hashlib
import json
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from dashboard.locale import mark
from dashboard.previous import attach
from etl import manifest
from etl.tables import SCHEMA_VERSION, TABLES, Table

log = logging.getLogger(__name__)

_MOST_MANIFEST = 4 * 1024 * 1024

Connection: TypeAlias = duckdb.DuckDBPyConnection
Prepare: TypeAlias = Callable[[Connection], object]
"""Adds tables to a snapshot before it is shown; what it returns stands beside them as :attr:`Snapshot.prepared`."""

NO_MANIFEST = mark("Its list of contents is missing or cannot be read.")
OTHER_SCHEMA = mark("It was written for another version of the tables ({found}; this program reads {wanted}).")
MISSING_FILE = mark("The file {name} is missing.")
ALTERED_FILE = mark("The file {name} is not the one that was published.")
UNREADABLE_FILE = mark("The file {name} cannot be read as a table.")
WRONG_COLUMNS = mark("A column of the table {name} is missing.")
NOT_PREPARED = mark("The tables do not fit together.")


class Refused(Exception):
    """A snapshot that must not be shown; the reason is a marked text with its values."""

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(reason.format(**values) if values else reason)
        self.reason, self.values = reason, values


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One publication in memory. It lives as long as somebody holds it or one of its cursors."""

    id: str
    as_of: str
    _connection: Connection
    prepared: Any = None
    _cursors: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)

    def cursor(self) -> Connection:
        """Return a connection of its own to this snapshot: one per request or thread; close it afterwards."""
        with self._cursors:  # the engine refuses two at once
            return self._connection.cursor()


def load(folder: Path, prepare: Prepare | None = None) -> Snapshot:
    """Return the snapshot in ``folder``, every file of it verified.

    Raises:
        Refused: something is missing, altered, or not as the contract says.
    """
    listed = _manifest(folder)
    hashes: dict[str, str] = listed["files"]
    connection = duckdb.connect(":memory:", config=_CLOSED)
    for each in TABLES:
        name = f"{each.name}.parquet"
        if name not in hashes:
            raise Refused(MISSING_FILE, name=name)
        _load_table(connection, each, _bytes(folder, name, hashes[name]))
    for name in hashes.keys() - {f"{each.name}.parquet" for each in TABLES}:
        _bytes(folder, name, hashes[name])
    attach(connection, folder)
    prepared: object = None
    if prepare:
        try:
            prepared = prepare(connection)
        except (duckdb.Error, pa.ArrowException, ValueError, TypeError, KeyError) as error:
            log.warning("preparing %s: %s", folder.name, error)
            raise Refused(NOT_PREPARED) from error
    connection.execute("SET lock_configuration = true")
    return Snapshot(folder.name, str(listed["as_of"]), connection, prepared)


_CLOSED = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
}


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        with (folder / manifest.NAME).open("rb") as file:
            text = file.read(_MOST_MANIFEST)
        found = json.loads(text)
        files = found["files"]
        understood = isinstance(files, dict) and all(isinstance(v, str) for v in files.values()) and str(found["as_of"])
    except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise Refused(NO_MANIFEST) from error
    if not understood:
        raise Refused(NO_MANIFEST)
    if found.get("schema_version") != SCHEMA_VERSION:  # asked first: another version may seal its list in another way
        raise Refused(OTHER_SCHEMA, found=str(found.get("schema_version"))[:20], wanted=SCHEMA_VERSION)
    try:
        found = manifest.opened(text)
    except ValueError as error:
        raise Refused(ALTERED_FILE, name=manifest.NAME) from error
    if found.get("run_id") != folder.name:
        raise Refused(ALTERED_FILE, name=manifest.NAME)
    return found


def _bytes(folder: Path, name: str, sha256: str) -> bytes:
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        raise Refused(MISSING_FILE, name=name[:80])
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Refused(MISSING_FILE, name=name[:80]) from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Refused(ALTERED_FILE, name=name[:80])
    return content


def _load_table(connection: Connection, table: Table, content: bytes) -> None:
    try:
        rows = pq.read_table(pa.BufferReader(content))
    except (pa.ArrowException, OSError) as error:
        raise Refused(UNREADABLE_FILE, name=f"{table.name}.parquet") from error
    for column in table.columns:
        if column not in rows.schema.names:
            if column.required:
                raise Refused(WRONG_COLUMNS, name=table.name)
            # An optional column that the writer did not know yet: absent everywhere, which is what optional means.
            rows = rows.append_column(column.field(), pa.nulls(len(rows), column.arrow))
    rows = rows.select([str(column) for column in table.columns])
    try:
        connection.register("incoming", rows)
        connection.execute(f'CREATE TABLE "{table.name}" AS SELECT * FROM incoming')  # noqa: S608 - the name is the contract's
        connection.unregister("incoming")
    except duckdb.Error as error:
        raise Refused(UNREADABLE_FILE, name=f"{table.name}.parquet") from error
