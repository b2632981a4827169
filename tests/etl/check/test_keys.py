"""The promises of the contract hold for tables in memory and for those that are too large for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from etl.check.keys import broken_keys
from etl.tables import TABLES, Stored, table


def outcome(identifier: str | None) -> dict[str, Any]:
    return {"outcome_id": identifier, "outcome_type_code": "joint_publication", "title": "A", "is_planned": False}


def link(identifier: str, country: str) -> dict[str, Any]:
    said = {"raw_text": "x", "method": "cell", "confidence": 1.0, "is_accepted": True}
    return {"outcome_id": identifier, "country_code": country, **said}


BROKEN = [
    ("outcome", [outcome("a"), outcome("a")], "not unique"),
    ("outcome_country", [link("a", "XXX")], "not in country"),
    ("outcome", [outcome(None)], "required but absent in 1 rows"),
]


@pytest.mark.parametrize("is_stored", [False, True])
@pytest.mark.parametrize(("name", "rows", "sentence"), BROKEN)
def test_a_broken_promise_is_said(tmp_path: Path, name: str, rows: list[dict[str, Any]], sentence: str, is_stored: bool) -> None:
    tables: dict[str, pa.Table | Stored] = {each.name: each.arrow([]) for each in TABLES}
    assert broken_keys(tables) == []
    content = pa.Table.from_pylist(
        [{str(c): row.get(c) for c in table(name).columns} for row in rows],
        schema=pa.schema([pa.field(str(c), c.arrow) for c in table(name).columns]),
    )
    pq.write_table(content, tmp_path / "x.parquet")
    tables[name] = Stored(tmp_path / "x.parquet", len(rows)) if is_stored else content
    assert any(sentence in each for each in broken_keys(tables))
