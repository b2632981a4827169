"""The keys of the contract: unique, present, and leading somewhere; asked of the finished tables in SQL."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb
import pyarrow as pa

from etl.tables import TABLES, Stored, Table, table


def broken_keys(tables: Mapping[str, pa.Table | Stored]) -> list[str]:
    """Return a sentence for each broken promise of the contract; nothing when all hold."""
    with duckdb.connect() as db:
        for name, content in tables.items():
            if isinstance(content, Stored):
                # What is too large for memory as a table is too large as keys, too, where nothing limits them.
                db.execute(f"SET memory_limit = '600MB'; SET temp_directory = '{content.path.parent / 'keys'}'")
                db.read_parquet(str(content.path)).create_view(name)
            else:
                db.register(name, content)
        filled = [each for each in TABLES if tables[each.name].num_rows]  # an empty table breaks no promise, and asking it costs as much
        return [
            sentence for each in filled for sentence in (*_not_unique(db, each), *_leading_nowhere(db, each), *_absent(db, each, tables))
        ]


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


def _absent(db: duckdb.DuckDBPyConnection, each: Table, tables: Mapping[str, pa.Table | Stored]) -> list[str]:
    content = tables[each.name]
    required = [str(column) for column in each.columns if column.required]
    if isinstance(content, Stored):
        asked = ", ".join(f'count(*) FILTER ("{column}" IS NULL)' for column in required)
        counts = db.execute(f"SELECT {asked} FROM {each.name}").fetchone() or ()  # noqa: S608 - names come from the contract
    else:
        counts = tuple(content.column(column).null_count for column in required)
    return [f"{each.name}.{column} is required but absent in {count} rows" for column, count in zip(required, counts, strict=True) if count]
