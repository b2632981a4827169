"""A server that drew a picture or makes a report leaves nothing behind when it is told to stop."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

ROOT = Path(__file__).parents[3]


@pytest.fixture
def short() -> Iterator[Path]:
    """A folder with a short name: the browser puts a socket into its profile, and the path of a socket may have 107 characters."""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        yield Path(folder)


def test_a_server_that_ends_takes_its_browsers_and_their_folders_with_it(data: Path, short: Path) -> None:
    command = [sys.executable, "-m", "dashboard", "--data", str(data), "--port", "0", "--workers", "2"]
    server = subprocess.Popen(command, cwd=ROOT, env=os.environ | {"TMPDIR": str(short)}, stdout=subprocess.PIPE, text=True)
    assert server.stdout
    try:
        where = next(word for line in server.stdout for word in line.split() if word.startswith("http://"))
        with urlopen(f"{where}/export/countries_ranking.png?size=screen") as answer:
            assert answer.read().startswith(b"\x89PNG")
        assert list(short.iterdir())  # the profile of the browser
    finally:
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=30)
    assert list(short.iterdir()) == []


def _starting(address: str, order: dict[str, object]) -> str:
    asked = Request(f"{address}/report/jobs", json.dumps(order).encode(), {"Content-Type": "application/json", "Origin": address})
    with urlopen(asked) as answer:
        return str(json.load(answer)["id"])


@pytest.mark.parametrize("workers", [1, 2])
def test_a_server_that_ends_takes_the_report_with_it_that_is_being_made(data: Path, short: Path, workers: int) -> None:
    command = [sys.executable, "-m", "dashboard", "--data", str(data), "--port", "0", "--workers", str(workers)]
    server = subprocess.Popen(command, cwd=ROOT, env=os.environ | {"TMPDIR": str(short)}, stdout=subprocess.PIPE, text=True)
    assert server.stdout
    try:
        where = next(word for line in server.stdout for word in line.split() if word.startswith("http://"))
        order = {"kind": "report", "year": 2024, "language": "en", "format": "pdf", "sections": ["geography", "partners", "outcomes"]}
        job = _starting(where, order)
        _seen(lambda: list(short.glob("r*/*")))  # the profile of the browser of the job
    finally:
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=60)
    left = list(short.iterdir())
    assert [each.name.rpartition("-")[0].rpartition("-")[0] for each in left] == ["cooperation-reports"], left
    (kept,) = left
    assert json.loads((kept / job / "state.json").read_text("utf-8"))["state"] == "failed"
    _seen(lambda: not _processes(short))


def _seen(what: Callable[[], object], patience: float = 60.0) -> None:
    until = time.monotonic() + patience
    while not what():
        assert time.monotonic() < until
        time.sleep(0.05)


def _processes(folder: Path) -> list[str]:
    """The processes that still run with something of ``folder`` in their command."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            found.append(path.read_text("utf-8", "replace"))
    return [each for each in found if str(folder) in each]
