"""Where the partner countries of the snapshot lie, whatever is chosen."""

from __future__ import annotations

from typing import NamedTuple

import duckdb

from dashboard.query.chosen import HOME_SQL
from etl.tables import Country, Link


class Extent(NamedTuple):
    """A part of the world, in degrees."""

    west: float
    east: float
    south: float
    north: float


WORLD = Extent(-168, 190, -56, 84)


def extent(db: duckdb.DuckDBPyConnection) -> Extent:
    """Return in which part of the world all agreements lie: a map must not jump when the selection changes."""
    found = db.execute(f"""
        select min({Country.longitude}), max({Country.longitude}), min({Country.latitude}), max({Country.latitude})
        from country semi join (select {Country.code} from agreement_country where {Link.accepted}) using ({Country.code})
        where {Country.longitude} is not null and {Country.latitude} is not null and {Country.code} <> {HOME_SQL}
    """).fetchone()  # noqa: S608 - names come from the contract
    return Extent(*found) if found and None not in found else WORLD
