"""Decisions of people in a whole refresh: applied, traced, reported."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from etl.commands import explain
from etl.pipeline.run import Refresh, run
from etl.tables import TABLES
from tests.conftest import AS_OF, RAW
from tests.etl.pipeline.office import ALL_CODES, BY, ROWS, book, decide, partner, refresh, rows, told


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


def test_the_decisions_of_the_office_are_all_applied(real: Refresh) -> None:
    assert told(real, *ALL_CODES) == []
    decided = {row["raw_text"] for row in rows(real, "reading") if row["decision"]}
    assert {line.split(";")[0] for line in (RAW / "decisions" / "aliases.csv").read_text("utf-8-sig").splitlines()[1:]} <= decided
