"""What single pages hold, in a real browser; what holds for every page is asked in test_every_page.py."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit


def test_the_overview_has_its_parts(visit: Visit) -> None:
    page = visit.go("/")
    expect(page.locator(".tile")).to_have_count(6)
    figures = {card.get_attribute("id") for card in page.locator(".chart-card").all()}
    expected = ("agreements_on_map", "agreements_by_year", "field_by_country", "outcomes_by_year", "top_partners")
    assert {f"figure-{name}" for name in expected} <= figures
    assert page.locator(".geolayer .scattergeo path").count() > 20, "the map has no symbols"
    assert page.locator(".geolayer .countries path, .geolayer .land path").count() > 0, "the map has no land"
    assert page.locator("main a[href^='/news/']").count() >= 5


def test_nothing_offers_to_send_a_chart_away(visit: Visit) -> None:
    page = visit.go("/")
    page.locator(".dash-graph").first.hover()
    assert page.locator(".modebar, .plotly-notifier, a[href*='plotly.com']").count() == 0


def test_the_seed_agreement_leads_down_to_its_cell_in_the_russian_register(visit: Visit) -> None:
    page = visit.go("/agreements")
    page.get_by_role("link", name="RAS St. Petersburg Branch and the CAS Shanghai Branch agree on scientific cooperation").first.click()
    page.wait_for_url("**/agreements/*")
    visit.drawn()
    main = page.locator("main")
    for said in (
        "14 November 2023", "Shanghai Branch of the Chinese Academy of Sciences", "Mathematics", "exchange of publications and results",
        "Петербургские академики", "реестр_договоров.xlsx", "cell F27", "14 ноября 2023 г.", "КАН", "cell H27", "материаловедение",
    ):  # fmt: skip
        expect(main).to_contain_text(said)


def test_an_unknown_address_says_so_and_leads_back(visit: Visit) -> None:
    page = visit.go("/agreements/AGR-9999")
    expect(page.locator("main")).to_contain_text("AGR-9999")
    assert page.locator("main a[href='/agreements']").count() >= 1


def test_nonsense_in_the_address_is_named_and_left_out(visit: Visit) -> None:
    page = visit.go("/?since=long-ago&country=<script>")
    expect(page.locator(".message").first).to_contain_text("since=long-ago")
    expect(page.locator("h1")).to_contain_text("91")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/partners/org-tu-graz", ["TU Graz", "Технологический университет города Граца", "реестр_договоров.xlsx", "cell C47"]),
        ("/countries/CHN", ["PRC", "КНР", "agreements.xlsx", "cell D5", "реестр_договоров.xlsx", "outcomes.xlsx"]),
    ],
)
def test_a_profile_leads_down_to_the_cells_that_name_it(visit: Visit, path: str, said: list[str]) -> None:
    page = visit.go(path)
    for each in said:
        expect(page.locator("#mentions")).to_contain_text(each)
    assert page.locator("#mentions a[href^='/agreements/']").count() > 1
