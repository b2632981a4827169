"""Works on disk while they are read and joined: a DuckDB file with a limit of memory, filled in batches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb
import pyarrow as pa

from etl.publications.entry import Address
from etl.publications.work import Work
from etl.tables import CELLS

#: Half of what the whole run may take; what does not fit goes to disk.
MEMORY = "600MB"
_BATCH = 10_000
_TEXTS = pa.list_(pa.string())
_SCHEMAS = {
    "export": pa.schema([("file", pa.int32()), ("name", pa.string()), ("rank", pa.int32())]),
    "line": pa.schema([("file", pa.int32()), ("n", pa.int64()), ("rid", pa.int64()), ("role", pa.string()), ("cells", CELLS)]),
    "work": pa.schema([
        ("rid", pa.int64()), ("file", pa.int32()), ("register", pa.string()), ("title", pa.string()), ("key", pa.string()),
        ("year", pa.int32()), ("happened", pa.string()), ("doi", pa.string()), ("identifier", pa.string()), ("venue", pa.string()),
        ("venue_key", pa.string()), ("link", pa.string()), ("kind", pa.string()), ("surnames", _TEXTS), ("page", pa.string()),
        ("has_address", pa.bool_()),
    ]),
    "said": pa.schema([
        ("rid", pa.int64()), ("level", pa.int8()), ("place", pa.int32()), ("text", pa.string()), ("country", pa.string()),
        ("ror", pa.string()),
    ]),
    "placed": pa.schema([
        ("text", pa.string()), ("country", pa.string()), ("ror", pa.string()), ("partner", pa.string()), ("piece", pa.string()),
        ("method", pa.string()), ("confidence", pa.float64()), ("code", pa.string()), ("is_abroad", pa.bool_()), ("is_home", pa.bool_()),
    ]),
    "meant": pa.schema([
        ("level", pa.int8()), ("text", pa.string()), ("field", pa.string()), ("rule", pa.string()), ("confidence", pa.float64()),
    ]),
    "alias": pa.schema([("node", pa.string()), ("root", pa.string())]),
}  # fmt: skip
#: What a text of ``said`` is; of the fields the lowest level that says anything counts.
ADDRESS, CATEGORY, BROAD, VENUE, KEYWORD = 0, 1, 2, 3, 4


class Spool:
    """The tables of the works being read; ``db`` answers once :meth:`flush` was called. Removed by whoever removes ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.db = duckdb.connect(str(folder / "works.duckdb"))
        self.db.execute(f"SET memory_limit = '{MEMORY}'")
        self.db.execute(f"SET temp_directory = '{folder / 'spill'}'")
        self.db.execute("SET threads = 2")
        # The order is asked for where it matters; keeping it everywhere else costs memory.
        self.db.execute("SET preserve_insertion_order = false")
        self._rows: dict[str, list[Sequence[Any]]] = defaultdict(list)
        for name, schema in _SCHEMAS.items():
            self.db.register("empty", schema.empty_table())
            self.db.execute(f"CREATE TABLE {name} AS SELECT * FROM empty")  # noqa: S608 - a name of this module
            self.db.unregister("empty")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.db.close()

    def add(self, table: str, *row: Any) -> None:
        """Add a row to ``table``, in the order of its columns."""
        rows = self._rows[table]
        rows.append(row)
        if len(rows) >= _BATCH:
            self._write(table)

    def add_work(self, rid: int, file: int, work: Work, venue_key: str) -> None:
        """Add a work and all texts that say who and what it is about."""
        self.add(
            "work", rid, file, "", work.title, work.key, work.year, work.happened, work.doi, work.identifier, work.venue,
            venue_key, work.link, work.kind, work.surnames, work.page[:40], bool(work.addresses),
        )  # fmt: skip
        for place, address in enumerate(work.addresses):
            self.add("said", rid, ADDRESS, place, address.text, address.country, address.ror)
        for level, texts in ((CATEGORY, work.categories), (BROAD, work.broad), (VENUE, (work.venue,)), (KEYWORD, work.keywords[:20])):
            for place, text in enumerate(texts):
                if text:
                    self.add("said", rid, level, place, text[:300], "", "")

    def flush(self) -> None:
        """Write what waits."""
        for table in list(self._rows):
            self._write(table)

    def rows(self, sql: str) -> Iterable[tuple[Any, ...]]:
        """Yield the rows of ``sql`` in batches from a connection of its own, so that tables can be filled meanwhile."""
        cursor = self.db.cursor()
        cursor.execute(sql)
        while batch := cursor.fetchmany(_BATCH):
            yield from batch
        cursor.close()

    def distinct_addresses(self) -> Iterable[Address]:
        """Yield every address once."""
        for row in self.rows(f"SELECT DISTINCT text, country, ror FROM said WHERE level = {ADDRESS}"):  # noqa: S608
            yield Address(*row)

    def _write(self, table: str) -> None:
        rows, schema = self._rows.pop(table, []), _SCHEMAS[table]
        if not rows:
            return
        columns = [pa.array(column, field.type) for column, field in zip(zip(*rows, strict=True), schema, strict=True)]
        self.db.register("batch", pa.Table.from_arrays(columns, schema=schema))
        self.db.execute(f"INSERT INTO {table} SELECT * FROM batch")  # noqa: S608 - a name of this module
        self.db.unregister("batch")
