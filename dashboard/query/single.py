"""One record, one partner, one country, one field, by its id; None where there is no such."""

# ruff: noqa: S608 - names come from the contract and from this package, values are parameters

from __future__ import annotations

from typing import cast

import duckdb

from dashboard.query.chosen import CODES, KEYS, SUCCESSOR_SQL, Kind, records
from dashboard.query.registers import Row, with_links
from etl.tables import Country, Field, Partner


def record(db: duckdb.DuckDBPyConnection, kind: str, id_: str) -> Row | None:
    """Return the ``kind`` (agreement, outcome or news) with ``id_``, its accepted links as in :func:`registers.register`."""
    key = KEYS[kind]  # type: ignore[index]
    more = f", {SUCCESSOR_SQL}" if kind == "agreement" else ""
    found = records(db, f"select r.*, r.{key} as id{more} from {kind} r where r.{key} = $id", {"id": id_})
    return with_links(db, cast(Kind, kind), found)[0] if found else None


def partner(db: duckdb.DuckDBPyConnection, id_: str) -> Row | None:
    """Return the partner with its country as ``country_name_en`` and so on and its parent as ``parent_name_en`` and so on."""
    names = ", ".join(f"c.name_{lang} as country_name_{lang}, u.name_{lang} as parent_name_{lang}" for lang in ("en", "ru", "zh"))
    found = records(db, f"""
        select p.*, {names}, u.{Partner.name} as parent_name from partner p
        left join country c using ({Country.code}) left join partner u on u.{Partner.id} = p.{Partner.parent}
        where p.{Partner.id} = $id
    """, {"id": id_})  # fmt: skip
    return found[0] if found else None


def members(db: duckdb.DuckDBPyConnection, id_: str) -> list[Row]:
    """Return the organisations that belong to the partner, by name."""
    return records(db, f"select * from partner where {Partner.parent} = $id order by {Partner.name}", {"id": id_})


def country(db: duckdb.DuckDBPyConnection, code: str) -> Row | None:
    """Return the country."""
    return _named(db, "country", code)


def field(db: duckdb.DuckDBPyConnection, code: str) -> Row | None:
    """Return the field, or the area for a code without a dot: then the names are those of the area."""
    if found := _named(db, "field", code):
        return found
    areas = ", ".join(f"max(area_name_{lang}) as name_{lang}" for lang in ("en", "ru", "zh"))
    area = records(db, f"select {areas}, count(*) as fields from field where {Field.area} = $id having count(*) > 0", {"id": code})
    return area[0] if area else None


def area_fields(db: duckdb.DuckDBPyConnection, code: str) -> list[Row]:
    """Return the fields of an area in the order of their codes."""
    return records(db, f"select * from field where {Field.area} = $id order by {Field.code}", {"id": code})


def _named(db: duckdb.DuckDBPyConnection, name: str, code: str) -> Row | None:
    found = records(db, f"select * from {name} where {CODES[name]} = $id", {"id": code})
    return found[0] if found else None
