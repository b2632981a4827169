"""How long a reader waits for the first chart, in a real Chromium: with nothing kept from before, and on a second visit."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, BrowserContext, sync_playwright

Wait = tuple[float, float]
"""Milliseconds until the first chart, and of processor time of the page until then."""
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update")
#: Milliseconds from the click on the address until plotly has drawn a chart: the mark is set before the picture is shown.
_DRAWN = """() => new Promise((found) => {
  const look = () => document.querySelector(".js-plotly-plot .main-svg .trace, .js-plotly-plot .main-svg .geo")
    ? requestAnimationFrame(() => found(performance.now())) : requestAnimationFrame(look);
  look();
})"""


def waited(address: str, number: int) -> dict[str, Any]:
    """Return the milliseconds to the first chart of the page, of ``number`` first visits and of as many second ones.

    ``page_work`` is the time of a processor that the page itself took until then: on a machine that others use too it says more.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_browser(), headless=True, args=list(_ARGUMENTS))
        pairs = [_pair(browser, address) for _ in range(number)]
        browser.close()
    return {name: _told(waits) for name, waits in zip(("first_visit", "second_visit"), zip(*pairs, strict=True), strict=True)}


def _told(waits: Sequence[Wait]) -> dict[str, int]:
    times = [time for time, _ in waits]
    return {"median": round(median(times)), "best": round(min(times)), "page_work": round(median(work for _, work in waits))}


def _browser() -> str:
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        raise SystemExit("no Chromium: run `make programs`")
    return str(Path(found))


def _pair(browser: Browser, address: str) -> tuple[Wait, Wait]:
    """Return the waits of a reader who was never there, and of the same one a little later."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    first = _visit(context, address)
    second = _visit(context, address)
    context.close()
    return first, second


def _visit(context: BrowserContext, address: str) -> Wait:
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(address, wait_until="commit")
    time = float(page.evaluate(_DRAWN))
    metrics = {each["name"]: each["value"] for each in devtools.send("Performance.getMetrics")["metrics"]}
    page.wait_for_load_state("networkidle")  # what a browser keeps, it has by then
    page.close()
    return time, 1000 * float(metrics["TaskDuration"])
