"""What countries, fields and partners are called, all of them at once: a report names hundreds."""

# ruff: noqa: S608 - names come from the contract and from this package, there are no values

from __future__ import annotations

import duckdb

from dashboard.query.chosen import CODES, records
from dashboard.query.registers import Row


def named(db: duckdb.DuckDBPyConnection, kind: str) -> dict[str, Row]:
    """Return code -> row of every ``kind`` (``country``, ``field``, ``partner``)."""
    return {row["code"]: row for row in records(db, f"select *, {CODES[kind]} as code from {kind} order by code")}
