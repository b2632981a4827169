"""Brotli and gzip: static files once and then from memory, answers quickly each time.

flask-compress compresses plotly.js anew for every visitor (measured: 0.2 s each). What ``make assets`` has compressed is sent from
memory; of the rest the first visitor gets a quick version, and a thread makes the small one for all others.
"""

from __future__ import annotations

import gzip
import hashlib
import threading
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue

import brotli  # type: ignore[import-untyped]
from flask import Response, request

from dashboard.access.headers import STATIC

_TEXTS = ("text/", "application/json", "application/javascript", "image/svg+xml")
_LEAST = 800  # bytes
_MOST_KEPT = 400  # files

Key = tuple[str, str]
"""Encoding, and :func:`digest` of the plain body."""


def digest(body: bytes) -> str:
    """Return the name under which the compressed form of ``body`` is kept."""
    return hashlib.blake2b(body, digest_size=16).hexdigest()


class Compressor:
    """An ``after_request`` function that compresses what the browser accepts compressed."""

    __name__ = "compress"

    def __init__(self, beforehand: Path | None = None) -> None:
        """Read what lies ``beforehand`` in a folder, as ``<digest>.br``."""
        made = sorted(beforehand.glob("*.br")) if beforehand and beforehand.is_dir() else []
        self._kept: dict[Key, bytes] = {("br", path.stem): path.read_bytes() for path in made}
        self._waiting: SimpleQueue[tuple[Key, bytes]] = SimpleQueue()
        self._lock = threading.Lock()
        # A daemon: the end of the program does not wait for the smallest possible plotly.js.
        threading.Thread(target=self._improve, name="compress", daemon=True).start()

    def __call__(self, response: Response) -> Response:
        """Return ``response`` with a compressed body, where that makes sense."""
        if response.status_code != 200 or "Content-Encoding" in response.headers or not (response.mimetype or "").startswith(_TEXTS):
            return response
        response.headers.add("Vary", "Accept-Encoding")
        encoding = request.accept_encodings.best_match(["br", "gzip"])
        if not encoding or request.method == "HEAD" or "Range" in request.headers:
            return response
        response.direct_passthrough = False
        body = response.get_data()
        if len(body) < _LEAST:
            return response
        response.set_data(self._static(encoding, body) if request.path.startswith(STATIC) else QUICK[encoding](body))
        # The ETag stays strong: Dash compares it to the letter and would never answer 304 to a weak one (4.4.1).
        response.headers["Content-Encoding"] = encoding
        return response

    def _static(self, encoding: str, body: bytes) -> bytes:
        key = (encoding, digest(body))
        if (kept := self._kept.get(key)) is None:
            kept = QUICK[encoding](body)
            with self._lock:
                if len(self._kept) < _MOST_KEPT:
                    self._kept[key] = kept
                    self._waiting.put((key, body))
        return kept

    def _improve(self) -> None:
        while True:
            key, body = self._waiting.get()
            self._kept[key] = SMALL[key[0]](body)


QUICK: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: bytes(brotli.compress(body, quality=4)),
    "gzip": lambda body: gzip.compress(body, 4, mtime=0),
}
SMALL: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: bytes(brotli.compress(body, quality=10 if len(body) < 1_000_000 else 9)),
    "gzip": lambda body: gzip.compress(body, 9, mtime=0),
}
