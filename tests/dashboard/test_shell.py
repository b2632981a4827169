import re

import brotli
import pytest
from plotly.offline import get_plotlyjs_version

from dashboard import shell
from dashboard.access.compression import digest
from dashboard.app import create
from dashboard.figures.registry import FIGURES
from dashboard.filters import Selection
from dashboard.locale import speaker
from tests.dashboard.query.sample import crowd, opened

ROOT = shell.ASSETS.parents[1]


@pytest.fixture
def built(tmp_path, monkeypatch):
    """An empty folder in the place of assets/built."""
    monkeypatch.setattr(shell, "BUILT", tmp_path / "built")
    shell.BUILT.mkdir()
    return shell.BUILT


def test_the_bundle_knows_every_trace_that_a_figure_draws():
    with opened(crowd()) as db:
        for figure in FIGURES:
            frame = figure.ask(db, Selection())
            kinds = {trace["type"] for trace in figure.draw(frame, speaker("en"), Selection())["data"]}
            assert kinds <= shell.TRACES, f"{figure.id} draws {kinds}: register it in scripts/plotly/entry.js"


def test_the_bundle_is_made_of_the_traces_that_are_listed():
    entry = (ROOT / "scripts" / "plotly" / "entry.js").read_text("utf-8")
    named = set(re.findall(r"plotly\.js/lib/(\w+)", entry)) - {"core"}
    assert named | {"scatter"} == shell.TRACES


def test_the_bundle_is_of_the_version_that_plotly_py_carries():
    assert f'"plotly.js": "{get_plotlyjs_version()}"' in (ROOT / "scripts" / "plotly" / "package.json").read_text("utf-8")


def test_without_a_bundle_the_packaged_script_is_asked_for_first(built):
    page = shell.index()
    assert f'<link rel="preload" as="script" href="{shell.PACKAGED}">' in page
    assert "data-plotly" not in page


def test_a_bundle_of_another_version_is_not_served(built):
    (built / "plotly-0.0.1.min.js").write_text("")
    assert "data-plotly" not in shell.index()


def test_the_bundle_is_served_for_ever_and_from_its_compressed_form(built, tmp_path):
    script = "/* made */" * 200
    shell.bundle().write_text(script)
    packed = brotli.compress(script.encode(), quality=1)
    (built / f"{digest(script.encode())}.br").write_bytes(packed)
    address = re.search(r'src="/assets/built/([^"?]+)\?m=\w+" data-plotly', shell.index())
    assert address and address[1] == shell.bundle().name
    client = create(tmp_path / "data", pages=(), figures=()).server.test_client()
    page = client.get("/", buffered=True).text
    assert page.count(shell.bundle().name) == 1


def test_what_is_compressed_beforehand_is_sent_as_it_is(built, tmp_path):
    plain = (shell.ASSETS / "frame.js").read_bytes()
    packed = brotli.compress(plain, quality=0)
    (built / f"{digest(plain)}.br").write_bytes(packed)
    client = create(tmp_path / "data", pages=(), figures=()).server.test_client()
    assert client.get("/assets/frame.js", headers={"Accept-Encoding": "br"}, buffered=True).data == packed


def test_no_placeholder_is_left_in_the_page(built):
    assert "@" not in shell.index()
