"""``python -m dashboard export``: files by command, and every wrong call answered with what is right."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from dashboard.__main__ import main
from dashboard.export import seal
from dashboard.figures.registry import FIGURES


def call(data: Path, *arguments: object) -> int:
    return main(["export", *map(str, arguments), "--data", str(data)])


def test_one_figure_becomes_one_file_under_its_filters(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    to = tmp_path / "new" / "a.csv"
    assert call(data, "top_partners", "--to", to, "--filters", "country=CHN&since=2015", "--lang", "ru") == 0
    assert capsys.readouterr().out == f"{to}: top_partners\n"
    assert seal.read(to.read_bytes(), "csv")[0].passport.filters == "country=CHN&since=2015"
    assert next(csv.reader(io.StringIO(to.read_text("utf-8-sig"))))[0] == "Партнёр"


def test_several_figures_become_one_workbook_in_their_order(data: Path, tmp_path: Path) -> None:
    assert call(data, "stages", "top_partners", "stages", "--to", tmp_path / "a.xlsx") == 0
    found = seal.read((tmp_path / "a.xlsx").read_bytes(), "xlsx")
    assert [each.passport.figure for each in found] == ["stages", "top_partners"]


def test_every_file_that_is_named_is_written(data: Path, tmp_path: Path) -> None:
    assert call(data, "stages", "--to", tmp_path / "a.csv", "--to", tmp_path / "b.json") == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "b.json"]
    assert call(data, "stages", "--to", tmp_path / "c.csv", "--to", tmp_path / "d.gif") == 2
    assert not (tmp_path / "c.csv").exists(), "a wrong call writes nothing"


def test_all_figures_become_a_file_each(data: Path, tmp_path: Path) -> None:
    assert call(data, "all", "--to", tmp_path / "{figure}.json", "--lang", "zh") == 0
    assert {path.stem for path in tmp_path.iterdir()} == {figure.id for figure in FIGURES}


def test_several_pages_become_one_document(data: Path, tmp_path: Path) -> None:
    from pypdf import PdfReader

    assert call(data, "stages", "top_partners", "--to", tmp_path / "a.pdf") == 0
    assert len(PdfReader(tmp_path / "a.pdf").pages) == 2
    assert all(each.is_whole for each in seal.read((tmp_path / "a.pdf").read_bytes(), "pdf"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("top_partner", "--to", "a.csv"), "Did you mean top_partners"),
        (("xyzzy", "--to", "a.csv"), "agreements_on_map, "),
        (("stages", "--to", "a.gif"), "png, svg, pdf, pptx, xlsx, csv, json"),
        (("stages", "--to", "a"), "png, svg"),
        (("stages", "top_partners", "--to", "a.png"), "put {figure} into its name"),
        (("all", "--to", "a.csv"), "pdf, pptx, xlsx"),
    ],
)
def test_a_wrong_call_is_told_what_is_right(data: Path, arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(data, *arguments) == 2
    assert said in capsys.readouterr().err
    assert not Path(arguments[-1]).exists()


def test_filters_that_make_no_sense_are_named(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(data, "stages", "--to", tmp_path / "a.csv", "--filters", "since=20x&countries=CHN") == 0
    assert "since=20x, countries=CHN" in capsys.readouterr().err


def test_a_file_that_cannot_be_written_is_told(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    assert call(data, "stages", "--to", tmp_path / "file" / "a.csv") == 1
    assert "cannot be written" in capsys.readouterr().err


def test_without_data_the_command_says_how_to_make_some(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(tmp_path, "stages", "--to", tmp_path / "a.csv") == 2
    assert "make etl" in capsys.readouterr().err


def test_without_a_browser_a_picture_is_refused_with_what_to_install(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BROWSER_PATH", "/nonexistent/chromium")
    assert call(data, "stages", "--to", tmp_path / "a.png", "--lang", "ru") == 1
    assert "Chromium" in capsys.readouterr().err
    assert not (tmp_path / "a.png").exists()
