import gzip
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from etl.errors import RefusedFile
from etl.link.partner import json_values, reference_files
from etl.link.partner.reference import load_reference
from etl.link.partner.reference_files import Skipped, listed


def second(number: str = "0abc", **others: Any) -> dict[str, Any]:
    return {
        "id": f"https://ror.org/{number}",
        "status": "active",
        "names": [
            {"value": "Foo University", "lang": "en", "types": ["ror_display", "label"]},
            {"value": "Университет Фу", "lang": "ru", "types": ["label"]},
            {"value": "FUU", "lang": None, "types": ["acronym"]},
        ],
        "locations": [{"geonames_details": {"country_code": "DE", "name": "Fooburg"}}],
        "types": ["education", "funder"],
    } | others


FIRST = {
    "id": "https://ror.org/0abc",
    "name": "Foo University",
    "status": "active",
    "labels": [{"label": "Университет Фу", "iso639": "ru"}],
    "aliases": [],
    "acronyms": ["FUU"],
    "addresses": [{"city": "Fooburg", "geonames_city": {"city": "Fooburg"}}],
    "country": {"country_code": "DE"},
    "types": ["Education"],
}
SECOND_CSV = (
    "id,locations.geonames_details.country_code,locations.geonames_details.name,names.types.acronym,names.types.alias,"
    "names.types.label,names.types.ror_display,status,types\n"
    "https://ror.org/0abc,DE,Fooburg,no_lang_code: FUU,,ru: Университет Фу; en: Foo University,Foo University,active,education; funder\n"
    "https://ror.org/0old,DE,Fooburg,,,,Old University,inactive,education\n"
)
FIRST_CSV = (
    "id,name,types,status,aliases,labels,acronyms,addresses[0].geonames_city.name,country.country_code\n"
    "https://ror.org/0abc,Foo University,Education,active,,ru: Университет Фу,FUU,Fooburg,DE\n"
    "https://ror.org/0old,Old University,Education,withdrawn,,,,Fooburg,DE\n"
)


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    if name.endswith(".gz"):
        path.write_bytes(gzip.compress(text.encode()))
    elif name.endswith(".zip"):
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("v1.50-2024-07-29-ror-data.csv", FIRST_CSV.replace("Foo", "Wrong"))
            archive.writestr("v1.50-2024-07-29-ror-data.json", json.dumps([FIRST | {"name": "Wrong"}]))
            archive.writestr("v1.50-2024-07-29-ror-data_schema_v2.json", text)
    else:
        path.write_text(text, encoding="utf-8")
    return path


PRINTED = json.dumps([second(), second("0old", status="inactive"), second("0gone", status="withdrawn")], indent=4, ensure_ascii=False)


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("a.json", PRINTED, "the dump as published"),
        ("a.json", PRINTED.replace("\n", "\r\n"), "saved on Windows"),
        ("a.json", "\ufeff" + PRINTED, "with a byte order mark"),
        ("a.json", json.dumps([second()]), "in one line"),
        ("a.json", json.dumps(second(), indent=2), "one record"),
        ("a.json", json.dumps({"number_of_results": 1, "items": [second()]}), "an answer of the web service"),
        ("a.jsonl", json.dumps(second()) + "\n", "one record a line"),
        ("a.json.gz", PRINTED, "packed"),
        ("v1.50-2024-07-29-ror-data.zip", PRINTED, "the zip: the newer schema, JSON before CSV"),
        ("a.json", json.dumps([FIRST], indent=4), "schema 1"),
        ("a_schema_v2.csv", SECOND_CSV, "CSV of schema 2"),
        ("a.csv.gz", SECOND_CSV, "CSV, packed"),
        ("a.csv", FIRST_CSV, "CSV of schema 1"),
        ("a.csv", FIRST_CSV.replace(",", "|").replace(";", ",").replace("|", ";"), "CSV of a Russian Excel, with semicolons"),
    ],
)
def test_a_dump_is_read_in_every_form_it_is_published_in(tmp_path: Path, name: str, text: str, why: str) -> None:
    (only,) = load_reference(write(tmp_path, name, text))
    assert (only.id, only.reference_id, only.name, only.name_ru) == ("org-ror-0abc", "0abc", "Foo University", "Университет Фу"), why
    assert (only.city, only.country, only.kind) == ("Fooburg", "DEU", "university"), why
    assert "FUU" in only.names, why


@pytest.mark.parametrize("size", [1, 7, 64, 4096])
def test_a_large_file_is_read_piece_by_piece(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(json_values, "_CHUNK", size)
    records = [second(f"0{at:03}") for at in range(20)]
    for text in (json.dumps(records, indent=4), json.dumps(records), "\n".join(map(json.dumps, records))):
        assert [each.id for each in listed(write(tmp_path, "a.json", text), [])] == [f"0{at:03}" for at in range(20)]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", json.dumps([second()])[:-9]),
        ("a.json", "no json"),
        ("a.json", '[{"a": 1}]'),
        ("a.json", '["text"]'),
        ("a.csv", "id,name\n,No id\n"),
        ("a.json", json.dumps([second(names=None)])),
        ("a.json", "[null]"),
        ("a.csv", "partner,land\nA,B\n"),
        ("a.json.gz", ""),
    ],
)
def test_a_broken_list_is_refused_by_name(tmp_path: Path, name: str, text: str) -> None:
    path = write(tmp_path, name, text)
    if name.endswith(".gz"):
        path.write_bytes(b"\x1f\x8bnot packed")
    with pytest.raises(RefusedFile, match=path.name):
        load_reference(path)


BROKEN = [
    # record                                                             said                    what is wrong
    (second("0bad", names=None), "not built like", "names is null"),
    (second("0bad", names=[None]), "not built like", "a name is null"),
    (second("0bad", names=[{"value": None, "types": []}]), "no id or no name", "the value of a name is null"),
    (second("0bad", names=[{"value": "Bad", "lang": ["en"], "types": []}]), "no text", "a language is a list"),
    (second("0bad", names=[]), "not built like", "no name at all"),
    (second("0bad", types=[None]), "not built like", "a type is null"),
    (second("0bad", locations=[{"geonames_details": {"country_code": 7, "name": "X"}}]), "no text", "the country is a number"),
    ({"id": "0bad", "status": "active"}, "it has no 'name'", "neither schema"),
]


@pytest.mark.parametrize(("bad", "said", "why"), BROKEN, ids=[why for *_, why in BROKEN])
@pytest.mark.parametrize("indent", [None, 4])
def test_a_broken_record_costs_only_itself_and_is_told(bad: Any, said: str, why: str, indent: int | None, tmp_path: Path) -> None:
    skipped: list[Skipped] = []
    text = json.dumps([second("0one"), bad, second("0two")], indent=indent)
    assert [each.reference_id for each in load_reference(write(tmp_path, "a.json", text), skipped)] == ["0one", "0two"]
    assert [(each.position, each.id.rpartition("/")[2], said in each.why) for each in skipped] == [(2, "0bad", True)]


@pytest.mark.parametrize(
    ("name", "text", "at"),
    [
        ("a.json", PRINTED.replace('"status": "inactive"', '"status": inactive'), 2),
        ("a.jsonl", "\n".join([json.dumps(second()), '{"id": "https://ror.org/0bad", oops}', json.dumps(second("0two"))]), 2),
        ("a.json", json.dumps([second(), None, "text", 7]), 2),
        ("a.csv", "id,name\n0abc,A\n,No id\n0two,B\n", 2),
        ("a.csv", "id,name\n0abc,A\n0two,\n", 2),
    ],
)
def test_the_records_around_a_broken_one_are_loaded(name: str, text: str, at: int, tmp_path: Path) -> None:
    skipped: list[Skipped] = []
    assert load_reference(write(tmp_path, name, text), skipped)[0].reference_id == "0abc"
    assert skipped[0].position == at
    assert not skipped[0].is_rest


@pytest.mark.parametrize("text", [PRINTED[:-40], json.dumps([second(), second("0two")])[:-9]])
def test_what_stands_before_a_cut_is_loaded_and_the_cut_is_told(text: str, tmp_path: Path) -> None:
    skipped: list[Skipped] = []
    assert [each.reference_id for each in load_reference(write(tmp_path, "a.json", text), skipped)] == ["0abc"]
    assert [each.is_rest for each in skipped] == [True]


def test_a_damaged_archive_gives_what_stands_before_the_damage(tmp_path: Path) -> None:
    text = "\n".join(json.dumps(second(f"0{at:05}", names=[{"value": f"University {at * at}", "types": []}])) for at in range(20_000))
    path = write(tmp_path, "a.jsonl.gz", text)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) - 2000])
    skipped: list[Skipped] = []
    assert 0 < len(load_reference(path, skipped)) < 20_000
    assert skipped[-1].is_rest


def test_a_zip_without_a_list_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("readme.txt", "nothing")
    with pytest.raises(RefusedFile, match=r"a\.zip"):
        load_reference(tmp_path / "a.zip")
    (tmp_path / "b.zip").write_bytes(b"PK")
    with pytest.raises(RefusedFile, match=r"b\.zip"):
        load_reference(tmp_path / "b.zip")


def test_a_zip_that_unpacks_to_more_than_memory_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reference_files, "LARGEST", 100)
    with pytest.raises(RefusedFile, match="larger"):
        load_reference(write(tmp_path, "a.zip", PRINTED))
