"""A table of a register and what the exports add to it -> one Parquet file in the order of its key, without holding it in memory."""

# ruff: noqa: S608 - names come from the contract and from this package

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from etl.publications.outcomes import ADDED
from etl.publications.spool import Spool
from etl.tables import Stored, Table

#: Rows of one row group: what is held in memory while writing.
_GROUP = 50_000


def store(spool: Spool, each: Table, base: pa.Table) -> Stored:
    """Write the rows of ``base`` and those that the exports add as ``each``; the same rows give the same bytes."""
    path = spool.folder / f"{each.name}.parquet"
    name = f"base_{each.name}"
    columns = ", ".join(f'"{column}"' for column in each.columns)
    order = ", ".join(f'"{column}"' for column in each.key)
    spool.db.register(name, base)
    answer = spool.db.sql(f"SELECT {columns} FROM (SELECT * FROM {name} UNION ALL BY NAME {ADDED[each.name]}) ORDER BY {order}")
    rows = 0
    with pq.ParquetWriter(path, each.schema(), compression="zstd", version="2.6", write_statistics=True) as writer:
        for group in _groups(answer, each.schema()):
            writer.write_table(group, row_group_size=_GROUP)
            rows += group.num_rows
    spool.db.unregister(name)
    return Stored(path, rows)


def _groups(answer: duckdb.DuckDBPyRelation, schema: pa.Schema) -> Iterator[pa.Table]:
    """Yield the answer in groups of one size, however the engine cuts it: the bytes of the file must not depend on that."""
    waiting: list[pa.Table] = []
    size = 0
    for batch in answer.to_arrow_reader(_GROUP // 5):
        part = pa.Table.from_batches([batch]).cast(schema)
        while size + part.num_rows >= _GROUP:
            cut = _GROUP - size
            yield pa.concat_tables([*waiting, part.slice(0, cut)]).combine_chunks()
            waiting, size, part = [], 0, part.slice(cut)
        if part.num_rows:
            waiting.append(part)
            size += part.num_rows
    if waiting:
        yield pa.concat_tables(waiting).combine_chunks()
