"""The server as it is started: a new snapshot while it runs, no snapshot at all, headers on every answer."""

from __future__ import annotations

import json
import re
import shutil
import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

from playwright.sync_api import Browser, expect

from etl.pipeline.run import run
from tests.browser.conftest import serving
from tests.conftest import AS_OF, RAW


def until_shown(address: str, snapshot: str) -> None:
    """Wait until the server names a snapshot as the one it shows; it looks for a new one at most once a second."""
    for _ in range(120):
        try:
            with urlopen(address + "/healthz", timeout=10) as answer:
                if json.load(answer)["snapshot"] == snapshot:
                    return
        except HTTPError as error:  # there is none yet
            error.close()
        time.sleep(0.25)
    raise AssertionError(f"{snapshot} is not shown")


def test_a_new_snapshot_is_shown_without_a_restart(chromium: Browser, tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    shutil.copy(RAW / "agreements.xlsx", raw)
    run(raw, tmp_path / "out", AS_OF)
    with serving(tmp_path / "out") as address:
        page = chromium.new_page(locale="en-GB")
        page.goto(address)
        expect(page.locator("main h1")).to_contain_text("55 agreements")
        shutil.copy(RAW / "реестр_договоров.xlsx", raw)
        until_shown(address, run(raw, tmp_path / "out", AS_OF).run_id)
        page.reload()
        expect(page.locator("main h1")).to_contain_text("91 agreements")
        page.close()


def test_without_a_snapshot_the_page_says_how_to_make_one(chromium: Browser, data: Path, tmp_path: Path) -> None:
    with serving(tmp_path, ready=False) as address:
        page = chromium.new_page(locale="en-GB")
        page.goto(address)
        expect(page.locator("body")).to_contain_text("make etl")
        shutil.copytree(data / "snapshots", tmp_path / "snapshots")
        shutil.copyfile(data / "current", tmp_path / "current")  # last, as a refresh does
        until_shown(address, (data / "current").read_text("utf-8").strip())
        page.reload()
        expect(page.locator("main h1")).to_contain_text("91 agreements")
        page.close()


def test_every_answer_carries_the_headers(address: str) -> None:
    for path in ("/", "/healthz", "/_dash-layout", "/export/top_partners.csv"):
        with urlopen(address + path, timeout=10) as answer:
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert not re.search(r"script-src[^;]*unsafe", policy)
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.headers["Referrer-Policy"] == "same-origin"
