"""The main tasks without a mouse: the focus is seen, charts have a role, a name and a table; also paper, projector and reduced motion."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Visit, _visit


def focused(page: Page) -> str:
    """Return the text of what has the focus."""
    return str(page.evaluate("document.activeElement.innerText || document.activeElement.getAttribute('aria-label') || ''")).strip()


def tab_to(page: Page, text: str, most: int = 60) -> None:
    """Press Tab until ``text`` has the focus; on every step the focus must be seen."""
    for _ in range(most):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            "() => { const s = getComputedStyle(document.activeElement), f = getComputedStyle(document.activeElement.parentElement);"
            " return s.outlineStyle !== 'none' || s.boxShadow !== 'none' || s.borderColor !== f.borderColor; }"
        )
        assert seen, f"nobody sees that {focused(page)!r} has the focus"
        if focused(page) == text:
            return
    raise AssertionError(f"Tab never reaches {text!r}")


def test_the_first_key_leads_past_the_menus_to_the_content(visit: Visit) -> None:
    page = visit.go("/")
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to the content"
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.getElementById('main').contains(document.activeElement)")


def test_a_page_a_filter_a_table_and_a_record_are_reached_with_the_keyboard(visit: Visit) -> None:
    page = visit.go("/")
    tab_to(page, "Agreements")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/agreements$"))
    expect(page.locator("main h1")).to_contain_text("in the register")
    page.locator("#filter-country").focus()
    page.keyboard.type("Chin")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("country=CHN"))
    page.keyboard.press("Escape")
    visit.drawn()
    page.locator("main .twin > summary").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("main .twin").first.locator("table")).to_be_visible()
    heading = page.locator("main .section .table th .sort").first
    heading.focus()
    page.keyboard.press("Enter")
    expect(page.locator("main .section .table th[aria-sort=ascending]").first).to_be_visible()
    page.locator("main .section .table td a").first.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/agreements/.+country=CHN"))
    page.go_back()
    expect(page.locator("main h1")).to_contain_text("in the register")
    chip = page.locator(".chip").first
    expect(chip).to_be_visible()
    chip.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/agreements$"))


def test_the_menu_of_a_chart_opens_and_closes_with_the_keyboard(visit: Visit) -> None:
    page = visit.go("/agreements")
    button = page.locator(".menu-target button").first
    expect(button).to_have_attribute("aria-haspopup", "menu")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitem").first).to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(page.get_by_role("menuitem")).to_have_count(0)


def test_every_chart_has_a_role_a_name_and_its_numbers_as_a_table(visit: Visit) -> None:
    page = visit.go("/")
    cards = page.locator(".chart-card:visible").all()
    assert len(cards) >= 4
    for card in cards:
        chart = card.locator(".chart[role=img]")
        assert chart.get_attribute("aria-label") == card.locator("h2").inner_text()
        card.locator("details.twin summary").click()  # the table is built when it is opened
        expect(card.locator("details.twin table caption")).to_have_count(1)


def test_nothing_moves_for_those_who_want_no_motion(chromium: Browser, address: str) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    page = _visit(context, address).go("/")
    moving = page.evaluate(
        "() => [...document.querySelectorAll('*')].filter((each) => { const s = getComputedStyle(each);"
        " return parseFloat(s.transitionDuration) > 0 || s.animationName !== 'none'; }).length"
    )
    assert moving == 0
    context.close()


def test_a_printed_page_says_in_its_footer_what_it_shows(visit: Visit) -> None:
    page = visit.go("/?country=CHN&since=2012")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    footer = page.evaluate("document.documentElement.style.getPropertyValue('--printed')")
    for word in ("China", "since 2012", "As of "):
        assert word in footer
    widths = page.evaluate("[...document.querySelectorAll('.js-plotly-plot .main-svg')].map((each) => each.getBoundingClientRect().width)")
    assert widths and max(widths) <= 700
    page.emulate_media(media="print")
    for selector in (".bar", ".tabs", ".menu-target", ".icon-button"):
        assert not page.locator(selector).first.is_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")


def test_a_projector_gets_larger_type_in_texts_and_charts(chromium: Browser, address: str) -> None:
    sizes = []
    for width in (1440, 1920):
        context = chromium.new_context(viewport={"width": width, "height": 1080}, locale="en-GB")
        page = _visit(context, address).go("/agreements")
        text = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
        tick = page.evaluate(
            "parseFloat(getComputedStyle(document.querySelector('.js-plotly-plot .xtick text, .js-plotly-plot .ytick text')).fontSize)"
        )
        sizes.append((text, tick))
        context.close()
    (text, tick), (larger_text, larger_tick) = sizes
    assert larger_text / text > 1.25
    assert larger_tick / tick > 1.25
