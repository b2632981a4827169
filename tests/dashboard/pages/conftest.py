"""The same snapshots as the tests of the queries have."""

from __future__ import annotations

from tests.dashboard.query.conftest import crowded, nothing, rows, small

__all__ = ["crowded", "nothing", "rows", "small"]
