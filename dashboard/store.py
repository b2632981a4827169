"""The published snapshot: read once, verified, kept in memory, exchanged while running.

A snapshot is shown whole or not at all: every byte is hashed before it is parsed, and the very bytes that were hashed are parsed.
DuckDB never opens a file here (docs: its readers trust their input), so a snapshot that is deleted under us does no harm either.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from dashboard.locale import mark
from etl.tables import SCHEMA_VERSION, TABLES, Table

log = logging.getLogger(__name__)

LOOK_EVERY = 1.0  # seconds
#: Seconds that the request which notices a new snapshot waits for it.
PATIENCE = 3.0
_ID = re.compile(r"[\w][\w.\-]{0,79}")
_MOST_MANIFEST = 4 * 1024 * 1024

Connection: TypeAlias = duckdb.DuckDBPyConnection
Prepare: TypeAlias = Callable[[Connection], None]

NONE = mark("No data has been published yet.")
NOT_READABLE = mark("The pointer to the published data cannot be read.")
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

    def cursor(self) -> Connection:
        """Return a connection of its own to this snapshot: one per request or thread; close it afterwards."""
        return self._connection.cursor()


class Store:
    """The snapshot that ``folder/current`` names; a broken one is refused and the last good one stays."""

    def __init__(self, folder: Path, prepare: Prepare | None = None) -> None:
        """Load what is published now; ``prepare`` may add tables of its own to each snapshot before it is shown."""
        self.folder = folder
        self._prepare = prepare
        self._snapshot: Snapshot | None = None
        self._trouble: Refused | None = None
        self._seen: object = "nothing looked at yet"
        self._looked = 0.0
        self._lock = threading.Lock()
        self.refresh()

    @property
    def trouble(self) -> Refused | None:
        """Why the newest publication is not shown, or nothing."""
        return self._trouble

    def snapshot(self) -> Snapshot | None:
        """Return the snapshot to answer from; at most once a second look for a newer one.

        The request that notices it waits a moment, so that a reload after a refresh shows it; the others are answered meanwhile.
        """
        now = time.monotonic()
        if now - self._looked >= LOOK_EVERY:
            self._looked = now
            if self._mark() != self._seen and not self._lock.locked():
                loading = threading.Thread(target=self.refresh, name="snapshot", daemon=True)
                loading.start()
                loading.join(PATIENCE)
        return self._snapshot

    def refresh(self) -> None:
        """Load the published snapshot if it is another one than the one shown, or if it was refused before."""
        with self._lock:
            seen = self._mark()
            if seen == self._seen:
                return
            try:
                name = self._current()
                if self._snapshot is None or name != self._snapshot.id:
                    self._snapshot = load(self.folder / "snapshots" / name, self._prepare)
                self._trouble = None
            except Refused as refused:
                self._trouble = refused
                log.warning("snapshot refused: %s", refused)
            self._seen = seen

    def _mark(self) -> object:
        """Return what changes when something is published: a few calls of stat, no reading of data."""
        pointer = _stat(self.folder / "current")
        return pointer and (pointer, _stat(self.folder / "snapshots" / self._name() / "manifest.json"))

    def _name(self) -> str:
        try:
            with (self.folder / "current").open("rb") as file:
                name = file.read(200).decode("ascii", "replace").strip()
        except OSError:
            return "-"
        return name if _ID.fullmatch(name) else "-"

    def _current(self) -> str:
        if not (self.folder / "current").exists():
            raise Refused(NONE)
        if (name := self._name()) == "-":
            raise Refused(NOT_READABLE)
        return name


def load(folder: Path, prepare: Prepare | None = None) -> Snapshot:
    """Return the snapshot in ``folder``, every file of it verified.

    Raises:
        Refused: something is missing, altered, or not as the contract says.
    """
    manifest = _manifest(folder)
    hashes: dict[str, str] = manifest["files"]
    connection = duckdb.connect(":memory:", config=_CLOSED)
    for each in TABLES:
        name = f"{each.name}.parquet"
        if name not in hashes:
            raise Refused(MISSING_FILE, name=name)
        _load_table(connection, each, _bytes(folder, name, hashes[name]))
    for name in hashes.keys() - {f"{each.name}.parquet" for each in TABLES}:
        _bytes(folder, name, hashes[name])
    if prepare:
        try:
            prepare(connection)
        except duckdb.Error as error:
            log.warning("preparing %s: %s", folder.name, error)
            raise Refused(NOT_PREPARED) from error
    connection.execute("SET lock_configuration = true")
    return Snapshot(folder.name, str(manifest["as_of"]), connection)


_CLOSED = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
}


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        with (folder / "manifest.json").open("rb") as file:
            manifest = json.loads(file.read(_MOST_MANIFEST))
        files = manifest["files"]
        understood = isinstance(files, dict) and all(isinstance(v, str) for v in files.values()) and str(manifest["as_of"])
    except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise Refused(NO_MANIFEST) from error
    if not understood:
        raise Refused(NO_MANIFEST)
    if manifest.get("schema_version") != SCHEMA_VERSION:
        raise Refused(OTHER_SCHEMA, found=str(manifest.get("schema_version"))[:20], wanted=SCHEMA_VERSION)
    return dict(manifest)


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
    connection.register("incoming", rows)
    connection.execute(f'CREATE TABLE "{table.name}" AS SELECT * FROM incoming')  # noqa: S608 - the name is the contract's
    connection.unregister("incoming")


def _stat(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino, found.st_size
