"""The list of contents of a snapshot: the hash of every file in it, and as its last line the hash of the list itself."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

NAME = "manifest.json"
_SEAL = "manifest_sha256"


def sealed(content: Mapping[str, Any]) -> bytes:
    """Return ``content`` (not empty) as JSON text that ends with the hash of all its bytes before.

    >>> opened(sealed({"run_id": "a"}))["run_id"]
    'a'
    """
    body = json.dumps(content, ensure_ascii=False, indent=1).removesuffix("\n}").encode() + b",\n"
    return body + _tail(body)


def opened(text: bytes) -> dict[str, Any]:
    """Return what :func:`sealed` wrote; no other bytes are accepted, so that a single changed one is noticed.

    Raises:
        ValueError: it is no list of contents, or a byte of it is another one or missing.

    >>> opened(sealed({"run_id": "a"}).replace(b"a", b"b", 1))
    Traceback (most recent call last):
    ValueError: the list of contents is not as it was written
    """
    body, mark, _ = text.rpartition(f' "{_SEAL}"'.encode())
    if not mark or text != body + _tail(body):
        raise ValueError("the list of contents is not as it was written")
    content: dict[str, Any] = json.loads(text)
    return content


def _tail(body: bytes) -> bytes:
    return f' "{_SEAL}": "{hashlib.sha256(body).hexdigest()}"\n}}\n'.encode()
