import json

import pytest
from dash import html

from dashboard import frame
from dashboard.app import create
from dashboard.figures import Figure
from dashboard.pages import Page

ASKED = {"path": "/", "query": "", "language": "en", "dark": False}
OUTPUT = f"..{frame.DRAWN}.data...{frame.SHOWN}.data.."


def call(**asked):
    return {
        "output": OUTPUT,
        "outputs": [{"id": frame.DRAWN, "property": "data"}, {"id": frame.SHOWN, "property": "data"}],
        "inputs": [{"id": frame.ASKED, "property": "data", "value": ASKED | asked}],
        "state": [{"id": frame.SHOWN, "property": "data", "value": None}],
        "changedPropIds": [f"{frame.ASKED}.data"],
    }


def count(db, selection):
    sql = "SELECT agreement_id AS name, signed_year AS year FROM agreement"
    return db.execute(sql + (" WHERE false" if selection.countries == ("FRA",) else "")).df()


FIGURE = Figure(
    id="signed", question="How many?", ask=count, draw=lambda *_: {"data": [], "layout": {}},
    finding=lambda frame, *_: f"{len(frame)} signed", subtitle=lambda *_: "agreements", table=lambda frame, _say: frame, click="country",
)  # fmt: skip


def draw(context, thing):
    from dashboard.card import chart_card

    return html.Div([html.H1(f"{context.path} {thing}"), chart_card(FIGURE, context)])


def fail(_context, _thing):
    raise ZeroDivisionError


PAGES = (Page("/", "Overview", draw), Page("/countries", "Countries", draw), Page("/broken", "Broken", fail))


@pytest.fixture
def app(published):
    return create(published, pages=PAGES, figures=(FIGURE,))


@pytest.fixture
def browser(app):
    return app.server.test_client()


def drawn(browser, **asked):
    answer = browser.post("/_dash-update-component", json=call(**asked))
    assert answer.status_code == 200, answer.data
    return json.loads(answer.data)["response"][frame.DRAWN]["data"]


def test_the_page_of_the_address_is_drawn(browser):
    made = drawn(browser)
    assert made["title"] == "Overview · International cooperation"
    assert "3 signed" in json.dumps(made["places"][frame.CONTENT])


def test_the_frame_speaks_the_language_of_the_reader(browser):
    places = drawn(browser, language="ru", query="?country=DEU")["places"]
    said = json.dumps([places[frame.HEADER], places[frame.BAR], places[frame.CHIPS]], ensure_ascii=False)
    for word in (
        "Международное сотрудничество",
        "По состоянию на 1 января 2026",
        "загружено 88,8 % строк",
        "Германия",
        "Сбросить",
        "Дробный",
    ):
        assert word in said


def test_an_id_at_the_end_of_the_address_reaches_its_page(browser):
    assert "/countries/DEU DEU" in json.dumps(drawn(browser, path="/countries/DEU")["places"][frame.CONTENT])


def test_an_unknown_address_says_so(browser):
    assert "There is no page" in json.dumps(drawn(browser, path="/nowhere/at/all")["places"][frame.CONTENT])


def test_a_page_that_fails_leaves_the_frame_alive(browser, caplog):
    places = drawn(browser, path="/broken")["places"]
    assert "could not be drawn" in json.dumps(places[frame.CONTENT])
    assert "ZeroDivisionError" not in json.dumps(places)
    assert "ZeroDivisionError" in caplog.text


def test_nonsense_in_the_address_is_named_and_left_out(browser):
    assert "since=x" in json.dumps(drawn(browser, query="?since=x")["places"][frame.MESSAGES])


def test_an_empty_chart_offers_to_remove_the_filter_that_empties_it(browser):
    said = json.dumps(drawn(browser, query="?country=FRA&since=2015")["places"][frame.CONTENT])
    assert "Without the filter of countries" in said
    assert "For all years" not in said


def test_the_filter_bar_is_sent_only_when_it_changes(browser):
    asked = call()
    first = json.loads(browser.post("/_dash-update-component", json=asked).data)["response"]
    asked["state"][0]["value"] = first[frame.SHOWN]["data"]
    second = json.loads(browser.post("/_dash-update-component", json=asked).data)["response"]
    assert frame.BAR in first[frame.DRAWN]["data"]["places"]
    assert frame.BAR not in second[frame.DRAWN]["data"]["places"]


def test_the_dark_theme_exchanges_the_colours_of_the_charts(browser):
    from dashboard.colours import INK, NIGHT

    light, dark = (json.dumps(drawn(browser, dark=dark)["places"][frame.CONTENT]) for dark in (False, True))
    assert INK in light
    assert INK not in dark
    assert NIGHT[INK] in dark


def test_without_data_the_page_says_how_to_make_some(tmp_path):
    browser = create(tmp_path, pages=PAGES, figures=()).server.test_client()
    assert "make etl" in json.dumps(drawn(browser)["places"][frame.CONTENT])
    health = browser.get("/healthz")
    assert (health.status_code, health.json["status"]) == (503, "none")


def test_a_refused_snapshot_is_told_on_every_page_and_by_the_health_check(published, publish, app, browser):
    (publish(published, "20260102-b") / "news.parquet").unlink()
    app.store.refresh()
    assert "news.parquet" in json.dumps(drawn(browser)["places"][frame.MESSAGES])
    health = browser.get("/healthz")
    assert (health.status_code, health.json["status"], health.json["snapshot"]) == (503, "stale", "20260101-a")


def test_the_health_check_names_the_snapshot(browser):
    assert browser.get("/healthz").json == {"status": "ok", "snapshot": "20260101-a", "as_of": "2026-01-01"}


def test_the_csv_has_a_byte_order_mark_and_the_rows_of_the_chart(browser):
    answer = browser.get("/export/signed.csv?country=DEU&lang=en")
    assert answer.data.decode("utf-8-sig").splitlines()[:2] == ["name,year", "A-0,2015"]
    assert answer.headers["Content-Disposition"] == 'attachment; filename="signed-2026-01-01.csv"'
    assert browser.get("/export/nothing.csv").status_code == 404


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "＝1", "\n=1"])
def test_no_cell_of_the_csv_is_a_formula(text):
    import pandas as pd

    from dashboard.export.tables import as_csv

    assert "'" + text in as_csv(pd.DataFrame({text: [text]})).replace('"', "")


def test_a_port_in_use_is_told_and_ends_with_2(capsys):
    import socket

    from dashboard.__main__ import main

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert main(["--port", str(taken.getsockname()[1])]) == 2
    assert "Choose another --port" in capsys.readouterr().err
