"""What a mark leads to: its menu, its records as files, and nothing that breaks on a forged address."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from dashboard.app import create
from dashboard.export.workbook import workbook
from dashboard.figures.registry import FIGURES
from dashboard.filters import Selection
from dashboard.locale import speaker
from dashboard.marks import mark_of
from dashboard.pages import Context, lists
from dashboard.query.chosen import COUNT, rows_of
from dashboard.query.prepared import prepare
from dashboard.store import Store
from dashboard.traced import named
from tests.dashboard.conftest import ROWS, Publish


@pytest.fixture
def browser(published: Path) -> FlaskClient:
    return create(published).server.test_client()


def items(answer: Any) -> dict[str, str]:
    return {item["text"]: item["href"] for item in answer.json["items"]}


def test_the_menu_of_a_country_filters_shows_and_leads_to_its_profile(browser: FlaskClient) -> None:
    answer = browser.get("/marks/countries_ranking?mark=DEU&code=DEU&path=/countries&here=?since=2015&since=2015")
    assert answer.json["name"] == "Germany"
    assert items(answer) == {
        "Only Germany": "/countries?country=DEU&since=2015",
        "Without Germany": "/countries?country=-DEU&since=2015",
        "Show 3 records": "/records?since=2015&figure=countries_ranking&mark=DEU",
        "Open the profile": "/countries/DEU?since=2015",
    }


def test_what_is_chosen_alone_can_be_let_go(browser: FlaskClient) -> None:
    answer = browser.get("/marks/countries_ranking?mark=DEU&code=DEU&path=/&here=?country=DEU&country=DEU")
    assert items(answer)["No longer only Germany"] == "/"


def test_what_names_no_country_has_records_only(browser: FlaskClient) -> None:
    assert list(items(browser.get("/marks/countries_ranking?mark=none&code=none&path=/"))) == ["Show 0 records"]


def test_every_mark_of_agreements_is_called_in_words(published: Path) -> None:
    """A code such as ``in_force`` or ``DEU`` is for the address, not for a reader."""
    say = speaker("ru")
    with Store(published, prepare).snapshot().cursor() as db:
        for figure in FIGURES:
            frame = figure.ask(db, Selection()) if figure.counts == "agreement" else pd.DataFrame()
            names = {named(figure, frame, say, mark_of(row)) for row in rows_of(frame) if row.get(COUNT)}
            assert not [name for name in names if re.search(r"[a-z]_[a-z]| · $| ·  · |\b[A-Z]{3}$", name)], figure.id


def test_the_menu_speaks_the_language_of_the_page(browser: FlaskClient) -> None:
    assert "Только Германия" in items(browser.get("/marks/countries_ranking?mark=DEU&code=DEU&lang=ru"))


@pytest.mark.parametrize("path", ["//evil.example", "javascript:alert(1)", "https://evil.example/", "/a b"])
def test_no_item_leads_out_of_the_dashboard(browser: FlaskClient, path: str) -> None:
    for href in items(browser.get("/marks/countries_ranking", query_string={"mark": "DEU", "code": "DEU", "path": path})).values():
        assert href.startswith(("/?", "/records?", "/countries/"))


@pytest.mark.parametrize(
    "address",
    ["/marks/countries_ranking", "/marks/agreements_by_year?mark=x~y&code=x", "/marks/row_ledger?mark=%00", "/records.csv?figure=nothing",
     "/records.csv?figure=countries_ranking&mark='--", "/records.xlsx?kind=nothing", "/records.csv?kind=partner",
     "/records.csv?figure=row_ledger",
     "/records.csv?figure=missing_values&mark=agreement~signed_on", "/records.xlsx?figure=problems_by_file"],
)  # fmt: skip
def test_any_address_is_answered(browser: FlaskClient, address: str) -> None:
    assert browser.get(address).status_code == 200


def test_an_unknown_figure_has_no_menu(browser: FlaskClient) -> None:
    assert browser.get("/marks/nothing").status_code == 404


def test_the_records_come_as_they_are_counted(browser: FlaskClient) -> None:
    text = browser.get("/records.csv?figure=fields_ranking&mark=2.5").data.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["Id"], row["Countries"], row["Fields"]) for row in rows] == [("A-0", "Germany", "Materials engineering")]
    halves = browser.get("/records.csv?figure=countries_ranking&mark=DEU&counting=fractional").data.decode("utf-8-sig")
    assert [row["Counts as"] for row in csv.DictReader(io.StringIO(halves))] == ["1.0"] * 3


@pytest.mark.parametrize("selection", [Selection(), Selection(since=2016)])
def test_a_list_that_is_cut_leads_to_files_with_all_its_rows(browser: FlaskClient, selection: Selection) -> None:
    context = Context(None, "test", "2026-01-01", selection, speaker("ru"), "/agreements")  # type: ignore[arg-type]
    number = 3 if selection.is_everything() else 2
    assert lists.whole(context, "agreement", [{}] * number, number) == ()
    (name, csv_), (_, xlsx) = lists.whole(context, "agreement", [{}], number)
    assert name == "Все записи выборки (CSV)"
    rows = list(csv.DictReader(io.StringIO(browser.get(csv_).data.decode("utf-8-sig"))))
    assert len(rows) == number
    assert "Страны" in rows[0]
    assert load_workbook(io.BytesIO(browser.get(xlsx).data)).active["A3"].value == "A-1"


def test_the_file_of_partners_has_those_that_only_an_outcome_names(
    tmp_path: Path, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = {"raw_text": "x", "method": "cell", "confidence": 1.0, "is_accepted": True}
    partner = {"partner_kind": "university", "written_forms": []}
    for name, rows in {
        "partner": [{"partner_id": id_, "partner_name": id_.upper(), **partner} for id_ in ("a", "b")],
        "outcome": [{"outcome_id": "O", "outcome_type_code": "grant", "title": "Grant", "is_planned": False}],
        "outcome_partner": [{"outcome_id": "O", "partner_id": "b", **link}],
        "agreement_partner": [{"agreement_id": "A-0", "partner_id": "a", **link}],
    }.items():  # fmt: skip
        monkeypatch.setitem(ROWS, name, rows)
    publish(tmp_path)
    browser = create(tmp_path).server.test_client()
    found = {
        kind: [row["Id"] for row in csv.DictReader(io.StringIO(browser.get(f"/records.csv?kind={kind}").data.decode("utf-8-sig")))]
        for kind in ("named", "partner")
    }
    assert found == {"named": ["a", "b"], "partner": ["a"]}


def test_the_workbook_says_what_it_shows(browser: FlaskClient) -> None:
    sheet = load_workbook(io.BytesIO(browser.get("/export/countries_ranking.xlsx").data)).active
    rows = [[cell.value for cell in row[:3]] for row in sheet.iter_rows()]
    assert ["Germany", 3, 3] in rows
    assert "n\u00a0=\u00a03 · full counting · as of 1 January 2026" in rows[1][0]


@pytest.mark.parametrize("text", ["=1+1", "+1", "@x", "-2", '=HYPERLINK("x")', "\x01\x0bplain"])
def test_no_cell_of_a_workbook_is_a_formula(text: str) -> None:
    sheet = load_workbook(io.BytesIO(workbook([text], [[text]]))).active
    for cell in (sheet["A1"], sheet["A2"]):
        assert cell.data_type == "s"
        assert cell.quotePrefix == text.startswith(("=", "+", "@", "-"))
