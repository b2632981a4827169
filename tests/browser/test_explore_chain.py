"""From a mark to its cell in at most three clicks, with the mouse and with the keyboard alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit

CHARTS = [
    ("/", "#figure-top_partners .bars .point path"), ("/", "#figure-field_by_country .nsewdrag"),
    ("/", "#figure-agreements_by_year .point path"),
    ("/countries", "#figure-countries_ranking .point path"), ("/agreements", "#figure-status_of_agreements .point path"),
    ("/outcomes", "#figure-outcomes_by_type .point path"), ("/news", "#figure-news_by_event .point path"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "chart"), CHARTS, ids=[chart for _, chart in CHARTS])
def test_three_clicks_lead_from_a_mark_to_its_cell(visit: Visit, path: str, chart: str) -> None:
    page = visit.go(path)
    mark = page.locator(chart).first
    if ".nsewdrag" in chart:  # the cells of a heat map are one picture: the first one is in its corner
        mark.hover(position={"x": 14, "y": 14}, force=True)
        page.wait_for_timeout(300)  # a heat map is asked where the mouse is only now and then
        mark.click(position={"x": 16, "y": 14}, force=True)
    else:
        mark.click(force=True)
    shows = page.get_by_role("menuitem", name=re.compile("Show .* record"))
    number = int(re.findall(r"\d+", shows.inner_text())[0])
    shows.click()
    page.wait_for_url(re.compile("/records"))
    expect(page.locator(".record")).to_have_count(number)
    page.locator(".record-title").first.click()
    evidence = page.locator("#evidence")
    expect(evidence).to_contain_text("cell ")
    expect(evidence.locator("code.raw").first).to_be_visible()
    page.go_back()
    expect(page.locator("#evidence")).to_have_count(0)


def test_the_keyboard_reaches_what_the_mouse_reaches(visit: Visit) -> None:
    page = visit.go("/countries")
    card = page.locator("#figure-countries_ranking")
    card.locator("summary").focus()
    page.keyboard.press("Enter")
    card.locator(".mark-button", has_text="China").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitem", name="Only China")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("menuitem", name="Without China")).to_be_focused()
    page.keyboard.press("Escape")
    expect(card.locator(".mark-button", has_text="China")).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_role("menuitem", name="Without China").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("country=-CHN"))
    expect(page.locator(".chip")).to_contain_text("without China")
    expect(page.locator("main h1")).not_to_contain_text("22")


def test_only_and_without_make_the_whole(visit: Visit) -> None:
    numbers = []
    for query in ("", "?country=CHN", "?country=-CHN"):
        page = visit.go("/agreements" + query)
        numbers.append(int(re.findall(r"\d+", page.locator("main h1").inner_text())[0]))
    assert numbers[0] == numbers[1] + numbers[2]


def test_a_record_names_the_charts_that_it_counts_in(visit: Visit) -> None:
    page = visit.go("/records?figure=countries_ranking&mark=CHN")
    page.locator(".record-page").first.click()
    page.wait_for_url(re.compile("/agreements/"))
    counted = page.locator("#counted")
    counted.get_by_role("link", name="China", exact=True).first.click()
    page.wait_for_url(re.compile("/records.*mark=CHN"))
    expect(page.locator("main h1")).to_have_text("China: 22 agreements")


@pytest.mark.parametrize("suffix", ["CSV", "XLSX"])
def test_the_list_of_records_is_downloaded(visit: Visit, suffix: str) -> None:
    page = visit.go("/records?figure=countries_ranking&mark=CHN")
    with page.expect_download() as waiting:
        page.get_by_role("link", name=suffix, exact=True).click()
    saved = waiting.value.path().read_bytes()
    assert saved.startswith(b"\xef\xbb\xbf" if suffix == "CSV" else b"PK")
