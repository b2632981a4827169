from __future__ import annotations

import json
from pathlib import Path

import pytest

from dashboard.report import briefing, command, pdf
from dashboard.report.command import DONE, NOTHING, SOME, USAGE


def _run(run, *arguments: object) -> tuple[int, list[str], list[str]]:  # type: ignore[no-untyped-def]
    out: list[str] = []
    err: list[str] = []
    return run([str(each) for each in arguments], out.append, err.append), out, err


def test_several_files_are_written_from_one_document_and_told(data: Path, tmp_path: Path) -> None:
    files = [tmp_path / "a.html", tmp_path / "b.docx"]
    to = [each for path in files for each in ("--to", path)]
    code, out, err = _run(command.report, "--data", data, "--year", 2024, "--lang", "ru_RU.UTF-8", "--sections", "data", *to)
    assert code == DONE and all(path.is_file() for path in files)
    assert out == [f"Записан: {path} ({-(-path.stat().st_size // 1000)} кБ)" for path in files]
    assert any("Запись DOCX" in line for line in err)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_without_a_year_it_is_the_last_that_is_over(data: Path, tmp_path: Path) -> None:
    assert _run(command.report, "--data", data, "--sections", "data", "--to", tmp_path / "a.html")[0] == DONE
    assert "Annual report 2025" in (tmp_path / "a.html").read_text("utf-8")


def test_progress_for_a_program_is_one_object_a_line(data: Path, tmp_path: Path) -> None:
    _, out, _ = _run(command.report, "--data", data, "--sections", "data", "--json", "--speak", "zh", "--to", tmp_path / "a.html")
    told = [json.loads(line) for line in out if line.startswith("{")]
    assert told[-1] == {"done": 2, "of": 2, "part": ""}
    assert {"done": 1, "of": 2, "part": "正在写入HTML"} in told


REFUSED = [
    (("--year", 2024, "--to", "a.doc"), USAGE, "a.doc: a file ends in .docx, .pptx, .pdf, .html, .xlsx"),
    (("--year", 2031, "--to", "a.html"), NOTHING, "2031 has not begun: the data are as of 22 November 2026"),
    (("--sections", "datum", "--to", "a.html"), NOTHING, "there is no section called “datum”; did you mean data?"),
    (("--outline", "/nowhere.yaml", "--to", "a.html"), NOTHING, "nowhere.yaml is no outline of a report"),
]


@pytest.mark.parametrize(("arguments", "wanted", "reason"), REFUSED, ids=[reason[:30] for *_, reason in REFUSED])
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[object, ...], wanted: int, reason: str
) -> None:
    monkeypatch.chdir(tmp_path)
    code, _, err = _run(command.report, "--data", data, *arguments)
    assert code == wanted and reason in err[-1] and list(tmp_path.iterdir()) == []


def test_a_folder_without_data_and_a_folder_that_cannot_be_made_are_told(data: Path, tmp_path: Path) -> None:
    code, _, err = _run(command.report, "--data", tmp_path / "none", "--to", tmp_path / "a.html")
    assert (code, err) == (NOTHING, ["No data has been published yet."])
    (tmp_path / "file").write_text("", "utf-8")
    code, _, err = _run(command.report, "--data", data, "--sections", "data", "--to", tmp_path / "file" / "a.html")
    assert code == NOTHING and "cannot be written" in err[-1]


def test_one_format_that_fails_leaves_the_others(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROWSER_PATH", str(tmp_path / "none"))
    monkeypatch.setenv("PATH", str(tmp_path))
    to = ("--to", tmp_path / "a.pdf", "--to", tmp_path / "a.html")
    code, out, err = _run(command.report, "--data", data, "--sections", "data", *to)
    assert code == SOME and (tmp_path / "a.html").is_file() and "apt-get install chromium" in err[-1] and len(out) == 1


@pytest.mark.parametrize("language", ["en", "ru", "zh"])
def test_a_brief_is_two_pages_whoever_comes(data: Path, tmp_path: Path, language: str) -> None:
    guest = {"en": "deu", "ru": "ita", "zh": "chn"}[language]
    assert _run(briefing.briefing, "--data", data, "--country", guest, "--lang", language, "--to", tmp_path / "a.pdf")[0] == DONE
    assert pdf.length((tmp_path / "a.pdf").read_bytes()) == 2


def test_a_brief_on_nobody_is_refused_in_the_language_of_the_guest(data: Path, tmp_path: Path) -> None:
    code, _, err = _run(briefing.briefing, "--data", data, "--country", "XXX", "--lang", "zh", "--to", tmp_path / "a.html")
    assert code == NOTHING and "XXX" in err[-1] and list(tmp_path.iterdir()) == []
    code, _, err = _run(briefing.briefing, "--data", data, "--country", "CHN", "--to", tmp_path / "a.xlsx")
    assert code == USAGE and "a file ends in .docx, .pdf, .html" in err[-1]
