"""What the address of an answer that is no page asks for: the snapshot that is shown, one of what there is, a selection, a language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from flask import abort, request

from dashboard.filters import Selection
from dashboard.locale import Say, speaker
from dashboard.store import Snapshot, Store

T = TypeVar("T")


def shown(store: Store) -> Snapshot:
    """Return the snapshot that is shown; where there is none, the answer is 503."""
    found = store.snapshot()
    if found is None:
        abort(503)
    return found


def one_of(known: Mapping[str, T], name: str) -> T:
    """Return what is called ``name``; where nothing is, the answer is 404."""
    found = known.get(name)
    if found is None:
        abort(404)
    return found


def selection() -> Selection:
    """Return the filters of the address."""
    return Selection.from_query(request.query_string.decode("ascii", "replace"))


def say() -> Say:
    """Return what speaks the language of the address."""
    return speaker(request.args.get("lang", "en"))
