"""A server of several processes that drew a picture leaves nothing behind when it is told to stop."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

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
