from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.crash.reader import whole

ROOT = Path(__file__).parents[2]
LONG = os.environ.get("CRASH") == "long"
REGISTER = """Agreement ID,Title,Partner,Country,Signed,Expires,Type,Field,Status
A1,Memorandum on physics,Technical University of Berlin,Germany,2019-05-03,2029-05-03,Memorandum,Physics,active
A2,Exchange of students,University of Vienna,Austria,2020,,Exchange,Chemistry,active
A3,Of an unknown day,University of Vienna,Austria,31.02.2020,,Exchange,Chemistry,active
"""

Start = Callable[..., list[dict[str, Any]]]


@pytest.fixture(scope="session")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small folder of raw data, with one row that is refused."""
    folder = tmp_path_factory.mktemp("raw")
    (folder / "agreements.csv").write_text(REGISTER, "utf-8")
    return folder


@pytest.fixture(scope="session")
def start(raw: Path) -> Iterator[Start]:
    """Start runs over ``raw`` at the same time, each given as keywords; see ``zygote.py``."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.crash.zygote"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as zygote:
        assert zygote.stdin
        assert zygote.stdout
        zygote.stdin.write(f"{raw}\n")
        zygote.stdin.flush()
        assert zygote.stdout.readline() == "ready\n"

        def ask(*jobs: dict[str, Any]) -> list[dict[str, Any]]:
            assert zygote.stdin
            assert zygote.stdout
            zygote.stdin.write(json.dumps([{"raw": str(raw), **job} for job in jobs], default=str) + "\n")
            zygote.stdin.flush()
            found: list[dict[str, Any]] = json.loads(zygote.stdout.readline())
            return found

        yield ask
        zygote.stdin.close()
        zygote.wait(10)


@pytest.fixture(scope="session")
def before(start: Start, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one publication, to be copied."""
    out = tmp_path_factory.mktemp("before") / "processed"
    (done,) = start({"out": out, "as_of": "2026-01-01"})
    assert done["code"] == 1, done["said"]
    whole(out)
    return out
