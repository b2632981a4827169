import gzip
import json
from collections import defaultdict
from pathlib import Path

import pytest

from etl.errors import RefusedFile
from etl.link.partner.gazetteer import Gazetteer
from etl.link.partner.names import analyse
from etl.link.partner.reference import load_reference, organisations
from etl.link.partner.words import alpha_3, country_names
from etl.link.partners import Directory, similar
from etl.reference import rows
from etl.text import fold

KINDS = {"university", "institute", "academy", "company", "government", "network", "other"}


def test_ids_are_unique() -> None:
    ids = [each.id for each in organisations()]
    assert len(ids) == len(set(ids)) >= 400


def test_parents_exist_and_are_no_cycles() -> None:
    by_id = {each.id: each for each in organisations()}
    for each in organisations():
        assert not each.parent or (each.parent in by_id and by_id[each.parent].parent == ""), each.id


def test_kinds_and_countries_are_codes() -> None:
    codes = set(alpha_3().values())
    for each in organisations():
        assert each.kind in KINDS, each.id
        assert each.country in codes or (not each.country and each.kind in ("network", "other")), each.id
        assert each.name and each.name == each.name.strip()


def test_no_name_leads_to_two_organisations_of_one_country() -> None:
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for each in organisations():
        for name in each.names:
            found[analyse(name).squeezed, each.country].add(each.id)
    assert {name: ids for name, ids in found.items() if len(ids) > 1} == {}


def test_no_alias_is_a_country() -> None:
    assert [(each.id, name) for each in organisations() for name in each.names if fold(name) in country_names()] == []


def test_no_cell_of_the_list_is_padded() -> None:
    for row in rows("organisations"):
        assert all(value == value.strip() for value in row.values()), row["org_id"]
        assert all(alias.strip() == alias and alias for alias in row["aliases"].split("|") if row["aliases"]), row["org_id"]


def test_words_have_known_roles() -> None:
    roles = {"drop", "legal", "honour", "institution", "generic", "place", "country", "alpha2", "syllable", "family", "kind"}
    assert {row["role"] for row in rows("organisation_words")} <= roles
    assert {row["meaning"] for row in rows("organisation_words") if row["role"] == "kind"} <= KINDS


HEADER = "id,display,country,city,types,names_json\n"
LINE = '0abc,Foo University,DE,Fooburg,education,"[[""Foo University"", ""en"", ""ror_display+label""], [""FU Foo"", null, ""alias""]]"\n'
RECORD = {
    "id": "https://ror.org/0abc",
    "names": [
        {"value": "Foo University", "lang": "en", "types": ["ror_display", "label"]},
        {"value": "FU Foo", "lang": None, "types": ["alias"]},
    ],
    "locations": [{"geonames_details": {"country_code": "DE", "name": "Fooburg"}}],
    "types": ["education"],
}


def test_a_list_is_read_as_csv_gzip_and_json(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(HEADER + LINE, encoding="utf-8")
    with gzip.open(tmp_path / "a.csv.gz", "wt", encoding="utf-8") as file:
        file.write(HEADER + LINE)
    (tmp_path / "a.json").write_text(json.dumps([RECORD]), encoding="utf-8")
    lists = [load_reference(tmp_path / name) for name in ("a.csv", "a.csv.gz", "a.json")]
    assert lists[0] == lists[1] == lists[2]
    only = lists[0][0]
    assert (only.id, only.name, only.country, only.city, only.kind) == ("org-ror-0abc", "Foo University", "DEU", "Fooburg", "university")


@pytest.mark.parametrize("content", ["", "a,b\n1,2\n", HEADER + "1,A,DE,B,education,no json\n"])
def test_another_file_is_refused_by_name(tmp_path: Path, content: str) -> None:
    (tmp_path / "other.csv").write_text(content, encoding="utf-8")
    if content:
        with pytest.raises(RefusedFile, match=r"other\.csv"):
            load_reference(tmp_path / "other.csv")
    else:
        assert load_reference(tmp_path / "other.csv") == []


def test_a_further_list_adds_organisations_and_names(tmp_path: Path) -> None:
    twin = (
        LINE.replace("Foo University", "Graz University of Technology")
        .replace("DE,Fooburg", "AT,Graz")
        .replace("FU Foo", "Erzherzog-Johann-Universität")
    )
    (tmp_path / "a.csv").write_text(HEADER + LINE + twin.replace("0abc", "0def"), encoding="utf-8")
    extra = load_reference(tmp_path / "a.csv")
    directory = Directory(extra)
    assert directory.find_listed("FU Foo").value == "0abc"
    assert directory.find_listed("Erzherzog-Johann-Universität").value == "0def"
    assert similar("FU Foo", "Foo University", Gazetteer([*organisations(), *extra])).verdict == "same"
