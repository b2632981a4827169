"""Neither a run nor the parsing of a hostile file asks for anything from elsewhere: any use of a socket ends the process."""

from __future__ import annotations

import inspect
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hostile import cases_xml
from tests.hostile.case import Case

ROOT = Path(__file__).parents[2]
_GUARD = """
import sys
def guard(event, arguments):
    if event.startswith(("socket.connect", "socket.getaddrinfo", "socket.sendto", "urllib.Request")):
        sys.stderr.write(f"asked the network: {event} {arguments}\\n")
        raise SystemExit(99)
sys.addaudithook(guard)
"""
_RUN = """
from pathlib import Path
from etl.pipeline.run import run
run(Path(sys.argv[1]), Path(sys.argv[2]), "2026-11-22")
"""
_PARSE = """
from pathlib import Path
from etl.errors import RefusedFile
from etl.read.parse import parse
for name in sys.argv[1:]:
    path = Path(name)
    try:
        parse(path.read_bytes(), path.suffix.lstrip("."), None)
    except RefusedFile:
        pass
"""
_HOSTILE = [made for made in vars(cases_xml).values() if inspect.isfunction(made) and inspect.signature(made).return_annotation == "Case"]


def guarded(program: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", _GUARD + program, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_guard_sees_a_connection_and_there_are_files_to_guard_against() -> None:
    assert len(_HOSTILE) > 10
    done = guarded("import socket; socket.create_connection(('127.0.0.1', 9))")
    assert (done.returncode, "asked the network" in done.stderr) == (99, True)


def test_a_run_over_the_real_data_asks_nobody(tmp_path: Path) -> None:
    done = guarded(_RUN, ROOT / "data" / "raw", tmp_path / "out")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("made", [made for made in _HOSTILE if not inspect.signature(made).parameters], ids=lambda made: made.__name__)
def test_a_hostile_file_makes_nobody_ask(made: Callable[[], Case], tmp_path: Path) -> None:
    made().put(tmp_path)
    files = [path for path in tmp_path.rglob("*") if path.suffix in (".xlsx", ".ods")]
    assert files
    done = guarded(_PARSE, *files)
    assert (done.returncode, done.stderr) == (0, "")
