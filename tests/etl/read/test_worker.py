"""Each file is parsed in a child with limits: what one file does to it is told of that file, and of no other."""

from __future__ import annotations

import io
import os
import signal
import zipfile
from pathlib import Path

import openpyxl
import pytest

from etl.errors import RefusedFile
from etl.read import Remembered, discover, opened, read
from etl.read.parse import parse
from etl.read.settings import FileSettings
from etl.read.wire import decode, encode
from etl.read.worker import Worker

RAW = Path(__file__).parents[3] / "data" / "raw"


def book(rows: int) -> bytes:
    made = openpyxl.Workbook(write_only=True)
    sheet = made.create_sheet("S")
    sheet.append(["Agreement ID", "Title"])
    for number in range(rows):
        sheet.append([f"A-{number}", f"Title number {number}"])
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def large_book() -> bytes:
    """Return a workbook that takes some seconds to parse: its row is written once and repeated."""
    out = io.BytesIO(book(1))
    row = b"<row><c><v>1</v></c><c><v>2</v></c><c><v>3</v></c><c><v>4</v></c></row>"
    large = io.BytesIO()
    with zipfile.ZipFile(out) as small, zipfile.ZipFile(large, "w", zipfile.ZIP_STORED) as made:
        for name in small.namelist():
            content = small.read(name)
            made.writestr(name, content.replace(b"</sheetData>", row * 250_000 + b"</sheetData>"))
    return large.getvalue()


@pytest.fixture
def worker() -> Worker:
    return Worker()


@pytest.mark.parametrize("path", sorted(RAW.glob("*.*s[xv]*")), ids=lambda path: path.name)
def test_what_comes_back_is_what_parsing_here_gives(path: Path, worker: Worker) -> None:
    data = path.read_bytes()
    form = "text" if path.suffix == ".csv" else "xlsx"
    try:
        there, here = decode(worker.parse(data, form, None)), parse(data, form, None)
    finally:
        worker.stop()
    assert there == here
    assert any(grid.rows for grid in there.grids)


def test_a_refusal_comes_back_with_its_reason(worker: Worker) -> None:
    with pytest.raises(RefusedFile) as caught:
        worker.parse(book(3)[:-200], "xlsx", None)
    worker.stop()
    assert caught.value.code == "unreadable"


def test_a_lone_surrogate_and_odd_signs_travel() -> None:
    data = 'Agreement ID;Title\nA;"\U0001f600 \u2028 \x01"\n'.encode()
    assert decode(encode(parse(data, "text", None))) == parse(data, "text", None)
    grids = parse(book(1), "xlsx", None)
    grids.grids[0].name = "\ud800"
    assert decode(encode(grids)).grids[0].name == "\ud800"


@pytest.mark.parametrize("limits", [{"memory": 4 << 20}, {"seconds": 1, "seconds_a_mib": 0}], ids=["memory", "time"])
def test_a_file_beyond_the_limits_is_refused_and_the_next_is_read(limits: dict[str, int]) -> None:
    worker = Worker(**limits)
    with pytest.raises(RefusedFile) as caught:
        worker.parse(large_book(), "xlsx", None)
    assert caught.value.code == "too_large"
    assert len(decode(worker.parse(book(2), "xlsx", None)).grids[0].rows) == 3
    worker.stop()


def test_a_helper_that_somebody_kills_is_replaced(worker: Worker) -> None:
    worker.parse(book(1), "xlsx", None)
    assert worker._process is not None
    os.kill(worker._process.pid, signal.SIGKILL)
    assert len(decode(worker.parse(book(2), "xlsx", None)).grids[0].rows) == 3
    worker.stop()


class Refusing(Worker):
    """A worker that must not be asked."""

    def parse(self, data: bytes, form: str, encoding: str | None) -> bytes:
        raise AssertionError("parsed again")


def jobs(raw: Path) -> list[tuple[discover.Found, FileSettings]]:
    return [(found, FileSettings()) for found in discover.found(raw)]


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    (folder / "a.xlsx").write_bytes(book(2))
    (folder / "b.csv").write_text("Agreement ID,Title\nB-1,One\n")
    return folder


def test_only_what_changed_is_parsed_again(raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = read(raw, remembered=Remembered(tmp_path / "cache", "1"))
    (raw / "b.csv").write_text("Agreement ID,Title\nB-1,Two\n")
    asked: list[str] = []
    plain = Worker.parse
    monkeypatch.setattr(Worker, "parse", lambda self, data, form, encoding: asked.append(form) or plain(self, data, form, encoding))
    second = read(raw, remembered=Remembered(tmp_path / "cache", "1"))
    assert asked == ["text"]
    assert [row.text("title") for row in second.rows if row.role == "record"] == ["Title number 0", "Title number 1", "Two"]
    assert [row for row in first.rows if row.origin.file == "a.xlsx"] == [row for row in second.rows if row.origin.file == "a.xlsx"]
    assert len(list((tmp_path / "cache").iterdir())) == 2, "what is not asked for any more is deleted"


@pytest.mark.parametrize("code", ["1", "2"])
def test_a_damaged_memory_or_one_of_other_code_is_not_believed(raw: Path, tmp_path: Path, code: str) -> None:
    list(opened.open_all(jobs(raw), Remembered(tmp_path / "cache", "1")))
    if code == "1":
        for path in (tmp_path / "cache").iterdir():
            path.write_bytes(path.read_bytes()[:-1])
    remembered = Remembered(tmp_path / "cache", code)
    found = discover.found(raw)[0]
    with pytest.raises(AssertionError, match="parsed again"):
        opened._opened(found, FileSettings(), Refusing(), remembered)


def test_what_is_remembered_is_not_parsed(raw: Path, tmp_path: Path) -> None:
    list(opened.open_all(jobs(raw), Remembered(tmp_path / "cache", "1")))
    for found, said in jobs(raw):
        assert opened._opened(found, said, Refusing(), Remembered(tmp_path / "cache", "1")).answer


def test_a_memory_that_cannot_be_written_loses_only_time(raw: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    assert len(read(raw, remembered=Remembered(tmp_path / "cache", "1")).files) == 2
