"""``python -m etl template``: an empty workbook with the right columns, notes and lists."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Sequence
from pathlib import Path

from etl.errors import EtlError
from etl.records import KINDS, Kind
from etl.template import LANGUAGES, content

__all__ = ["KINDS", "LANGUAGES", "main"]

WRITTEN, NOTHING_WRITTEN = 0, 2


class _Refused(EtlError):
    """The file cannot be written there; the message says what to do."""


def main(path: Path, language: str, kinds: Sequence[Kind], *, force: bool) -> int:
    """Write the workbook of ``kinds`` to ``path``; a file that is there is written over only with ``force``.

    Returns:
        0 written; 2 not written, and whatever was there is untouched.
    """
    try:
        _check(path, force=force)
        _write(path, content([kind for kind in KINDS if kind in kinds], language), force=force)
    except _Refused as error:
        return _fail(str(error))
    except FileExistsError:
        return _fail(_there(path))
    except OSError as error:
        return _fail(f"{path} cannot be written: {error.strerror}.")
    sys.stdout.write(f"Wrote {path}. Fill it in, save it below data/raw, and run `make etl`.\n")
    return WRITTEN


def _check(path: Path, *, force: bool) -> None:
    if path.suffix.lower() != ".xlsx":
        raise _Refused(f"{path} does not end in .xlsx, which a template is; name it so.")
    if not path.parent.is_dir():
        raise _Refused(f"There is no folder {path.parent}. Create it, or name another.")
    if path.is_dir():
        raise _Refused(f"{path} is a folder. Name a file.")
    if not path.exists():
        return
    if not force:
        raise _Refused(_there(path))
    if not path.stat().st_mode & stat.S_IWUSR:
        raise _Refused(f"{path} is read-only and is left as it is.")
    for lock in (path.with_name(f"~${path.name}"), path.with_name(f".~lock.{path.name}#")):
        if lock.exists():
            raise _Refused(f"{path} is open in another program. Close it first, or remove {lock.name} if it is not.")


def _there(path: Path) -> str:
    return f"{path} is there already and is left as it is. Name another file, or write over it with --force."


def _write(path: Path, data: bytes, *, force: bool) -> None:
    """Write the whole file or none; what is there is replaced only at the end, and only with ``force``."""
    fresh = path.with_name(f".{path.stem}.{os.getpid()}{path.suffix}") if force else path
    file = fresh.open("xb")
    try:
        with file:
            file.write(data)
        if force:
            fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise


def _fail(message: str) -> int:
    sys.stderr.write(f"{message}\n")
    return NOTHING_WRITTEN
