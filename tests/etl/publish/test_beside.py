"""Work in a forked process: its result, its errors, and its end, whoever ends first."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from etl import beside as module
from etl import manifest
from etl.beside import beside
from etl.errors import RefusedFile
from etl.publish.snapshot import CannotPublish, claimed, is_whole, publish
from etl.tables import TABLES

from .test_snapshot import ROOT, TABLES_EMPTY, page, put

AGREEMENT = next(each for each in TABLES if each.name == "agreement")


def is_gone(pid: int) -> bool:
    """Tell whether a process has ended, a second given."""
    for _ in range(200):
        try:
            state = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0]
        except FileNotFoundError:
            return True
        if state in "ZX":
            return True
        time.sleep(0.005)
    return False


def test_the_work_is_done_elsewhere_and_its_result_comes_back() -> None:
    with beside(lambda: {"pid": os.getpid(), "large": "x" * 1_000_000}) as wait:
        found = wait()
    assert found["pid"] != os.getpid()
    assert len(str(found["large"])) == 1_000_000


def test_it_has_what_this_process_has_and_changes_nothing_of_it() -> None:
    held = [1, 2]
    with beside(lambda: held.append(3) or list(held)) as wait:
        assert wait() == [1, 2, 3]
    assert held == [1, 2]


@pytest.mark.parametrize(
    ("error", "kind", "text"),
    [
        (OSError(28, "No space left on device", "quality.html"), OSError, "No space left on device"),
        (PermissionError(13, "Permission denied"), PermissionError, "Permission denied"),
        (ZeroDivisionError("why"), ZeroDivisionError, "why"),
        (MemoryError("all"), MemoryError, "all"),
        (RefusedFile("unreadable", "cut"), (RefusedFile, RuntimeError), "cut"),
    ],
)
def test_an_error_is_raised_here_with_the_place_where_it_came_from(error: Exception, kind: type[Exception], text: str) -> None:
    def failing() -> None:
        raise error

    with pytest.raises(kind, match=text) as raised, beside(failing) as wait:
        wait()
    assert getattr(raised.value, "errno", None) == getattr(error, "errno", None)
    assert "in failing" in "".join([*getattr(raised.value, "__notes__", []), str(raised.value)])


@pytest.mark.parametrize(
    ("end", "how"),
    [
        (lambda: os.kill(os.getpid(), signal.SIGKILL), "by signal 9"),
        (lambda: os.kill(os.getpid(), signal.SIGTERM), "by signal 15"),
        (lambda: os._exit(7), "with code 7"),
        (lambda: os._exit(0), "with code 0"),
    ],
)
def test_its_sudden_end_is_told(end: object, how: str) -> None:
    with pytest.raises(ChildProcessError, match=how), beside(end) as wait:  # type: ignore[arg-type]
        wait()


def test_it_ends_with_the_block_that_it_was_begun_for() -> None:
    into, out = os.pipe()
    began = time.monotonic()
    with pytest.raises(ZeroDivisionError), beside(lambda: os.write(out, f"{os.getpid()}\n".encode()) and time.sleep(60)):
        pid = int(os.read(into, 20))
        1 / 0  # noqa: B018
    assert is_gone(pid)
    assert time.monotonic() - began < 30
    os.close(into)
    os.close(out)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_it_ends_with_the_process_that_it_was_begun_by(number: int) -> None:
    code = """import os, time
from etl.beside import beside
with beside(lambda: print(os.getpid(), flush=True) or time.sleep(60)) as wait:
    wait()
"""
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        pid = int(parent.stdout.readline())
        parent.send_signal(number)
        parent.wait(10)
        assert is_gone(pid)


def test_an_interruption_ends_both_and_only_one_tells() -> None:
    code = """import os, signal, time
from etl.beside import beside
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell starts what runs in the background without it
with beside(lambda: print(os.getpid(), flush=True) or time.sleep(60)) as wait:
    wait()
"""
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as parent:
        assert parent.stdout
        assert parent.stderr
        pid = int(parent.stdout.readline())
        os.killpg(parent.pid, signal.SIGINT)
        assert parent.stderr.read().count("KeyboardInterrupt") == 1
        assert is_gone(pid)


def test_where_nothing_can_be_forked_it_is_done_here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def none() -> int:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    with beside(os.getpid) as wait:
        assert wait() != os.getpid()
    monkeypatch.setattr(module, "_fork", none)
    with beside(os.getpid) as wait:
        assert wait() == os.getpid()
    assert is_whole(put(tmp_path))


def test_no_open_file_is_left(tmp_path: Path) -> None:
    def opened() -> int:
        return len(list(Path("/proc/self/fd").iterdir()))

    before = opened()
    for _ in range(3):
        put(tmp_path)
        with beside(lambda: 1):
            pass
    assert opened() == before


def killed(path: Path) -> None:
    path.write_text("half", "utf-8")
    os.kill(os.getpid(), signal.SIGKILL)


def test_when_the_writer_of_the_outputs_is_killed_nothing_is_published(tmp_path: Path) -> None:
    put(tmp_path, "old")
    with pytest.raises(CannotPublish, match=r"^cannot write to .*: the process that .* was ended by signal 9; the published snapshot is"):
        put(tmp_path, "new", {"quality.html": page, "quarantine.xlsx": killed})
    assert (tmp_path / "current").read_text("utf-8") == "old\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == [".lock", "current", "snapshots"]
    assert [path.name for path in (tmp_path / "snapshots").iterdir()] == ["old"]
    assert is_whole(put(tmp_path, "new"))


def test_a_table_that_fails_ends_the_writer_of_the_outputs(tmp_path: Path) -> None:
    put(tmp_path, "old")

    def failing() -> object:
        raise OSError(28, "No space left on device")

    def slow(path: Path) -> None:
        time.sleep(60)
        path.write_text("late", "utf-8")

    began = time.monotonic()
    with claimed(tmp_path) as claim, pytest.raises(CannotPublish, match="No space left"):
        publish({**TABLES_EMPTY, "agreement": failing}, claim, "new", "2026-11-22", {"quality.html": slow}, {})
    assert time.monotonic() - began < 30
    assert sorted(path.name for path in tmp_path.iterdir()) == [".lock", "current", "snapshots"]


def test_a_table_that_is_made_late_is_the_same_and_only_made_when_it_is_written(tmp_path: Path) -> None:
    made: list[str] = []

    def late() -> object:
        made.append("agreement")
        return AGREEMENT.arrow([])

    tables = {**TABLES_EMPTY, "agreement": late}
    for out, given in ((tmp_path / "late", tables), (tmp_path / "ready", TABLES_EMPTY), (tmp_path / "late", tables)):
        with claimed(out) as claim:
            publish(given, claim, "r", "2026-11-22", {"quality.html": page, "a.b/x": page, "a/x": page}, {})
    assert made == ["agreement"]
    lists = [(tmp_path / name / "snapshots" / "r" / manifest.NAME).read_bytes() for name in ("late", "ready")]
    assert lists[0] == lists[1]
    assert list(manifest.opened(lists[0])["files"])[:2] == ["a/x", "a.b/x"]


@pytest.mark.parametrize("forks", [True, False])
def test_the_outputs_are_made_from_what_there_was_before_the_tables_dropped_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, forks: bool
) -> None:
    if not forks:
        monkeypatch.setattr(module._Child, "start", lambda *_: None)
    rows = {"agreement": [1, 2, 3]}

    def late() -> object:
        rows.pop("agreement")
        return AGREEMENT.arrow([])

    def writers() -> dict[str, object]:
        return {"quality.html": lambda path, found=rows["agreement"]: path.write_text(str(found), "utf-8")}

    with claimed(tmp_path) as claim:
        folder = publish({**TABLES_EMPTY, "agreement": late}, claim, "r", "2026-11-22", writers, {})  # type: ignore[arg-type]
    assert (folder / "quality.html").read_text("utf-8") == "[1, 2, 3]"
    assert not rows
    assert is_whole(folder)
