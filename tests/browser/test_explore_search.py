"""Search, saved views, first-visit lines and the keys."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit


@pytest.mark.parametrize("question", ["beijng", "北京", "Пекин"])
def test_the_slash_key_searches_in_three_scripts(visit: Visit, question: str) -> None:
    page = visit.go("/definitions?since=2010")
    page.keyboard.press("/")
    expect(page.locator(".header-search input")).to_be_focused()
    page.keyboard.type(question)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/search\?since=2010&q="))
    expect(page.locator("main h1")).to_contain_text(question)
    expect(page.locator("mark", has_text=re.compile("Beijing|北京|Пекин")).first).to_be_visible()
    page.locator(".results a").first.click()
    page.wait_for_url(re.compile(r"/\w+/.+since=2010"))


def test_a_phone_searches_on_the_page_of_results(phone: Visit) -> None:
    page = phone.go("/search")
    page.locator(".search-page-box input").fill("цинхуа")
    page.keyboard.press("Enter")
    expect(page.locator(".results mark").first).to_be_visible()


def test_a_view_is_saved_opened_and_deleted(visit: Visit) -> None:
    page = visit.go("/countries?country=142")
    page.keyboard.press("v")
    page.locator("dialog input").fill("Asia <b>")
    page.keyboard.press("Enter")
    expect(page.locator(".view-name")).to_have_text("Asia <b>")
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    visit.go("/definitions")
    page.locator("[data-panel=views]").click()
    page.locator(".view-name").click()
    page.wait_for_url(re.compile(r"/countries\?country=142"))
    expect(page.locator(".chip")).to_contain_text("Asia")
    page.locator("[data-panel=views]").click()
    page.get_by_role("button", name="Delete: Asia <b>").click()
    expect(page.locator(".view-name")).to_have_count(0)


def test_a_first_visit_line_goes_and_never_comes_back(visit: Visit) -> None:
    page = visit.go("/quality")
    line = page.locator("[data-hint='/quality']")
    expect(line).to_be_visible()
    line.get_by_role("button", name="Got it").click()
    expect(line).to_be_hidden()
    page.reload()
    visit.drawn()
    expect(page.locator("[data-hint='/quality']")).to_be_hidden()
    visit.go("/definitions")
    visit.go("/news")
    expect(page.locator("[data-hint='/news']")).to_be_visible()


def test_the_question_mark_opens_the_keys_and_escape_closes_them(visit: Visit) -> None:
    page = visit.go("/definitions")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("search")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_server_that_is_gone_is_told_and_the_page_stays(visit: Visit) -> None:
    page = visit.go("/definitions")
    page.route("**/_dash-update-component*", lambda route: route.abort())
    page.locator(".page-tab", has_text="Outcomes").click()
    expect(page.get_by_role("alert")).to_contain_text("The server does not answer")
    expect(page.locator("main h1")).to_have_text("What every number means")
    visit.wrong.clear()  # the browser tells the broken request to its console


def test_the_news_are_chosen_by_event_and_paged(visit: Visit) -> None:
    page = visit.go("/news")
    expect(page.locator(".stream .item")).to_have_count(20)
    page.locator(".event-chip", has_text="Conference").click()
    page.wait_for_url(re.compile("event=conference"))
    expect(page.locator(".item .badge").first).to_have_text("Conference")
    page.get_by_role("link", name="Older").click()
    page.wait_for_url(re.compile("start=20"))
    expect(page.locator(".stream mark[title]").first).to_be_visible()
