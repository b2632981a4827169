from pathlib import Path

from dashboard.refreshes import refreshes
from etl import manifest


def listed(folder: Path, name: str, agreements: int, inputs: dict[str, str]) -> None:
    target = folder / "snapshots" / name
    target.mkdir(parents=True)
    rows = {"agreement": agreements, "outcome": 1, "news": 1, "partner": 1, "problem": 0}
    made = {"run_id": name, "as_of": "2026-01-01", "rows": rows, "inputs": inputs, "code_sha256": "c", "schema_version": 1, "files": {}}
    (target / manifest.NAME).write_bytes(manifest.sealed(made))


def test_a_refresh_without_a_readable_list_is_left_out(tmp_path: Path) -> None:
    listed(tmp_path, "a", 3, {"a.xlsx": "1"})
    (tmp_path / "snapshots" / "broken").mkdir()
    (tmp_path / "snapshots" / "broken" / manifest.NAME).write_text("{", "utf-8")
    assert [(each.id, each.rows["agreement"]) for each in refreshes(tmp_path)] == [("a", 3)]


def test_a_folder_without_snapshots_has_no_refreshes(tmp_path: Path) -> None:
    assert refreshes(tmp_path / "nowhere") == []
