"""The whole refresh on the real spreadsheets: nothing lost, nothing invented, twice the same bytes."""

from __future__ import annotations

import csv
import errno
import json
import os
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook, load_workbook

from etl.errors import NothingToPublish
from etl.pipeline.run import Refresh, run
from etl.publish.snapshot import CannotPublish
from etl.tables import TABLES
from etl.text import clean, literal
from tests.conftest import AS_OF, RAW, ROOT


def rows(refresh: Refresh, name: str) -> list[dict[str, Any]]:
    assert refresh.folder is not None
    return pq.read_table(refresh.folder / f"{name}.parquet").to_pylist()


def test_the_real_registers_give_their_known_numbers(real: Refresh) -> None:
    assert real.records["agreement"] == 91
    assert real.records["news"] == 190
    assert real.records["outcome"] == 147
    assert (real.run["rows_read"], real.run["rows_merged"], real.run["rows_quarantined"]) == (485, 10, 0)
    assert len({r["partner_id"] for r in rows(real, "agreement_partner")}) == 75
    assert len({r["country_code"] for r in rows(real, "agreement_country")}) == 28


def test_one_organisation_under_many_names_is_one_partner(real: Refresh) -> None:
    with (ROOT / "tests" / "cases" / "partners_of_the_raw_data.csv").open(encoding="utf-8", newline="") as file:
        cases = [(row["organisation"], clean(row["written_form"])) for row in csv.DictReader(file)]
    partners: dict[str, set[str]] = defaultdict(set)
    organisations: dict[str, set[str]] = defaultdict(set)
    for row in rows(real, "partner"):
        for form in {clean(form) for form in row["written_forms"]}:
            for organisation in {name for name, written in cases if written == form}:
                partners[organisation].add(row["partner_id"])
                organisations[row["partner_id"]].add(organisation)
    assert {name: ids for name, ids in partners.items() if len(ids) > 1} == {}, "one organisation became several partners"
    assert {each: names for each, names in organisations.items() if len(names) > 1} == {}, "several organisations became one partner"
    assert partners.keys() == {name for name, _ in cases}


def test_the_same_refresh_twice_gives_the_same_bytes(real: Refresh, tmp_path: Path) -> None:
    again = run(RAW, tmp_path, AS_OF)
    assert real.folder and again.folder and real.folder.name == again.folder.name
    for each in TABLES:
        if each.name != "run":  # the only place with a clock time
            name = f"{each.name}.parquet"
            assert (real.folder / name).read_bytes() == (again.folder / name).read_bytes(), name
    assert (real.folder / "quarantine.xlsx").read_bytes() == (again.folder / "quarantine.xlsx").read_bytes()


def test_every_table_carries_meaning_and_unit(real: Refresh) -> None:
    assert real.folder is not None
    for each in TABLES:
        schema = pq.read_schema(real.folder / f"{each.name}.parquet")
        assert schema.names == [str(c) for c in each.columns]
        assert all(schema.field(name).metadata[b"meaning"] for name in schema.names)
    assert pq.read_schema(real.folder / "agreement.parquet").field("term_months").metadata[b"unit"] == b"month"


@cache
def _workbook(file: str) -> Any:
    return load_workbook(RAW / file)


@cache
def _text_rows(file: str) -> list[list[str]]:
    return list(csv.reader((RAW / file).read_text("cp1251").splitlines(keepends=True), delimiter=";"))


def _written(file: str, sheet: str, row: int, letter: str) -> str:
    if file.endswith(".csv"):
        return _text_rows(file)[row - 1][ord(letter) - ord("A")]
    value = _workbook(file)[sheet][f"{letter}{row}"].value
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    return "" if value is None else str(value)


def test_every_cell_that_is_kept_is_written_in_the_workbook(real: Refresh) -> None:
    checked = 0
    for row in rows(real, "source_row"):
        for cell in row["cells"]:
            written = _written(row["file_name"], row["sheet_name"], cell["row"], cell["letter"])
            same = written == cell["text"] or (written.startswith(cell["text"]) and cell["text"].count("-") == 1)
            assert same, (row["source_row_id"], cell, written)
            checked += 1
    assert checked > 2500


def _behind(real: Refresh) -> Callable[[str, str, str], list[str]]:
    """Return a function that gives the raw texts behind a published column of a record."""
    source = {r["source_row_id"]: r for r in rows(real, "source_row")}
    own = defaultdict(list)
    for link in rows(real, "record_source"):
        own[link["record_kind"], link["record_id"]].append(source[link["source_row_id"]])
    letters = defaultdict(set)
    for column in rows(real, "source_column"):
        for published in column["published_columns"]:
            letters[column["file_name"], column["sheet_name"], published].add(column["letter"])

    def behind(kind: str, record: str, column: str) -> list[str]:
        return [
            cell["text"]
            for row in own[kind, record]
            for cell in row["cells"]
            if cell["letter"] in letters[row["file_name"], row["sheet_name"], column]
        ]

    return behind


READ_COLUMNS = [
    ("agreement", "agreement.signed_on", "date"),
    ("news", "news.published_on", "date"),
    ("outcome", "outcome.happened_on", "date"),
    ("agreement", "agreement.agreement_type_code", "agreement_type"),
    ("outcome", "outcome.amount", "number"),
]
PLAIN_COLUMNS = [
    ("agreement", "title"), ("agreement", "document_link"), ("agreement", "home_unit_name"), ("agreement", "remarks"),
    ("news", "title"), ("news", "body_text"), ("news", "source_link"), ("outcome", "title"), ("outcome", "source_link"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "column", "reading"), READ_COLUMNS)
def test_every_value_that_was_read_leads_back_to_a_cell(real: Refresh, kind: str, column: str, reading: str) -> None:
    behind = _behind(real)
    values = {r["raw_text"]: r["value"] for r in rows(real, "reading") if r["reading_kind"] == reading}
    published = [r for r in rows(real, kind) if r[column.split(".")[1]] is not None]
    assert published
    for record in published:
        texts = behind(kind, record[f"{kind}_id"], column)
        read = {values.get(" ".join(text.split())) for text in texts}
        assert str(record[column.split(".")[1]]) in read, (record[f"{kind}_id"], texts, read)


@pytest.mark.parametrize(("kind", "column"), PLAIN_COLUMNS)
def test_every_text_leads_back_to_a_cell(real: Refresh, kind: str, column: str) -> None:
    behind = _behind(real)
    for record in rows(real, kind):
        if record[column]:
            texts = [form(t) for t in behind(kind, record[f"{kind}_id"], f"{kind}.{column}") for form in (clean, literal)]
            assert record[column] in texts, (record[f"{kind}_id"], record[column], texts)


@pytest.mark.parametrize(
    "bridge", ["agreement_country", "agreement_field", "agreement_partner", "outcome_country", "outcome_field", "outcome_partner"]
)
def test_every_link_leads_back_to_a_cell_or_to_the_partner(real: Refresh, bridge: str) -> None:
    behind = _behind(real)
    kind, right = bridge.split("_")
    code = {"partner": "partner_id", "country": "country_code", "field": "field_code"}[right]
    partners = {r["partner_id"]: r for r in rows(real, "partner")}
    for link in rows(real, bridge):
        if link["method"] == "partner":
            named = [p["partner_id"] for p in rows(real, f"{kind}_partner") if p[f"{kind}_id"] == link[f"{kind}_id"]]
            assert link[code] in {partners[each]["country_code"] for each in named}
            continue
        texts = behind(kind, link[f"{kind}_id"], f"{bridge}.{code}")
        assert any(clean(link["raw_text"]) in clean(text) for text in texts), (link, texts)


def test_the_seed_agreement_is_complete(real: Refresh) -> None:
    (seed,) = [r for r in rows(real, "agreement") if r["signed_on"] == "2023-11-14"]
    key = seed["agreement_id"]
    assert seed["title_ru"] == "Соглашение о научном сотрудничестве СПбО РАН и Шанхайского отделения КАН"
    partners = {r["partner_id"]: r["partner_name"] for r in rows(real, "partner")}
    assert [partners[r["partner_id"]] for r in rows(real, "agreement_partner") if r["agreement_id"] == key] == [
        "Shanghai Branch of the Chinese Academy of Sciences"
    ]
    assert [r["country_code"] for r in rows(real, "agreement_country") if r["agreement_id"] == key] == ["CHN"]
    fields = {r["field_code"] for r in rows(real, "agreement_field") if r["agreement_id"] == key}
    assert {"1.1", "1.2", "1.3", "1.4", "2.5"} <= fields
    assert "exchange of publications and results" in seed["cooperation_forms"]
    assert [r for r in rows(real, "news_agreement") if r["agreement_id"] == key and r["is_accepted"]]
    origins = {r["source_row_id"] for r in rows(real, "record_source") if r["record_id"] == key}
    assert origins == {"agreements.xlsx#Agreements#22", "реестр_договоров.xlsx#Реестр#27"}


def _copy(raw: Path, *names: str) -> None:
    raw.mkdir(parents=True, exist_ok=True)
    for name in names:
        (raw / name).write_bytes((RAW / name).read_bytes())


def test_a_bad_file_is_named_and_changes_nothing_for_the_others(real: Refresh, tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    shutil.copytree(RAW, raw)
    (raw / "broken.xlsx").write_bytes((RAW / "agreements.xlsx").read_bytes()[:3000])
    (raw / "empty.csv").write_bytes(b"")
    (raw / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    (raw / "secret.xlsx").write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600
    )
    unknown = Workbook()
    unknown.active.append(["Colour", "Taste"])
    unknown.active.append(["red", "sweet"])
    unknown.save(raw / "unknown.xlsx")
    done = run(raw, tmp_path / "out", AS_OF)
    refused = {f["file_name"]: f["reason_code"] for f in done.files if f["verdict_code"] == "refused"}
    assert set(refused) == {"broken.xlsx", "empty.csv", "photo.jpg", "secret.xlsx", "unknown.xlsx"}
    assert refused["secret.xlsx"] == "encrypted"
    assert all(f["message"] for f in done.files if f["verdict_code"] == "refused")
    assert done.has_refusals
    named = {p["file_name"] for p in rows(done, "problem") if p["severity_code"] == "error"}
    assert set(refused) <= named
    for table in ("agreement", "news", "outcome", "partner", "agreement_partner"):
        assert rows(done, table) == rows(real, table)


def test_no_input_publishes_nothing_and_leaves_the_old_snapshot(tmp_path: Path) -> None:
    _copy(tmp_path / "raw", "agreements.xlsx")
    run(tmp_path / "raw", tmp_path / "out", AS_OF)
    before = (tmp_path / "out" / "current").read_bytes()
    (tmp_path / "raw" / "agreements.xlsx").unlink()
    with pytest.raises(NothingToPublish, match="no file to read"):
        run(tmp_path / "raw", tmp_path / "out", AS_OF)
    assert (tmp_path / "out" / "current").read_bytes() == before


def test_an_unreadable_date_refuses_its_row_by_name(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["Agreement ID", "Title", "Partner", "Country", "Signed"])
    book.active.append(["X-1", "Good", "TU Graz", "Austria", "2020"])
    book.active.append(["X-2", "Bad", "TU Graz", "Austria", "31.02.2020"])
    (tmp_path / "raw").mkdir()
    book.save(tmp_path / "raw" / "x.xlsx")
    done = run(tmp_path / "raw", tmp_path / "out", AS_OF)
    assert [r["agreement_id"] for r in rows(done, "agreement")] == ["X-1"]
    (problem,) = [p for p in rows(done, "problem") if p["problem_code"] == "bad_date"]
    assert (problem["row_number"], problem["letter"], problem["raw_text"]) == (3, "E", "31.02.2020")
    quarantine = load_workbook(done.folder / "quarantine.xlsx")["x.xlsx Sheet"]
    refused = [c.value for c in quarantine[5]]
    assert (refused[0], refused[1], refused[-1]) == (3, "E3", "31.02.2020")


def etl(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "etl", *arguments], cwd=ROOT, input=given, capture_output=True, text=True, check=False)


def test_the_command_line_keeps_its_promises(tmp_path: Path) -> None:
    _copy(tmp_path / "raw", "agreements.xlsx")
    good = etl("run", "--raw", str(tmp_path / "raw"), "--out", str(tmp_path / "out"), "--as-of", AS_OF, "--json")
    assert good.returncode == 0, good.stderr
    said = json.loads(good.stdout)
    assert good.stdout.count("\n") == 1
    assert (said["published"], said["records"]["agreement"]) == (True, 55)

    (tmp_path / "raw" / "broken.xlsx").write_bytes(b"no workbook")
    partly = etl("run", "--raw", str(tmp_path / "raw"), "--out", str(tmp_path / "out"), "--as-of", AS_OF)
    assert partly.returncode == 1
    assert "Refused broken.xlsx" in partly.stdout
    assert "quality.html" in partly.stdout

    none = etl("run", "--raw", str(tmp_path / "nowhere"), "--out", str(tmp_path / "out"))
    assert none.returncode == 2
    assert "Nothing was published" in none.stderr
    assert "Traceback" not in none.stderr

    assert etl("run", "--as-of", "yesterday").returncode == 3
    assert etl("paint").returncode == 3

    explained = etl("explain", "AGR-0010", "--data", str(tmp_path / "out"))
    assert "agreements.xlsx, sheet Agreements, row 10" in explained.stdout
    assert "F10 [Date signed] '2020.02.07' = 2020-02-07" in explained.stdout
    assert etl("explain", "AGR-9999", "--data", str(tmp_path / "out")).returncode == 3


@pytest.mark.parametrize("name", ["source_row", "agreement"])
def test_tables_are_the_same_whether_one_process_makes_them_or_two(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "agreements.csv").write_text("Title,Partner,Country,Signed\nA,TU Graz,Austria,2020\nB,,Atlantis,2021\n", "utf-8")
    alone = run(raw, tmp_path / "alone", AS_OF)
    monkeypatch.setattr("etl.pipeline.run._WORTH_TWO", 1)
    by_two = run(raw, tmp_path / "two", AS_OF)
    assert alone.folder
    assert by_two.folder
    assert (alone.folder / f"{name}.parquet").read_bytes() == (by_two.folder / f"{name}.parquet").read_bytes()


def test_a_full_disk_while_the_source_rows_are_stored_leaves_the_old_snapshot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw, out = tmp_path / "raw", tmp_path / "processed"
    raw.mkdir()
    (raw / "agreements.csv").write_text("Title,Partner,Country,Signed\nA,TU Graz,Austria,2020\n", "utf-8")
    before = run(raw, out, "2026-01-01")

    def full(content: object, path: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))

    monkeypatch.setattr("etl.pipeline.run.write_parquet", full)
    monkeypatch.setattr("etl.pipeline.run._WORTH_TWO", 1)
    with pytest.raises(CannotPublish, match="No space left on device; the published snapshot is untouched"):
        run(raw, out, "2026-01-02")
    assert (out / "current").read_text("utf-8").strip() == before.run_id
    assert sorted(path.name for path in (out / "snapshots").iterdir()) == [before.run_id]
    assert not (out / ".work").exists()


def test_a_dry_run_publishes_nothing(tmp_path: Path) -> None:
    done = run(RAW, tmp_path, AS_OF, dry=True)
    assert done.folder is None
    assert list(tmp_path.iterdir()) == []


NORMALISED = [
    ("date", "14 ноября 2023 г.", "2023-11-14", "read"),
    ("date", "31.02.2020", None, "refused"),
    ("country", "КНР", "CHN", "read"),
    ("country", "Middle East", None, "refused"),
    ("field", "материаловедение", "2.5", "read"),
    ("agreement-type", "MoU", "memorandum_of_understanding", "read"),
    ("outcome-type", "Summer school", "school", "read"),
]


@pytest.mark.parametrize(("kind", "text", "value", "status"), NORMALISED)
def test_normalise_answers_one_object_a_line(kind: str, text: str, value: str | None, status: str) -> None:
    done = etl("normalise", kind, given=f"{text}\n\n{text}\n")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) == 3
    assert (answers[0]["input"], answers[0]["value"], answers[0]["status"]) == (text, value, status)
    assert answers[0] == answers[2]
    assert answers[1]["status"] == "refused"
    assert set(answers[0]) == {"input", "value", "status", "reason", "candidates"}
