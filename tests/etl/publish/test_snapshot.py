from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from etl import manifest
from etl.publish import snapshot
from etl.publish.snapshot import CannotPublish, claimed, is_whole, publish
from etl.tables import TABLES

ROOT = Path(__file__).parents[3]
TABLES_EMPTY = {each.name: each.arrow([]) for each in TABLES}


def page(path: Path) -> None:
    path.write_text("x", "utf-8")


def put(out: Path, run_id: str = "r1", extras: Mapping[str, Callable[[Path], None]] | None = None) -> Path:
    with claimed(out) as claim:
        return publish(TABLES_EMPTY, claim, run_id, "2026-11-22", extras or {"quality.html": page}, {})


def test_a_snapshot_is_whole_and_current(tmp_path: Path) -> None:
    folder = put(tmp_path)
    assert (tmp_path / "current").read_text("utf-8") == "r1\n"
    assert is_whole(folder)
    assert len(manifest.opened((folder / manifest.NAME).read_bytes())["files"]) == len(TABLES) + 1


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
        put(tmp_path, "new", {"quality.html": full})
    assert (tmp_path / "current").read_text("utf-8") == "old\n"
    assert [p.name for p in (tmp_path / "snapshots").iterdir()] == ["old"]


@contextmanager
def another_process(out: Path, then: str = "sys.stdin.read()") -> Iterator[subprocess.Popen[str]]:
    """Let another process hold the claim on ``out`` and do ``then``."""
    code = f"""import os, sys, time
from pathlib import Path
from etl.publish.claim import claimed
with claimed(Path({str(out)!r})):
    print("held", flush=True)
    {then}
"""
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout
        assert other.stdout.readline() == "held\n"
        try:
            yield other
        finally:
            other.kill()


def test_only_one_run_publishes_at_a_time(tmp_path: Path) -> None:
    put(tmp_path, "old")
    with another_process(tmp_path), pytest.raises(CannotPublish, match="another run is publishing"):
        put(tmp_path, "new")
    assert (tmp_path / "current").read_text("utf-8") == "old\n"
    assert is_whole(put(tmp_path, "new"))


def test_a_child_that_outlives_a_killed_run_holds_nobody_back(tmp_path: Path) -> None:
    then = "pid = os.fork(); print(pid, flush=True) if pid else time.sleep(60); sys.stdin.read()"
    with another_process(tmp_path, then) as other:
        assert other.stdout
        child = int(other.stdout.readline())
        other.kill()
        other.wait()
        try:
            assert is_whole(put(tmp_path, "new"))
        finally:
            os.kill(child, signal.SIGKILL)


def test_the_last_twelve_are_kept(tmp_path: Path) -> None:
    for number in range(snapshot.KEPT + 3):
        folder = put(tmp_path, f"r{number:02}")
        os.utime(folder, (number, number))
    assert len(list((tmp_path / "snapshots").iterdir())) == snapshot.KEPT
    assert (tmp_path / "current").read_text("utf-8").strip() == f"r{snapshot.KEPT + 2:02}"


def test_files_in_a_folder_of_the_snapshot_are_listed_too(tmp_path: Path) -> None:
    folder = put(tmp_path, extras={"annotated/register.xlsx": page})
    assert "annotated/register.xlsx" in manifest.opened((folder / manifest.NAME).read_bytes())["files"]
    (folder / "annotated" / "register.xlsx").write_text("y", "utf-8")
    assert not is_whole(folder)


def test_what_cannot_be_tidied_up_is_told_and_does_not_undo_the_publication(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def failing(path: Path) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(snapshot, "_forget", lambda out, run_id, work: failing(out))
    put(tmp_path, "new")
    assert (tmp_path / "current").read_text("utf-8") == "new\n"
    assert "new is published, but tidying up" in caplog.text


def test_a_rehearsal_changes_nothing(tmp_path: Path) -> None:
    with claimed(None) as claim:
        (claim.work / "large.parquet").write_bytes(b"x")
    assert not claim.work.exists()
    assert not list(tmp_path.iterdir())


def test_the_folder_for_intermediate_files_goes_with_the_claim(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), claimed(tmp_path) as claim:
        (claim.work / "large.parquet").write_bytes(b"x")
        1 / 0  # noqa: B018
    assert sorted(path.name for path in tmp_path.iterdir()) == [".lock", "snapshots"]


def test_what_a_killed_run_left_is_removed_before_the_next_begins(tmp_path: Path) -> None:
    put(tmp_path, "old")
    (tmp_path / ".work" / "snapshot").mkdir(parents=True)
    (tmp_path / ".work" / "snapshot" / "half.parquet").write_bytes(b"x")
    with claimed(tmp_path) as claim:
        assert not list(claim.work.iterdir())
    assert sorted(path.name for path in tmp_path.iterdir()) == [".lock", "current", "snapshots"]


def test_a_lock_that_nobody_holds_holds_nobody_back(tmp_path: Path) -> None:
    (tmp_path / ".lock").write_text("4711", "utf-8")
    assert is_whole(put(tmp_path))


def test_an_error_of_the_system_before_anything_is_read_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    with pytest.raises(CannotPublish, match=r"cannot write to .*file: Not a directory; the published snapshot is untouched"):
        put(tmp_path / "file")
