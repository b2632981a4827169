from __future__ import annotations

from pathlib import Path

import pytest

from etl.pipeline.run import Refresh, run

ROOT = Path(__file__).parents[2]
RAW = ROOT / "data" / "raw"
AS_OF = "2026-11-22"


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Refresh:
    """One refresh of the real raw data."""
    return run(RAW, tmp_path_factory.mktemp("processed"), AS_OF)
