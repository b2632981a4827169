"""The views of a card, the address and the figures of the overview, countries and fields in a real browser."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.test_figures import linked, rows, shown


def test_the_view_is_a_part_of_the_address_and_back_undoes_it(visit: Visit) -> None:
    page = visit.go("/countries")
    expect(page.locator("#figure-agreements_on_map")).to_be_visible()
    expect(page.locator("#figure-countries_by_region")).to_be_hidden()
    page.get_by_role("button", name="By region").click()
    expect(page.locator("#figure-countries_by_region")).to_be_visible()
    expect(page.locator("#figure-agreements_on_map")).to_be_hidden()
    expect(page).to_have_url(re.compile(r"view=where\.regions"))
    expect(page.get_by_role("button", name="By region")).to_have_attribute("aria-pressed", "true")
    page.go_back()
    expect(page.locator("#figure-agreements_on_map")).to_be_visible()


def test_a_link_with_a_view_shows_it_and_a_chart_drawn_out_of_sight_fills_its_card(visit: Visit) -> None:
    page = visit.go("/?view=flow.stock,matrix.areas")
    expect(page.locator("#figure-agreements_in_force")).to_be_visible()
    expect(page.locator("#figure-area_by_country")).to_be_visible()
    for figure in ("agreements_in_force", "area_by_country"):
        chart, card = page.locator(f"#figure-{figure} .main-svg").first, page.locator(f"#figure-{figure}")
        page.wait_for_timeout(500)
        wide, whole = chart.bounding_box(), card.bounding_box()
        assert wide
        assert whole
        assert whole["width"] - 40 < wide["width"] <= whole["width"]


def test_an_unknown_view_shows_the_first(visit: Visit) -> None:
    page = visit.go("/countries?view=where.nonsense,x,..,<b>")
    expect(page.locator("#figure-agreements_on_map")).to_be_visible()


def test_areas_come_first_on_a_phone(phone: Visit) -> None:
    page = phone.go("/fields")
    expect(page.locator("#figure-area_by_country")).to_be_visible()
    expect(page.locator("#figure-field_by_country")).to_be_hidden()


def test_the_tiles_of_the_regions_equal_a_recount(visit: Visit, data: Path) -> None:
    visit.go("/countries?view=where.regions")
    expected: Counter[str] = Counter()
    for codes in linked(data, "agreement_country").values():
        expected.update(codes)
    home = rows(data, "run")[0]["home_country_code"]
    script = "node => node.data[0].z.flatMap((line, y) => line.map((n, x) => [node.data[0].customdata[y][x][0], n]))"
    cells = visit.page.locator("#figure-countries_by_region .js-plotly-plot").evaluate(script)
    assert {code: n for code, n in cells if code} == {code: n for code, n in expected.items() if code != home}


def test_every_panel_and_every_stage_is_drawn(visit: Visit) -> None:
    visit.go("/countries")
    assert len([trace for trace in shown(visit, "countries_over_time") if trace["custom"]]) == 9
    assert shown(visit, "country_ranks")
    visit.go("/fields")
    assert visit.page.locator("#figure-country_area_outcome .sankey-node").count() <= 12
