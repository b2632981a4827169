"""Which partners stand in one record: agreements, achieved outcomes and news of the selection taken together."""

# ruff: noqa: S608 - names come from the contract and from this package, values are parameters

from __future__ import annotations

from collections import Counter
from statistics import median
from typing import Any

import duckdb

from dashboard.filters import Selection
from dashboard.query import quick_partners as ways
from dashboard.query.chosen import Kind, chosen, linked, records
from dashboard.query.registers import EVERY, Row, partners
from dashboard.query.ways import quick
from etl.tables import Partner

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


@quick(ways.ties)
def ties(db: duckdb.DuckDBPyConnection, selection: Selection, most: int = 4000) -> list[Row]:
    """Return the pairs of partners that share a record, most records first: ``one``, ``other`` (in the order of ids), ``n``."""
    sql, params = _named(selection)
    return records(db, f"""
        with {sql}
        select a.code as one, b.code as other, count(*) as n
        from named a join named b on a.kind = b.kind and a.id = b.id and a.code < b.code
        group by all order by n desc, one, other limit {int(most)}
    """, params)  # fmt: skip


@quick(ways.members)
def members(db: duckdb.DuckDBPyConnection, selection: Selection) -> tuple[dict[str, int], int]:
    """Return every partner of the selection by id with the number of records that name it, and how many records name any."""
    sql, params = _named(selection)
    found = records(db, f"""
        with {sql} select code, count(*) as n, (select count(distinct (kind, id)) from named) as total
        from named group by code order by code
    """, params)  # fmt: skip
    return {row["code"]: row["n"] for row in found}, found[0]["total"] if found else 0


@quick(ways.typical)
def typical(db: duckdb.DuckDBPyConnection, selection: Selection) -> dict[str, float]:
    """Return the medians of ``agreements``, ``outcomes``, ``items`` and ``tied`` partners over the partners with an agreement.

    ``partners`` is how many they are; the medians are 0 without any.
    """
    found = [row for row in partners(db, selection, EVERY) if row["agreements"]]
    degrees = Counter(code for tie in ties(db, selection, EVERY) for code in (tie["one"], tie["other"]))
    columns = {name: [row[name] for row in found] for name in ("agreements", "outcomes", "items")}
    columns["tied"] = [degrees[row[Partner.id]] for row in found]
    return {name: float(median(values)) if values else 0.0 for name, values in columns.items()} | {"partners": len(found)}


@quick(ways.tied_to)
def tied_to(db: duckdb.DuckDBPyConnection, selection: Selection, id_: str) -> int:
    """Return how many partners stand in a record of the selection with the partner ``id_``."""
    return sum(id_ in (tie["one"], tie["other"]) for tie in ties(db, selection, EVERY))
