"""The cyclic collector of garbage, out of the way of millions of objects that live until the run ends."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def resting() -> Iterator[None]:
    """Let the collector rest: what a run keeps has no cycles, and looking for them takes a third of the time."""
    with _as(enabled=False):
        yield


@contextmanager
def awake() -> Iterator[None]:
    """Let the collector look after what is new, and leave aside all that is there already."""
    gc.freeze()
    try:
        with _as(enabled=True):
            yield
    finally:
        gc.unfreeze()


@contextmanager
def _as(*, enabled: bool) -> Iterator[None]:
    was = gc.isenabled()
    (gc.enable if enabled else gc.disable)()
    try:
        yield
    finally:
        (gc.enable if was else gc.disable)()
