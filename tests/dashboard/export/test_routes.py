"""The files of a chart over HTTP: for the view of the address, one after the other, each made once."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from dashboard.export import routes, seal
from dashboard.export.chart import SUFFIXES, TYPES
from dashboard.export.pictures import ready
from dashboard.export.queue import Queue, TooMany
from dashboard.figures.registry import FIGURES
from dashboard.query.prepared import prepare
from dashboard.store import Store


@pytest.fixture(scope="module")
def queue() -> Any:
    made = Queue()
    yield made
    made._pictures.close()


@pytest.fixture(scope="module")
def client(data: Path, queue: Queue) -> FlaskClient:
    server = Flask("test")
    routes.register(server, Store(data, prepare), FIGURES, queue)
    found: FlaskClient = server.test_client()
    return found


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_kind_of_file_shows_the_view_of_the_address(client: FlaskClient, suffix: str) -> None:
    answer = client.get(f"/export/countries_ranking.{suffix}?field=2&since=2015&counting=fractional&lang=ru")
    assert (answer.status_code, answer.mimetype) == (200, TYPES[suffix])
    assert answer.headers["Content-Disposition"] == f'attachment; filename="countries_ranking-2026-11-22.{suffix}"'
    (found,) = seal.read(answer.data, suffix)
    told = (found.is_whole, found.passport.filters, found.passport.counting, found.passport.language)
    assert told == (True, "field=2&since=2015&counting=fractional", "fractional", "ru")


def test_a_picture_for_a_screen_is_smaller_than_one_for_print(client: FlaskClient) -> None:
    screen, print_ = (client.get(f"/export/stages.png?size={size}").data for size in ("screen", "print"))
    assert len(screen) < len(print_)


def test_the_same_view_is_made_once_and_another_one_anew(client: FlaskClient, queue: Queue, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    real = queue._pictures.picture

    def picture(*args: Any, **more: Any) -> bytes:
        drawn.append("")
        return real(*args, **more)

    monkeypatch.setattr(queue._pictures, "picture", picture)
    first = client.get("/export/stages.svg?since=2014").data
    assert client.get("/export/stages.svg?since=2014&what=else").data == first
    assert len(drawn) == 1
    assert client.get("/export/stages.svg?since=2015").data != first
    assert len(drawn) == 2


@pytest.mark.parametrize("address", ["/export/nothing.png", "/export/stages.gif", "/export/../stages.png", "/export/.csv"])
def test_what_is_no_figure_and_no_kind_of_file_is_not_there(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_reader_who_would_wait_in_vain_is_sent_away_with_a_sentence(data: Path) -> None:
    full, server = Queue(most_waiting=1), Flask("full")
    routes.register(server, Store(data, prepare), FIGURES, full)
    started, may_end = threading.Event(), threading.Event()

    def slow(_: object) -> bytes:
        started.set()
        may_end.wait(30)
        return b"made"

    drawing = threading.Thread(target=full.get, args=("snapshot", "key", slow))
    drawing.start()
    started.wait(30)
    try:
        answer = server.test_client().get("/export/stages.csv?lang=zh")
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
        assert "一分钟" in answer.data.decode()
        with pytest.raises(TooMany):
            full.get("snapshot", "other", slow)
    finally:
        may_end.set()
        drawing.join()
    assert server.test_client().get("/export/stages.csv").status_code == 200
    full._timer.cancel()


def test_a_failure_gives_the_place_in_the_queue_back() -> None:
    queue = Queue(most_waiting=1)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            queue.get("snapshot", "key", lambda _: bytes(1 // 0))
    assert queue.get("snapshot", "key", lambda _: b"made") == b"made"
    queue._timer.cancel()


def test_a_browser_that_nobody_needs_is_ended() -> None:
    queue, ended = Queue(idle=0.05), threading.Event()
    queue._pictures.close = ended.set  # type: ignore[method-assign]
    queue.get("snapshot", "key", lambda _: b"made")
    assert ended.wait(10)


def test_without_a_browser_the_answer_says_what_to_install(client: FlaskClient, monkeypatch: pytest.MonkeyPatch, queue: Queue) -> None:
    queue._pictures.close()
    monkeypatch.setenv("BROWSER_PATH", "/nonexistent/chromium")
    ready.cache_clear()
    answer = client.get("/export/agreements_on_map.pdf?lang=ru")
    assert (answer.status_code, "apt-get install chromium" in answer.data.decode()) == (503, True)
    assert client.get("/export/agreements_on_map.xlsx?lang=ru").status_code == 200
    ready.cache_clear()


def test_without_data_nothing_is_exported(tmp_path: Path) -> None:
    server = Flask("empty")
    routes.register(server, Store(tmp_path, prepare), FIGURES)
    assert server.test_client().get("/export/stages.csv").status_code == 503
