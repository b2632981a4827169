"""Readers while snapshots are published as fast as they can be: nothing torn, nothing that fails."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import pytest

from dashboard import store
from dashboard.store import Store
from tests.crash.conftest import LONG, ROOT
from tests.crash.reader import whole

PUBLISHES, READS = (100, 10_000) if LONG else (15, 300)
PUBLISHER = """
import sys
from pathlib import Path
from etl.publish.snapshot import claimed, publish
from etl.tables import TABLES, Run
out, number = Path(sys.argv[1]), int(sys.argv[2])
RUN = next(each for each in TABLES if each.name == "run")
EMPTY = lambda kind: [] if "list" in kind else 0 if "int" in kind else "x"
GIVEN = {field.name: EMPTY(str(field.type)) for field in RUN.arrow([]).schema}
for count in range(number):
    name = f"r{count:04}"
    tables = {each.name: each.arrow([{**GIVEN, Run.id: name}] if each is RUN else []) for each in TABLES}
    with claimed(out) as claim:
        publish(tables, claim, name, "2026-01-01", {"quality.html": lambda path: path.write_text(name, "utf-8")}, {})
    print(name, flush=True)
"""


def test_readers_meet_whole_snapshots_while_others_take_their_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "LOOK_EVERY", 0.0)
    command = [sys.executable, "-c", PUBLISHER, str(tmp_path), str(PUBLISHES)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as publisher:
        assert publisher.stdout
        assert publisher.stdout.readline() == "r0000\n"
        shown = Store(tmp_path)
        done: Counter[str] = Counter()
        wrong: list[str] = []
        met: set[str] = set()
        readers = [
            threading.Thread(target=_read, args=(read, publisher, done, wrong, met)) for read in (_plainly(tmp_path), _served(shown))
        ]
        for reader in readers:
            reader.start()
        publisher.stdout.read()
        assert publisher.wait() == 0
        for reader in readers:
            reader.join()
    assert not wrong, wrong[:3]
    assert done.total() >= READS
    assert shown.trouble is None
    assert len(met) > PUBLISHES / 5, "the readers saw few of the snapshots"


def _read(read: object, publisher: subprocess.Popen[str], done: Counter[str], wrong: list[str], met: set[str]) -> None:
    assert callable(read)
    while publisher.poll() is None or done[read.__name__] < READS // 2:
        try:
            met.add(read())
        except Exception as error:  # whatever it is, a reader has failed
            wrong.append(f"{read.__name__}: {error!r}")
        done[read.__name__] += 1
        time.sleep(0.001)


def _plainly(out: Path) -> object:
    def plainly() -> str:
        return str(whole(out)["run_id"])

    return plainly


def _served(shown: Store) -> object:
    def served() -> str:
        snapshot = shown.snapshot()
        assert snapshot
        with snapshot.cursor() as cursor:
            row = cursor.execute("SELECT run_id FROM run").fetchone()
        assert row == (snapshot.id,), "two snapshots in one answer"
        assert shown.trouble is None, shown.trouble
        return str(snapshot.id)

    return served
