"""The files for the analyst: every language in every snapshot, whoever asked."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import orjson
import pytest

from etl import manifest
from etl.publish.outputs import called, writers
from etl.publish.snapshot import is_whole
from etl.read.settings import sources
from etl.words.say import LANGUAGES

from .conftest import AS_OF, Made, fill, given_of, hashes


def outputs(own: str) -> set[str]:
    """The files of a snapshot where ``own`` is the language of the office: its own have the plain names."""
    codes = ["" if language == own else f".{language}" for language in LANGUAGES]
    copies = {f"annotated{code}/{name}" for code in codes for name in ("agreements.xlsx", "outcomes.csv.xlsx")}
    return copies | {f"{name}{code}{end}" for code in codes for name, end in (("quality", ".html"), ("quarantine", ".xlsx"))}


def refresh(raw: Path, out: Path, *more: str) -> subprocess.CompletedProcess[str]:
    arguments = [sys.executable, "-m", "etl", "run", "--raw", str(raw), "--out", str(out), "--as-of", AS_OF, *more]
    return subprocess.run(arguments, capture_output=True, text=True, check=False, env=os.environ | {"PYTHONUTF8": "1"})


def test_a_snapshot_holds_the_outputs_in_every_language(made: Made) -> None:
    files = manifest.opened((made.folder / manifest.NAME).read_bytes())["files"]
    assert {name for name in files if not name.endswith(".parquet")} == outputs("en")
    assert is_whole(made.folder)


def test_a_changed_byte_of_a_copy_is_noticed(made: Made, tmp_path: Path) -> None:
    copy = tmp_path / made.folder.name
    copy.mkdir()
    for name, content in {path: (made.folder / path).read_bytes() for path in hashes(made.folder)}.items():
        (copy / name).parent.mkdir(exist_ok=True)
        (copy / name).write_bytes(content)
    assert is_whole(copy)
    (copy / "annotated" / "agreements.xlsx").write_bytes(b"x")
    assert not is_whole(copy)


def test_the_language_of_the_office_has_the_plain_names(made: Made) -> None:
    assert set(writers(given_of(made), "ru")) == outputs("ru")
    assert called("quality.html", "zh", "en") == "quality.zh.html"


def test_who_asks_changes_the_summary_and_no_byte_of_the_snapshot(tmp_path: Path) -> None:
    raw, out = tmp_path / "raw", tmp_path / "out"
    fill(raw)
    first = refresh(raw, out, "--lang", "ru")
    folder = out / "snapshots" / (out / "current").read_text().strip()
    before = hashes(folder)
    second = refresh(raw, out)
    assert (first.returncode, second.returncode) == (1, 1), first.stderr + second.stderr
    assert hashes(folder) == before
    assert len(list((out / "snapshots").iterdir())) == 1
    assert str(folder / "quality.ru.html") in first.stdout
    assert "Не принят файл broken.xlsx: Файл оборван или повреждён." in first.stdout
    assert str(folder / "quality.html") in second.stdout
    assert "Refused broken.xlsx" in second.stdout


def test_the_json_names_the_outputs(tmp_path: Path) -> None:
    fill(tmp_path / "raw")
    (tmp_path / "raw" / "sources.yaml").write_text("language: ru\n", "utf-8")
    told = orjson.loads(refresh(tmp_path / "raw", tmp_path / "out", "--json").stdout)
    assert {name: Path(path).name for name, path in told["outputs"].items()} == {
        "report": "quality.html", "quarantine": "quarantine.xlsx", "annotated": "annotated",
    }  # fmt: skip
    text = Path(told["outputs"]["report"]).read_text("utf-8")
    assert '<html lang="ru">' in text
    assert Path(told["folder"], "quality.en.html").is_file()


def test_a_rehearsal_writes_nothing(tmp_path: Path) -> None:
    fill(tmp_path / "raw")
    told = refresh(tmp_path / "raw", tmp_path / "out", "--dry-run", "--lang", "ru")
    assert "Пробный запуск: ничего не опубликовано." in told.stdout
    assert not (tmp_path / "out" / "snapshots").exists()


@pytest.mark.parametrize(
    ("text", "language", "wrong"),
    [("language: ru", "ru", 0), ("language: fr", "en", 1), ("", "en", 0), ("language: {kind: news}", "en", 0), ("language: [ru]", "en", 1)],
)
def test_the_language_of_the_office_is_stated_in_sources_yaml(tmp_path: Path, text: str, language: str, wrong: int) -> None:
    (tmp_path / "sources.yaml").write_text(text, "utf-8")
    said = sources(tmp_path)
    assert (said.language, len(said.findings)) == (language, wrong)
    assert [name for name, _ in said.files] == (["language"] if text.endswith(("}", "]")) else [])


def test_an_unknown_language_is_wrong_usage(tmp_path: Path) -> None:
    told = refresh(tmp_path, tmp_path / "out", "--lang", "fr")
    assert told.returncode == 3
