"""Reports made outside of the request that asks for them: one at a time on the machine, whatever process of the server was asked.

A job is a process of its own (``python -m dashboard report``), so that a browser that hangs takes nothing with it. It ends with the
server, and has a folder for temporary files of its own, so that nothing stays of it however it ends. What it makes is kept under a name
that tells snapshot, order and style: whoever asks for the same again gets the same file at once.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TextIO

import dashboard
from dashboard.locale import mark

log = logging.getLogger(__name__)

State = Literal["working", "done", "failed"]
BUSY = mark("Another report is being made right now. Try again in a minute.")
SLOW = mark("The report took too long and was stopped.")
BROKEN = mark("The report could not be made; the log of the server says why.")
PATIENCE = 300.0
"""Seconds that a job may take."""
GRACE = 10.0
"""Seconds after which what a job has left would be given up."""
KEPT = 24
"""Finished jobs that are kept, the newest."""
_STATE, _LOCK = "state.json", "lock"
_ROOT = Path(dashboard.__file__).parents[1]


class Busy(Exception):
    """Another job is running."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be made: arguments of the command line without ``--to``, and the name of the file."""

    arguments: tuple[str, ...]
    file: str


class Jobs:
    """The jobs over one folder of snapshots."""

    def __init__(self, data: Path, house: Path, folder: Path | None = None) -> None:
        """Keep what is made in ``folder``, by default one of this user below the folder for temporary files."""
        self._data, self._house = data.resolve(), house.resolve()
        user = os.getuid() if hasattr(os, "getuid") else 0
        name = f"cooperation-reports-{user}-{_hash(str(self._data))}"
        self._folder = folder or Path(tempfile.gettempdir()) / name
        self._threads = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._thread: threading.Thread | None = None
        self._is_closed = False

    def start(self, asked: Asked, snapshot: str) -> str:
        """Return the id of the job for ``asked``: a new one, the one that runs, or the one that has made it.

        Raises:
            Busy: another job is running.
        """
        id_ = _hash(snapshot, *asked.arguments, asked.file, *self._style())
        with self._threads:
            known = self.state(id_)
            if known and known["state"] == "done" and self.file(id_):
                return id_
            lock = self._locked()
            if lock is None:
                if known and known["state"] == "working":
                    return id_
                raise Busy
            place = self._folder / id_
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir(mode=0o700, parents=True)
            self._tell(id_, {"state": "working", "done": 0, "of": 1, "part": "", "file": asked.file})
            self._thread = threading.Thread(target=self._run, args=(id_, asked, lock), name="report", daemon=True)
            self._thread.start()
        return id_

    def close(self) -> None:
        """End the job that runs and wait until nothing is left of it: who stops the server shall not wait for a report."""
        with self._threads:
            self._is_closed = True
            process, thread = self._process, self._thread
        if process:
            _end(process)
        if thread:
            thread.join(2 * GRACE)

    def state(self, id_: str) -> dict[str, Any] | None:
        """Return how a job stands: ``state``, ``done`` of ``of`` parts, ``part``, ``file``, and ``message`` where it failed.

        A job that a server left unfinished when it ended has failed.
        """
        if not _is_id(id_):
            return None
        try:
            found: dict[str, Any] = json.loads((self._folder / id_ / _STATE).read_text("utf-8"))
        except (OSError, ValueError):
            return None
        if found.get("state") == "working" and (lock := self._locked()) is not None:
            _unlocked(lock)
            found |= {"state": "failed", "message": BROKEN}
        return found

    def file(self, id_: str) -> Path | None:
        """Return what a job has made."""
        known = self._read(id_) if _is_id(id_) else None
        path = self._folder / id_ / str(known["file"]) if known and known.get("state") == "done" else None
        return path if path and path.is_file() else None

    def _read(self, id_: str) -> dict[str, Any] | None:
        try:
            found: dict[str, Any] = json.loads((self._folder / id_ / _STATE).read_text("utf-8"))
        except (OSError, ValueError):
            return None
        return found

    def _style(self) -> list[str]:
        """Return what changes with the house style: a new logo makes a new report."""
        try:
            paths = sorted(path for path in self._house.iterdir() if path.is_file())
        except OSError:
            return []
        return [f"{path.name} {path.stat().st_mtime_ns} {path.stat().st_size}" for path in paths]

    def _run(self, id_: str, asked: Asked, lock: int) -> None:
        try:
            target = self._folder / id_ / asked.file
            command = [sys.executable, "-m", "dashboard", *asked.arguments, "--data", str(self._data), "--house", str(self._house),
                       "--json", "--to", str(target)]  # fmt: skip
            told = {"state": "working", "done": 0, "of": 1, "part": "", "file": asked.file}
            message = self._followed(id_, command, told)
            finished = {"state": "failed", "message": message} if message else {"state": "done"}
            self._tell(id_, told | finished)
            self._tidy(id_)
        except Exception:  # the thread has nobody to tell but the log and the reader
            log.exception("report %s", id_)
            self._tell(id_, {"state": "failed", "done": 0, "of": 1, "part": "", "file": asked.file, "message": BROKEN})
        finally:
            _unlocked(lock)

    def _followed(self, id_: str, command: Sequence[str], told: dict[str, Any]) -> str:
        """Run the command, tell its progress, and return why it failed, or nothing."""
        with tempfile.TemporaryFile("w+", encoding="utf-8") as errors, _room() as room:
            process = self._begun(command, errors, room)
            stopped = threading.Event()

            def stop() -> None:
                stopped.set()
                _end(process)

            timer = threading.Timer(PATIENCE, stop)
            timer.start()
            try:
                assert process.stdout is not None
                with process.stdout:
                    for line in process.stdout:
                        with contextlib.suppress(ValueError):
                            told |= {key: each for key, each in json.loads(line).items() if key in ("done", "of", "part")}
                            self._tell(id_, told)
                code = process.wait()
            finally:
                timer.cancel()
            if stopped.is_set():
                return SLOW
            return _last(errors) or BROKEN if code else ""

    def _begun(self, command: Sequence[str], errors: TextIO, room: str) -> subprocess.Popen[str]:
        """Start the process of a job with ``room`` for its temporary files; a session of its own keeps Ctrl+C for the server."""
        with self._threads:
            if self._is_closed:
                raise InterruptedError("the server ends")
            self._process = subprocess.Popen(  # noqa: S603
                command, cwd=_ROOT, stdout=subprocess.PIPE, stderr=errors, text=True, encoding="utf-8",
                env=os.environ | {"TMPDIR": room}, start_new_session=True,
            )  # fmt: skip
            return self._process

    def _tell(self, id_: str, told: dict[str, Any]) -> None:
        path = self._folder / id_ / _STATE
        fresh = path.with_suffix(".new")
        fresh.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
        fresh.replace(path)

    def _tidy(self, newest: str) -> None:
        """Remove what is older than the newest jobs."""
        places = sorted((path for path in self._folder.iterdir() if _is_id(path.name)), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in places[KEPT:]:
            if path.name != newest:
                shutil.rmtree(path, ignore_errors=True)

    def _locked(self) -> int | None:
        """Return the lock of the one job that may run, or nothing where somebody has it; it ends with the process that holds it."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if hasattr(os, "getuid") and self._folder.stat().st_uid != os.getuid():
            raise PermissionError(f"{self._folder} belongs to somebody else")
        handle = os.open(self._folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except ImportError:  # Windows: there is one process of the server
            return handle
        except OSError:
            os.close(handle)
            return None
        return handle


@contextlib.contextmanager
def _room() -> Iterator[str]:
    """Give a folder and remove it: a browser whose job was killed ends soon after, and may write into it until then.

    Its name is short: the browser puts a socket there, and the path of a socket may have 107 letters.
    """
    room = tempfile.mkdtemp(prefix="r")
    try:
        yield room
    finally:
        until = time.monotonic() + GRACE
        while Path(room).exists() and time.monotonic() < until:
            shutil.rmtree(room, ignore_errors=True)
            time.sleep(0.05)


def _end(process: subprocess.Popen[str]) -> None:
    """End a job with all that it has started, whatever it is at: a browser that is just being opened outlives who opens it."""
    if process.poll() is not None:
        return
    if sys.platform == "win32":
        process.kill()
        return
    process.send_signal(signal.SIGSTOP)  # it starts nothing more while those below it are counted
    for pid in (*_below(process.pid), process.pid):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _below(pid: int) -> list[int]:
    """Return the processes that ``pid`` has started, and theirs; a browser has a session of its own, so no group holds them all.

    Without ``/proc`` (macOS) there are none: a browser ends by itself when its pipe is closed.
    """
    children: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            parent = path.read_text("utf-8", "replace").rpartition(")")[2].split()[1]  # a name may hold blanks and brackets
            children.setdefault(int(parent), []).append(int(path.parent.name))
    found = [pid]
    for each in found:
        found += children.get(each, [])
    return found[1:]


def _unlocked(lock: int) -> None:
    os.close(lock)


def _last(errors: TextIO) -> str:
    """Return the last line that the program said of its troubles."""
    errors.seek(0)
    lines = [line.strip() for line in errors.read().splitlines() if line.strip()]
    if lines:
        log.warning("report: %s", " | ".join(lines[-5:]))
    return lines[-1][:500] if lines else ""


def _hash(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode("utf-8", "replace")).hexdigest()[:24]


def _is_id(text: str) -> bool:
    return len(text) == 24 and all(letter in "0123456789abcdef" for letter in text)
