"""A snapshot is written whole beside the others, made durable, and then one small file is replaced: ``current``.

Whenever a process is killed a reader sees the whole old or the whole new snapshot. Two runs at once: one publishes, the other stops.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from etl.errors import EtlError
from etl.tables import SCHEMA_VERSION, Stored

KEPT = 12


class CannotPublish(EtlError):
    """The folder cannot be written, or another run is publishing; the published snapshot stays."""


def publish(
    tables: Mapping[str, pa.Table | Stored],
    out: Path,
    run_id: str,
    as_of: str,
    extras: Mapping[str, Callable[[Path], None]],
    notes: Mapping[str, Any],
) -> Path:
    """Write ``tables`` as snapshot ``run_id`` below ``out`` and make it the current one; return its folder.

    ``extras`` are further files, each written by its function. ``notes`` go into the manifest. A snapshot of this id that is
    there already and whole is kept as it is: the same inputs, date and code give the same tables.

    Raises:
        CannotPublish: no space, no permission, or another run holds the lock; ``current`` is untouched.
    """
    try:
        (out / "snapshots").mkdir(parents=True, exist_ok=True)
        with _lock(out):
            _sweep(out)
            folder = out / "snapshots" / run_id
            if not is_whole(folder):
                _write(tables, folder, run_id, as_of, extras, notes)
            _point(out, run_id)
            _forget(out, run_id)
            return folder
    except OSError as error:
        raise CannotPublish(f"cannot write to {out}: {error.strerror or error}; the published snapshot is untouched") from error


def is_whole(folder: Path) -> bool:
    """Tell whether every file that the manifest names is there with the hash that it names."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
        return all(_sha256(folder / name) == digest for name, digest in manifest["files"].items())
    except (OSError, ValueError, KeyError, AttributeError):
        return False


def write_parquet(content: pa.Table | Stored, path: Path) -> None:
    """Write one table; the same rows give the same bytes."""
    if isinstance(content, Stored):
        shutil.copyfile(content.path, path)
        return
    pq.write_table(content, path, compression="zstd", version="2.6", write_statistics=True)


def _write(
    tables: Mapping[str, pa.Table | Stored],
    folder: Path,
    run_id: str,
    as_of: str,
    extras: Mapping[str, Callable[[Path], None]],
    notes: Mapping[str, Any],
) -> None:
    building = folder.with_name(f".{run_id}.{os.getpid()}")
    building.mkdir()
    try:
        for name, content in tables.items():
            write_parquet(content, building / f"{name}.parquet")
        for name, write in extras.items():
            write(building / name)
        files = {path.name: _sha256(path) for path in sorted(building.iterdir())}
        counts = {name: content.num_rows for name, content in tables.items()}
        manifest = {"run_id": run_id, "schema_version": SCHEMA_VERSION, "as_of": as_of, "rows": counts, **notes, "files": files}
        (building / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", "utf-8")
        for path in building.iterdir():
            _sync(path)
        _sync(building)
        if folder.exists():  # a damaged one of the same id: it cannot be the current one's last good copy
            shutil.rmtree(folder)
        building.rename(folder)
        _sync(folder.parent)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise


def _point(out: Path, run_id: str) -> None:
    fresh = out / f".current.{os.getpid()}"
    fresh.write_text(run_id + "\n", "utf-8")
    _sync(fresh)
    fresh.replace(out / "current")
    _sync(out)


def _sweep(out: Path) -> None:
    """Remove what a killed run left behind; only the holder of the lock writes, so nothing of it is in use."""
    for left in [*(out / "snapshots").glob(".*"), *out.glob(".current.*")]:
        shutil.rmtree(left) if left.is_dir() else left.unlink()


def _forget(out: Path, run_id: str) -> None:
    """Keep the last snapshots, newest first by the time they were made."""
    others = [p for p in (out / "snapshots").iterdir() if p.is_dir() and p.name != run_id and not p.name.startswith(".")]
    for old in sorted(others, key=lambda p: (p.stat().st_mtime, p.name), reverse=True)[KEPT - 1 :]:
        shutil.rmtree(old)


@contextmanager
def _lock(out: Path) -> Iterator[None]:
    with (out / ".lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise CannotPublish("another run is publishing right now; wait until it has ended and run again") from error
        yield


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
