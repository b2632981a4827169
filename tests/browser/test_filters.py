"""Choosing: the address holds it, Back undoes it, a link reproduces it, a click on a mark adds to it."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit


def choose_country(page: Page, name: str) -> None:
    box = page.locator("#filter-country")
    box.click()
    box.type(name[:4])
    page.get_by_role("option", name=name, exact=True).click()
    page.keyboard.press("Escape")


def test_a_filter_is_in_the_address_and_a_reload_shows_the_same(visit: Visit) -> None:
    page = visit.go("/")
    choose_country(page, "Germany")
    page.wait_for_url(re.compile(r"country=DEU"))
    expect(page.locator("main h1")).to_contain_text("15 agreements")
    visit.drawn()
    before = page.locator("main h1, main h2, .tile").all_inner_texts()
    page.reload()
    visit.drawn()
    expect(page.locator("main h1")).to_contain_text("15 agreements")
    assert page.locator("main h1, main h2, .tile").all_inner_texts() == before


def test_back_undoes_the_last_step_and_forward_repeats_it(visit: Visit) -> None:
    page = visit.go("/agreements")
    choose_country(page, "China")
    page.wait_for_url(re.compile(r"country=CHN"))
    expect(page.locator(".chip")).to_have_count(1)
    page.go_back()
    expect(page.locator(".chip")).to_have_count(0)
    assert "country" not in page.url
    page.go_forward()
    expect(page.locator(".chip")).to_have_count(1)
    for _ in range(3):  # hurried: an answer that arrives late must not be taken for a choice
        page.go_back()
        page.go_forward()
    page.go_back()
    expect(page.locator(".chip")).to_have_count(0)
    length = page.evaluate("history.length")
    page.wait_for_timeout(1000)
    assert "country" not in page.url
    assert page.evaluate("history.length") == length, "the address goes on changing by itself"


def test_a_chip_removes_its_filter_and_no_other(visit: Visit) -> None:
    page = visit.go("/?country=CHN,DEU&since=2015")
    expect(page.locator(".chip")).to_have_count(3)
    page.locator(".chip", has_text="China").click()
    page.wait_for_url(re.compile(r"country=DEU"))
    expect(page.locator(".chip")).to_have_count(2)
    assert "since=2015" in page.url
    page.locator(".reset").click()
    expect(page.locator(".chip")).to_have_count(0)
    assert "?" not in page.url


def test_a_click_on_a_bar_offers_to_filter_by_its_partner(visit: Visit) -> None:
    page = visit.go("/")
    page.locator("#figure-top_partners .bars .point path").first.click(force=True)
    page.get_by_role("menuitem", name="Only").click()
    page.wait_for_url(re.compile(r"partner=org-"))
    expect(page.locator(".chip")).to_have_count(1)


def test_a_click_on_a_country_of_the_map_offers_to_filter_by_it(visit: Visit) -> None:
    page = visit.go("/")
    # The symbols are drawn largest first; a click in the middle of the largest meets it.
    largest = page.locator("#figure-agreements_on_map .scattergeo path.point").first.bounding_box()
    assert largest is not None
    page.mouse.click(largest["x"] + largest["width"] / 2, largest["y"] + largest["height"] / 2)
    page.get_by_role("menuitem", name="Only China").click()
    page.wait_for_url(re.compile(r"country=CHN"))
    expect(page.locator("main h1")).to_contain_text("22 agreements")


def test_the_filter_follows_to_the_next_page(visit: Visit) -> None:
    page = visit.go("/?country=CHN")
    page.get_by_role("link", name="Outcomes", exact=True).click()
    page.wait_for_url(re.compile(r"/outcomes\?country=CHN"))
    expect(page.locator(".chip")).to_have_count(1)


def test_a_selection_without_records_says_what_to_do(visit: Visit) -> None:
    page = visit.go("/?country=ZMB&since=2020")
    expect(page.locator(".empty").first).to_be_visible()
    assert page.locator(".empty a").count() >= 1


def test_the_counting_rule_is_in_the_address_and_said_on_the_chart(visit: Visit) -> None:
    page = visit.go("/countries?counting=fractional")
    expect(page.locator("#figure-countries_ranking .note").first).to_contain_text("fractional")


def test_language_and_theme_are_remembered(visit: Visit) -> None:
    page = visit.go("/")
    page.locator("[data-language=ru]").click()
    expect(page.locator("nav")).to_contain_text("Обзор")
    page.locator("[data-theme-switch]").click()
    page.reload()
    visit.drawn()
    expect(page.locator("nav")).to_contain_text("Обзор")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert "lang" not in page.url, "a link shows the same view in the colleague's language"


def test_on_a_phone_the_filters_are_one_button(phone: Visit) -> None:
    page = phone.go("/?country=CHN")
    expect(page.locator("#filter-country")).not_to_be_visible()
    page.locator("[data-drawer=open]").click()
    expect(page.locator("#filter-country")).to_be_visible()
    page.locator("button[data-drawer=close]").click()
    expect(page.locator("#filter-country")).not_to_be_visible()
