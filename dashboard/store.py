"""The published snapshot: read once, verified, kept in memory, exchanged while running.

A snapshot is shown whole or not at all. When the published one cannot be shown, the last good one is: the one in memory, or after a
start the newest in the folder that is whole; :attr:`Store.trouble` then says why.
"""

from __future__ import annotations

import logging
import os
import re
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from dashboard.locale import mark
from dashboard.snapshot import Connection, Prepare, Refused, Snapshot, load

__all__ = ["Connection", "Prepare", "Refused", "Snapshot", "Store"]

log = logging.getLogger(__name__)

LOOK_EVERY = 1.0  # seconds
#: Seconds after which a refused snapshot is tried again though nothing changed: a disk or a memory may have been at its limit.
AGAIN_AFTER = 30.0
#: Seconds that the request which notices a new snapshot waits for it.
PATIENCE = 3.0
_ID = r"[A-Za-z0-9_][\w.\-]{0,79}"
_POINTER = re.compile(rf"({_ID})(?:\r?\n)?", re.ASCII)

NONE = mark("No data has been published yet.")
NOT_READABLE = mark("The pointer to the published data cannot be read.")


class Store:
    """The snapshot that ``folder/current`` names; a broken one is refused and the last good one stays."""

    def __init__(self, folder: Path, prepare: Prepare | None = None) -> None:
        """Load what is published now; ``prepare`` may add tables of its own to each snapshot before it is shown."""
        self.folder = folder
        self._prepare = prepare
        self.opened: Callable[[Snapshot], None] | None = None
        """Called with every snapshot that is exchanged while running."""
        self._snapshot: Snapshot | None = None
        self._trouble: Refused | None = None
        self._seen: object = "nothing looked at yet"
        self._looked = self._tried = 0.0
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
            again = self._trouble is not None and now - self._tried >= AGAIN_AFTER
            if (again or self._mark() != self._seen) and not self._lock.locked():
                loading = threading.Thread(target=self.refresh, name="snapshot", daemon=True)
                loading.start()
                loading.join(PATIENCE)
        return self._snapshot

    def refresh(self) -> None:
        """Load the published snapshot if something of it changed on disk, or if it was refused before."""
        with self._lock:
            seen = self._mark()
            if seen == self._seen and self._trouble is None:
                return
            self._tried = time.monotonic()
            try:
                self._snapshot, self._trouble = load(self.folder / "snapshots" / self._current(), self._prepare), None
                if self.opened:
                    self.opened(self._snapshot)
            except Refused as refused:
                if str(refused) != str(self._trouble):
                    log.warning("snapshot refused: %s", refused)
                self._snapshot, self._trouble = self._snapshot or self._last_good(), refused
            self._seen = seen

    def _mark(self) -> object:
        """Return what changes when something is published or a file of it is touched: calls of stat, no reading of data."""
        pointer = _stat(self.folder / "current")
        if pointer is None or (name := self._name()) is None:
            return pointer
        return pointer, frozenset((path, _stat(path)) for path in _files(self.folder / "snapshots" / name))

    def _name(self) -> str | None:
        try:
            with (self.folder / "current").open("rb") as file:
                found = _POINTER.fullmatch(file.read(200).decode("ascii", "replace"))
        except OSError:
            return None
        return found[1] if found else None

    def _current(self) -> str:
        name = self._name()
        if name is None:
            published = (self.folder / "current").exists() or next(self._newest(), None)
            raise Refused(NOT_READABLE if published else NONE)
        return name

    def _newest(self) -> Iterator[Path]:
        """Yield the folders of snapshots, the one made last first."""
        try:
            found = [(path.stat().st_mtime, path.name, path) for path in (self.folder / "snapshots").iterdir()]
        except OSError:
            return
        yield from (path for _, name, path in sorted(found, reverse=True) if re.fullmatch(_ID, name, re.ASCII))

    def _last_good(self) -> Snapshot | None:
        for folder in self._newest():
            try:
                return load(folder, self._prepare)
            except Refused as refused:
                log.warning("snapshot %s is no substitute: %s", folder.name, refused)
        return None


def _files(folder: Path) -> Iterator[Path]:
    for where, _, names in os.walk(folder):
        yield from (Path(where, name) for name in names)


def _stat(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino, found.st_size
