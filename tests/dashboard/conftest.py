"""Snapshots for the tests of the dashboard: every table of the contract, a few rows, a true manifest."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from etl import manifest
from etl.tables import SCHEMA_VERSION, TABLES, table

Publish = Callable[..., Path]

COUNTRY = {
    "country_code": "DEU", "alpha_2_code": "DE", "name_en": "Germany", "name_ru": "Германия", "name_zh": "德国", "region_code": "150",
    "region_name_en": "Europe", "region_name_ru": "Европа", "region_name_zh": "欧洲", "latitude": 51.0, "longitude": 10.0,
}  # fmt: skip
FIELD = {
    "field_code": "2.5", "name_en": "Materials engineering", "name_ru": "Технология материалов", "name_zh": "材料工程",
    "area_code": "2", "area_name_en": "Engineering", "area_name_ru": "Техника", "area_name_zh": "工程",
}  # fmt: skip
LINK = {"raw_text": "Germany", "method": "cell", "confidence": 1.0, "is_accepted": True}
ROWS: dict[str, list[dict[str, Any]]] = {
    "country": [COUNTRY],
    "field": [FIELD],
    "agreement": [
        {
            "agreement_id": f"A-{i}", "title": f"Agreement {i}", "agreement_type_code": "exchange_agreement", "signed_on": str(2015 + i),
            "signed_precision": "year", "signed_year": 2015 + i, "is_open_ended": False, "has_auto_renewal": False, "cooperation_forms": [],
        }
        for i in range(3)
    ],
    "agreement_country": [{"agreement_id": f"A-{i}", "country_code": "DEU", **LINK} for i in range(3)],
    "agreement_field": [{"agreement_id": "A-0", "field_code": "2.5", **LINK}],
}  # fmt: skip


def publish(folder: Path, name: str = "20260101-a", agreements: int = 3) -> Path:
    """Write a snapshot called ``name`` with ``agreements`` agreements and point ``current`` to it."""
    target = folder / "snapshots" / name
    target.mkdir(parents=True)
    run = {
        "run_id": name, "as_of_on": "2026-01-01", "started_at": "2026-01-01T00:00:00Z", "inputs_sha256": "0", "code_sha256": "0",
        "version": "0", "home_country_code": "RUS",
        "files_read": 1, "files_refused": 0, "rows_read": 10, "rows_loaded": 8, "rows_merged": 0, "rows_quarantined": 1, "rows_not_data": 1,
    }  # fmt: skip
    hashes = {}
    for each in TABLES:
        rows = [run] if each.name == "run" else ROWS.get(each.name, [])
        if each.name.startswith("agreement"):
            rows = rows[:agreements]
        path = target / f"{each.name}.parquet"
        pq.write_table(table(each.name).arrow(rows), path)
        hashes[path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
    listed = {"run_id": name, "schema_version": SCHEMA_VERSION, "as_of": "2026-01-01", "files": hashes}
    (target / manifest.NAME).write_bytes(manifest.sealed(listed))
    pointer = folder / "current.new"
    pointer.write_text(name, "utf-8")
    pointer.replace(folder / "current")
    return target


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """Return a folder with one good snapshot."""
    publish(tmp_path)
    return tmp_path


@pytest.fixture(name="publish")
def _publish() -> Publish:
    """Return :func:`publish`."""
    return publish
