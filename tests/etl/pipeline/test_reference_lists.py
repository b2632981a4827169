"""Lists of organisations that an office drops beside its registers."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from etl.pipeline import reference_lists
from etl.pipeline.run import Refresh, run

HEADER = "id,display,country,city,types,names_json\n"


def line(number: str, name: str, *others: str, country: str = "AU", city: str = "Perth") -> str:
    names = json.dumps([[each, "en", "label"] for each in (name, *others)]).replace('"', '""')
    return f'{number},{name},{country},{city},education,"{names}"\n'


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """Return a folder with one register of a university that our own list does not know, under two names."""
    folder = tmp_path / "raw"
    (folder / "reference").mkdir(parents=True)
    rows = [
        "Title,Partner,Country,Signed",
        "One,Quokka Island University,Australia,2020",
        "Two,Rottnest Institute of Studies,Australia,2021",
    ]
    (folder / "agreements.csv").write_text("\n".join(rows), "utf-8")
    return folder


def refreshed(raw: Path) -> Refresh:
    return run(raw, raw.parent / "out", "2024-01-01")


def partners(done: Refresh) -> dict[str, str]:
    assert done.folder
    return {row["partner_id"]: row["partner_name"] for row in pq.read_table(done.folder / "partner.parquet").to_pylist()}


def test_a_list_in_the_folder_joins_the_names_that_it_knows(raw: Path) -> None:
    assert len(partners(refreshed(raw))) == 2
    text = HEADER + line("0quokka11", "Quokka Island University", "Rottnest Institute of Studies")
    (raw / "reference" / "list.csv").write_text(text, "utf-8")
    done = refreshed(raw)
    assert partners(done) == {"org-ror-0quokka11": "Quokka Island University"}
    entry = next(file for file in done.files if file["file_name"] == "reference/list.csv")
    assert (entry["verdict_code"], entry["format_code"], entry["rows_read"]) == ("read", "organisations", 1)
    assert entry["sha256"]


def test_of_two_lists_with_one_id_the_first_counts(raw: Path) -> None:
    (raw / "reference" / "a.csv").write_text(HEADER + line("0abc", "First Name"), "utf-8")
    (raw / "reference" / "b.csv").write_text(HEADER + line("0abc", "Second Name") + line("0xyz", "Third Name"), "utf-8")
    assert [each.name for each in reference_lists.load(raw).organisations.values()] == ["First Name", "Third Name"]


@pytest.mark.parametrize(("content", "reason"), [("x,y\n1,2\n", "format of ROR"), (HEADER, "lists no organisation"), ("", "list")])
def test_a_broken_list_is_refused_and_named_and_the_run_goes_on(raw: Path, content: str, reason: str) -> None:
    (raw / "reference" / "broken.csv").write_text(content, "utf-8")
    done = refreshed(raw)
    assert len(partners(done)) == 2
    entry = next(file for file in done.files if file["file_name"] == "reference/broken.csv")
    assert entry["verdict_code"] == "refused"
    assert reason in entry["message"]
    assert done.has_refusals


def test_countries_of_a_list_may_be_names_and_unknown_ones_are_told(raw: Path) -> None:
    rows = "id,name,country,city\n1,Quokka Island University,Australia,Perth\n2,Rottnest Institute of Studies,Atlantis,\n"
    (raw / "reference" / "own.csv").write_text(rows, "utf-8")
    done = refreshed(raw)
    assert done.folder
    found = pq.read_table(done.folder / "partner.parquet").to_pylist()
    assert {row["partner_id"]: row["country_code"] for row in found} == {"org-ror-1": "AUS", "org-ror-2": None}
    told = [row for row in pq.read_table(done.folder / "problem.parquet").to_pylist() if row["problem_code"] == "bad_country"]
    assert [(row["file_name"], "Atlantis" in row["message"]) for row in told] == [("reference/own.csv", True)]


def test_broken_records_are_told_with_their_number_and_id_and_the_others_are_loaded(raw: Path) -> None:
    sound = {"id": "https://ror.org/0quokka11", "names": [{"value": "Quokka Island University", "types": ["ror_display"]}]}
    broken = {"id": "https://ror.org/0null", "names": None}
    (raw / "reference" / "list.json").write_text(json.dumps([sound, *[broken] * 60]), "utf-8")
    done = refreshed(raw)
    assert done.folder
    assert "org-ror-0quokka11" in partners(done)
    told = [row for row in pq.read_table(done.folder / "problem.parquet").to_pylist() if row["problem_code"] == "bad_record"]
    first = next(row for row in told if row["row_number"] == 2)
    assert (first["file_name"], first["severity_code"]) == ("reference/list.json", "warning")
    assert "Record 2 (https://ror.org/0null) was not read" in first["message"]
    assert len(told) == 51 and any("60 records" in row["message"] for row in told)
    assert not done.has_refusals


def test_a_list_that_is_cut_off_is_used_and_told(raw: Path) -> None:
    records = [{"id": f"0{at}", "names": [{"value": f"University {at}", "types": []}]} for at in range(3)]
    (raw / "reference" / "list.json").write_text(json.dumps(records)[:-20], "utf-8")
    found = reference_lists.load(raw)
    assert len(found.organisations) == 2
    assert [(each.severity, each.code, each.row) for each in found.findings] == [("error", "cut_off", 3)]


def test_a_changed_list_is_another_input(raw: Path) -> None:
    before = refreshed(raw).run["inputs_sha256"]
    (raw / "reference" / "list.csv").write_text(HEADER + line("0abc", "Some University"), "utf-8")
    assert refreshed(raw).run["inputs_sha256"] != before


def test_a_read_me_and_a_link_are_left_alone(raw: Path) -> None:
    (raw / "reference" / "README.csv").write_text("x", "utf-8")
    (raw / "elsewhere.json").write_text("[]", "utf-8")
    (raw / "reference" / "a.json").symlink_to(raw / "elsewhere.json")
    assert not reference_lists.load(raw).files
