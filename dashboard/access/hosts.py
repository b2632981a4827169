"""Requests for another host or from another site's page are refused."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from flask import abort, request

LOOPBACK: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def check(allowed: frozenset[str]) -> Callable[[], None]:
    """Return the guard that lets only the host names in ``allowed`` through (against DNS rebinding), and only our own pages write."""

    def hosts() -> None:
        host = request.headers.get("Host", "")
        if name_of(host) not in allowed:
            abort(400, "This host name is not served here.")
        if request.method in _SAFE:
            return
        origin = request.headers.get("Origin")
        if origin is not None and urlsplit(origin).netloc.lower() != host.lower():
            abort(403, "Requests of other sites are not served.")
        if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
            abort(403, "Requests of other sites are not served.")

    return hosts


def name_of(host: str) -> str:
    """Return the name in a Host header, without the port.

    >>> name_of("LOCALHOST:8050"), name_of("[::1]:8050"), name_of("a@b:1")
    ('localhost', '[::1]', 'a@b')
    """
    name = host.lower()
    if name.startswith("["):
        return name[: name.find("]") + 1]
    return name.partition(":")[0]
