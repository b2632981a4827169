"""Decisions of people in a whole refresh: applied, traced, reported; questions answered in the workbook are gone in the next run."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook, load_workbook

from etl.commands import explain, review
from etl.decide.questions import words
from etl.pipeline.run import Refresh, run
from etl.tables import TABLES
from tests.etl.conftest import AS_OF, RAW

HEADER = ["Agreement ID", "Title", "Partner", "Country", "Signed", "Type", "Field"]
ROWS = [
    ["X-1", "First", "TU Graz", "Austria", "2019-03-05", "MoU", "materials science"],
    ["X-2", "Second", "Foobar University", "Nigeria", "2020", "MoU", "дорожная карта"],
    ["X-3", "Third", "University of Foobar", "Nigeria", "2021", "MoU", "materials science"],
    ["X-4", "Fourth", "The Styrians", "Austria", "31.02.2020", "MoU", "materials science"],
    ["X-5", "Fifth", "Foobar University, Lagos campus", "Middle East", "2020", "MoU", "materials science"],
    ["X-6", "Sixth", "The Styrians", "Austria", "2022", "MoU", ""],
]


#: The rows, and one with a country that is no more and left several.
ASKED = [*ROWS, ["X-8", "Eighth", "TU Graz", "Netherlands Antilles", "2020", "MoU", ""]]


def book(raw: Path, rows: list[list[str]] | None = None, name: str = "a.xlsx") -> None:
    raw.mkdir(parents=True, exist_ok=True)
    made = Workbook()
    made.active.title = "S"
    for row in [HEADER, *(rows or ROWS)]:
        made.active.append(row)
    made.save(raw / name)


def decide(raw: Path, name: str, *lines: str, encoding: str = "utf-8") -> None:
    (raw / "decisions").mkdir(parents=True, exist_ok=True)
    (raw / "decisions" / name).write_bytes("\n".join(lines).encode(encoding))


def refresh(tmp: Path) -> Refresh:
    return run(tmp / "raw", tmp / "out", AS_OF)


def rows(done: Refresh, name: str, **where: object) -> list[dict[str, Any]]:
    assert done.folder is not None
    found = pq.read_table(done.folder / f"{name}.parquet").to_pylist()
    return [row for row in found if all(row[column] == value for column, value in where.items())]


def told(done: Refresh, *codes: str) -> list[tuple[str, str | None, int | None]]:
    return [(row["problem_code"], row["file_name"], row["row_number"]) for row in rows(done, "problem") if row["problem_code"] in codes]


ALL_CODES = ("bad_decision", "contradictory_decision", "stale_decision", "unused_decision", "incomplete_answer")
BY = "Anna,2026-11-22,because"


def partner(done: Refresh, agreement: str) -> str:
    (link,) = rows(done, "agreement_partner", agreement_id=agreement)
    return link["partner_id"]


def test_every_kind_of_decision_is_applied_and_named_in_the_trace(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    book(raw)
    before = refresh(tmp_path)
    assert {row["agreement_id"] for row in rows(before, "agreement")} == {"X-1", "X-2", "X-3", "X-6"}, "two rows are refused by the rules"
    assert partner(before, "X-2") == partner(before, "X-3")

    decide(raw, "aliases.csv", "written,partner,by,on,why", f"the styrians,org-tu-graz,{BY}")
    decide(raw, "same.csv", "one;two;verdict;by;on;why", "Foobar University;University of Foobar;not same;Anna;22.11.2026;because")
    decide(raw, "readings.csv", "kind,text,value,by,on,why", f"field,Дорожная карта,5.3,{BY}", f"country,Middle East,LBN,{BY}")
    decide(raw, "fixes.csv", "file,sheet,row,record,column,expect,new,by,on,why", f"a.xlsx,S,4,X-4,Signed,31.02.2020,28.02.2020,{BY}")
    after = refresh(tmp_path)

    assert told(after, *ALL_CODES) == []
    assert {row["agreement_id"] for row in rows(after, "agreement")} == {f"X-{number}" for number in range(1, 7)}
    assert partner(after, "X-4") == partner(after, "X-1") == "org-tu-graz"
    assert partner(after, "X-2") != partner(after, "X-3")
    assert [row["field_code"] for row in rows(after, "agreement_field", agreement_id="X-2")] == ["5.3"]
    assert [row["country_code"] for row in rows(after, "agreement_country", agreement_id="X-5")] == ["LBN"]
    assert rows(after, "agreement", agreement_id="X-4")[0]["signed_on"] == "2020-02-28"

    said = "Anna, 2026-11-22: because"
    decided = {(row["reading_kind"], row["raw_text"]): (row["value"], row["decision"]) for row in rows(after, "reading") if row["decision"]}
    assert decided[("partner", "The Styrians")] == ("org-tu-graz", said)
    assert decided[("field", "дорожная карта")] == ("5.3", said)
    assert decided[("country", "Middle East")] == ("LBN", said)
    assert decided[("correction", "31.02.2020")] == ("28.02.2020", said)
    assert decided[("partner", "Foobar University")][1] == said
    (cell,) = [cell for row in rows(after, "source_row", record_id="X-4") for cell in row["cells"] if cell["letter"] == "E"]
    assert cell["text"] == "31.02.2020", "the source row stays as it is written"
    assert told(after, "corrected_cell") == [("corrected_cell", "a.xlsx", 5)]
    chain = "\n".join(explain.explain("X-4", explain.Snapshot(tmp_path / "out")))
    assert "E5 [Signed] '31.02.2020' corrected to '28.02.2020' by Anna, 2026-11-22: because = 2020-02-28" in chain
    assert "[Partner] 'The Styrians' = org-tu-graz (decision, Anna, 2026-11-22: because)" in chain


def test_decisions_are_inputs(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    book(raw)
    first = refresh(tmp_path)
    decide(raw, "aliases.csv", "written,partner,by,on,why", f"The Styrians,org-tu-graz,{BY}")
    second = refresh(tmp_path)
    (file,) = rows(second, "source_file", file_name="decisions/aliases.csv")
    assert (file["format_code"], file["verdict_code"], len(file["sha256"])) == ("decisions", "read", 64)
    assert second.run_id != first.run_id
    assert second.run["files_read"] == first.run["files_read"] == 1
    assert second.folder is not None
    assert "decisions/aliases.csv" in (second.folder / "manifest.json").read_text("utf-8")
    again = run(raw, tmp_path / "again", AS_OF)
    assert again.folder is not None
    for each in TABLES:
        if each.name != "run":
            name = f"{each.name}.parquet"
            assert (second.folder / name).read_bytes() == (again.folder / name).read_bytes(), name


def test_what_does_not_fit_is_reported_and_the_rest_is_applied(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    book(raw)
    decide(raw, "a.csv", "written,partner,by,on,why", f"The Styrians,org-tu-graz,{BY}", f"Nobody,org-tu-graz,{BY}",
           f"TU Graz,org-of-nowhere,{BY}", "Foobar University,TU Graz,,2026-11-22,because")  # fmt: skip
    decide(raw, "b.csv", "file,row,column,expect,new,by,on,why", f"a.xlsx,2,Signed,2018,2017,{BY}")
    decide(raw, "c.csv", "kind,text,value,by,on,why", f"field,never written,1.1,{BY}", f"field,дорожная карта,99,{BY}")
    decide(raw, "d.csv", "news,what,value,verdict,by,on,why", f"n-1,event,signing,accept,{BY}")
    decide(raw, "e.csv", "question,by,on,why", f"q-0123456789,{BY}")
    decide(raw, "f.csv", "agreement,other,verdict,by,on,why", f"X-1,X-99,same,{BY}")
    done = refresh(tmp_path)
    assert sorted(told(done, *ALL_CODES)) == [
        ("bad_decision", "decisions/a.csv", 5),
        ("bad_decision", "decisions/c.csv", 3),
        ("stale_decision", "decisions/a.csv", 4),
        ("stale_decision", "decisions/b.csv", 2),
        ("stale_decision", "decisions/d.csv", 2),
        ("stale_decision", "decisions/f.csv", 2),
        ("unused_decision", "decisions/a.csv", 3),
        ("unused_decision", "decisions/c.csv", 2),
        ("unused_decision", "decisions/e.csv", 2),
    ]
    assert all(row["advice"] for row in rows(done, "problem"))
    assert rows(done, "agreement", agreement_id="X-1")[0]["signed_on"] == "2019-03-05"


@pytest.mark.parametrize(("encoding", "delimiter"), [("utf-8-sig", ";"), ("utf-8", ","), ("cp1251", ";"), ("utf-16", ";")])
def test_files_are_read_as_offices_save_them(encoding: str, delimiter: str, tmp_path: Path) -> None:
    book(tmp_path / "raw")
    lines = ["Вид,Текст,Значение,Кто,Когда,Почему", "field,дорожная карта,Науки об образовании,Анна,22.11.2026,вид документа"]
    decide(tmp_path / "raw", "решения.csv", *(line.replace(",", delimiter) for line in lines), encoding=encoding)
    done = refresh(tmp_path)
    assert told(done, *ALL_CODES) == []
    assert [row["field_code"] for row in rows(done, "agreement_field", agreement_id="X-2")] == ["5.3"]


def test_a_damaged_file_is_refused_by_name_and_the_run_goes_on(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    book(raw)
    decide(raw, "a.csv", "written,partner,by,on,why", f"The Styrians,org-tu-graz,{BY}")
    (raw / "decisions" / "broken.xlsx").write_bytes(b"PK\x03\x04 cut off")
    (raw / "decisions" / "zero.csv").write_bytes(b"a\x00b;c")
    done = refresh(tmp_path)
    assert {f["file_name"] for f in done.files if f["verdict_code"] == "refused"} == {"decisions/broken.xlsx", "decisions/zero.csv"}
    assert done.has_refusals
    assert any(row["raw_text"] == "The Styrians" and row["decision"] for row in rows(done, "reading"))


def test_a_table_of_decisions_may_be_a_workbook(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    book(raw)
    made = Workbook()
    for row in (["written", "partner", "by", "on", "why"], ["The Styrians", "org-tu-graz", "Anna", "2026-11-22", "because"]):
        made.active.append(row)
    (raw / "decisions").mkdir()
    made.save(raw / "decisions" / "ours.xlsx")
    done = refresh(tmp_path)
    assert any(row["raw_text"] == "The Styrians" and row["decision"] for row in rows(done, "reading"))


def test_a_correction_renames_no_record(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    book(raw, [["", "Pact", "TU Graz", "Austria", "2019", "MoU", ""]])
    (before,) = rows(refresh(tmp_path), "agreement")
    decide(raw, "a.csv", "file,row,record,column,expect,new,by,on,why", f"a.xlsx,2,Pact,Title,Pact,Treaty,{BY}")
    (after,) = rows(refresh(tmp_path), "agreement")
    assert (after["agreement_id"], after["title"]) == (before["agreement_id"], "Treaty")


def test_a_moved_row_is_still_corrected_and_a_changed_cell_is_not(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    decide(raw, "a.csv", "file,row,record,column,expect,new,by,on,why", f"a.xlsx,5,X-4,Signed,31.02.2020,28.02.2020,{BY}")
    book(raw, [["X-0", "New", "TU Graz", "Austria", "2018", "MoU", ""], *ROWS])
    done = refresh(tmp_path)
    assert rows(done, "agreement", agreement_id="X-4")[0]["signed_on"] == "2020-02-28"
    book(raw, [*ROWS[:3], [*ROWS[3][:4], "28.02.2021", *ROWS[3][5:]], *ROWS[4:]])
    done = refresh(tmp_path)
    assert told(done, *ALL_CODES) == [("stale_decision", "decisions/a.csv", 2)]
    assert rows(done, "agreement", agreement_id="X-4")[0]["signed_on"] == "2021-02-28"


def test_two_rows_are_one_agreement_or_two_as_decided(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    twin = ["", "Pact", "TU Graz", "Austria", "2019", "MoU", ""]
    book(raw, [twin])
    book(raw, [["", "Treaty", *twin[2:]]], "b.xlsx")
    assert len(rows(refresh(tmp_path), "agreement")) == 1, "the rules make one of them"
    decide(raw, "a.csv", "agreement,other,verdict,by,on,why", f"Pact,Treaty,not same,{BY}")
    assert len(rows(refresh(tmp_path), "agreement")) == 2
    book(raw, [["", "Treaty", *twin[2:4], "2021", *twin[5:]]], "b.xlsx")
    decide(raw, "a.csv", "agreement,other,verdict,by,on,why", f"Pact,Treaty,same,{BY}")
    done = refresh(tmp_path)
    assert len(rows(done, "agreement")) == 1
    assert told(done, *ALL_CODES) == []


def test_an_alias_is_known_in_the_news(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    book(raw)
    news = Workbook()
    for row in (["News ID", "Date", "Headline", "URL"], ["N-1", "2021-03-05", "A delegation of Blue Tower Ltd visited us", ""]):
        news.active.append(row)
    news.save(raw / "n.xlsx")
    decide(raw, "a.csv", "written,partner,by,on,why", f"Blue Tower Ltd,org-tu-graz,{BY}")
    done = refresh(tmp_path)
    assert [row["partner_id"] for row in rows(done, "news_partner", news_id="N-1")] == ["org-tu-graz"]
    assert told(done, *ALL_CODES) == []


def test_what_the_news_told_is_rejected_and_the_event_corrected(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    book(raw)
    news = Workbook()
    headline = "TU Graz and our university signed a memorandum"
    for row in (["News ID", "Date", "Headline", "URL"], ["N-1", "2021-03-05", headline, ""]):
        news.active.append(row)
    news.save(raw / "n.xlsx")
    before = refresh(tmp_path)
    assert rows(before, "news", news_id="N-1")[0]["event_code"] == "signing"
    assert rows(before, "news_partner", news_id="N-1")
    lines = [f"N-1,partner,org-tu-graz,reject,TU Graz,{BY}", f"N-1,event,visit,accept,{headline},{BY}"]
    decide(raw, "a.csv", "news,what,value,verdict,expect,by,on,why", *lines)
    done = refresh(tmp_path)
    assert rows(done, "news_partner", news_id="N-1") == []
    assert (rows(done, "news", news_id="N-1")[0]["event_code"], rows(done, "news", news_id="N-1")[0]["event_method"]) == (
        "visit",
        "decision",
    )
    assert told(done, *ALL_CODES) == []
    decide(raw, "a.csv", "news,what,value,verdict,expect,by,on,why", f"N-1,event,visit,accept,another headline,{BY}")
    assert told(refresh(tmp_path), *ALL_CODES) == [("stale_decision", "decisions/a.csv", 2)]


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


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
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


def test_the_decisions_of_the_office_are_all_applied(real: Refresh) -> None:
    assert told(real, *ALL_CODES) == []
    decided = {row["raw_text"] for row in rows(real, "reading") if row["decision"]}
    assert {line.split(";")[0] for line in (RAW / "decisions" / "aliases.csv").read_text("utf-8-sig").splitlines()[1:]} <= decided
