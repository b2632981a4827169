"""One renderer for all readers of a server: they wait in a short queue, and what was made once is kept."""

from __future__ import annotations

import atexit
import threading
from collections.abc import Callable, Hashable

from dashboard.export.pictures import Pictures
from dashboard.locale import mark
from dashboard.written import Kept

TOO_MANY = mark("Too many charts are being drawn just now; try again in a minute.")
PATIENCE = 30.0
"""Seconds that one picture may take."""
_MOST_WAITING = 8
_IDLE = 120.0
"""Seconds after which a browser that nobody needs is ended: it holds 200 MB."""
_MOST_BYTES = 64 * 1024 * 1024


class TooMany(Exception):
    """So many readers wait already that one more would wait in vain."""


class Queue:
    """Makes files one after the other with one browser; keeps those of the present snapshot."""

    def __init__(self, most_waiting: int = _MOST_WAITING, idle: float = _IDLE) -> None:
        """Start nothing yet."""
        self._pictures = Pictures(PATIENCE)
        atexit.register(self.close)
        self._kept = Kept(_MOST_BYTES)
        self._room = threading.BoundedSemaphore(most_waiting)
        self._turn = threading.Lock()
        self._idle, self._timer = idle, threading.Timer(idle, self._pictures.close)

    def get(self, snapshot: str, key: Hashable, make: Callable[[Pictures], bytes]) -> bytes:
        """Return what is kept for ``key`` in ``snapshot``, or make it when its turn comes.

        Raises:
            TooMany: the queue is full; also what ``make`` raises.
        """

        def made() -> tuple[bytes, ...]:
            if not self._room.acquire(blocking=False):
                raise TooMany
            try:
                with self._turn:
                    return (make(self._pictures),)
            finally:
                self._room.release()
                self._rest()

        return self._kept.get(snapshot, key, made)[0]

    def close(self) -> None:
        """End the browser: the folder of its profile would stay. A server calls it, as not every process comes to its ``atexit``."""
        self._timer.cancel()
        self._pictures.close()

    def _rest(self) -> None:
        """End the browser when nobody has needed it for a while."""
        self._timer.cancel()
        self._timer = threading.Timer(self._idle, self._pictures.close)
        self._timer.daemon = True
        self._timer.start()
