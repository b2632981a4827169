"""A real server on a snapshot of the real data, and a real Chromium that may talk to nobody else."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, expect, sync_playwright

from dashboard.colours import INK, NIGHT
from tests.conftest import ROOT

LOCALES = {"en": "en-GB", "ru": "ru-RU", "zh": "zh-CN"}
#: Width, height, pixels for each point of the screen, whether it is a phone.
SIZES = {"desk": (1440, 900, 1, False), "phone": (390, 844, 2, True)}
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--force-color-profile=srgb",
]  # fmt: skip
#: Tells whether the page and each of its charts have the colours of the theme and the width of the screen, and nothing is dimmed.
SETTLED = """([theme, ink]) => document.documentElement.dataset.theme === theme
  && getComputedStyle(document.querySelector("main")).opacity === "1" && !document.querySelector("main.is-waiting")
  && [...document.querySelectorAll(".js-plotly-plot")].every((each) => each._fullLayout?.font.color.toUpperCase() === ink
     && each.querySelector(".main-svg").getBoundingClientRect().right <= Math.max(each.getBoundingClientRect().right, 0) + 1)"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@contextmanager
def serving(data: Path, ready: bool = True) -> Iterator[str]:
    """Serve ``data`` as a user would and yield the address; ``ready`` is false where there is no snapshot yet."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "dashboard", "--data", str(data), "--port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        _wait(server, f"http://127.0.0.1:{port}/healthz", 200 if ready else 503)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)
        assert server.stdout is not None
        server.stdout.close()


def _wait(server: subprocess.Popen[bytes], url: str, status: int) -> None:
    for _ in range(120):
        try:
            with urlopen(url, timeout=2) as answer:
                found = answer.status
        except HTTPError as error:
            found = error.code
            error.close()
        except OSError:
            found = 0
        if found == status:
            return
        if server.poll() is not None:
            assert server.stdout is not None
            raise AssertionError(server.stdout.read().decode())
        time.sleep(0.25)
    raise AssertionError(f"{url} did not answer {status}")


@pytest.fixture(scope="session")
def address(data: Path) -> Iterator[str]:
    """The address of a server that was started as a user starts it."""
    with serving(data) as url:
        yield url


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    assert path, "no Chromium: run `make programs`"
    os.environ.setdefault("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
    with sync_playwright() as playwright:
        # The processors draw for several browsers at once: what is tested is what appears, not how soon.
        expect.set_options(timeout=30_000)
        browser = playwright.chromium.launch(executable_path=path, headless=True, args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Visit:
    """An open page, and all that went wrong on it: errors of the console, failed and foreign requests."""

    page: Page
    address: str
    wrong: list[str] = field(default_factory=list)
    _devtools: CDPSession | None = None

    def go(self, path: str) -> Page:
        """Open ``path`` and wait until the page is drawn."""
        self.page.goto(self.address + path)
        self.drawn()
        return self.page

    def drawn(self) -> None:
        """Wait until the content stands and every chart on it is drawn."""
        self.page.locator("main h1").first.wait_for()
        self.page.wait_for_timeout(150)
        for chart in self.page.locator(".dash-graph").all():
            chart.locator(".main-svg").first.wait_for(state="attached")

    def turn(self, size: str, theme: Literal["light", "dark"]) -> int:
        """Make the screen that of a desk or a phone and light or dark while the page is open; return its width."""
        if self._devtools is None:
            self._devtools = self.page.context.new_cdp_session(self.page)
        width, height, scale, mobile = SIZES[size]
        metrics = {"width": width, "height": height, "deviceScaleFactor": scale, "mobile": mobile}
        self._devtools.send("Emulation.setDeviceMetricsOverride", metrics)
        self._devtools.send("Emulation.setTouchEmulationEnabled", {"enabled": mobile})
        if self.page.url.startswith(self.address):
            if self.page.evaluate("document.documentElement.dataset.theme") == theme:
                self._settled(theme)
            else:
                with self.page.expect_response(lambda answer: "/_dash-update-component" in answer.url):
                    self.page.emulate_media(color_scheme=theme)
                self._settled(theme)
        return width

    def _settled(self, theme: str) -> None:
        self.page.wait_for_function(SETTLED, arg=[theme, NIGHT[INK] if theme == "dark" else INK])
        self.page.wait_for_timeout(100)


def _visit(context: BrowserContext, address: str) -> Visit:
    page = context.new_page()
    page.set_default_timeout(60_000)
    visit = Visit(page, address)
    page.on("console", lambda message: visit.wrong.append(f"console: {message.text}") if message.type == "error" else None)
    page.on("pageerror", lambda error: visit.wrong.append(f"error: {error}"))
    own = (address, "data:", "blob:", "about:")
    page.on("request", lambda request: None if request.url.startswith(own) else visit.wrong.append(f"foreign: {request.url}"))
    page.on("response", lambda response: visit.wrong.append(f"{response.status}: {response.url}") if response.status >= 400 else None)
    return visit


@pytest.fixture
def visit(chromium: Browser, address: str) -> Iterator[Visit]:
    """A laptop; the test fails when anything went wrong on its pages."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB", color_scheme="light", accept_downloads=True)
    visit = _visit(context, address)
    yield visit
    context.close()
    assert visit.wrong == []


@pytest.fixture
def phone(chromium: Browser, address: str) -> Iterator[Visit]:
    """A phone in Russian and dark."""
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, locale="ru-RU", color_scheme="dark", has_touch=True, is_mobile=True, device_scale_factor=2
    )
    visit = _visit(context, address)
    yield visit
    context.close()
    assert visit.wrong == []
