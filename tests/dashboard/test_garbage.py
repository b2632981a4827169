"""What is kept is not looked at again and again, and what is no longer kept goes."""

from __future__ import annotations

import gc
import time
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.app import create
from dashboard.garbage import set_aside
from dashboard.pages import search


@pytest.fixture(autouse=True)
def _nothing_set_aside() -> Iterator[None]:
    gc.unfreeze()
    yield
    gc.unfreeze()


class Round:
    """Knows itself, so that only the collector frees it."""

    def __init__(self) -> None:
        self.itself = self


def test_what_is_set_aside_is_not_looked_at() -> None:
    kept = Round()
    assert any(each is kept for each in gc.get_objects())
    set_aside()
    assert not any(each is kept for each in gc.get_objects())


def test_what_was_set_aside_and_is_no_longer_needed_goes_with_the_next() -> None:
    old = Round()
    gone = weakref.ref(old)
    set_aside()
    del old
    gc.collect()
    assert gone() is not None
    set_aside()
    assert gone() is None


def test_a_server_sets_aside_its_snapshot_and_the_search_in_it(published: Path) -> None:
    app = create(published)
    app.warm()
    shown = app.store.snapshot()
    kept = (shown.prepared.records, search.begin(shown).result(60).documents)
    until = time.monotonic() + 20  # who waits for the search is told a moment before
    while any(each is one for each in gc.get_objects() for one in kept) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(each is one for each in gc.get_objects() for one in kept)
