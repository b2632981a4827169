"""A file that another program is writing is left for the next run."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from etl.errors import RefusedFile
from etl.read.discover import content

#: Rewrites a file of 8 MiB in place until its input ends; "quiet" through memory, where the system notes no new time.
WRITER = """
import mmap, os, sys, threading
ended = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
handle = os.open(sys.argv[1], os.O_RDWR)
memory = mmap.mmap(handle, 0)
def write(letter):
    for at in range(0, 8 << 20, 1 << 16):
        if sys.argv[2] == "quiet":
            memory[at:at + (1 << 16)] = bytes([letter]) * (1 << 16)
        else:
            os.pwrite(handle, bytes([letter]) * (1 << 16), at)
write(65)
print("writing", flush=True)
count = 0
while not ended.is_set():
    count += 1
    write(65 + count % 26)
"""


@pytest.mark.parametrize("how", ["open", "quiet"])
def test_a_file_that_is_being_written_is_refused_and_read_when_it_is_saved(tmp_path: Path, how: str) -> None:
    path = tmp_path / "register.csv"
    path.write_bytes(b"A" * (8 << 20))
    with subprocess.Popen([sys.executable, "-c", WRITER, str(path), how], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as writer:
        assert writer.stdin
        assert writer.stdout
        assert writer.stdout.readline() == b"writing\n"
        refused, until = 0, time.monotonic() + 20
        while refused < 3 and time.monotonic() < until:
            try:
                content(path)
            except RefusedFile as error:
                assert error.code == "unstable"
                refused += 1
        writer.stdin.close()
        writer.wait(10)
    assert refused == 3
    assert len(content(path)) == 8 << 20


def test_a_file_that_grows_while_it_is_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    path.write_bytes(b"x" * (32 << 20))
    grow = (
        "import sys, time\nfile = open(sys.argv[1], 'ab', 0)\nprint('writing', flush=True)\nwhile True: file.write(b'x'); time.sleep(1e-4)"
    )
    with subprocess.Popen([sys.executable, "-c", grow, str(path)], stdout=subprocess.PIPE) as writer:
        assert writer.stdout
        writer.stdout.readline()
        with pytest.raises(RefusedFile, match="being written"):
            content(path)
        writer.kill()
    assert len(content(path)) == path.stat().st_size
