"""Exports of databases through the whole refresh; every work in them is generated."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from etl.errors import NothingToPublish
from etl.pipeline.run import Refresh, run
from etl.tables import TABLES
from tests.conftest import AS_OF
from tests.etl.publications.generated import jsonl, scopus

HOME = "Peter the Great St. Petersburg Polytechnic University, Saint Petersburg, Russian Federation"
ABROAD = "Institute of Steel, Graz University of Technology, Graz, Austria"
HEAD = '"Authors","Title","Year","Source title","Page start","DOI","Affiliations","Author Keywords","Document Type","EID"\n'


def line(title: str, doi: str = "", where: str = f"{HOME}; {ABROAD}", year: str = "2023", kind: str = "Article", eid: str = "") -> str:
    return f'"Ivanov I.","{title}","{year}","Journal of Steel","10","{doi}","{where}","","{kind}","{eid or title}"\n'


@pytest.fixture
def refreshed(tmp_path: Path) -> Callable[..., Refresh]:
    def refresh(**files: str | bytes) -> Refresh:
        raw = tmp_path / "raw"
        (raw / "publications").mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            path = raw / name.replace("__", "/").replace("_dot_", ".")
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return run(raw, tmp_path / "out", AS_OF)

    return refresh


def rows(refresh: Refresh, name: str) -> list[dict[str, Any]]:
    assert refresh.folder is not None
    return pq.read_table(refresh.folder / f"{name}.parquet").to_pylist()


def problems(refresh: Refresh) -> Counter[str]:
    return Counter(row["problem_code"] for row in rows(refresh, "problem"))


def test_a_joint_publication_is_an_outcome_that_leads_back_to_its_row(refreshed: Callable[..., Refresh]) -> None:
    done = refreshed(publications__scopus_dot_csv="\ufeff" + HEAD + line("Fatigue of welded joints in bridges", "10.1000/ABC"))
    (outcome,) = rows(done, "outcome")
    assert (outcome["doi"], outcome["venue_name"], outcome["happened_year"], outcome["amount"]) == (
        "10.1000/abc",
        "Journal of Steel",
        2023,
        1,
    )
    (partner,) = rows(done, "outcome_partner")
    assert (partner["partner_id"], partner["raw_text"]) == ("org-tu-graz", ABROAD)
    assert [row["country_code"] for row in rows(done, "outcome_country")] == ["AUT"]
    (source,) = [row for row in rows(done, "source_row") if row["fate_code"] == "loaded"]
    assert source["record_id"] == outcome["outcome_id"] and any(partner["raw_text"] in cell["text"] for cell in source["cells"])
    assert [row["source_row_id"] for row in rows(done, "record_source")] == [source["source_row_id"]]
    letter = next(cell["letter"] for cell in source["cells"] if partner["raw_text"] in cell["text"])
    (column,) = [row for row in rows(done, "source_column") if row["letter"] == letter]
    assert (column["header_text"], "outcome_partner.partner_id" in column["published_columns"]) == ("Affiliations", True)


FATES = [
    (line("Ours and theirs about steel bridges"), "loaded", "record"),
    (line("Only ours about steel bridges", where=HOME), "not_data", "not_joint"),
    (line("Ours and domestic about steel", where=f"{HOME}; ITMO University, St. Petersburg, Russia"), "not_data", "not_joint"),
    (line("Only theirs about steel bridges", where=ABROAD), "not_data", "not_ours"),
    (line("Nobody says who wrote this one", where=""), "not_data", "no_address"),
    (line("Erratum to a paper about steel", kind="Erratum"), "not_data", "no_work"),
    (line(""), "quarantined", "record"),
    (line("Forthcoming paper about steel bridges", year="in press"), "quarantined", "record"),
]


def test_every_row_has_one_fate(refreshed: Callable[..., Refresh]) -> None:
    done = refreshed(scopus_dot_csv=HEAD + "".join(text for text, *_ in FATES))
    found = [(row["fate_code"], row["role_code"]) for row in sorted(rows(done, "source_row"), key=lambda row: row["row_number"])]
    assert found == [("not_data", "header"), *((fate, role) for _, fate, role in FATES)]
    assert (done.run["rows_read"], done.run["rows_loaded"], done.run["rows_quarantined"], done.run["rows_not_data"]) == (9, 1, 2, 6)
    assert problems(done) >= Counter(
        ["bad_record", "bad_record", "publications_not_ours", "publications_not_joint", "publications_no_address", "publications_no_work"]
    )


def test_a_work_with_a_broken_part_is_kept_and_told(refreshed: Callable[..., Refresh]) -> None:
    ours = {"display_name": "Peter the Great St. Petersburg Polytechnic University", "country_code": "RU"}
    theirs = {"display_name": "Graz University of Technology", "country_code": "AT"}
    people = [None, {"institutions": [ours, None]}, {"institutions": [theirs]}]
    works = [{"id": f"https://openalex.org/W{at}", "title": f"Steel bridges {at}", "authorships": people} for at in range(202)]
    done = refreshed(a_dot_jsonl="\n".join(map(json.dumps, works)) + "\n")
    assert len(rows(done, "outcome")) == 202
    told = [row for row in rows(done, "problem") if row["problem_code"] == "partial_record"]
    assert "without some of its parts: authorships (1), institutions (1)" in told[0]["message"]
    assert len(told) == 201 and [row for row in told if row["message"].startswith("202 records")]
    assert not done.run["rows_quarantined"]


RIS = "TY  - JOUR\nTI  - {title}\nAU  - Ivanov, I.\nPY  - 2023\nDO  - {doi}\nAD  - {home}\nAD  - {abroad}\nER  - \n"


def test_one_work_of_three_exports_counts_once(refreshed: Callable[..., Refresh]) -> None:
    title = "Fatigue of welded joints in bridges"
    ris = RIS.format(title=title.upper(), doi="https://doi.org/10.1000/Abc", home=HOME, abroad="Univ Roma, Rome, Italy")
    bib = f"@article{{k, title={{{title}}}, author={{Ivanov, I.}}, year={{2023}}, journal={{Другой}}}}\n"
    done = refreshed(a_dot_csv=HEAD + line(title, "10.1000/abc"), b_dot_ris=ris, c_dot_bib=bib.encode("cp1251"))
    (outcome,) = rows(done, "outcome")
    assert outcome["venue_name"] == "Journal of Steel"
    assert Counter(row["fate_code"] for row in rows(done, "source_row")) == Counter(loaded=1, merged=2, not_data=1)
    # The best record speaks for the work alone: an error of another database adds no country.
    assert [row["country_code"] for row in rows(done, "outcome_country")] == ["AUT"]
    assert [row["is_primary"] for row in rows(done, "record_source")].count(True) == 1


def test_paper_and_article_with_two_dois_are_two(refreshed: Callable[..., Refresh]) -> None:
    title = "Fatigue of welded joints in bridges"
    done = refreshed(a_dot_csv=HEAD + line(title, "10.1000/a", eid="1") + line(title, "10.1000/b", kind="Conference paper", eid="2"))
    assert done.records["outcome"] == 2


REGISTER = "Type,Title,Partner,Country,Year,DOI,Count,Unit\n"


def test_a_publication_of_a_register_takes_in_its_record_and_keeps_its_own_words(refreshed: Callable[..., Refresh]) -> None:
    register = REGISTER + "Joint publication,Our paper with Graz,Graz University of Technology,Austria,2022,https://doi.org/10.1000/ABC,,\n"
    done = refreshed(outcomes_dot_csv=register, scopus_dot_csv=HEAD + line("Fatigue of welded joints in bridges", "10.1000/abc"))
    (outcome,) = rows(done, "outcome")
    assert (outcome["title"], outcome["happened_year"], outcome["venue_name"]) == ("Our paper with Graz", 2022, "Journal of Steel")
    fates = {row["file_name"]: row["fate_code"] for row in rows(done, "source_row") if row["record_id"] == outcome["outcome_id"]}
    assert fates == {"outcomes.csv": "loaded", "scopus.csv": "merged"}
    assert [row["partner_id"] for row in rows(done, "outcome_partner")] == ["org-tu-graz"]


def test_a_total_beside_the_papers_themselves_is_told(refreshed: Callable[..., Refresh]) -> None:
    register = REGISTER + "Joint publication,Papers with Graz,Graz University of Technology,Austria,2023,,12,papers\n"
    done = refreshed(outcomes_dot_csv=register, scopus_dot_csv=HEAD + line("Fatigue of welded joints in bridges"))
    (found,) = [row for row in rows(done, "problem") if row["problem_code"] == "publications_overlap"]
    assert (found["file_name"], found["row_number"]) == ("outcomes.csv", 2)
    quiet = refreshed(outcomes_dot_csv=register.replace("2023", "2019"))
    assert "publications_overlap" not in problems(quiet)


def test_the_own_institution_is_told_by_its_names(refreshed: Callable[..., Refresh]) -> None:
    text = HEAD + line("Fatigue of welded joints in bridges", where=f"Univ Nowhere, Lima, Peru; {ABROAD}")
    first = refreshed(a_dot_csv=text, b_dot_csv=HEAD + line("Something else about steel bridges"))
    assert first.records["outcome"] == 1
    (warning,) = [row for row in rows(first, "problem") if row["problem_code"] == "publications_not_ours"]
    assert warning["severity_code"] == "warning" and "Names tried" in warning["message"]
    named = refreshed(sources_dot_yaml="home: {names: [Univ Nowhere], country: PE}\n")
    assert [row["title"] for row in rows(named, "outcome")] == ["Fatigue of welded joints in bridges"]
    assert "bad_settings" not in problems(named)
    again = refreshed(sources_dot_yaml="home: [Graz University of Technology]\n")
    assert again.run_id != named.run_id


def test_nothing_but_strangers_publishes_nothing(refreshed: Callable[..., Refresh]) -> None:
    with pytest.raises(NothingToPublish, match="Names tried"):
        refreshed(a_dot_csv=HEAD + line("Only theirs about steel bridges", where=ABROAD))


def test_a_bibliography_without_addresses_is_taken_at_its_word_and_told(refreshed: Callable[..., Refresh]) -> None:
    done = refreshed(list_dot_bib="@article{a, title={Cavitation in large pumps}, year=2020}\n@article{b, title={open\n")
    assert (done.records["outcome"], done.run["rows_quarantined"]) == (1, 1)
    assert {"publications_no_address", "bad_record"} <= set(problems(done))


def test_a_cut_off_archive_keeps_what_was_read(refreshed: Callable[..., Refresh], tmp_path: Path) -> None:
    import gzip

    jsonl(tmp_path / "works.jsonl", 400)
    packed = gzip.compress((tmp_path / "works.jsonl").read_bytes())
    done = refreshed(works_dot_jsonl_dot_gz=packed[: len(packed) // 2])
    assert 0 < done.records["outcome"] < 300
    assert "cut_off" in problems(done)


def test_a_thousand_works_twice_the_same_bytes(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    jsonl(raw / "works.jsonl", 1000)
    scopus(raw / "scopus.csv", 300)
    one, two = run(raw, tmp_path / "one", AS_OF), run(raw, tmp_path / "two", AS_OF)
    assert one.folder and two.folder
    assert one.records["outcome"] == 750
    assert Counter(row["fate_code"] for row in rows(one, "source_row")) == Counter(loaded=750, merged=225, not_data=326)
    assert {row["field_code"] for row in rows(one, "outcome_field")} >= {"1.2", "1.3", "2.2", "2.3"}
    for each in TABLES:
        stored = pq.read_table(one.folder / f"{each.name}.parquet")
        assert stored.schema.equals(each.schema(), check_metadata=False) and stored.schema.metadata.keys() >= each.schema().metadata.keys()
        keys = [tuple((row[c] is not None, row[c]) for c in each.key) for row in stored.select([str(c) for c in each.key]).to_pylist()]
        assert keys == sorted(keys), each.name
        if each.name != "run":
            assert (one.folder / f"{each.name}.parquet").read_bytes() == (two.folder / f"{each.name}.parquet").read_bytes(), each.name
