"""Every text by which a record can be searched, in all its languages and spellings. No selection applies."""

# ruff: noqa: S608 - names come from the contract and from this package, there are no values

from __future__ import annotations

import duckdb

from dashboard.query.chosen import CODES, records
from dashboard.query.registers import PROSE, Row
from etl.tables import Agreement, Link, News, Outcome, Partner

_BRIDGES = ("agreement", "outcome", "news")


def searched(db: duckdb.DuckDBPyConnection) -> dict[str, list[Row]]:
    """Return the rows of each kind with all columns that hold its names; countries and fields only where a record is linked to them."""
    kept = f"* exclude ({PROSE}), {Agreement.home_unit}, {Agreement.id} as id"
    return {
        "partner": records(db, f"select *, {Partner.id} as id from partner order by {Partner.id}"),
        "country": records(db, _linked("country")),
        "field": records(db, _linked("field")),
        "agreement": records(db, f"select {kept} from agreement order by {Agreement.signed} desc nulls last, id"),
        "news": records(db, f"select *, {News.id} as id from news order by {News.published} desc nulls last, id"),
        "outcome": records(db, f"select *, {Outcome.id} as id from outcome order by {Outcome.date} desc nulls last, id"),
    }


def _linked(name: str) -> str:
    code = CODES[name]
    met = " union ".join(f"select {code} from {kind}_{name} where {Link.accepted}" for kind in _BRIDGES)
    return f"select *, {code} as id, {code} as code from {name} where {code} in ({met}) order by {code}"
