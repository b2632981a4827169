"""Runs that are killed at random moments, one after the other over the same folder."""

from __future__ import annotations

import random
import shutil
from datetime import date, timedelta
from pathlib import Path

from tests.crash.conftest import LONG, Start
from tests.crash.reader import leftovers, whole

KILLS = 1_000 if LONG else 40


def test_random_kills_leave_a_whole_snapshot(start: Start, before: Path, tmp_path: Path) -> None:
    out = shutil.copytree(before, tmp_path / "processed")
    (done,) = start({"out": out, "as_of": "2026-02-01"})
    dice = random.Random(20261122)
    killed = unfinished = 0
    for number in range(KILLS):
        before_it = whole(out)["as_of"]
        day = (date(2026, 3, 1) + timedelta(days=number)).isoformat()
        # Half of them anywhere, half of them in the second part of the run, where it writes.
        moment = dice.uniform(0, 1) if number % 2 else dice.uniform(0.5, 1.2)
        (died,) = start({"out": out, "as_of": day, "kill_after": moment * done["seconds"]})
        assert whole(out)["as_of"] in (before_it, day)
        assert set(leftovers(out)) <= {".work"}
        killed += died["code"] == -9
        unfinished += (out / ".work" / "snapshot").exists()
    assert killed > KILLS / 3
    assert unfinished, "no kill met a run that was writing"
    (done,) = start({"out": out, "as_of": "2030-01-01"})
    assert (done["code"], whole(out)["as_of"], leftovers(out)) == (1, "2030-01-01", []), done["said"]
