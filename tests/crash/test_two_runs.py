"""Two runs at once: one publishes, the other says so and ends before it has read anything."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

from etl.publish.claim import claimed
from tests.crash.conftest import LONG, ROOT, Start
from tests.crash.reader import leftovers, whole

PAIRS = 200 if LONG else 10
LOST = "Nothing was published: another run is publishing right now; wait until it has ended and run again\n"


def test_of_two_runs_one_publishes_and_the_other_says_so(start: Start, tmp_path: Path) -> None:
    out = tmp_path / "processed"
    days = ("2026-01-01", "2026-01-02")
    lost = 0
    for number in range(PAIRS):
        done = start(*({"out": out, "as_of": day, "whole": number % 10 == 0} for day in days))
        assert leftovers(out) == []
        winners = [day for day, each in zip(days, done, strict=True) if each["code"] == 1]
        losers = [each for each in done if each["code"] != 1]
        assert whole(out)["as_of"] in winners
        assert [(each["code"], each["said"]) for each in losers] in ([], [(2, LOST)])
        assert all(each["seconds"] < 2 for each in losers)
        lost += len(losers)
    assert lost > PAIRS / 10, "the runs did not meet"


def test_the_loser_ends_before_it_reads(raw: Path, tmp_path: Path) -> None:
    """Seconds of the processor, for the other tests share the machine: an interpreter, the imports, and the lock."""
    out = tmp_path / "processed"
    with claimed(out):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [sys.executable, "-m", "etl", "run", "--raw", str(raw), "--out", str(out)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert (done.returncode, done.stderr) == (2, LOST)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 2
    assert not (out / "current").exists()


def test_a_dead_owner_of_the_lock_holds_nobody_back(start: Start, before: Path, tmp_path: Path) -> None:
    out = tmp_path / "processed"
    out.mkdir()
    (out / ".lock").write_text(str(os.getpid()), "ascii")
    (done,) = start({"out": out, "as_of": "2026-01-01"})
    assert (done["code"], leftovers(out)) == (1, [])
