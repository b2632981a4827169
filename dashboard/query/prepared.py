"""What is worked out once for each snapshot, before it is shown: how every agreement stands on the as-of date.

The rules are functions of Python with their own proofs (``etl.indicators``, ``dashboard.indicators``); as a table, whatever is asked of
them is a filter or a count like all others, and there is no second rule in SQL that could differ from the first.
"""

# ruff: noqa: S608 - names come from the contract and from this package, there are no values

from __future__ import annotations

from collections import defaultdict
from datetime import date

import duckdb
import pyarrow as pa

from dashboard.filters import Selection
from dashboard.indicators.attribution import attributed
from dashboard.indicators.standings import Standing, standing
from dashboard.query import portfolio, registers
from dashboard.query.chosen import AS_OF, STATUS_TABLE
from dashboard.query.held import Held
from dashboard.query.registers import Row
from etl.indicators.status import status
from etl.tables import Agreement

#: Arrow types of the columns of :class:`Standing`; all others are text.
_TYPES = (
    dict.fromkeys(("is_certain", "is_silent"), pa.bool_())
    | dict.fromkeys(("end_on", "renewal_on", "notice_on", "begins_on", "ends_on", "decide_by"), pa.date32())
    | dict.fromkeys(("stages", "outcomes_before", "outcomes_after", "outcomes_undated"), pa.int32())
    | {"waited": pa.float64()}
)


def prepare(db: duckdb.DuckDBPyConnection) -> Held:
    """Add the table of standings to ``db``, one row per agreement by id, and return the arrays of the whole snapshot."""
    rows = registers.terms(db, Selection())
    as_of = date.fromisoformat(rows[0][AS_OF]) if rows else date.min
    happened: defaultdict[str, list[Row]] = defaultdict(list)
    for each in portfolio.happened(db):
        happened[each["id"]].append(each)
    own = attributed(portfolio.claims(db), as_of)
    made = [standing(row, happened.get(row["id"], ()), own.get(row["id"], ()), as_of) for row in rows]
    columns = list(zip(*made, strict=True)) or [()] * len(Standing._fields)
    arrays = [pa.array(column, _TYPES.get(name, pa.string())) for column, name in zip(columns, Standing._fields, strict=True)]
    status.cache_clear()  # what it remembers of each agreement is in the table now
    ids = pa.array([row["id"] for row in rows], pa.string())
    table = pa.table([ids, *arrays], names=[str(Agreement.id), *Standing._fields])
    db.register("standings_made", table)
    db.execute(f"create or replace table {STATUS_TABLE} as select * from standings_made")
    db.unregister("standings_made")
    return Held(db)
