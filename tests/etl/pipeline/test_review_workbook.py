"""Questions answered in the workbook are gone in the next run, and no answer is lost."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook

from etl.commands import review
from etl.decide.questions import words
from etl.pipeline.run import Refresh
from tests.etl.pipeline.office import ALL_CODES, ASKED, ROWS, book, partner, refresh, rows, told


def fill(path: Path, answers: dict[str, tuple[str, str, str]], language: str = "en") -> None:
    """Answer questions by their subject: answer, who, why."""
    filled, said = load_workbook(path), words(language)
    for tab in filled.worksheets[1:]:
        head = [cell.value for cell in tab[1]]
        for row in tab.iter_rows(min_row=2) if head[-1] == "question_data" else ():
            for name, text in zip(("answer", "who", "why"), answers.get(str(row[1].value), ()), strict=False):
                row[head.index(said[name])].value = text
    filled.save(path)


def ask(tmp: Path, language: str = "en") -> Path:
    assert review.main(tmp / "out", tmp / "raw", None, language, None) == 0
    return tmp / "raw" / "decisions" / "review.xlsx"


def subjects(done: Refresh) -> set[str]:
    return {row["subject"] for row in rows(done, "review")}


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_question_answered_in_the_workbook_is_gone_in_the_next_run(language: str, tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    book(raw, [*ASKED, ["X-7", "Seventh", "University of Granada", "Mexico", "2020", "MoU", ""]])
    assert {"Netherlands Antilles", "University of Granada"} <= subjects(refresh(tmp_path))
    path = ask(tmp_path, language)
    university = "University of Granada [org-ugr]"
    none = words(language)["none_text"]
    fill(path, {"Netherlands Antilles": (none, "Анна", "ничего не значит"), "University of Granada": (university, "Анна", "")}, language)

    taken = refresh(tmp_path)
    assert told(taken, *ALL_CODES) == []
    assert subjects(taken).isdisjoint({"Netherlands Antilles", "University of Granada"})
    assert partner(taken, "X-7") == "org-ugr"
    (reading,) = rows(taken, "reading", raw_text="Netherlands Antilles")
    assert (reading["status_code"], reading["value"]) == ("left_out", None)
    assert reading["decision"].startswith("Анна, 2")
    assert reading["decision"].endswith(": ничего не значит")
    assert rows(taken, "source_file", file_name="decisions/review.xlsx")[0]["verdict_code"] == "read"

    path = ask(tmp_path, language)  # keeps the answers in the files and asks only what is open
    assert "Netherlands Antilles" in (raw / "decisions" / "readings.csv").read_text("utf-8-sig")
    kept = refresh(tmp_path)
    assert told(kept, *ALL_CODES) == []
    for name in ("agreement", "agreement_partner", "partner", "review", "reading"):
        assert rows(kept, name) == rows(taken, name), name
    path.unlink()
    alone = refresh(tmp_path)
    assert rows(alone, "reading") == rows(kept, "reading"), "nothing depends on the workbook any more"


def test_an_answer_without_a_name_waits_in_the_next_workbook(tmp_path: Path) -> None:
    book(tmp_path / "raw", ASKED)
    refresh(tmp_path)
    path = ask(tmp_path)
    fill(path, {"Netherlands Antilles": ("CUW", "", "seen")})
    done = refresh(tmp_path)
    (finding,) = [row for row in rows(done, "problem") if row["problem_code"] == "incomplete_answer"]
    assert (finding["file_name"], finding["sheet_name"], finding["row_number"]) == ("decisions/review.xlsx", "Texts", 2)
    assert "Netherlands Antilles" in subjects(done)
    tab = load_workbook(ask(tmp_path))["Texts"]
    assert [tab["F2"].value, tab["I2"].value] == ["CUW", "seen"]


def test_what_was_answered_is_not_asked_again_before_the_next_run(tmp_path: Path) -> None:
    book(tmp_path / "raw", ASKED)
    refresh(tmp_path)
    fill(ask(tmp_path), {"Netherlands Antilles": ("CUW", "Anna", "seen")})
    for _ in range(3):
        assert "Netherlands Antilles" not in written(ask(tmp_path))
    readings = tmp_path / "raw" / "decisions" / "readings.csv"
    readings.write_text(readings.read_text("utf-8-sig").replace("CUW", "no such country"), "utf-8-sig")
    assert "Netherlands Antilles" in subjects(refresh(tmp_path))
    assert "Netherlands Antilles" in written(ask(tmp_path)), "the run has seen the line, and could not use it"


def written(path: Path) -> set[str]:
    tabs = load_workbook(path).worksheets[1:]
    return {str(row[1].value) for tab in tabs for row in tab.iter_rows(min_row=2) if len(row) > 1}


def test_do_not_ask_again(tmp_path: Path) -> None:
    book(tmp_path / "raw", ASKED)
    refresh(tmp_path)
    fill(ask(tmp_path), {"Netherlands Antilles": ("do not ask again", "Anna", "nobody knows")})
    done = refresh(tmp_path)
    assert "Netherlands Antilles" not in subjects(done)
    ask(tmp_path)
    assert "nobody knows" in (tmp_path / "raw" / "decisions" / "questions.csv").read_text("utf-8-sig")
    assert "Netherlands Antilles" not in subjects(refresh(tmp_path))


def test_an_answer_about_a_text_that_is_gone_has_no_effect_and_says_so(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    book(raw, ASKED)
    refresh(tmp_path)
    fill(ask(tmp_path), {"Netherlands Antilles": ("CUW", "Anna", "seen")})
    book(raw, ROWS[:1])
    done = refresh(tmp_path)
    assert told(done, *ALL_CODES) == [("unused_decision", "decisions/review.xlsx", 2)]


def test_a_workbook_that_is_open_is_not_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book(tmp_path / "raw", ASKED)
    refresh(tmp_path)
    path = ask(tmp_path)
    before = path.read_bytes()
    (path.parent / "~$review.xlsx").write_bytes(b"lock")
    assert review.main(tmp_path / "out", tmp_path / "raw", None, "en", None) == 2
    assert path.read_bytes() == before
    assert "open in another program" in capsys.readouterr().err


@pytest.mark.parametrize("lock", [".~lock.readings.csv#", "~$readings.csv"])
def test_a_file_of_decisions_that_is_open_is_not_written_behind_its_program(
    lock: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book(tmp_path / "raw", [*ASKED, ["X-7", "Seventh", "University of Granada", "Mexico", "2020", "MoU", ""]])
    refresh(tmp_path)
    path = ask(tmp_path)
    fill(path, {"Netherlands Antilles": ("CUW", "Anna", "seen"), "University of Granada": ("University of Granada [org-ugr]", "Anna", "")})
    before = {each: each.read_bytes() for each in path.parent.iterdir()}
    (path.parent / lock).write_bytes(b"lock")
    assert review.main(tmp_path / "out", tmp_path / "raw", None, "en", None) == 2
    assert {each: each.read_bytes() for each in before} == before, "the file that is not open, and the workbook, are as they were"
    said = capsys.readouterr().err
    assert "readings.csv is open in another program" in said and lock in said and "aliases" not in said
    (path.parent / lock).unlink()
    assert review.main(tmp_path / "out", tmp_path / "raw", None, "en", None) == 0
    for name, text in (("readings", "Netherlands Antilles"), ("aliases", "University of Granada")):
        assert text in (path.parent / f"{name}.csv").read_text("utf-8-sig")


def test_a_file_of_decisions_that_gains_nothing_may_be_open(tmp_path: Path) -> None:
    book(tmp_path / "raw", ASKED)
    refresh(tmp_path)
    fill(ask(tmp_path), {"Netherlands Antilles": ("CUW", "Anna", "seen")})
    (tmp_path / "raw" / "decisions" / ".~lock.same.csv#").write_bytes(b"lock")
    assert review.main(tmp_path / "out", tmp_path / "raw", None, "en", None) == 0


def test_answers_that_are_not_taken_are_summed_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    places = [f"Nowhere Land {letter}" for letter in "ABCDEFGH"]
    book(tmp_path / "raw", [[f"Y-{at}", f"Pact {at}", "TU Graz", "Austria", "2020", "MoU", name] for at, name in enumerate(places)])
    asked = sorted(subjects(refresh(tmp_path)))
    path = ask(tmp_path)
    fill(path, {subject: ("1.1", "", "") if at > 2 else (f"no answer {at}", "Anna", "") for at, subject in enumerate(asked)})
    capsys.readouterr()
    assert review.main(tmp_path / "out", tmp_path / "raw", None, "en", None) == 0
    head, *reasons, first, where, _ = capsys.readouterr().out.splitlines()
    assert head == "8 answers were not taken:"
    assert [line[:25] for line in reasons] == ["  5: nobody is named: wri", "  3: what is written is n"]
    assert first.startswith("  The first are: Texts, “") and first.count("“") == 5
    assert str(path) in where and "quality.html" in where and "copy" not in where
    kept = {row[1].value for row in load_workbook(path)["Texts"].iter_rows(min_row=2) if row[5].value}
    assert kept == set(asked), "all of them stay where the summary says"
    elsewhere = shutil.copy(path, tmp_path / "mailed.xlsx")
    assert review.main(tmp_path / "out", tmp_path / "raw", None, "en", elsewhere) == 0
    assert f"copy it into {tmp_path / 'raw' / 'decisions'}" in capsys.readouterr().out


def test_where_every_answer_is_taken_nothing_is_summed_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book(tmp_path / "raw", ASKED)
    refresh(tmp_path)
    fill(ask(tmp_path), {"Netherlands Antilles": ("CUW", "Anna", "seen")})
    ask(tmp_path)
    assert "not taken" not in capsys.readouterr().out


def test_a_filled_row_that_cannot_be_understood_is_not_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book(tmp_path / "raw", ASKED)
    refresh(tmp_path)
    path = ask(tmp_path)
    fill(path, {"Netherlands Antilles": ("CUW", "Anna", "seen")})
    broken = load_workbook(path)
    broken["Texts"]["K2"].value = None
    broken.save(path)
    before = path.read_bytes()
    assert review.main(tmp_path / "out", tmp_path / "raw", None, "en", None) == 2
    assert path.read_bytes() == before
    assert "Texts, row 2" in capsys.readouterr().err


def test_no_other_workbook_is_written_over(tmp_path: Path) -> None:
    book(tmp_path / "raw", ASKED)
    refresh(tmp_path)
    before = (tmp_path / "raw" / "a.xlsx").read_bytes()
    assert review.main(tmp_path / "out", tmp_path / "raw", tmp_path / "raw" / "a.xlsx", "en", None) == 2
    assert (tmp_path / "raw" / "a.xlsx").read_bytes() == before


def test_without_a_snapshot_there_is_nothing_to_ask(tmp_path: Path) -> None:
    assert review.main(tmp_path / "out", tmp_path, None, "en", None) == 2
    assert not (tmp_path / "decisions").exists()


def test_the_answers_of_a_workbook_elsewhere_are_taken_by_name(tmp_path: Path) -> None:
    book(tmp_path / "raw", ASKED)
    refresh(tmp_path)
    path = tmp_path / "sent by mail.xlsx"
    assert review.main(tmp_path / "out", tmp_path / "raw", path, "en", None) == 0
    fill(path, {"Netherlands Antilles": ("CUW", "Anna", "seen")})
    for _ in range(2):  # taken twice, kept once
        assert review.main(tmp_path / "out", tmp_path / "raw", None, "en", path) == 0
    assert (tmp_path / "raw" / "decisions" / "readings.csv").read_text("utf-8-sig").count("Netherlands Antilles") == 1


@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_a_workbook_saved_by_libreoffice_is_taken(suffix: str, tmp_path: Path) -> None:
    book(tmp_path / "raw", ASKED)
    refresh(tmp_path)
    path = ask(tmp_path)
    fill(path, {"Netherlands Antilles": ("CUW", "Anna", "seen")})
    folder = tmp_path / "saved"
    subprocess.run(["soffice", "--headless", "--convert-to", suffix, "--outdir", str(folder), str(path)], check=True, capture_output=True)
    path.unlink()
    shutil.copy(folder / f"review.{suffix}", path.parent)
    done = refresh(tmp_path)
    assert told(done, *ALL_CODES) == []
    assert [row["country_code"] for row in rows(done, "agreement_country", agreement_id="X-8")] == ["CUW"]
