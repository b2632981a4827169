"""Every operation of a publication fails once: the published snapshot is whole, and the next run needs no step of a person."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.crash.conftest import LONG, Start
from tests.crash.gates import ACTIONS
from tests.crash.reader import leftovers, whole

OLD, NEW = "2026-01-01", "2026-01-02"
#: In the short form: every so many points with one action, and the last ones with each, where a snapshot becomes the published one.
EVERY, LAST = 17, 12


@pytest.fixture(scope="module")
def points(start: Start, before: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The operations of a publication in their order."""
    out = shutil.copytree(before, tmp_path_factory.mktemp("points") / "processed")
    (done,) = start({"out": out, "as_of": NEW, "at": -1})
    assert done["code"] == 1, done["said"]
    return list(done["seen"])


def test_the_gates_see_what_a_publication_does(points: list[str]) -> None:
    kinds = {point.rpartition(" ")[0] for point in points}
    assert kinds >= {"open w", "open r", "write", "fsync", "os.mkdir", "os.rename", "os.rmdir"}
    tables = [point for point in points if point.startswith("write") and point.endswith(".parquet")]
    assert len(tables) >= 20, "pyarrow writes past the gates"
    assert len(points) > 150


def test_whatever_fails_the_published_snapshot_is_whole(points: list[str], start: Start, before: Path, tmp_path: Path) -> None:
    total = len(points)
    chosen = [(at, action) for at in range(total) for action in ACTIONS]
    if not LONG:
        few = enumerate(range(5, total - LAST, EVERY))
        chosen = [(at, ACTIONS[number % len(ACTIONS)]) for number, at in few] + chosen[-LAST * len(ACTIONS) :]
    wrong = {}
    for at, action in chosen:
        out = shutil.copytree(before, tmp_path / "processed")
        if said := _judged(out, at, action, start):
            wrong[f"{points[at]}, {action}"] = said
        shutil.rmtree(out)
    assert not wrong


def test_a_kill_while_a_damaged_snapshot_is_replaced_leaves_nothing_in_the_way(start: Start, before: Path, tmp_path: Path) -> None:
    out = shutil.copytree(before, tmp_path / "processed")
    (out / "snapshots" / whole(out)["run_id"] / "news.parquet").write_bytes(b"")
    (done,) = start({"out": out, "as_of": OLD, "at": -1})
    assert done["code"] == 1
    at = next(number for number, point in enumerate(done["seen"]) if point.startswith("os.rename snapshots/"))
    (out / "snapshots" / whole(out)["run_id"] / "news.parquet").write_bytes(b"")
    (done,) = start({"out": out, "as_of": OLD, "at": at + 1, "action": "kill"})
    assert done["code"] == -9
    (done,) = start({"out": out, "as_of": OLD})
    assert (done["code"], whole(out)["as_of"], leftovers(out)) == (1, OLD, [])


def _judged(out: Path, at: int, action: str, start: Start) -> str:
    """Return what is wrong after ``action`` at operation ``at`` and after the run that follows it; nothing when all is well."""
    (done,) = start({"out": out, "as_of": NEW, "at": at, "action": action})
    try:
        published = whole(out)["as_of"]
        if action == "kill":
            assert done["code"] == -9, done
            assert set(leftovers(out)) <= {".work"}, leftovers(out)
        else:
            _is_told(done, published)
            assert set(leftovers(out)) <= {".work"}, leftovers(out)
        (after,) = start({"out": out, "as_of": NEW, "whole": LONG and at % 40 == 0})
        assert (after["code"], whole(out)["as_of"], leftovers(out)) == (1, NEW, []), after["said"]
    except (AssertionError, OSError, KeyError) as error:
        return f"{error!r} {done['code']} {done['said']}"
    return ""


def _is_told(done: dict[str, Any], published: str) -> None:
    assert "Traceback" not in done["said"]
    if done["code"] == 2:
        assert published == OLD
        assert done["said"].startswith("Nothing was published: cannot write to ")
        assert done["said"].count("\n") == 1, "more than one line"
    else:
        assert (done["code"], published) == (1, NEW)
