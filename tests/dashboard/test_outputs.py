"""``/files``: only the files for the analyst, only of the snapshot that is shown, only as they were published."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboard.app import create
from etl import manifest

CONTENT = {
    "quality.html": b"<p>en", "quality.ru.html": b"<p>ru", "quarantine.xlsx": b"en", "quarantine.ru.xlsx": b"ru",
    "annotated/\xd1\x80.xlsx".encode("latin-1").decode(): b"copy", "annotated.ru/a/b.csv.xlsx": b"nested", "secret.txt": b"no",
}  # fmt: skip


@pytest.fixture
def folder(published: Path) -> Path:
    """Return the folder of a snapshot with outputs."""
    found = next((published / "snapshots").iterdir())
    listed = manifest.opened((found / manifest.NAME).read_bytes())
    for name, content in CONTENT.items():
        (found / name).parent.mkdir(parents=True, exist_ok=True)
        (found / name).write_bytes(content)
        listed["files"][name] = hashlib.sha256(content).hexdigest()
    listed.pop("manifest_sha256", None)
    (found / manifest.NAME).write_bytes(manifest.sealed(listed))
    return found


@pytest.fixture
def browser(folder: Path) -> FlaskClient:
    """Return a client of the application over it."""
    client: FlaskClient = create(folder.parents[1]).server.test_client()
    return client


@pytest.mark.parametrize(
    ("address", "content"),
    [
        ("/files/quality.html", b"<p>en"),
        ("/files/quality.html?lang=ru", b"<p>ru"),
        ("/files/quality.ru.html?lang=en", b"<p>ru"),
        ("/files/quality.html?lang=zh", b"<p>en"),
        ("/files/quarantine.xlsx?lang=ru", b"ru"),
        ("/files/annotated/%D1%80.xlsx?lang=ru", b"copy"),
        ("/files/annotated/a/b.csv?lang=ru", b"nested"),
    ],
)
def test_a_file_of_the_snapshot_is_served(browser: FlaskClient, address: str, content: bytes) -> None:
    answer = browser.get(address)
    assert (answer.status_code, answer.data) == (200, content)
    is_page = answer.mimetype == "text/html"
    assert is_page == ("quality" in address)
    assert ("attachment" in answer.headers.get("Content-Disposition", "")) != is_page
    assert answer.headers["Cache-Control"] == "no-store"
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "address",
    [
        "/files/agreement.parquet", "/files/manifest.json", "/files/secret.txt", "/files/../current", "/files/annotated/../secret.txt",
        "/files/annotated.ru/../secret.txt", "/files/%2e%2e/%2e%2e/current", "/files//etc/passwd", "/files/annotated/", "/files/",
        "/files/annotated/%00", "/files/quality.html%00", "/files/nothing.html", "/files/annotated%2F..%2Fsecret.txt",
    ],
)  # fmt: skip
def test_nothing_else_is_served(browser: FlaskClient, address: str) -> None:
    answer = browser.get(address)
    # An address that is no file at all is a page of the dashboard, which is the same empty frame for every address.
    assert answer.status_code in (308, 404) or answer.data.startswith(b"<!DOCTYPE html>")
    assert answer.data not in CONTENT.values()


def test_an_altered_file_is_not_served(browser: FlaskClient, folder: Path) -> None:
    assert browser.get("/files/quarantine.xlsx").status_code == 200
    (folder / "quarantine.xlsx").write_bytes(b"other")
    assert browser.get("/files/quarantine.xlsx").status_code == 404


def test_without_a_snapshot_there_is_no_file(tmp_path: Path) -> None:
    assert create(tmp_path).server.test_client().get("/files/quality.html").status_code == 503
