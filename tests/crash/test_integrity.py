"""Every flipped byte and every truncation of a publication is noticed before it is shown; the last good snapshot stands in."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.snapshot import Refused, load
from dashboard.store import Store
from tests.crash.conftest import LONG, Start
from tests.crash.reader import whole

FLIPS = 30 if LONG else 3


@pytest.fixture(scope="module")
def two(start: Start, before: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an old and a published snapshot."""
    out = shutil.copytree(before, tmp_path_factory.mktemp("two") / "processed")
    (done,) = start({"out": out, "as_of": "2026-01-02"})
    assert done["code"] == 1, done["said"]
    return out


def damages(content: bytes, dice: random.Random, flips: int) -> Iterator[bytes]:
    """Yield ``content`` with one byte changed at the ends and ``flips`` places between, and cut in three ways."""
    size = len(content)
    for at in [0, size - 1, *(dice.randrange(size) for _ in range(flips))]:
        yield content[:at] + bytes([content[at] ^ (1 << dice.randrange(8))]) + content[at + 1 :]
    yield from (b"", content[: size // 2], content[:-1])


def test_no_damaged_file_is_loaded(two: Path) -> None:
    dice = random.Random(7)
    folder = two / "snapshots" / whole(two)["run_id"]
    tried, missed = 0, []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = path.read_bytes()
        for number, damaged in enumerate(damages(content, dice, FLIPS)):
            path.write_bytes(damaged)
            try:
                load(folder)
                missed.append(f"{path.name} {number}")
            except Refused:
                tried += 1
        path.write_bytes(content)
    assert not missed
    assert tried > 150
    assert load(folder).id == folder.name


def test_no_changed_byte_of_the_manifest_is_believed(two: Path) -> None:
    path = two / "snapshots" / whole(two)["run_id"] / "manifest.json"
    content = path.read_bytes()
    for at in range(0, len(content), 1 if LONG else 23):
        for bit in range(8) if LONG else (at % 8,):
            path.write_bytes(content[:at] + bytes([content[at] ^ (1 << bit)]) + content[at + 1 :])
            with pytest.raises(Refused):
                load(path.parent)
    path.write_bytes(content)


def test_a_changed_pointer_is_noticed_and_a_good_snapshot_shown(two: Path) -> None:
    path = two / "current"
    content = path.read_bytes()
    for at in range(0, len(content), 1 if LONG else 4):
        for bit in range(8) if LONG else (at % 8,):
            path.write_bytes(content[:at] + bytes([content[at] ^ (1 << bit)]) + content[at + 1 :])
            shown = Store(two)
            assert shown.trouble, path.read_bytes()
            assert shown.snapshot()
    path.write_bytes(content)


@pytest.mark.parametrize("name", ["agreement.parquet", "run.parquet", "quality.html", "quarantine.xlsx", "manifest.json"])
def test_the_last_good_snapshot_stands_in_and_the_next_run_repairs(two: Path, start: Start, tmp_path: Path, name: str) -> None:
    out = shutil.copytree(two, tmp_path / "processed")
    path = out / "snapshots" / whole(out)["run_id"] / name
    content = path.read_bytes()
    path.write_bytes(content[:-2] + bytes([content[-2] ^ 1]) + content[-1:])
    shown = Store(out)
    snapshot = shown.snapshot()
    assert snapshot
    assert snapshot.as_of == "2026-01-01"
    assert name in str(shown.trouble) or name == "manifest.json"
    (done,) = start({"out": out, "as_of": "2026-01-02"})
    assert done["code"] == 1
    shown.refresh()
    again = shown.snapshot()
    assert again
    assert (again.as_of, shown.trouble) == ("2026-01-02", None)
