"""The guide beside the lists of organisations is true: its example does what it says, and the guide itself is no list."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from etl.link.partner.reference import organisations
from etl.link.partner.reference_files import SUFFIXES
from etl.pipeline import reference_lists
from etl.pipeline.run import run
from tests.conftest import ROOT

GUIDE = ROOT / "data" / "raw" / "reference" / "README.md"
NAMES = ("Quokka Island University", "Rottnest Institute of Studies", "Университет острова Квокка", "短尾矮袋鼠岛大学")

#: A name that is enough only beside the country, and an acronym, which never is.
FURTHER, ACRONYM = NAMES[1], "QIU-WA"


def example() -> str:
    found = re.search(r"```csv\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    assert found
    return found[1]


@pytest.mark.parametrize(("delimiter", "has_country"), [(",", False), (";", True), ("\t", False)])
def test_the_example_of_the_guide_does_what_it_says(delimiter: str, has_country: bool, tmp_path: Path) -> None:
    folder = tmp_path / "raw" / "reference"
    folder.mkdir(parents=True)
    shutil.copy(GUIDE, folder)
    lines = (",".join(f'"{cell}"' for cell in line.split(",")).replace('","', f'"{delimiter}"') for line in example().splitlines())
    (folder / "partners.csv").write_text("\n".join(lines), "utf-8-sig")
    where = {name: "Australia" if has_country or name == FURTHER else "" for name in NAMES}
    register = "".join(f"A-{at};Pact {at};{name};{where[name]};2020\n" for at, name in enumerate(NAMES))
    (folder.parent / "agreements.csv").write_text(f"Number;Title;Partner;Country;Date\n{register}", "utf-8")
    done = run(folder.parent, tmp_path / "out", "2026-11-22")
    assert done.folder
    (partner,) = pq.read_table(done.folder / "partner.parquet").to_pylist()
    assert (partner["partner_id"], partner["partner_name"], partner["city_name"]) == ("org-ror-quokka", NAMES[0], "Perth")
    assert (partner["partner_kind"], partner["country_code"]) == ("university", "AUS")
    links = pq.read_table(done.folder / "agreement_country.parquet").to_pylist()
    assert [row["country_code"] for row in links] == ["AUS"] * len(NAMES)
    assert {file["file_name"]: file["verdict_code"] for file in done.files}["reference/README.md"] == "ignored"


def test_an_acronym_and_without_a_country_another_name_are_asked_about(tmp_path: Path) -> None:
    folder = tmp_path / "raw" / "reference"
    folder.mkdir(parents=True)
    (folder / "partners.csv").write_text(example(), "utf-8")
    register = f"Title;Partner;Country;Date\nOne;{FURTHER};;2020\nTwo;{ACRONYM};Australia;2021\n"
    (folder.parent / "agreements.csv").write_text(register, "utf-8")
    done = run(folder.parent, tmp_path / "out", "2026-11-22")
    assert done.folder
    asked = pq.read_table(done.folder / "review.parquet").to_pylist()
    assert {row["subject"] for row in asked if "org-ror-quokka" in str(row["candidates"])} == {FURTHER, ACRONYM}


def test_the_guide_is_no_list_and_changes_no_run(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "agreements.csv").write_text("Title;Partner;Country;Date\nPact;TU Graz;Austria;2020\n", "utf-8")
    before = run(raw, tmp_path / "out", "2026-11-22").run_id
    (raw / "reference").mkdir()
    shutil.copy(GUIDE, raw / "reference")
    assert run(raw, tmp_path / "out", "2026-11-22").run_id == before
    assert not reference_lists.load(raw).files


def test_the_guide_names_every_kind_of_file_and_counts_right() -> None:
    text = GUIDE.read_text("utf-8")
    assert [suffix for suffix in SUFFIXES if f"{suffix}`" not in text] == []
    assert f"{len(organisations()):,} organisations" in text
