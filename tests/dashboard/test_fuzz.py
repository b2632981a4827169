"""Forged requests against the whole application: 200 or 4xx, every header, no line in the error log, nothing of the request said back."""

from __future__ import annotations

import json
import logging
import random
import string
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from dashboard.app import create
from dashboard.figures.registry import FIGURES
from dashboard.pages.registry import PAGES

REQUESTS = 400  # of each kind; RELIABILITY asks 20,000 of the released program, this many of every change
ODD: tuple[object, ...] = (
    None, True, 0, -1, 1e308, "", "x" * 5000, "\u0000", "\ud83d\ude00", "../../etc/passwd", "<script>alert(1)</script>", "' or 1=1 --",
    "{{7*7}}", "__proto__", [], [[]], {}, {"id": "asked"}, [None] * 50, {"$ref": "#"}, float("nan"), "\u202e", "%00", "CHN", ["CHN"],
)  # fmt: skip
PARTS = ("country", "field", "type", "partner", "outcome", "since", "until", "counting", "lang", "status", "record", "q", "what")
HEADERS = ("Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy",
           "Cross-Origin-Resource-Policy", "Permissions-Policy", "Cache-Control")  # fmt: skip
URL = "/_dash-update-component"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    from tests.dashboard.conftest import publish

    folder = tmp_path_factory.mktemp("fuzzed")
    publish(folder)
    yield create(folder).server.test_client()


def good(path: str = "/", query: str = "") -> dict[str, object]:
    """Return the request that a page of ours sends."""
    data = [{"id": name, "property": "data"} for name in ("drawn", "shown", "asked")]
    asked = data[2] | {"value": {"path": path, "query": query, "language": "en", "dark": False}}
    return {
        "output": "..drawn.data...shown.data..", "outputs": data[:2], "inputs": [asked], "state": [data[1] | {"value": None}],
        "changedPropIds": ["asked.data"],
    }  # fmt: skip


def mutated(draw: random.Random, value: object) -> object:
    """Return ``value`` with one place of it exchanged, left out, doubled or renamed."""
    if isinstance(value, dict) and value and draw.random() < 0.85:
        key = draw.choice(list(value))
        way = draw.random()
        if way < 0.15:
            return {k: v for k, v in value.items() if k != key}
        if way < 0.25:
            return value | {draw.choice(("id", "value", "wildcard", "__class__", key + "x")): draw.choice(ODD)}
        return value | {key: mutated(draw, value[key])}
    if isinstance(value, list) and value and draw.random() < 0.8:
        at = draw.randrange(len(value))
        return value * 3 if draw.random() < 0.1 else [*value[:at], mutated(draw, value[at]), *value[at + 1 :]]
    return draw.choice(ODD)


def noise(draw: random.Random, most: int = 30) -> str:
    return "".join(draw.choice(string.printable + "ЖЯ中文\u202e\u0000é") for _ in range(draw.randrange(most)))


def addressed(draw: random.Random) -> tuple[str, str]:
    """Return a path and a query as somebody might type, copy badly, or forge them."""
    paths = [page.path.replace("<id>", noise(draw)) for page in PAGES] + ["/" + noise(draw), "//evil.example", "/countries/" + "a/" * 50]
    odd = ["CHN", "-CHN", "142", "2.5", "2", "1e9", "9999999999999999999", "2015", "²⁰¹⁵", "full", "ru", "a" * 300, "", ",,,", "%", "+"]
    query = "&".join(f"{draw.choice(PARTS)}={draw.choice([*odd, noise(draw)])}" for _ in range(draw.randrange(6)))
    return draw.choice(paths), "?" + query


def checked(answer: object, caplog: pytest.LogCaptureFixture, allowed: tuple[int, ...]) -> None:
    status, headers = answer.status_code, answer.headers  # type: ignore[attr-defined]
    assert status in allowed, (status, answer.data[:300])  # type: ignore[attr-defined]
    assert all(headers.get(name) for name in HEADERS)
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


@pytest.mark.parametrize("seed", [1, 2])
def test_forged_callbacks_never_reach_an_error(client: FlaskClient, caplog: pytest.LogCaptureFixture, seed: int) -> None:
    draw = random.Random(seed)
    for _ in range(REQUESTS):
        body: object = good(*addressed(draw)) if draw.random() < 0.3 else good()
        for _ in range(draw.randrange(1, 4)):
            body = mutated(draw, body)
        answer = client.post(URL, data=json.dumps(body), content_type="application/json")
        checked(answer, caplog, (200, 204, 400))
        if answer.status_code == 400:
            assert answer.text == "400 Bad Request\n"


@pytest.mark.parametrize("seed", [3])
def test_any_address_gives_a_page(client: FlaskClient, caplog: pytest.LogCaptureFixture, seed: int) -> None:
    draw = random.Random(seed)
    for _ in range(REQUESTS // 4):
        path, query = addressed(draw)
        answer = client.post(URL, json=good(path[:1000], query))
        checked(answer, caplog, (200,))
        assert "This page could not be drawn" not in answer.text


def test_any_path_is_answered_with_its_headers(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    draw = random.Random(4)
    folders = (
        "/",
        "/assets/",
        "/export/",
        "/_dash-component-suites/",
        "/_dash-",
        "/outputs/",
        "/healthz",
        "/_reload-hash",
        "/_mcp",
        "/_alive_",
    )
    for _ in range(REQUESTS):
        path = draw.choice(folders) + noise(draw).replace("?", "").replace("#", "")
        answer = client.open(path, method=draw.choice(["GET", "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE"]), buffered=True)
        checked(answer, caplog, (200, 204, 302, 304, 308, 400, 403, 404, 405, 415))


def test_any_figure_is_exported_or_refused(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    draw = random.Random(5)
    for _ in range(REQUESTS // 4):
        name = draw.choice([figure.id for figure in FIGURES] + [noise(draw).replace("?", "").replace("#", "") or "x"])
        answer = client.get(f"/export/{name}.csv{addressed(draw)[1]}", buffered=True)
        checked(answer, caplog, (200, 302, 308, 400, 404))


def test_bodies_that_are_too_large_are_refused_before_they_are_read(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    for size in (256 * 1024 + 1, 8 * 1024 * 1024):
        checked(client.post(URL, data=b"[" * size, content_type="application/json"), caplog, (413,))


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1.evil.example", "https://localhost:1"])
def test_a_foreign_origin_is_refused_whatever_it_asks(client: FlaskClient, caplog: pytest.LogCaptureFixture, origin: str) -> None:
    checked(client.post(URL, json=good(), headers={"Origin": origin}), caplog, (403,))
