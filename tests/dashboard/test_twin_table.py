"""The table of a chart is asked for when it is opened: it says what the figure says, of the very data that the chart was drawn from."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboard import twin_table
from dashboard.app import create
from dashboard.figures import Figure
from dashboard.figures.registry import FIGURES
from dashboard.filters import Selection
from dashboard.locale import speaker
from dashboard.store import Store
from dashboard.twin_table import contents, place
from etl.pipeline.run import run

ROOT = Path(__file__).parents[2]
CHOICES = (Selection(), Selection(countries=("CHN",), since=2012, counting="fractional"))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("twins")
    run(ROOT / "data" / "raw", folder, "2026-11-22")
    app = create(folder)
    found: Store = app.store
    found.client = app.server.test_client()  # type: ignore[attr-defined]
    return found


@pytest.fixture(scope="module")
def client(store: Store) -> FlaskClient:
    found: FlaskClient = store.client  # type: ignore[attr-defined]
    return found


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.id)
def test_the_table_that_is_served_is_that_of_the_figure_on_a_plain_connection(store: Store, client: FlaskClient, figure: Figure) -> None:
    snapshot = store.snapshot()
    assert snapshot
    for selection, language in zip(CHOICES, ("en", "ru"), strict=True):
        answer = client.get(place(figure, selection, language, snapshot.id))
        assert answer.status_code == 200
        with snapshot.cursor() as cursor:
            assert answer.json == contents(figure, figure.ask(cursor, selection), selection, speaker(language))


def test_other_data_than_that_of_the_chart_is_refused(client: FlaskClient) -> None:
    assert client.get(place(FIGURES[0], Selection(), "en", "20200101-older")).status_code == 409
    assert client.get(f"{twin_table.PATH}{FIGURES[0].id}").status_code == 409


def test_an_unknown_figure_has_no_table(client: FlaskClient) -> None:
    assert client.get(f"{twin_table.PATH}nothing?snapshot=x").status_code == 404


def test_without_data_there_is_no_table(tmp_path: Path) -> None:
    client = create(tmp_path).server.test_client()
    assert client.get(place(FIGURES[0], Selection(), "en", "x")).status_code == 503
