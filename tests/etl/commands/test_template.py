"""The empty workbook as a file: where it is written, what is refused, the same bytes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from etl.__main__ import main

ROOT = Path(__file__).parents[3]


def write(path: Path, *more: str) -> int:
    return main(["template", str(path), *more])


def test_all_kinds_have_a_sheet_and_the_rest_is_explained_and_hidden(tmp_path: Path) -> None:
    assert write(tmp_path / "a.xlsx") == 0
    book = load_workbook(tmp_path / "a.xlsx")
    assert [(sheet.title, sheet.sheet_state) for sheet in book] == [
        ("Agreements", "visible"), ("News", "visible"), ("Outcomes", "visible"), ("Explanations", "visible"), ("Lists", "hidden"),
    ]  # fmt: skip
    assert book.active.title == "Agreements"


@pytest.mark.parametrize(
    "given", [["--kind", "outcome", "news"], ["--kind", "outcome", "--kind", "news"], ["--kind", "news", "outcome", "news"]]
)
def test_only_the_kinds_that_are_named_have_a_sheet_in_their_order(tmp_path: Path, given: list[str]) -> None:
    assert write(tmp_path / "a.xlsx", "--lang", "ru", *given) == 0
    assert load_workbook(tmp_path / "a.xlsx").sheetnames == ["Новости", "Результаты", "Пояснения", "Списки"]


@pytest.mark.parametrize("more", [["--lang", "de"], ["--kind", "partner"], ["--kind"], []])
def test_wrong_usage_ends_with_3(tmp_path: Path, more: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["template", *more] if not more else ["template", str(tmp_path / "a.xlsx"), *more])
    assert ended.value.code == 3
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("a.xls", "does not end in .xlsx"),
        ("a", "does not end in .xlsx"),
        ("a.csv", "does not end in .xlsx"),
        ("missing/a.xlsx", "There is no folder"),
        ("file.txt/a.xlsx", "There is no folder"),
        ("folder.xlsx", "is a folder"),
        (f"{'long' * 80}.xlsx", "File name too long"),
    ],
)
@pytest.mark.parametrize("force", [[], ["--force"]])
def test_a_place_that_cannot_be_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, why: str, force: list[str]
) -> None:
    (tmp_path / "file.txt").write_text("kept")
    (tmp_path / "folder.xlsx").mkdir()
    assert write(tmp_path / name, *force) == 2
    said = capsys.readouterr()
    assert why in said.err
    assert said.out == ""
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file.txt", "folder.xlsx"]


def test_a_file_that_is_there_stays_unless_forced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"filled in by a person")
    assert write(path) == 2
    assert "--force" in capsys.readouterr().err
    assert path.read_bytes() == b"filled in by a person"
    assert write(path, "--force") == 0
    assert load_workbook(path).sheetnames[0] == "Agreements"
    assert [each.name for each in tmp_path.iterdir()] == ["a.xlsx"]


def test_a_read_only_file_stays_even_when_forced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"kept")
    path.chmod(0o444)
    assert write(path, "--force") == 2
    assert "read-only" in capsys.readouterr().err
    assert path.read_bytes() == b"kept"


@pytest.mark.parametrize("lock", ["~$a.xlsx", ".~lock.a.xlsx#"])
def test_a_file_that_is_open_stays_even_when_forced(tmp_path: Path, capsys: pytest.CaptureFixture[str], lock: str) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"kept")
    (tmp_path / lock).write_text("")
    assert write(tmp_path / "a.xlsx", "--force") == 2
    assert "open in another program" in capsys.readouterr().err
    assert (tmp_path / "a.xlsx").read_bytes() == b"kept"


@pytest.mark.skipif(not Path("/sys/kernel").is_dir(), reason="a folder that not even root can write to")
def test_a_read_only_folder_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert write(Path("/sys/kernel/a.xlsx")) == 2
    assert "cannot be written" in capsys.readouterr().err


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_bytes_are_the_same_in_any_surroundings(tmp_path: Path, language: str) -> None:
    for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo")):
        surroundings = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C", "PYTHONUTF8": "1"}
        path = tmp_path / f"{seed}.xlsx"
        subprocess.run([sys.executable, "-m", "etl", "template", path, "--lang", language], cwd=ROOT, env=surroundings, check=True)
        os.utime(path, (0, 0))
    assert (tmp_path / "1.xlsx").read_bytes() == (tmp_path / "2.xlsx").read_bytes()
    assert b"2026" not in (tmp_path / "1.xlsx").read_bytes()[:200]
