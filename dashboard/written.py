"""Components and figures as JSON, and the answers that are kept as such: a page in memory is a tenth of the same page as objects."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any

import orjson
import pandas as pd

_OPTIONS = orjson.OPT_SERIALIZE_NUMPY | orjson.OPT_NON_STR_KEYS


def written(value: Any) -> bytes:
    """Return ``value`` as JSON; plotly's own encoder copies everything in Python first, which costs eight times as much.

    >>> written({"x": float("nan"), "y": pd.NA})
    b'{"x":null,"y":null}'
    """
    return orjson.dumps(value, default=_other, option=_OPTIONS)


def _other(value: Any) -> Any:
    if hasattr(value, "to_plotly_json"):
        return value.to_plotly_json()
    if value is pd.NA or value is pd.NaT:
        return None
    if hasattr(value, "tolist"):
        return value.tolist()
    return str(value)


class Kept:
    """The answers of one snapshot, the least lately asked for leave first."""

    def __init__(self, most_bytes: int) -> None:
        """Start with nothing; never hold more than ``most_bytes``."""
        self._most, self._bytes, self._of = most_bytes, 0, ""
        self._answers: OrderedDict[Hashable, tuple[bytes, ...]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, snapshot: str, key: Hashable, make: Callable[[], tuple[bytes, ...]]) -> tuple[bytes, ...]:
        """Return what is kept for ``key``, or make and keep it; what belongs to another snapshot is forgotten."""
        with self._lock:
            if self._of == snapshot and (kept := self._answers.get(key)) is not None:
                self._answers.move_to_end(key)
                return kept
        made = make()
        with self._lock:
            if self._of != snapshot:
                self._answers.clear()
                self._of, self._bytes = snapshot, 0
            if key not in self._answers:
                self._answers[key] = made
                self._bytes += _size(made)
            while self._bytes > self._most and self._answers:
                self._bytes -= _size(self._answers.popitem(last=False)[1])
        return made


def _size(parts: tuple[bytes, ...]) -> int:
    return sum(map(len, parts)) + 1000
