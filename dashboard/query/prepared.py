"""What is worked out once for each snapshot, before it is shown: the status of every agreement on the as-of date.

The rule is a function of Python with its own proofs (``etl.indicators.status``); as a table, a filter by status is a semi-join like all
others, and there is no second rule in SQL that could differ from the first.
"""

# ruff: noqa: S608 - names come from the contract and from this package, there are no values

from __future__ import annotations

from datetime import date

import duckdb
import pyarrow as pa

from dashboard.query.chosen import AS_OF, AS_OF_SQL, STATUS, STATUS_TABLE, SUCCESSOR_SQL, records
from etl.indicators.status import Terms, status
from etl.tables import Agreement


def prepare(db: duckdb.DuckDBPyConnection) -> None:
    """Add the table of statuses to ``db``: agreement id and code, one row per agreement."""
    rows = records(db, f"select r.*, {SUCCESSOR_SQL}, {AS_OF_SQL} as {AS_OF} from agreement r order by r.{Agreement.id}")
    codes = [status(Terms.of(row), date.fromisoformat(row[AS_OF])).code for row in rows]
    made = pa.table({Agreement.id: pa.array([row[Agreement.id] for row in rows], pa.string()), STATUS: pa.array(codes, pa.string())})
    db.register("statuses_made", made)
    db.execute(f"create or replace table {STATUS_TABLE} as select * from statuses_made")
    db.unregister("statuses_made")
