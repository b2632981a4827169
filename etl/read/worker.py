"""A process that parses files, one short-lived child for each, within limits of time and memory.

The parent never parses bytes of a file nobody vouches for. It keeps one helper process that has the parsers loaded; for each file the
helper forks a child with limits, and the child dies with the file. Whatever a file does to its child (takes all memory, never ends,
crashes a parser), the other files go on.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Lock
from typing import IO, Any

from etl.errors import RefusedFile
from etl.read.parse import Form, parse
from etl.read.wire import encode

#: Address space of a child beyond that of the helper.
MEMORY = 1536 << 20
#: Seconds of processor time for any file, and more for each MiB of it; the clock may show this many times more.
SECONDS, SECONDS_A_MIB, PATIENCE = 15, 4, 6
_PROGRAM = "import sys; sys.path[:] = sys.argv[1:]; from etl.read.worker import serve; serve()"
_TOO_MUCH = "The file takes too much time or memory to read, or breaks the program that reads it. Save it anew as .xlsx, or split it."


@dataclass(slots=True)
class Worker:
    """The parent's side: :meth:`parse` may be called from several threads, one file at a time is served.

    ``memory`` is in bytes; ``seconds`` of processor time are for any file, and ``seconds_a_mib`` more for each MiB of it.
    """

    memory: int = MEMORY
    seconds: int = SECONDS
    seconds_a_mib: int = SECONDS_A_MIB
    _process: subprocess.Popen[bytes] | None = None
    _lock: Lock = field(default_factory=Lock)

    def parse(self, data: bytes, form: Form, encoding: str | None) -> bytes:
        """Return the sheets in ``data`` as :func:`etl.read.wire.encode` writes them.

        Raises:
            RefusedFile: as :func:`etl.read.parse.parse`, or the limits were reached.
        """
        seconds = self.seconds + self.seconds_a_mib * (len(data) >> 20)
        asked = {"form": form, "encoding": encoding, "size": len(data), "seconds": seconds, "memory": self.memory}
        question = json.dumps(asked).encode() + b"\n" + data
        with self._lock:
            kind, answer = self._ask(question)
            if not kind:  # somebody ended the helper: it was not the file
                kind, answer = self._ask(question)
        if kind == b"r":
            code, message = json.loads(answer)
            raise RefusedFile(code, message)
        if kind != b"p":
            raise RefusedFile("too_large", _TOO_MUCH)
        return answer

    def _ask(self, question: bytes) -> tuple[bytes, bytes]:
        process = self._process or self._start()
        assert process.stdin and process.stdout
        try:
            process.stdin.write(question)
            process.stdin.flush()
            head = process.stdout.readline()
            kind, size = head[:1], int(head[1:])
            return kind, process.stdout.read(size)
        except (OSError, ValueError):
            self.stop()
            return b"", b""

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-I", "-c", _PROGRAM, *sys.path]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603 - our own program
        return self._process

    def stop(self) -> None:
        """End the helper; the next file starts another."""
        process, self._process = self._process, None
        if process:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe:
                    with suppress(OSError):
                        pipe.close()


def workers(count: int) -> tuple[Worker, ...]:
    """Return the first ``count`` workers of this process; their helpers are started with the first file and end with the process."""
    while len(_ALL) < count:
        _ALL.append(Worker())
        atexit.register(_ALL[-1].stop)
    return tuple(_ALL[:count])


_ALL: list[Worker] = []


def serve() -> None:
    """Answer questions from stdin until it ends; the helper's side."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is interrupted and ends us
    into, out = sys.stdin.buffer, sys.stdout.buffer
    while line := into.readline():
        question = json.loads(line)
        data = into.read(question["size"])
        with tempfile.TemporaryFile() as answer:
            kind = _in_child(question, data, answer)
            answer.seek(0)
            content = answer.read() if kind in (b"p", b"r") else b""
        out.write(kind + str(len(content)).encode() + b"\n" + content)
        out.flush()


def _in_child(question: dict[str, Any], data: bytes, answer: IO[bytes]) -> bytes:
    child = os.fork()
    if not child:
        _limit(question["seconds"], question["memory"])
        os._exit(_answer(question, data, answer))
    status = _waited(child, question["seconds"] * PATIENCE)
    return {0: b"p", 1: b"r"}.get(status, b"x")


def _waited(child: int, seconds: int) -> int:
    """Return how ``child`` ended: its exit code, or -1 where it was ended by a signal or after ``seconds``."""
    watched = os.pidfd_open(child)
    try:
        if not select.select([watched], [], [], seconds)[0]:
            os.kill(child, signal.SIGKILL)
    finally:
        os.close(watched)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _limit(seconds: int, memory: int) -> None:
    import resource

    with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 - not a file of ours
        mapped = int(file.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (mapped + memory, mapped + memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(question: dict[str, Any], data: bytes, answer: IO[bytes]) -> int:
    """Write the sheets or the refusal; runs in the child and returns its exit code."""
    gc.disable()  # it lives for one file, and looking for garbage takes a tenth of its time
    try:
        content, code = encode(parse(data, question["form"], question["encoding"])), 0
    except RefusedFile as error:
        content, code = json.dumps([error.code, str(error)]).encode(), 1
    except (MemoryError, RecursionError):
        return 2
    except Exception as error:  # the end of a process: whatever a file does to a parser is told of that file
        what = f"{type(error).__name__}: {str(error)[:200]}"
        message = f"The file is not built as its type demands ({what}). Open and save it anew, or save it as .xlsx."
        content, code = json.dumps(["unreadable", message]).encode(), 1
    answer.write(content)
    answer.flush()
    return code
