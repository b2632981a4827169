"""The browser that draws: it asks nobody, it is replaced when it dies, and what it cannot do is told before it tries."""

from __future__ import annotations

import io
import os
import re
import signal
import socket
import subprocess
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from PIL import Image

from dashboard.card import card_menu
from dashboard.export import browser, seal
from dashboard.export.chart import file_of
from dashboard.export.fonts import MissingGlyphs, covered
from dashboard.export.pictures import NoBrowser, Pictures, Words, ready
from dashboard.filters import Selection
from dashboard.locale import LANGUAGES, speaker
from dashboard.pages import Context

BAR = {"data": [{"type": "bar", "x": ["中国", "Китай", "China"], "y": [3, 2, 1]}], "layout": {}}
REMOTE = {"data": [], "layout": {"images": [{"source": "http://198.51.100.1/a.png", "x": 0, "y": 1, "sizex": 1, "sizey": 1}]}}


@pytest.fixture
def without_browser(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("BROWSER_PATH", "/nonexistent/chromium")
    ready.cache_clear()
    yield
    ready.cache_clear()


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[bytes]]:
    """Every request that a browser would send out of the machine."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.2)
        is_over = threading.Event()

        def hear() -> None:
            while not is_over.is_set():
                try:
                    caller, _ = listening.accept()
                except TimeoutError:
                    continue
                with caller:
                    caller.settimeout(2)
                    heard.append(caller.recv(4000))

        thread = threading.Thread(target=hear)
        thread.start()
        monkeypatch.setattr(browser, "NOWHERE", f"http://127.0.0.1:{listening.getsockname()[1]}")
        yield heard
        is_over.set()
        thread.join()


def test_a_map_is_drawn_without_a_request(asked: list[bytes], seen: Any) -> None:
    view = seen("agreements_on_map")
    with Pictures() as drawing:
        drawn = drawing.picture(view.plot, "png", height_mm=78, dpi=96)
        # A browser calls its makers by itself, and they do not hear it; of the figure nothing is asked.
        assert not [each for each in asked if re.search(rb"plot|topo|mathjax|cdn", each.partition(b"\r\n")[0])]
        drawing.picture(REMOTE, "png", height_mm=50)
        assert [each for each in asked if b"198.51.100.1" in each]
    with Image.open(io.BytesIO(drawn)) as image:
        colours = image.convert("RGB").getcolors(1 << 24)
    assert (230, 234, 239) in {colour for _, colour in colours or []}  # land


def test_nothing_leaves_the_machine_by_default() -> None:
    host, _, port = browser.NOWHERE.removeprefix("http://").partition(":")
    with pytest.raises(ConnectionRefusedError), socket.create_connection((host, int(port)), 1):
        pass


def test_a_browser_that_died_is_replaced(pictures: Pictures) -> None:
    before = pictures.picture(BAR, "svg", height_mm=40)
    children = subprocess.run(["pgrep", "-P", str(os.getpid()), "-f", "headless"], capture_output=True, check=True).stdout.split()
    assert children
    for each in children:
        os.kill(int(each), signal.SIGKILL)
    assert pictures.picture(BAR, "svg", height_mm=40) == before


def test_words_stand_above_and_below_the_chart(pictures: Pictures) -> None:
    bare = pictures.picture(BAR, "png", height_mm=40, dpi=96)
    told = pictures.picture(BAR, "png", height_mm=40, dpi=96, words=Words("Title " * 30, ("Note",), ("Foot",)))
    with Image.open(io.BytesIO(bare)) as small, Image.open(io.BytesIO(told)) as large:
        assert small.width == large.width
        assert small.height == pytest.approx(40 / 25.4 * 96, abs=1)
        assert large.height > small.height + 80


def test_letters_that_no_font_has_are_refused_before_anything_is_drawn() -> None:
    letter = next(chr(code) for code in range(0x10D30, 0x1F000) if chr(code) not in (covered() or ()) and chr(code).isalpha())
    unheard = {"data": [{"type": "bar", "x": [f"x{letter}"], "y": [1]}], "layout": {}}
    drawing = Pictures()
    with pytest.raises(MissingGlyphs) as refused:
        drawing.picture(unheard, "png", height_mm=40)
    assert refused.value.letters == letter
    assert (f"U+{ord(letter):04X}" in str(refused.value), "fonts-noto-core" in str(refused.value)) == (True, True)
    assert drawing._browser is None


def test_a_machine_without_chinese_is_told_which_font_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.export.fonts.covered", lambda: frozenset("China Китай"))
    with pytest.raises(MissingGlyphs) as refused:
        Pictures().picture(BAR, "pdf", height_mm=40)
    said = [refused.value.said(speaker(language)) for language in LANGUAGES]
    assert all("中 (U+4E2D), 国 (U+56FD)" in each and "fonts-noto-cjk" in each for each in said)
    assert len(set(said)) == 3


def test_invisible_letters_need_no_font(pictures: Pictures) -> None:
    hidden = {"data": [{"type": "bar", "x": ["a\u200b\u202f\x01\ue000"], "y": [1]}], "layout": {}}
    assert pictures.picture(hidden, "svg", height_mm=40)


@pytest.mark.usefixtures("without_browser")
@pytest.mark.parametrize(
    ("figure", "suffix", "is_made"),
    [
        ("agreements_by_year", "pptx", True), ("agreements_by_year", "xlsx", True), ("agreements_by_year", "csv", True),
        ("agreements_by_year", "json", True), ("agreements_by_year", "png", False), ("agreements_by_year", "svg", False),
        ("agreements_by_year", "pdf", False), ("agreements_on_map", "pptx", False), ("agreements_on_map", "xlsx", True),
    ],
)  # fmt: skip
def test_without_a_browser_all_is_made_that_needs_none(seen: Any, figure: str, suffix: str, is_made: bool) -> None:
    view = seen(figure, "", "ru")
    if is_made:
        assert seal.read(file_of([view], suffix, Pictures()), suffix)[0].is_whole
        return
    with pytest.raises(NoBrowser) as refused:
        file_of([view], suffix, Pictures())
    assert "apt-get install chromium" in refused.value.said(view.say)
    assert refused.value.said(view.say) != str(refused.value)


def _menu(seen: Any, snapshot: Any, figure: str) -> tuple[list[str], list[str], str]:
    """Return the grey items of a chart's menu, the others, and what is written below them."""
    view = seen(figure)
    with snapshot.cursor() as cursor:
        menu = card_menu(view.figure, Context(cursor, snapshot.id, snapshot.as_of, Selection(), view.say, "/"), view.plot)
    items = menu.children[1].children
    texts = [(each.children, bool(getattr(each, "disabled", False)), type(each).__name__) for each in items]
    return (
        [text for text, grey, kind in texts if grey and kind == "MenuItem"],
        [text for text, grey, kind in texts if not grey and kind == "MenuItem"],
        "".join(text for text, _, kind in texts if kind == "MenuLabel"),
    )


@pytest.mark.usefixtures("without_browser")
def test_the_menu_greys_out_what_cannot_be_made_and_says_why(seen: Any, snapshot: Any) -> None:
    grey, given, why = _menu(seen, snapshot, "agreements_on_map")
    assert grey == ["Image (PNG)", "Image for print (PNG, 300 dpi)", "Drawing (SVG)", "Page (PDF)", "Slide (PPTX)"]
    assert given[-3:] == ["Data (XLSX)", "Data (CSV)", "Data (JSON)"]
    assert "Chromium" in why
    assert "Slide (PPTX)" in _menu(seen, snapshot, "agreements_by_year")[1]


def test_the_menu_offers_every_kind_of_file(seen: Any, snapshot: Any) -> None:
    grey, given, why = _menu(seen, snapshot, "agreements_on_map")
    assert (grey, why) == ([], "")
    assert len(given) == 3 + 8
