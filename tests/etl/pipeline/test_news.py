"""What the snapshot says of news: their events, links, findings and questions, from files as an office has them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from etl.pipeline.run import run

AGREEMENTS = """Agreement ID,Title,Partner,Country,Signed,Type
A-1,Cooperation agreement with TU Graz,Graz University of Technology,Austria,2024-05-19,Cooperation agreement
A-2,Exchange with Delft,Delft University of Technology,Netherlands,2019-03-14,Exchange agreement
A-3,Agreement with Tongji,Tongji University,China,2023-10-12,Cooperation agreement
A-4,Agreement with Aalto,Aalto University,Finland,2023-02-01,Cooperation agreement
"""
NEWS = """News ID;Date;Headline;Summary;URL
N-1;2024-05-20;Agreement signed with Graz;SPbPU and Graz University of Technology signed a cooperation agreement on 19 May 2024.;https://e.org/1
N-2;2024-05-23;Договор с Грацем подписан;19 мая 2024 года СПбПУ и Технологический университет Граца подписали соглашение.;https://e.org/2
N-3;2022-11-03;Delft colleagues on campus;A delegation of Delft University of Technology came. They discussed opening a joint laboratory.;https://e.org/3
N-4;2023-11-15;Agreement signed with Tongji;On 14 November 2023 SPbPU and Tongji University signed an agreement.;https://e.org/4
N-5;2024-06-12;Memorandum with Politecnico di Milano;On 11 June 2024 the rectors signed it. A joint laboratory was opened.;https://e.org/5
"""
OUTCOMES = """Outcome ID,Agreement ID,Date,Type,Title,Partner,Value
O-1,A-1,2024-06-11,Joint laboratory,Laboratory in Milan,Politecnico di Milano,1
"""


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    folder = tmp_path_factory.mktemp("news")
    raw = folder / "raw"
    raw.mkdir()
    for name, text in (("agreements", AGREEMENTS), ("news", NEWS), ("outcomes", OUTCOMES)):
        (raw / f"{name}.csv").write_text(text, "utf-8")
    done = run(raw, folder / "out", "2026-11-22")
    assert done.folder is not None
    return {path.stem: pq.read_table(path).to_pylist() for path in Path(done.folder).glob("*.parquet")}


def found(tables: dict[str, list[dict[str, Any]]], code: str) -> list[dict[str, Any]]:
    return [row for row in tables["problem"] if row["problem_code"] == code]


def test_each_item_has_its_event_and_the_words_that_prove_it(tables: dict[str, list[dict[str, Any]]]) -> None:
    events = {row["news_id"]: (row["event_code"], row["event_method"]) for row in tables["news"]}
    assert {name: code for name, (code, _) in events.items()} == {
        "N-1": "signing", "N-2": "signing", "N-3": "visit", "N-4": "signing", "N-5": "signing",
    }  # fmt: skip
    assert all(method.startswith(("title: '", "text: '")) for _, method in events.values())


def test_a_signing_is_linked_to_its_agreement_with_span_method_and_confidence(tables: dict[str, list[dict[str, Any]]]) -> None:
    links = {(row["news_id"], row["agreement_id"]): row for row in tables["news_agreement"] if row["is_accepted"]}
    assert set(links) >= {("N-1", "A-1"), ("N-2", "A-1")}
    link = links["N-1", "A-1"]
    texts = {row["news_id"]: row for row in tables["news"]}
    assert texts["N-1"][link["span_column"]][link["span_start"] : link["span_end"]] == link["raw_text"]
    assert link["method"] in ("signing", "date_of_signature")
    assert 0.8 < link["confidence"] < 1


def test_two_reports_of_one_event_share_its_id_and_the_later_one_says_so(tables: dict[str, list[dict[str, Any]]]) -> None:
    ids = {row["news_id"]: row["event_id"] for row in tables["news"]}
    assert ids["N-1"] is not None
    assert ids["N-1"] == ids["N-2"]
    assert [ids[name] for name in ("N-3", "N-4", "N-5")] == [None, None, None]
    (note,) = found(tables, "same_event")
    assert (note["severity_code"], note["file_name"], note["row_number"]) == ("note", "news.csv", 3)


def test_an_agreement_that_only_the_news_know_is_told_at_their_cell_and_asked(tables: dict[str, list[dict[str, Any]]]) -> None:
    (told,) = found(tables, "agreement_only_in_news")
    assert (told["severity_code"], told["file_name"], told["row_number"], told["letter"]) == ("warning", "news.csv", 6, "C")
    assert "Milan" in told["message"]
    asked = [row for row in tables["review"] if row["question"] == "Is this an agreement that no register has?"]
    assert [row["review_kind"] for row in asked] == ["news"]


def test_an_agreement_of_the_years_of_the_news_that_none_speaks_of_is_noted(tables: dict[str, list[dict[str, Any]]]) -> None:
    assert [(row["severity_code"], row["row_number"]) for row in found(tables, "agreement_without_news")] == [("note", 5)], (
        "A-3 has a news that may speak of it"
    )


def test_news_and_register_that_disagree_on_the_day_are_reported(tables: dict[str, list[dict[str, Any]]]) -> None:
    (told,) = found(tables, "news_disagrees")
    assert (told["file_name"], told["row_number"]) == ("news.csv", 5)
    assert "2023-11-14" in told["message"]
    assert "2023-10-12" in told["message"]


def test_an_outcome_of_the_news_is_linked_where_a_record_states_it_and_asked_where_none_does(
    tables: dict[str, list[dict[str, Any]]],
) -> None:
    assert [(row["news_id"], row["outcome_id"], row["is_accepted"]) for row in tables["news_outcome"]] == [("N-5", "O-1", True)]
    asked = [row for row in tables["review"] if row["question"] == "Is this an outcome that no register has?"]
    assert [row["candidates"] for row in asked] == [["joint_lab, planned"]]
    assert len(tables["outcome"]) == 1, "a proposal is no record"


def test_an_organisation_that_no_list_has_is_asked_about_and_becomes_a_partner_once_accepted(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    (raw / "decisions").mkdir(parents=True)
    (raw / "agreements.csv").write_text(AGREEMENTS, "utf-8")
    text = "News ID;Date;Headline;Summary;URL\nN-1;2024-05-20;Guests;Specialists of Brumford State University came from Astana.;https://e.org/1\n"
    (raw / "news.csv").write_text(text, "utf-8")

    def tables() -> dict[str, list[dict[str, Any]]]:
        done = run(raw, tmp_path / "out", "2026-11-22")
        assert done.folder is not None
        return {path.stem: pq.read_table(path).to_pylist() for path in Path(done.folder).glob("*.parquet")}

    before = tables()
    assert before["news_partner"] == []
    assert "Brumford State University" not in [row["partner_name"] for row in before["partner"]]
    (asked,) = [row for row in before["review"] if row["question"] == "Is this an organisation that no list has?"]
    assert "Brumford State University" in asked["candidates"]
    what = next(answer for answer in asked["answers"] if answer.startswith("partner:"))
    partner = what.removeprefix("partner:").split(" ")[0]
    line = f"N-1;partner;{partner};accept;Brumford State University;Anna;2026-11-22;they signed with us last week"
    (raw / "decisions" / "news.csv").write_text(f"news;what;value;verdict;expect;by;on;why\n{line}\n", "utf-8")
    after = tables()
    assert [(row["partner_id"], row["method"], row["is_accepted"]) for row in after["news_partner"]] == [(partner, "decision", True)]
    assert [row["country_code"] for row in after["partner"] if row["partner_id"] == partner] == ["KAZ"]
    assert not [row for row in after["review"] if row["question"] == "Is this an organisation that no list has?"]
