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
EVERY, LAST, EVERY_FORKED = 17, 12, 3


@pytest.fixture(scope="module")
def points(start: Start, before: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[bool, list[str]]:
    """The operations of a publication in their order: False those of the run, True those of the process that it forks."""
    out = shutil.copytree(before, tmp_path_factory.mktemp("points") / "processed")
    (done,) = start({"out": out, "as_of": NEW, "at": -1})
    assert done["code"] == 1, done["said"]
    return {False: list(done["seen"]), True: list(done["beside"])}


def test_the_gates_see_what_a_publication_does(points: dict[bool, list[str]]) -> None:
    kinds = {forked: {point.rpartition(" ")[0] for point in seen} for forked, seen in points.items()}
    assert kinds[False] >= {"open w", "open r", "write", "fsync", "os.mkdir", "os.rename", "os.rmdir"}
    assert kinds[True] == {"open w", "open r", "write", "fsync", "os.mkdir"}
    tables = [point for point in points[False] if point.startswith("write") and point.endswith(".parquet")]
    assert len(tables) >= 20, "pyarrow writes past the gates"
    assert len(points[False]) > 150
    others = {point.rpartition("/")[2] for point in points[True] if point.startswith("write")}
    assert others >= {"quality.html", "quality.ru.html", "quarantine.xlsx", "agreements.csv.xlsx"}


def test_whatever_fails_the_published_snapshot_is_whole(points: dict[bool, list[str]], start: Start, before: Path, tmp_path: Path) -> None:
    wrong = {}
    for forked, at, action in [*_chosen(points, False, EVERY, LAST), *_chosen(points, True, EVERY_FORKED, 0)]:
        out = shutil.copytree(before, tmp_path / "processed")
        if said := _judged(out, at, action, forked, start):
            wrong[f"{points[forked][at]}, {action}"] = said
        shutil.rmtree(out)
    assert not wrong


def _chosen(points: dict[bool, list[str]], forked: bool, every: int, last: int) -> list[tuple[bool, int, str]]:
    total = len(points[forked])
    if LONG:
        return [(forked, at, action) for at in range(total) for action in ACTIONS]
    few = [(forked, at, ACTIONS[number % len(ACTIONS)]) for number, at in enumerate(range(5 % every, total - last, every))]
    return few + [(forked, at, action) for at in range(total - last, total) for action in ACTIONS]


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


def _judged(out: Path, at: int, action: str, forked: bool, start: Start) -> str:
    """Return what is wrong after ``action`` at operation ``at`` and after the run that follows it; nothing when all is well."""
    (done,) = start({"out": out, "as_of": NEW, "at": at, "action": action, "forked": forked})
    try:
        published = whole(out)["as_of"]
        if forked:
            assert (done["code"], published, leftovers(out)) == (2, OLD, []), done
            _is_told(done, published)
            assert ("was ended by signal 9" in done["said"]) == (action == "kill"), done
        elif action == "kill":
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
