"""Faults where a program changes files below one folder: the process dies there, or the system answers with an error.

Covered: every open, mkdir, rename, unlink, rmdir, link and truncate of Python (its audit events), every write of a file that Python
opened (also those pyarrow, openpyxl and zipfile do through it), fsync and sendfile. A write that fails has written its first half.
Not covered: what C++ writes by itself, which here are the intermediate files of DuckDB and pyarrow in the folder of the claim; a
machine that loses its power after it said that something is on disk.

A run and the process that it forks each count their own operations, so that the count does not depend on who is faster.
"""

from __future__ import annotations

import builtins
import errno
import io
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

ACTIONS = ("kill", "ENOSPC", "EIO", "EACCES")
_CHANGING = ("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink", "os.truncate")
#: What a full disk refuses again and again; removing still works.
_TAKES_SPACE = ("write", "open w", "os.mkdir", "sendfile")


class Gate:
    """Counts what is done to ``folder`` and below; at number ``at`` (from 0) does ``action``: kill, or the name of an error.

    With ``forked`` that is number ``at`` of the process that the run forks; what such a process does is written into the file ``beside``.
    """

    def __init__(self, folder: Path, at: int | None, action: str, beside: Path, *, forked: bool) -> None:
        self.folder, self.at, self.action = os.fsencode(folder) + b"/", at, action
        self.seen: list[str] = []
        self._full = False
        self._armed = not forked
        self._beside, self._inside = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_APPEND), False

    def fork(self) -> None:
        """Count anew: this is the forked process."""
        self.seen, self._inside, self._armed = [], True, not self._armed

    def pass_through(self, what: str, path: object, half: Callable[[], object] | None = None) -> None:
        """Let one operation pass, or not."""
        name = self._name(path)
        if not (name + b"/").startswith(self.folder):
            return
        here = self._armed and len(self.seen) == self.at
        self.seen.append(f"{what} {os.fsdecode(name[len(self.folder) :])}")
        if self._inside:
            os.write(self._beside, self.seen[-1].encode() + b"\n")
        if here and half:
            half()
        if here and self.action == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if here or (self._full and what in _TAKES_SPACE):
            self._full = self.action == "ENOSPC"
            number = getattr(errno, self.action)
            raise OSError(number, os.strerror(number), os.fsdecode(name))

    def _name(self, path: object) -> bytes:
        if isinstance(path, int):
            try:
                return os.fsencode(Path(f"/proc/self/fd/{path}").readlink())
            except OSError:
                return b""
        return os.fsencode(path) if isinstance(path, str | bytes | os.PathLike) else b""


def install(gate: Gate) -> None:
    """Put ``gate`` before everything that Python does with files, for the rest of this process."""

    def audit(event: str, given: tuple[Any, ...]) -> None:
        if event == "open":
            writes = isinstance(given[2], int) and given[2] & (os.O_WRONLY | os.O_RDWR)
            gate.pass_through("open w" if writes else "open r", given[0])
        elif event in _CHANGING:
            inside = given[-1] if event in ("os.remove", "os.rmdir") else -1
            name = Path(f"/proc/self/fd/{inside}").readlink() / os.fsdecode(given[0]) if inside >= 0 else given[0]
            gate.pass_through(event, name)

    os.register_at_fork(after_in_child=gate.fork)
    sys.addaudithook(audit)
    _wrap(gate, os, "fsync")
    _wrap(gate, os, "sendfile")
    io.open = builtins.open = _opener(gate, io.open)  # type: ignore[assignment]


def _wrap(gate: Gate, module: Any, name: str) -> None:
    real = getattr(module, name)

    def gated(handle: Any, *rest: Any) -> Any:
        gate.pass_through(name, handle if isinstance(handle, int) else handle.fileno())
        return real(handle, *rest)

    setattr(module, name, gated)


def _opener(gate: Gate, real: Callable[..., Any]) -> Callable[..., Any]:
    class Raw(io.FileIO):
        def write(self, content: Any) -> int:
            written = bytes(content)
            gate.pass_through("write", self.fileno(), lambda: io.FileIO.write(self, written[: len(written) // 2]))
            return super().write(written) or 0

    def gated(
        file: Any, mode: str = "r", buffering: int = -1, encoding: str | None = None, errors: str | None = None, newline: str | None = None,
        closefd: bool = True, opener: Any = None,
    ) -> Any:  # fmt: skip
        below = not isinstance(file, int) and os.fsencode(file).startswith(gate.folder)
        if not below or not set(mode) & set("wax+"):
            return real(file, mode, buffering, encoding, errors, newline, closefd, opener)
        raw = Raw(file, mode.replace("b", "").replace("t", ""), closefd, opener)
        buffered = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
        return buffered if "b" in mode else io.TextIOWrapper(buffered, encoding, errors, newline)

    return gated
