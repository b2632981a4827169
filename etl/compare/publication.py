"""A published snapshot, verified before anything is read from it, and how the two to compare are found."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from etl.errors import EtlError
from etl.manifest import NAME
from etl.manifest import opened as unsealed
from etl.tables import SCHEMA_VERSION, TABLES, Run, table

_BATCH = 20_000  # rows in memory at once


class CannotCompare(EtlError):
    """There are no two sound snapshots to compare; the message says what to do."""


class UnknownSnapshot(CannotCompare):
    """Nothing is published under the id or in the folder that was named."""


@dataclass(frozen=True, slots=True)
class Publication:
    """One snapshot whose files are those that were published; ``run`` is its row of the table of that name."""

    folder: Path
    run: dict[str, Any]

    @property
    def id(self) -> str:
        """Return the id of the snapshot."""
        return str(self.run[Run.id])

    @property
    def as_of(self) -> str:
        """Return the day for which status and expiry hold."""
        return str(self.run[Run.as_of])

    @property
    def code(self) -> str:
        """Return the hash over code and reference data that made it."""
        return str(self.run[Run.code])

    def rows(self, name: str, *columns: str) -> list[dict[str, Any]]:
        """Return the rows of table ``name``, of ``columns`` only where given."""
        return [row for batch in self.batches(name, *columns) for row in batch]

    def batches(self, name: str, *columns: str) -> Iterator[list[dict[str, Any]]]:
        """Yield the rows of table ``name`` in pieces; an optional column that the writer did not know yet is absent everywhere.

        Raises:
            CannotCompare: the file is no table of the contract.
        """
        wanted = [each for each in table(name).columns if not columns or each in columns]
        try:
            file = pq.ParquetFile(self.folder / f"{name}.parquet")
            there = set(file.schema_arrow.names)
            if lost := [each for each in wanted if each.required and each not in there]:
                raise CannotCompare(
                    f"{self.folder.name}: the table {name} has no column {lost[0]}; publish it anew with `python -m etl run`"
                )
            missing = {str(each): None for each in wanted if each not in there}
            for batch in file.iter_batches(_BATCH, columns=[str(each) for each in wanted if each in there]):
                yield [row | missing for row in batch.to_pylist()]
        except (OSError, pa.ArrowException) as error:
            raise CannotCompare(f"{self.folder.name}: the table {name} cannot be read ({error})") from error


def opened(folder: Path) -> Publication:
    """Return the snapshot in ``folder``, every byte of it verified.

    Raises:
        CannotCompare: a file is missing or was altered, or the tables are of another version of the contract.
    """
    files = _manifest(folder)
    for name in sorted({f"{each.name}.parquet" for each in TABLES} | files.keys()):
        _verify(folder, name, files.get(name, ""))
    runs = Publication(folder, {}).rows("run")
    if len(runs) != 1:
        raise CannotCompare(f"{folder.name} is damaged: its table run has {len(runs)} rows instead of one")
    return Publication(folder, runs[0])


def two(out: Path, old: str | None, new: str | None) -> tuple[Publication, Publication, list[str]]:
    """Return the snapshots called ``old`` and ``new`` (ids or folders), and what to tell about others.

    Without ``new`` it is the current one below ``out``; without ``old`` the last one that was made beside ``new``. A damaged snapshot is
    passed over in that search, and told.

    Raises:
        UnknownSnapshot: nothing is published under a name that was given.
        CannotCompare: there are no two snapshots, or one that was named is damaged or of another version.
    """
    after = opened(_named(out, new) if new else _current(out))
    if old:
        return opened(_named(out, old)), after, []
    before, told = _before(out, after)
    return before, after, told


def _before(out: Path, after: Publication) -> tuple[Publication, list[str]]:
    found: list[Publication] = []
    told: list[str] = []
    for folder in _published(out):
        if folder.resolve() == after.folder.resolve():
            continue
        try:
            found.append(opened(folder))
        except CannotCompare as error:
            told.append(f"Passed over: {error}")
    if not found:
        more = "".join(f"\n  {line}" for line in told)
        raise CannotCompare(f"There is no snapshot beside {after.id} in {out} to compare it with; refresh again, or name two.{more}")
    return max(found, key=lambda each: (str(each.run[Run.started]), each.id)), told


def _published(out: Path) -> Sequence[Path]:
    try:
        return sorted(each for each in (out / "snapshots").iterdir() if each.is_dir() and not each.name.startswith("."))
    except OSError:
        return ()


def _current(out: Path) -> Path:
    try:
        name = (out / "current").read_text("utf-8").strip()
    except (OSError, ValueError) as error:
        raise CannotCompare(f"There is no published snapshot in {out}; run `python -m etl run` first.") from error
    folder = out / "snapshots" / name
    if not name or not folder.is_dir():
        raise CannotCompare(f"{out / 'current'} names the snapshot {name!r}, which is not there; run `python -m etl run` again.")
    return folder


def _named(out: Path, name: str) -> Path:
    """Return the folder of a snapshot named by its id, its folder, or a folder of snapshots, of which the current one is meant."""
    by_id = {folder.name: folder for folder in _published(out)}
    if name in by_id:
        return by_id[name]
    folder = Path(name)
    if (folder / "current").is_file():
        return _current(folder)
    if folder.is_dir() and ((folder / NAME).exists() or folder.parent.name == "snapshots"):
        return folder
    known = ", ".join(by_id) or "none"
    raise UnknownSnapshot(f"No snapshot has the id {name!r}, and there is no folder of one of that name. Published in {out}: {known}.")


def _manifest(folder: Path) -> dict[str, str]:
    """Return the hash of each file of the snapshot by its name."""
    try:
        text = (folder / NAME).read_bytes()
        found = _version(text)
        if found != SCHEMA_VERSION:
            raise CannotCompare(
                f"{folder.name} was written for version {str(found)[:20]} of the tables, this program reads {SCHEMA_VERSION}; "
                "publish the same files again with `python -m etl run`"
            )
        files = unsealed(text)["files"]
        if not isinstance(files, dict) or not all(isinstance(each, str) for each in files.values()):
            raise ValueError("no list of files")
    except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise CannotCompare(f"{folder.name} is damaged: its {NAME} is missing or is not the one that was published") from error
    return files


def _version(text: bytes) -> object:
    """Return the version of the contract, asked before the seal: an older one may have had none."""
    return json.loads(text)["schema_version"]


def _verify(folder: Path, name: str, sha256: str) -> None:
    path = folder / name
    if not sha256 or Path(name).is_absolute() or ".." in Path(name).parts:
        raise CannotCompare(f"{folder.name} is damaged: its {NAME} does not vouch for {name[:80]}")
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise CannotCompare(f"{folder.name} is damaged: {name} is missing or cannot be read") from error
    if found != sha256:
        raise CannotCompare(f"{folder.name} is damaged: {name} is not the file that was published")
