"""The keys of the contract: unique, present, and leading somewhere; asked of the finished tables in SQL."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb
import pyarrow as pa

from etl.tables import TABLES, Table, table


def broken_keys(tables: Mapping[str, pa.Table]) -> list[str]:
    """Return a sentence for each broken promise of the contract; nothing when all hold."""
    with duckdb.connect() as db:
        for name, content in tables.items():
            db.register(name, content)
        return [sentence for each in TABLES for sentence in (*_not_unique(db, each), *_leading_nowhere(db, each))] + _absent(tables)


def _not_unique(db: duckdb.DuckDBPyConnection, each: Table) -> list[str]:
    key = ", ".join(f'"{column}"' for column in each.key)
    found = db.execute(f"SELECT count(*) FROM (SELECT 1 FROM {each.name} GROUP BY {key} HAVING count(*) > 1)").fetchone()  # noqa: S608
    return [f"{each.name}: {found[0]} keys ({key}) are not unique"] if found and found[0] else []


def _leading_nowhere(db: duckdb.DuckDBPyConnection, each: Table) -> list[str]:
    sentences = []
    for column in each.columns:
        if not column.points_to:
            continue
        target = table(column.points_to)
        query = f'SELECT count(*), min("{column}") FROM {each.name} WHERE "{column}" IS NOT NULL AND "{column}" NOT IN (SELECT "{target.key[0]}" FROM {target.name})'  # noqa: S608, E501
        found = db.execute(query).fetchone()
        if found and found[0]:
            sentences.append(f"{each.name}.{column}: {found[0]} values, such as {found[1]!r}, are not in {target.name}")
    return sentences


def _absent(tables: Mapping[str, pa.Table]) -> list[str]:
    return [
        f"{each.name}.{column} is required but absent in {count} rows"
        for each in TABLES
        for column in each.columns
        if column.required and (count := tables[each.name].column(str(column)).null_count)
    ]
