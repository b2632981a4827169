"""What the last refresh changed, from two snapshots on disk to the list on the overview."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from dashboard.filters import Selection
from dashboard.locale import speaker
from dashboard.pages import Context, last_refresh
from dashboard.previous import KEPT, attach
from dashboard.query import changes
from etl.tables import TABLES
from tests.dashboard.query.sample import Rows, agreement, opened, sample


def published(folder: Path, rows: Rows, started: str) -> Path:
    """Write the tables that are compared as a snapshot that was begun at ``started``."""
    folder.mkdir(parents=True)
    rows["run"][0] |= {"started_at": started, "run_id": folder.name}
    for table in TABLES:
        if table.name in KEPT:
            pq.write_table(table.arrow(rows[table.name]), folder / f"{table.name}.parquet")
    return folder


@pytest.fixture
def old() -> Rows:
    return copy.deepcopy(sample().rows)


@pytest.fixture
def new(old: Rows) -> Rows:
    """A2 gone, A9 came, A1 signed on another day; everything else as it was."""
    rows = copy.deepcopy(old)
    rows["agreement"] = [row for row in rows["agreement"] if row["agreement_id"] != "A2"]
    rows["agreement"].append(agreement("A9", "2026-03-01"))
    next(row for row in rows["agreement"] if row["agreement_id"] == "A1")["signed_on"] = "2020-05-04"
    return rows


def compared(tmp_path: Path, new: Rows, *earlier: tuple[str, Rows, str]) -> duckdb.DuckDBPyConnection:
    for name, rows, started in earlier:
        published(tmp_path / "snapshots" / name, rows, started)
    folder = published(tmp_path / "snapshots" / "now", new, "2026-11-22T10:00:00Z")
    db = opened(new)
    attach(db, folder)
    return db


def said(db: duckdb.DuckDBPyConnection, language: str = "en") -> str:
    made = last_refresh.shown(Context(db, "now", "2026-11-22", Selection(), speaker(language), "/"))
    return json.dumps(made.to_plotly_json(), default=lambda each: each.to_plotly_json(), ensure_ascii=False)


def test_what_came_went_and_was_corrected_is_told_with_its_columns(tmp_path: Path, old: Rows, new: Rows) -> None:
    with compared(tmp_path, new, ("old", old, "2026-11-15T10:00:00Z")) as db:
        (found,) = changes.changed(db)
        assert (found.kind, found.added, found.removed, found.corrected) == ("agreement", 1, 1, 1)
        assert [row["id"] for row in (*found.now, *found.gone, *found.other)] == ["A9", "A2", "A1"]
        assert found.other[0]["columns"] == ["signed_on"]
        text = said(db)
    for part in ("+1 agreement", "−1 agreement", "1 agreement changed", "/agreements/A9", "/agreements/A1", "(Date of signature)"):
        assert part in text
    assert "/agreements/A2" not in text, "what is gone has no page"
    assert "The program that reads the files changed too" not in text


def test_the_latest_of_the_earlier_snapshots_is_compared_with(tmp_path: Path, old: Rows, new: Rows) -> None:
    older, later = copy.deepcopy(old), copy.deepcopy(new)
    older["agreement"] = []
    with compared(
        tmp_path, new, ("a", older, "2026-11-01T10:00:00Z"), ("b", old, "2026-11-15T10:00:00Z"), ("c", later, "2026-12-01T10:00:00Z")
    ) as db:
        assert changes.before(db)["run_id"] == "b"  # type: ignore[index]


def test_a_damaged_snapshot_is_passed_over(tmp_path: Path, old: Rows, new: Rows) -> None:
    published(tmp_path / "snapshots" / "b", old, "2026-11-15T10:00:00Z")
    (tmp_path / "snapshots" / "b" / "news.parquet").write_bytes(b"no parquet")
    (tmp_path / "snapshots" / "rubbish").mkdir()
    with compared(tmp_path, new, ("a", old, "2026-11-01T10:00:00Z")) as db:
        assert changes.before(db)["run_id"] == "a"  # type: ignore[index]


def test_the_first_refresh_has_nothing_to_be_compared_with(tmp_path: Path, new: Rows) -> None:
    with compared(tmp_path, new) as db:
        assert changes.before(db) is None
        assert "This is the first refresh" in said(db)
        assert "Это первое обновление" in said(db, "ru")


def test_another_program_is_said_and_nothing_changed_too(tmp_path: Path, old: Rows) -> None:
    same = copy.deepcopy(old)
    same["run"][0]["code_sha256"] = "1"
    with compared(tmp_path, same, ("old", old, "2026-11-15T10:00:00Z")) as db:
        text = said(db)
    assert "The last refresh changed no record." in text
    assert "The program that reads the files changed too" in text


def test_more_than_five_are_counted(tmp_path: Path, old: Rows) -> None:
    many = copy.deepcopy(old)
    many["agreement"] += [agreement(f"N{i}", "2026-03-01") for i in range(8)]
    with compared(tmp_path, many, ("old", old, "2026-11-15T10:00:00Z")) as db:
        text = said(db)
    assert "+8 agreements" in text
    assert "and 3 more" in text
