"""The sample of :mod:`tests.dashboard.query.sample` in an engine. The folders of figures and pages load this file (their conftest.py)."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from tests.dashboard.query.sample import Rows, crowd, empty, opened, sample


@pytest.fixture(scope="session")
def rows() -> Rows:
    """The fixed part and sixty random records of each kind."""
    return crowd()


@pytest.fixture(scope="session")
def crowded(rows: Rows) -> Iterator[duckdb.DuckDBPyConnection]:
    """An engine with :func:`rows`."""
    with opened(rows) as db:
        yield db


@pytest.fixture(scope="session")
def small() -> Iterator[duckdb.DuckDBPyConnection]:
    """An engine with the fixed part alone."""
    with opened(sample().rows) as db:
        yield db


@pytest.fixture(scope="session")
def nothing() -> Iterator[duckdb.DuckDBPyConnection]:
    """An engine without a single record."""
    with opened(empty()) as db:
        yield db
