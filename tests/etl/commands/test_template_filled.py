"""A template that is filled in and read by the real refresh: exactly what was written, and nothing to complain of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook

from etl.errors import NothingToPublish
from etl.pipeline.run import Refresh, run
from etl.records import KINDS, Kind
from etl.template import LANGUAGES, content
from etl.template.columns import Column, choices, columns, words
from tests.conftest import AS_OF

#: The examples of the columns make one record of each kind; this is what it is published as, in every language.
COMMON: dict[Kind, dict[str, Any]] = {
    "agreement": {
        "agreement_number": "0042", "agreement_type_code": "exchange_agreement", "signed_on": "2023-11-14", "signed_precision": "day",
        "effective_on": "2023-12", "effective_precision": "month", "expires_on": "2028-12", "term_months": 60, "is_open_ended": False,
        "has_auto_renewal": True, "notice_months": 6, "terminated_on": "2026-01-15",
    },
    "news": {"published_on": "2023-11-15", "published_precision": "day", "event_code": "signing", "event_method": "written"},
    "outcome": {
        "outcome_type_code": "mobility", "happened_on": "2024-03", "happened_precision": "month", "amount": 12, "amount_qualifier": "exact",
        "is_planned": False, "doi": "10.5555/0042",
    },
}  # fmt: skip
#: Published as written, under another name than the source field.
AS_WRITTEN: dict[Kind, dict[str, str]] = {
    "agreement": {
        "title": "title", "status": "status_note", "home_unit": "home_unit_name", "owner": "owner_name", "link": "document_link",
        "remarks": "remarks",
    },
    "news": {"title": "title", "text": "body_text", "link": "source_link"},
    "outcome": {"title": "title", "unit": "amount_unit", "status": "status_note", "venue": "venue_name", "link": "source_link"},
}  # fmt: skip
#: '5 years' says the end, so 'open-ended' stands in another record.
OTHER_END = "expires"


def cell_of(column: Column, text: str) -> object:
    """What a spreadsheet makes of ``text`` typed into a cell of the column: a day becomes a date, digits become a number."""
    if column.form in ("date", "end") and text[4:5] == text[7:8] == "-":
        return date.fromisoformat(text)
    return int(text) if column.form == "number" else text


def fill(path: Path, language: str, filled: Mapping[Kind, list[dict[str, str]]], kinds: tuple[Kind, ...] = KINDS) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content(kinds, language))
    book = load_workbook(path)
    for kind, records in filled.items():
        sheet = book[words(language)[kind]]
        for row, record in enumerate(records, 2):
            for at, column in enumerate(columns(kind, language), 1):
                if text := record.get(column.field):
                    cell = sheet.cell(row, at, cell_of(column, text))
                    cell.number_format = sheet.column_dimensions[cell.column_letter].number_format
    book.save(path)


def examples(kind: Kind, language: str, *without: str) -> dict[str, str]:
    return {column.field: column.example for column in columns(kind, language) if column.field not in without}


def rows(done: Refresh, table: str) -> list[dict[str, Any]]:
    assert done.folder
    return pq.read_table(done.folder / f"{table}.parquet").to_pylist()


def problems(done: Refresh) -> list[tuple[str, str]]:
    return [(each["problem_code"], each["message"]) for each in rows(done, "problem")]


def refreshed(folder: Path) -> Refresh:
    return run(folder / "raw", folder / "out", AS_OF)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_examples_of_all_kinds_come_out_as_they_were_written(tmp_path: Path, language: str) -> None:
    filled = {kind: [examples(kind, language, OTHER_END, "superseded_by")] for kind in KINDS}
    fill(tmp_path / "raw" / "a.xlsx", language, filled)
    done = refreshed(tmp_path)
    assert problems(done) == []
    assert (done.run["rows_loaded"], done.run["rows_quarantined"], done.questions) == (3, 0, 0)
    for kind in KINDS:
        (row,) = rows(done, kind)
        written = {published: filled[kind][0][field] for field, published in AS_WRITTEN[kind].items()}
        assert {name: row[name] for name in (*COMMON[kind], *written)} == COMMON[kind] | written
        (country,) = rows(done, f"{kind}_country")
        (field,) = rows(done, f"{kind}_field")
        (partner,) = rows(done, f"{kind}_partner")
        assert (country["country_code"], field["field_code"], partner["raw_text"]) == ("ISL", "2.3", filled[kind][0]["partners"])
    (agreement,) = rows(done, "agreement")
    assert agreement["cooperation_forms"] == filled["agreement"][0]["areas"].replace("；", "; ").split("; ")
    for kind in ("news", "outcome"):
        (tie,) = rows(done, f"{kind}_agreement")
        assert (tie["agreement_id"], tie["method"]) == (agreement["agreement_id"], "number")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_template_of_one_kind_is_read_alone(tmp_path: Path, language: str, kind: Kind) -> None:
    fill(tmp_path / "raw" / "a.xlsx", language, {kind: [examples(kind, language, OTHER_END, "superseded_by", "agreement_number")]}, (kind,))
    done = refreshed(tmp_path)
    # The news is of a signing, and there is no register: that is true.
    assert [code for code, _ in problems(done)] == (["agreement_only_in_news"] if kind == "news" else [])
    assert [len(rows(done, each)) for each in KINDS] == [int(each == kind) for each in KINDS]
    assert {each["sheet_name"] for each in rows(done, "source_column")} == {words(language)[kind]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_end_an_open_end_and_a_successor(tmp_path: Path, language: str) -> None:
    first = examples("agreement", language, "term", "auto_renewal", "terminated", "superseded_by")
    other = {"number": "0057", "title": "B", "expires": "2030-12-31", "signed": "2025"}
    third = {"number": "0058", "title": "C", "expires": "2031-06", "signed": "2025-11", "superseded_by": "0057"}
    third["auto_renewal"] = choices("renewals", language)[1]
    fill(tmp_path / "raw" / "a.xlsx", language, {"agreement": [first, first | other, first | third]})
    found = {row["agreement_number"]: row for row in rows(refreshed(tmp_path), "agreement")}
    assert (found["0042"]["is_open_ended"], found["0042"]["expires_on"]) == (True, None)
    assert (found["0057"]["expires_on"], found["0057"]["signed_on"], found["0057"]["signed_precision"]) == ("2030-12-31", "2025", "year")
    assert (found["0058"]["expires_on"], found["0058"]["signed_on"], found["0058"]["has_auto_renewal"]) == ("2031-06", "2025-11", False)
    assert found["0058"]["superseded_by_id"] == found["0057"]["agreement_id"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_choice_of_every_list_is_loaded(tmp_path: Path, language: str) -> None:
    filled: dict[Kind, list[dict[str, str]]] = {}
    for kind in KINDS:
        base = examples(kind, language, OTHER_END, "superseded_by", "agreement_number", "doi")
        offered = {column.field: choices(column.choices, language) for column in columns(kind, language) if column.choices}
        most = max(map(len, offered.values()))
        filled[kind] = [
            base | {"number": f"{kind[0]}{at}", "title": f"{base['title']} {at}", "link": f"https://example.org/{kind}/{at}"}
            | {field: choice[at % len(choice)] for field, choice in offered.items()}
            for at in range(most)
        ]  # fmt: skip
    fill(tmp_path / "raw" / "a.xlsx", language, filled)
    done = refreshed(tmp_path)
    assert [row for row in rows(done, "problem") if row["severity_code"] == "error"] == []
    assert done.run["rows_quarantined"] == 0
    bad = {"bad_country", "bad_field", "bad_type", "bad_value", "bad_date", "bad_number", "unknown_column", "no_header", "hidden_sheet"}
    assert bad.isdisjoint(code for code, _ in problems(done))
    assert len({row["country_code"] for row in rows(done, "outcome_country")}) >= 249
    assert len({row["field_code"] for row in rows(done, "agreement_field")}) == 42
    assert len({row["agreement_type_code"] for row in rows(done, "agreement")}) == 10
    assert len({row["outcome_type_code"] for row in rows(done, "outcome")}) == 13
    assert len({row["event_code"] for row in rows(done, "news")}) == 10
    assert {row["is_planned"] for row in rows(done, "outcome")} == {True, False}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kinds", [KINDS, ("outcome",)])
def test_an_untouched_template_is_said_to_have_headers_only(tmp_path: Path, language: str, kinds: tuple[Kind, ...]) -> None:
    fill(tmp_path / "raw" / "empty.xlsx", language, {}, kinds)
    with pytest.raises(NothingToPublish) as ended:
        refreshed(tmp_path)
    assert str(ended.value) == (
        "no row of the input became a record\n  empty.xlsx: The file has headers but no record below them."
    )  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_untouched_template_beside_data_is_one_finding(tmp_path: Path, language: str) -> None:
    fill(tmp_path / "raw" / "a.xlsx", language, {kind: [examples(kind, language, OTHER_END, "superseded_by")] for kind in KINDS})
    fill(tmp_path / "raw" / "b.xlsx", language, {})
    done = refreshed(tmp_path)
    assert [(row["problem_code"], row["file_name"], row["sheet_name"]) for row in rows(done, "problem")] == [("empty", "b.xlsx", None)]


def test_records_on_a_sheet_of_explanations_are_not_lost(tmp_path: Path) -> None:
    path = tmp_path / "raw" / "a.xlsx"
    fill(path, "en", {"agreement": [examples("agreement", "en", OTHER_END, "superseded_by")]})
    book = load_workbook(path)
    sheet = book["Explanations"]
    sheet.append([])
    sheet.append(["Agreement ID", "Title", "Partner", "Country", "Signed"])
    sheet.append(["77", "On the wrong sheet", "Aalto University", "Finland", "2020"])
    book.save(path)
    assert {row["agreement_number"] for row in rows(refreshed(tmp_path), "agreement")} == {"0042", "77"}


def test_a_warned_of_value_is_kept_and_judged_by_the_refresh(tmp_path: Path) -> None:
    several = {"countries": "Iceland; Finland", "fields": "Mathematics; Law", "type": "MoU"}
    odd = examples("agreement", "en", OTHER_END, "superseded_by") | several
    fill(tmp_path / "raw" / "a.xlsx", "en", {"agreement": [odd, odd | {"number": "1", "title": "Other", "countries": "Atlantis"}]})
    done = refreshed(tmp_path)
    assert [code for code, _ in problems(done)] == ["bad_country"]
    assert {row["country_code"] for row in rows(done, "agreement_country")} == {"ISL", "FIN"}
    assert {row["field_code"] for row in rows(done, "agreement_field")} == {"1.1", "5.5"}
    assert [row["agreement_type_code"] for row in rows(done, "agreement")] == ["memorandum_of_understanding"]
