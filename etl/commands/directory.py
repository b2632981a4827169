"""The organisations that the command line knows: our own list, those of the published snapshot, and a reference file."""

from __future__ import annotations

import sys
from pathlib import Path

import pyarrow.parquet as pq

from etl.collector import resting
from etl.link.partner.reference_files import Skipped
from etl.link.partners import Decided, Directory, Organisation, load_reference
from etl.pipeline.reference_lists import located
from etl.tables import Partner, Reading

_MOST_TOLD = 5


def known(data: Path | None, reference: Path | None) -> Directory:
    """Return the directory of all organisations that are known from ``data`` (a folder of snapshots) and ``reference``."""
    with resting():
        extra = _listed(reference) if reference else []
        return Directory([*(_published(data) if data else []), *extra], Decided.aliases(_decided(data) if data else {}))


def _listed(reference: Path) -> list[Organisation]:
    """Return the organisations of a list; what could not be read of it is told on standard error."""
    skipped: list[Skipped] = []
    found = list(located(load_reference(reference, skipped)))
    for each in skipped[:_MOST_TOLD]:
        sys.stderr.write(f"{reference.name}: {each.said}\n")
    if len(skipped) > _MOST_TOLD:
        sys.stderr.write(f"{reference.name}: {len(skipped)} records were not read; these were the first {_MOST_TOLD}\n")
    return found


def _decided(data: Path) -> dict[str, str]:
    """Return the partner of each written form that people decided about in the published snapshot."""
    try:
        folder = data / "snapshots" / (data / "current").read_text("utf-8").strip()
        rows = pq.read_table(folder / "reading.parquet").to_pylist()
    except OSError:
        return {}
    decided = (row for row in rows if row[Reading.kind] == "partner" and row[Reading.decision] and not row[Reading.context])
    return {row[Reading.raw]: row[Reading.value] for row in decided}


def _published(data: Path) -> list[Organisation]:
    """Return the partners of the published snapshot that our own list does not have; none when there is no snapshot."""
    try:
        folder = data / "snapshots" / (data / "current").read_text("utf-8").strip()
        rows = pq.read_table(folder / "partner.parquet").to_pylist()
    except OSError:
        return []
    return [
        Organisation(
            id=row[Partner.id], name=row[Partner.name], name_en=row[Partner.name_en] or "", name_ru=row[Partner.name_ru] or "",
            name_zh=row[Partner.name_zh] or "", kind=row[Partner.kind], city=row[Partner.city] or "", country=row[Partner.country] or "",
            parent=row[Partner.parent] or "", aliases=tuple(row[Partner.forms]),
        )
        for row in rows
        if not row[Partner.id].startswith("org-")
    ]  # fmt: skip
