"""Another institution than the built-in one: it is nobody's partner, its country is home, and ours is abroad."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest

from dashboard.query.chosen import linked
from etl.commands.extract import main as extract
from etl.link.partners import Directory
from etl.pipeline.home import home, unlocated
from etl.pipeline.run import run

AS_OF = "2026-11-22"
REGISTER = """Number;Title;Partner;Country;Date
A-1;Exchange;Technical University of Munich;Germany;2020
A-2;Exchange;Peter the Great St. Petersburg Polytechnic University;Russia;2021
A-3;Network;Zhonghai Institute of Technology; Graz University of Technology;China, Austria;2022
A-4;Framework;SPbPU;;2019
A-5;Consortium;Peking University;China;2018
""".replace("Technology; Graz", "Technology\u00a0/ Graz")
NEWS = """News ID;Date;Headline;Summary
N-1;2021;Zhonghai Institute of Technology signs with SPbPU;In Russia the rectors of Zhonghai Tech and of the Polytechnic spoke of China.
"""
WORKS = """"Authors","Title","Year","Source title","DOI","Affiliations","EID"
"Li W.","Fatigue of welded joints in bridges","2023","Steel","10.1/a","Zhonghai Tech, Wuhan, China; SPbPU, Saint Petersburg, Russia","1"
"Li W.","Creep of bolted joints in bridges","2023","Steel","10.1/b","Zhonghai Tech, Wuhan, China; Peking University, Beijing, China","2"
"""
HOME = "home: {names: [Zhonghai Institute of Technology, Zhonghai Tech], country: CN}\n"


def tables(tmp_path: Path, settings: str, works: str = WORKS) -> dict[str, list[dict[str, Any]]]:
    raw = tmp_path / "raw"
    raw.mkdir(exist_ok=True)
    for name, text in (("agreements.csv", REGISTER), ("news.csv", NEWS), ("works.csv", works), ("sources.yaml", settings)):
        (raw / name).write_text(text, "utf-8")
    done = run(raw, tmp_path / "out", AS_OF)
    assert done.folder is not None
    return {path.stem: pq.read_table(path).to_pylist() for path in done.folder.glob("*.parquet")}


def codes(made: dict[str, list[dict[str, Any]]], bridge: str, column: str) -> set[str]:
    return {row[column] for row in made[bridge] if row["is_accepted"]}


def test_the_own_country_is_home_and_russia_is_abroad(tmp_path: Path) -> None:
    made = tables(tmp_path, HOME)
    assert codes(made, "agreement_country", "country_code") == {"DEU", "RUS", "AUT"}
    assert codes(made, "news_country", "country_code") == {"RUS"}
    assert codes(made, "outcome_country", "country_code") == {"RUS"}
    assert made["run"][0]["home_country_code"] == "CHN"


def test_the_own_institution_is_nobodys_partner_and_the_built_in_one_is(tmp_path: Path) -> None:
    made = tables(tmp_path, HOME)
    assert codes(made, "agreement_partner", "partner_id") == {"org-tum", "org-spbpu", "org-tu-graz", "org-pku"}
    assert codes(made, "news_partner", "partner_id") == {"org-spbpu"}
    assert codes(made, "outcome_partner", "partner_id") == {"org-spbpu"}
    assert not [row for row in made["review"] if "Zhonghai" in row["subject"]]


def test_without_a_word_of_it_the_built_in_institution_is_home(tmp_path: Path) -> None:
    made = tables(tmp_path, "")
    assert codes(made, "agreement_country", "country_code") == {"DEU", "AUT", "CHN"}
    assert "org-spbpu" not in codes(made, "agreement_partner", "partner_id")
    assert made["run"][0]["home_country_code"] == "RUS"


def test_the_dashboard_asks_the_snapshot_where_home_is(tmp_path: Path) -> None:
    made = tables(tmp_path, HOME)
    folder = next((tmp_path / "out" / "snapshots").iterdir())
    db = duckdb.connect()
    for name in made:
        db.execute(f"create table {name} as select * from '{folder / name}.parquet'")
    shown = {kind: {code for (code,) in db.execute(f"with {linked('agreement', kind)} select code from linked").fetchall()}
             for kind in ("country", "partner")}  # fmt: skip
    assert shown == {"country": {"DEU", "RUS", "AUT"}, "partner": {"org-tum", "org-spbpu", "org-tu-graz"}}


def test_extract_reads_for_the_institution_of_the_snapshot(tmp_path: Path) -> None:
    tables(tmp_path, HOME)
    said = io.StringIO()
    extract([json.dumps({"title": "Zhonghai Tech and SPbPU sign in Wuhan", "text": "From China to Russia."}).encode()], said,
            data=tmp_path / "out", reference=None)  # fmt: skip
    answer = json.loads(said.getvalue())
    assert answer["countries"] == ["RUS"]
    assert [each["id"] for each in answer["partners"]] == ["org-spbpu"]


@pytest.mark.parametrize(
    ("names", "country", "where", "who"),
    [
        ((), "", "RUS", {"org-spbpu", "org-ras-spb"}),
        (("Technical University of Munich",), "", "DEU", {"org-tum"}),
        (("Nowhere Institute of Steel", "TUM"), "DEU", "DEU", {"org-tum"}),
        (("Nowhere Institute of Steel",), "CHN", "CHN", set()),
        (("Nowhere Institute of Steel",), "", "RUS", set()),
        # A short name that somebody abroad has is still our name, but not he.
        (("Nowhere Institute of Steel", "MIT"), "CHN", "CHN", set()),
    ],
)
def test_a_name_that_is_known_says_who_and_where(names: tuple[str, ...], country: str, where: str, who: set[str]) -> None:
    found = home(names, country, Directory())
    assert (found.country, found.organisations) == (where, who)
    assert set(names) <= set(found.names)


def test_a_country_that_nobody_knows_is_a_warning() -> None:
    assert [each.severity for each in unlocated(("Nowhere Institute of Steel",), "", Directory())] == ["warning"]
    assert (
        not unlocated(("Technical University of Munich",), "", Directory())
        + unlocated((), "", Directory())
        + unlocated(("Nowhere",), "CHN", Directory())
    )
