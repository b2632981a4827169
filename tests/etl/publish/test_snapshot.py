from __future__ import annotations

import fcntl
import json
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from etl.publish import snapshot
from etl.publish.snapshot import CannotPublish, is_whole, publish
from etl.tables import TABLES

TABLES_EMPTY = {each.name: each.arrow([]) for each in TABLES}


def put(out: Path, run_id: str = "r1") -> Path:
    return publish(TABLES_EMPTY, out, run_id, "2026-11-22", {"quality.html": lambda path: path.write_text("x", "utf-8") and None}, {})


def test_a_snapshot_is_whole_and_current(tmp_path: Path) -> None:
    folder = put(tmp_path)
    assert (tmp_path / "current").read_text("utf-8") == "r1\n"
    assert is_whole(folder)
    assert len(json.loads((folder / "manifest.json").read_text("utf-8"))["files"]) == len(TABLES) + 1


def test_a_changed_byte_is_noticed_and_repaired_by_the_next_run(tmp_path: Path) -> None:
    folder = put(tmp_path)
    with (folder / "agreement.parquet").open("r+b") as file:
        file.seek(10)
        file.write(b"\x00\x01")
    assert not is_whole(folder)
    assert is_whole(put(tmp_path))


def test_the_same_run_again_writes_nothing(tmp_path: Path) -> None:
    stamp = (put(tmp_path) / "manifest.json").stat().st_mtime_ns
    assert (put(tmp_path) / "manifest.json").stat().st_mtime_ns == stamp


def test_an_error_while_writing_leaves_the_old_snapshot_and_no_rest(tmp_path: Path) -> None:
    put(tmp_path, "old")

    def full(path: Path) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(CannotPublish, match="No space left"):
        publish(TABLES_EMPTY, tmp_path, "new", "2026-11-22", {"quality.html": full}, {})
    assert (tmp_path / "current").read_text("utf-8") == "old\n"
    assert [p.name for p in (tmp_path / "snapshots").iterdir()] == ["old"]


def test_only_one_run_publishes_at_a_time(tmp_path: Path) -> None:
    put(tmp_path, "old")
    with (tmp_path / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with pytest.raises(CannotPublish, match="another run"):
            put(tmp_path, "new")
    assert (tmp_path / "current").read_text("utf-8") == "old\n"


def test_the_last_twelve_are_kept(tmp_path: Path) -> None:
    for number in range(snapshot.KEPT + 3):
        folder = put(tmp_path, f"r{number:02}")
        os.utime(folder, (number, number))
    assert len(list((tmp_path / "snapshots").iterdir())) == snapshot.KEPT
    assert (tmp_path / "current").read_text("utf-8").strip() == f"r{snapshot.KEPT + 2:02}"


@pytest.mark.parametrize("point", range(8))
def test_a_killed_run_leaves_the_old_or_the_new_snapshot_whole(tmp_path: Path, point: int) -> None:
    put(tmp_path, "old")
    script = textwrap.dedent(f"""
        import os, signal, sys
        from pathlib import Path
        from etl.publish import snapshot
        from tests.etl.publish.test_snapshot import put
        calls = 0
        def killing(real):
            def call(*args, **kwargs):
                global calls
                calls += 1
                if calls == {point * 5 + 1}:
                    os.kill(os.getpid(), signal.SIGKILL)
                return real(*args, **kwargs)
            return call
        snapshot._sync = killing(snapshot._sync)
        snapshot.write_parquet = killing(snapshot.write_parquet)
        put(Path(sys.argv[1]), "new")
    """)
    root = Path(__file__).parents[3]
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], cwd=root, capture_output=True, check=False)
    assert done.returncode in (0, -signal.SIGKILL), done.stderr.decode()
    current = (tmp_path / "current").read_text("utf-8").strip()
    assert current in ("old", "new")
    assert is_whole(tmp_path / "snapshots" / current)
    assert is_whole(put(tmp_path, "next"))
    assert not list((tmp_path / "snapshots").glob(".*"))
