"""A snapshot is written whole beside the others, made durable, and then one small file is replaced: ``current``.

Whenever a process is killed a reader sees the whole old or the whole new snapshot.
"""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path, PurePath
from typing import Any, TypeAlias

import pyarrow as pa
import pyarrow.parquet as pq

from etl import manifest
from etl.beside import beside
from etl.publish.claim import CannotPublish, Claim, claimed, told
from etl.tables import SCHEMA_VERSION, Stored

__all__ = ["KEPT", "CannotPublish", "Claim", "Content", "claimed", "is_whole", "publish", "write_parquet"]

log = logging.getLogger(__name__)

KEPT = 12
#: A table, or what makes it when it is to be written.
Content: TypeAlias = pa.Table | Stored | Callable[[], pa.Table | Stored]
#: What writes each further file, by its path in the snapshot.
Writers: TypeAlias = Mapping[str, Callable[[Path], None]]


def publish(
    tables: Mapping[str, Content],
    claim: Claim,
    run_id: str,
    as_of: str,
    extras: Writers | Callable[[], Writers],
    notes: Mapping[str, Any],
) -> Path:
    """Write ``tables`` as snapshot ``run_id`` where ``claim`` allows and make it the current one; return its folder.

    A table may be a function that returns it: it is called when its turn has come, and what it returns is kept no longer than it takes
    to write it. ``extras`` are further files by their path, each written by its function, or a function that returns them. These are
    called in another process, which has in memory what is there before the first table is made, whatever is dropped here later.
    ``notes`` go into the manifest. A snapshot of this id that is there already and whole is kept as it is, and nothing is called: the
    same inputs, date and code give the same tables.

    Raises:
        CannotPublish: no space, no permission, or the other process was ended; ``current`` is untouched.
    """
    assert claim.out, "a rehearsal does not publish"
    folder = claim.out / "snapshots" / run_id
    with told(claim.out):
        if not is_whole(folder):
            building = _written(tables, claim.work / "snapshot", {"run_id": run_id, "as_of": as_of, **notes}, extras)
            if folder.exists():  # a damaged one of the same id
                folder.rename(claim.work / "damaged")
            building.rename(folder)
            _sync(folder.parent)
        fresh = claim.work / "current"
        fresh.write_text(run_id + "\n", "utf-8")
        _sync(fresh)
        fresh.replace(claim.out / "current")
    _tidy(claim.out, run_id, claim.work)
    return folder


def is_whole(folder: Path) -> bool:
    """Tell whether the manifest is as it was written, and every file that it names is there with the hash that it names."""
    try:
        listed = manifest.opened((folder / manifest.NAME).read_bytes())
        return all(_sha256(folder / name) == digest for name, digest in listed["files"].items())
    except (OSError, ValueError, KeyError, AttributeError):
        return False


def write_parquet(content: pa.Table | Stored, path: Path) -> None:
    """Write one table; the same rows give the same bytes."""
    if isinstance(content, Stored):
        shutil.copyfile(content.path, path)
        return
    with path.open("xb") as file:
        pq.write_table(content, file, compression="zstd", version="2.6", write_statistics=True)


def _written(tables: Mapping[str, Content], folder: Path, about: Mapping[str, Any], extras: Writers | Callable[[], Writers]) -> Path:
    """Write every file into the new ``folder``, the manifest last, force them to disk and return the folder.

    The ``extras`` are written in a process of their own, while this one makes and writes the tables.
    """
    folder.mkdir()
    with beside(partial(_extras, folder, extras)) as others:
        kept = {name: _table(content, folder / f"{name}.parquet") for name, content in tables.items()}
        files = {f"{name}.parquet": digest for name, (digest, _) in kept.items()}
        _sync_all(folder / name for name in files)
        files |= others()
    rows = {name: number for name, (_, number) in kept.items()}
    listed = {"schema_version": SCHEMA_VERSION, **about, "rows": rows, "files": {name: files[name] for name in sorted(files, key=PurePath)}}
    (folder / manifest.NAME).write_bytes(manifest.sealed(listed))
    _sync_all([folder / manifest.NAME, *sorted(path for path in folder.rglob("*") if path.is_dir()), folder])
    return folder


def _table(content: Content, path: Path) -> tuple[str, int]:
    """Write one table and return its hash and the number of its rows; one that was made for it is gone then."""
    ready = content() if callable(content) else content
    write_parquet(ready, path)
    return _sha256(path), ready.num_rows


def _extras(folder: Path, extras: Writers | Callable[[], Writers]) -> dict[str, str]:
    """Write the other files, force them to disk and return the hash of each."""
    found: dict[str, str] = {}
    for name, write in (extras() if callable(extras) else extras).items():
        path = folder / name
        if not path.parent.is_dir():
            path.parent.mkdir(parents=True)
        write(path)
        found[name] = _sha256(path)
    _sync_all(folder / name for name in found)
    return found


def _tidy(out: Path, run_id: str, work: Path) -> None:
    """Force the switch to disk and remove what is not kept; the snapshot is published, so a failure is told and no more.

    Should the machine lose its power before the switch is on disk, the old snapshot is the published one, and it is still there.
    """
    try:
        _sync(out)
        _forget(out, run_id, work)
    except OSError as error:
        log.warning("%s is published, but tidying up in %s failed: %s", run_id, out, error.strerror or error)


def _forget(out: Path, run_id: str, work: Path) -> None:
    """Keep the last snapshots, newest first by the time they were made; one that goes is out of sight before it loses a file."""
    others = [path for path in (out / "snapshots").iterdir() if path.is_dir() and path.name != run_id]
    for old in sorted(others, key=lambda path: (path.stat().st_mtime, path.name), reverse=True)[KEPT - 1 :]:
        old.rename(work / f"old-{old.name}")


def _sync_all(paths: Iterable[Path]) -> None:
    for path in paths:
        _sync(path)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
