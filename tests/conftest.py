"""The real data as one snapshot for all tests: published once, whichever worker needs it first, and changed by nobody."""

from __future__ import annotations

import fcntl
import os
import pickle
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from etl.pipeline.run import Refresh, run

ROOT = Path(__file__).parents[1]
RAW = ROOT / "data" / "raw"
AS_OF = "2026-11-22"


def pytest_xdist_auto_num_workers() -> int:
    """With ``-n auto`` twice as many workers as processors: now and then each waits for a browser, a server or a disk."""
    return 2 * (os.cpu_count() or 1)


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Refresh:
    """One refresh of the real raw data."""
    own = tmp_path_factory.getbasetemp()
    common = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    told = common / "real.pickle"
    with (common / "real.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not told.exists():
            done = run(RAW, common / "real", AS_OF)
            told.write_bytes(pickle.dumps(replace(done, run=_plain(done.run), files=tuple(map(_plain, done.files)))))
    found: Refresh = pickle.loads(told.read_bytes())
    return found


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row whose names are texts and no columns, which cannot be pickled."""
    return {str(name): value for name, value in row.items()}


@pytest.fixture(scope="session")
def data(real: Refresh) -> Path:
    """The folder of snapshots that has it."""
    assert real.folder
    return real.folder.parents[1]
