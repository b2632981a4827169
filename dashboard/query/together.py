"""Which partners stand in one record: agreements, achieved outcomes and news of the selection taken together."""

# ruff: noqa: S608 - names come from the contract and from this package, values are parameters

from __future__ import annotations

from typing import Any

import duckdb

from dashboard.filters import Selection
from dashboard.query.chosen import Kind, chosen, linked, records
from dashboard.query.registers import Row
from etl.tables import Country, Partner

_KINDS: tuple[Kind, ...] = ("agreement", "outcome", "news")


def _named(selection: Selection) -> tuple[str, dict[str, Any]]:
    """Return the CTE ``named``: one row per record (``kind``, ``id``) of the selection and distinct partner ``code`` abroad."""
    parts: list[str] = []
    params: dict[str, Any] = {}
    for kind in _KINDS:
        base, more = chosen(kind, selection)
        parts += [f"chosen_{kind} as ({base})", linked(kind, "partner", f"{kind}_codes")]
        params |= more
    union = " union all ".join(f"select '{kind}' as kind, id, code from {kind}_codes semi join chosen_{kind} using (id)" for kind in _KINDS)
    return f"{', '.join(parts)}, named as ({union})", params


def ties(db: duckdb.DuckDBPyConnection, selection: Selection, most: int = 4000) -> list[Row]:
    """Return the pairs of partners that share a record, most records first: ``one``, ``other`` (in the order of ids), ``n``."""
    sql, params = _named(selection)
    return records(db, f"""
        with {sql}
        select a.code as one, b.code as other, count(*) as n
        from named a join named b on a.kind = b.kind and a.id = b.id and a.code < b.code
        group by all order by n desc, one, other limit {int(most)}
    """, params)  # fmt: skip


def members(db: duckdb.DuckDBPyConnection, selection: Selection) -> list[Row]:
    """Return every partner of the selection by id, with ``n`` records that name it, ``total`` records that name any, and all its names."""
    sql, params = _named(selection)
    names = ", ".join(f"c.name_{language} as country_name_{language}" for language in ("en", "ru", "zh"))
    return records(db, f"""
        with {sql}, counted as (select code, count(*) as n from named group by code)
        select counted.*, (select count(distinct (kind, id)) from named) as total, p.* exclude ({Partner.id}, {Partner.forms}), {names}
        from counted left join partner p on p.{Partner.id} = code left join country c using ({Country.code}) order by code
    """, params)  # fmt: skip
