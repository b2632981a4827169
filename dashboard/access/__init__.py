"""Who may ask what: hosts and origins, limits, the shape of a callback, headers, errors, compression.

:func:`guard` is the only door; each part is one module and knows nothing of the others.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import dash

from dashboard.access import callbacks, compression, errors, headers, hosts

BODY_LIMIT = 256 * 1024  # bytes; the largest honest request is under 4 KiB


def guard(app: dash.Dash, allowed: Iterable[str], compressed: Path | None = None) -> None:
    """Put all guards on the server of ``app``; call it after the last callback is registered.

    ``compressed`` is the folder of the files that are compressed beforehand.
    """
    server = app.server
    server.config.update(MAX_CONTENT_LENGTH=BODY_LIMIT, MAX_FORM_MEMORY_SIZE=BODY_LIMIT, MAX_FORM_PARTS=10)
    server.before_request(hosts.check(frozenset(allowed)))
    server.before_request(callbacks.check(app))
    server.after_request(headers.setter(app))
    # Flask runs these in reverse order: bodies are compressed after the headers are settled.
    server.after_request_funcs.setdefault(None, []).insert(0, compression.Compressor(compressed))
    errors.register(server)
