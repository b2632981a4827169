"""Agreements, outcomes and partners in a real browser: what is clicked, what a phone shows, what the calendar holds."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.request import urlopen

import pyarrow.parquet as pq
from playwright.sync_api import expect

from tests.browser.conftest import Visit


def test_a_click_on_a_row_of_the_chart_opens_the_agreement(visit: Visit) -> None:
    page = visit.go("/agreements?country=CHN")
    chart = page.locator("#figure-agreements_in_time .js-plotly-plot")
    chart.scroll_into_view_if_needed()
    diamond = chart.locator(".scatterlayer .points path").first
    diamond.hover(force=True)
    page.wait_for_timeout(300)
    box = diamond.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url(re.compile(r"/agreements/[^?]+\?country=CHN"))
    page.locator("nav.steps").wait_for()
    expect(page.locator("nav.steps .step")).to_have_count(4)


def test_the_calendar_holds_what_the_register_says_will_end(visit: Visit, data: Path) -> None:
    page = visit.go("/agreements")
    link = page.get_by_role("link", name="Calendar (.ics)")
    address = visit.address + (link.get_attribute("href") or "")
    with urlopen(address) as answer:
        text = answer.read().decode()
        assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    folder = data / "snapshots" / (data / "current").read_text("utf-8").strip()
    rows = pq.read_table(folder / "agreement.parquet").to_pylist()
    known = {r["agreement_id"] for r in rows if r["expires_on"] and r["expires_on"] >= "2026-11-22" and r["signed_on"]}
    assert set(re.findall(r"UID:\w+-(.+)@", text)) == known


def test_every_reason_for_attention_states_its_rule(visit: Visit) -> None:
    page = visit.go("/agreements#attention")
    for reason in ("notice", "ends", "lapsed", "dormant"):
        card = page.locator(f"#attention-{reason}")
        expect(card).to_contain_text(re.compile(r": \d+$"))
        expect(card.locator("xpath=following-sibling::p").first).to_contain_text(re.compile(r"\d+ (days|months)|Certainly over"))


def test_a_desk_shows_the_network_and_a_phone_the_list(visit: Visit, phone: Visit) -> None:
    page = visit.go("/partners?country=DEU")
    expect(page.locator("#figure-partner_network")).to_be_visible()
    expect(page.locator(".network-narrow")).to_be_hidden()
    small = phone.go("/partners?country=DEU")
    expect(small.locator(".network-narrow")).to_be_visible()
    expect(small.locator("#figure-partner_network")).to_be_hidden()
    assert small.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_profile_tells_its_story_on_one_axis(visit: Visit) -> None:
    page = visit.go("/partners/org-tu-berlin")
    lanes = page.locator("#figure-story .ytick text")
    expect(lanes).to_have_text(["Agreements", "Outcomes", "News"])
    expect(page.locator(".tile-note").first).to_contain_text(re.compile(r"median \d+(\.\d)? of \d+ partners with an agreement"))
