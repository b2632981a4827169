"""Places that cannot be written, and input that is not there: exit code 2, one sentence, and the published snapshot stays."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crash.conftest import Start
from tests.crash.reader import leftovers, whole

NOBODY = 65534
NEW = "2026-01-02"
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else, or mount")


def refused(done: dict[str, object], sentence: str) -> bool:
    """Tell whether the run ended with 2 and one line that has ``sentence``."""
    said = str(done["said"])
    return done["code"] == 2 and said.startswith("Nothing was published: ") and sentence in said and said.count("\n") == 1


@pytest.fixture
def shared(before: Path, raw: Path) -> Iterator[Path]:
    """A folder that everybody may enter, with ``raw`` and a publication that is not theirs."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    shutil.copytree(before, folder / "processed")
    shutil.copytree(raw, folder / "raw")
    for each in [folder, *folder.rglob("*")]:
        each.chmod(0o755 if each.is_dir() else 0o644)
    yield folder
    shutil.rmtree(folder)


@needs_root
def test_a_folder_that_belongs_to_others(start: Start, shared: Path) -> None:
    (done,) = start({"raw": shared / "raw", "out": shared / "processed", "as_of": NEW, "uid": NOBODY})
    assert refused(done, f"cannot write to {shared / 'processed'}: Permission denied; the published snapshot is untouched"), done
    assert (whole(shared / "processed")["as_of"], leftovers(shared / "processed")) == ("2026-01-01", [])


@needs_root
def test_no_permission_to_make_the_folder(start: Start, shared: Path) -> None:
    (done,) = start({"raw": shared / "raw", "out": shared / "new" / "processed", "as_of": NEW, "uid": NOBODY})
    assert refused(done, "Permission denied"), done
    assert not (shared / "new").exists()


@pytest.fixture
def mounted(before: Path, tmp_path: Path) -> Iterator[Path]:
    """A disk of its own with a publication and little space."""
    disk = tmp_path / "disk"
    disk.mkdir()
    size = sum(path.stat().st_size + 8192 for path in before.rglob("*")) + 60_000
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(disk)], check=False, capture_output=True)
    if made.returncode:
        pytest.skip("nothing can be mounted here")
    shutil.copytree(before, disk / "processed")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


@needs_root
def test_a_disk_that_is_full(start: Start, mounted: Path) -> None:
    out = mounted / "processed"
    free = os.statvfs(out)
    (out.parent / "ballast").write_bytes(b"x" * (free.f_bavail * free.f_frsize - 20_000))
    (done,) = start({"out": out, "as_of": NEW})
    assert refused(done, "No space left on device"), done
    assert (whole(out)["as_of"], leftovers(out)) == ("2026-01-01", [])
    (out.parent / "ballast").unlink()
    subprocess.run(["mount", "-o", "remount,size=64M", str(mounted)], check=True)
    (done,) = start({"out": out, "as_of": NEW})
    assert (done["code"], whole(out)["as_of"]) == (1, NEW), done


@needs_root
def test_a_disk_that_is_read_only(start: Start, mounted: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(mounted)], check=True)
    (done,) = start({"out": mounted / "processed", "as_of": NEW})
    assert refused(done, "Read-only file system"), done
    assert whole(mounted / "processed")["as_of"] == "2026-01-01"


def test_a_quota_that_no_file_fits_in(start: Start, before: Path, tmp_path: Path) -> None:
    out = shutil.copytree(before, tmp_path / "processed")
    (done,) = start({"out": out, "as_of": NEW, "largest": 500})
    assert refused(done, "File too large"), done
    assert (whole(out)["as_of"], leftovers(out)) == ("2026-01-01", [])


def test_a_file_in_the_place_of_the_folder(start: Start, tmp_path: Path) -> None:
    (tmp_path / "processed").write_text("x", "utf-8")
    (done,) = start({"out": tmp_path / "processed", "as_of": NEW})
    assert refused(done, "Not a directory"), done
    assert (tmp_path / "processed").read_text("utf-8") == "x"


def test_no_folder_of_raw_data(start: Start, tmp_path: Path) -> None:
    (done,) = start({"raw": tmp_path / "nothing", "out": tmp_path / "processed", "as_of": NEW, "whole": True})
    assert refused(done, "does not exist. Create it"), done
    assert not (tmp_path / "processed").exists()


def test_an_empty_folder_of_raw_data_leaves_what_is_published(start: Start, before: Path, tmp_path: Path) -> None:
    out = shutil.copytree(before, tmp_path / "processed")
    (tmp_path / "raw").mkdir()
    (done,) = start({"raw": tmp_path / "raw", "out": out, "as_of": NEW, "whole": True})
    assert refused(done, "there is no file to read"), done
    assert (whole(out)["as_of"], leftovers(out)) == ("2026-01-01", [])
