"""What a visit costs on the wire, with the scripts that ``make assets`` made and without."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import Browser, BrowserContext

from dashboard import shell
from tests.browser.conftest import _visit
from tests.conftest import ROOT

TURNS = (ROOT / "dashboard" / "assets" / "turns.js").read_text("utf-8")
MOST = 1_200_000 if shell.bundle().is_file() else 2_100_000  # bytes; plotly.js as packaged is a megabyte more


def weight(context: BrowserContext, address: str) -> tuple[int, list[str]]:
    """Open the overview and return the bytes that came over the wire, and the addresses of the scripts that draw charts."""
    visit = _visit(context, address)
    session = context.new_cdp_session(visit.page)
    session.send("Network.enable")
    received: dict[str, float] = {}
    named: dict[str, str] = {}
    session.on("Network.responseReceived", lambda event: named.update({event["requestId"]: event["response"]["url"]}))
    session.on("Network.loadingFinished", lambda event: received.update({event["requestId"]: event["encodedDataLength"]}))
    visit.go("/")
    visit.page.wait_for_load_state("networkidle")
    assert visit.wrong == []
    visit.page.close()
    return int(sum(received.values())), [url for url in named.values() if "plotly" in url and "plotly_once" not in url]


def test_a_first_visit_is_light_and_a_second_one_nearly_free(chromium: Browser, address: str) -> None:
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    first, scripts = weight(context, address)
    assert first < MOST
    assert len(scripts) == 1, "one plotly.js and no other"
    second, _ = weight(context, address)
    assert second < 80_000
    context.close()


def test_the_answer_that_was_asked_for_ahead_is_the_one_that_is_shown(chromium: Browser, address: str) -> None:
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    visit = _visit(context, address)
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(request.method) if "_dash-update-component" in request.url else None)
    for path in ("/countries?country=CHN&since=2015&lang=ru", "/agreements"):
        asked.clear()
        visit.go(path)
        visit.page.wait_for_load_state("networkidle")
        assert asked == ["POST"], "one question for one page"
    context.close()
    assert visit.wrong == []


#: Notes in each picture which charts are drawn, by their place: on the screen, below it, or in a view that is not shown.
ORDER = """
window.pictures = [];
const look = () => {
  const charts = [...document.querySelectorAll(".dash-graph")];
  const place = (box) => !box.width ? "hidden" : box.top < innerHeight ? "seen" : "below";
  const drawn = charts.filter((each) => each.querySelector(".main-svg")).map((each) => place(each.getBoundingClientRect()));
  if (charts.length) window.pictures.push([charts.length, drawn]);
  requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""


def test_the_first_chart_on_the_screen_is_seen_before_the_others_are_drawn(chromium: Browser, address: str) -> None:
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    context.add_init_script(ORDER)
    visit = _visit(context, address)
    pictures = visit.go("/").evaluate("window.pictures")
    context.close()
    assert visit.wrong == []
    first = next(drawn for _, drawn in pictures if drawn)
    assert first == ["seen"], "one chart, and one that the reader sees"
    number, last = pictures[-1]
    assert len(last) == number > 5, "all are drawn in the end"
    assert "hidden" in last, "the overview has views that are not shown"
    for count, drawn in pictures:
        if "hidden" in drawn:
            assert "below" in drawn and len([each for each in drawn if each != "hidden"]) == count - last.count("hidden")


@pytest.mark.parametrize("is_first", [True, False])
def test_the_script_that_draws_charts_may_come_before_or_after_the_one_that_puts_them_in_turns(chromium: Browser, is_first: bool) -> None:
    page = chromium.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    scripts = ["window.own = () => 'drawn'; var Plotly = { react: window.own };", TURNS]
    for script in scripts if is_first else reversed(scripts):
        page.add_script_tag(content=script)
    assert page.evaluate("window.Plotly.react !== window.own")
    assert page.evaluate("window.Plotly.react({})") == "drawn"
    page.close()
    assert wrong == []


#: Notes when the page, its first chart and the boxes of the filters come, in milliseconds.
CAME = """
window.came = {};
const wanted = { page: ".page", chart: ".main-svg .trace, .main-svg .geo", filters: "#filter-country" };
const note = () => Object.keys(wanted).forEach((each) => {
  if (!(each in window.came) && document.querySelector(wanted[each])) window.came[each] = performance.now();
});
new MutationObserver(note).observe(document, { childList: true, subtree: true });
"""
PATIENCE = 2000  # milliseconds: so long the filters wait for charts, as assets/place.js says


@pytest.mark.parametrize(("width", "is_later"), [(1440, True), (1200, False), (390, True)])
def test_the_filters_come_after_the_first_chart_where_there_is_room_for_them(
    chromium: Browser, address: str, width: int, is_later: bool
) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 900}, locale="en-GB")
    context.add_init_script(CAME)
    for _ in range(2):  # with nothing kept, and with the scripts at hand
        visit = _visit(context, address)
        visit.go("/")
        visit.page.wait_for_function("Object.keys(window.came).length === 3")
        came = visit.page.evaluate("window.came")
        assert (came["chart"] < came["filters"] or came["filters"] - came["page"] > PATIENCE - 50) == is_later
        assert visit.wrong == []
        visit.page.close()
    context.close()


def test_what_the_address_says_meanwhile_is_what_the_filters_show(chromium: Browser, address: str) -> None:
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    visit = _visit(context, address)
    # The charts, and with them the filters, come when the reader has gone on.
    visit.page.route(re.compile("plotly[^_]*min"), lambda route: (time.sleep(1.5), route.continue_()))
    visit.page.add_init_script("""
        const wait = setInterval(() => {
            if (!document.querySelector(".page")) return;
            clearInterval(wait);
            history.pushState({}, "", "/?country=CHN");
            window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
        }, 1);
    """)
    visit.go("/")
    visit.page.wait_for_selector(".box-country[data-count='1']", timeout=15_000)
    context.close()
    assert visit.wrong == []


def test_charts_wait_in_one_row_though_plotly_names_itself_twice(chromium: Browser, address: str) -> None:
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    visit = _visit(context, address)
    visit.go("/")
    visit.page.wait_for_selector(".main-svg .trace", state="attached")
    assert visit.page.evaluate("() => { const before = Plotly.react; window.Plotly = Plotly; return Plotly.react === before; }")
    context.close()
