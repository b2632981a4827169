"""The right to publish: taken before anything is read, held by one process, gone with it however it ends."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from etl.errors import EtlError

_WORK = ".work"
_UNTOUCHED = "the published snapshot is untouched"


class CannotPublish(EtlError):
    """The folder cannot be written, or another run is publishing; the published snapshot stays."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Whoever has it may publish below ``out``, or only rehearse where that is None.

    What is unfinished or on its way out lies in ``work``, which goes with the claim; after a kill the next run removes it.
    """

    out: Path | None
    work: Path


@contextmanager
def claimed(out: Path | None) -> Iterator[Claim]:
    """Yield the claim on ``out`` with an empty folder to work in, after removing what a killed run left behind.

    The system drops the lock with the process that holds it: a file ``.lock`` that lies there holds nobody back.

    Raises:
        CannotPublish: ``out`` cannot be written, or another run holds the claim; nothing was changed.
    """
    if out is None:
        with TemporaryDirectory(prefix="etl-") as folder:
            yield Claim(None, Path(folder))
        return
    with told(out):
        (out / "snapshots").mkdir(parents=True, exist_ok=True)
        lock = os.open(out / ".lock", os.O_RDWR | os.O_CREAT, 0o666)
    try:
        with told(out):
            _take(lock)
            if (out / _WORK).exists():
                shutil.rmtree(out / _WORK)
            (out / _WORK).mkdir()
        try:
            yield Claim(out, out / _WORK)
        finally:
            shutil.rmtree(out / _WORK, ignore_errors=True)  # what stays is removed by the next run
    finally:
        os.close(lock)


@contextmanager
def told(out: Path) -> Iterator[None]:
    """Turn an error of the system into one sentence about ``out``."""
    try:
        yield
    except OSError as error:
        raise CannotPublish(f"cannot write to {out}: {error.strerror or error}; {_UNTOUCHED}") from error


def _take(lock: int) -> None:
    """Lock as this process and no other: children that outlive a killed run do not inherit the lock, as they would one of flock."""
    try:
        fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError) as error:
        raise CannotPublish("another run is publishing right now; wait until it has ended and run again") from error
