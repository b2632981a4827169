"""The page that makes reports, in a real browser: with the mouse, with the keyboard, on a phone."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import Visit

#: Sections with charts: unchecked, so that no second browser has to start.
DRAWN = ("geography", "fields", "partners", "agreements", "outcomes", "expiring", "quality")


def _words_only(visit: Visit) -> None:
    for name in DRAWN:
        visit.page.uncheck(f"input[name=sections][value={name}]")


def test_a_report_is_previewed_and_downloaded(visit: Visit) -> None:
    page = visit.go("/report")
    expect(page.locator("#report-year")).to_have_value("2025")
    page.select_option("#report-year", "2024")
    page.select_option("#report-language", "ru")
    _words_only(visit)
    page.get_by_role("button", name="Show a preview").click()
    frame = page.frame_locator(".report-preview iframe")
    expect(frame.locator("h1")).to_have_text("Международное сотрудничество", timeout=120_000)
    expect(frame.locator("html")).to_have_attribute("lang", "ru")
    page.check("input[name=format][value=xlsx]")
    with page.expect_download(timeout=120_000) as download:
        page.get_by_role("button", name="Make the file").click()
    assert download.value.suggested_filename == "annual-report-2024-ru.xlsx"
    assert Path(download.value.path()).read_bytes().startswith(b"PK")
    expect(page.locator(".report-status a")).to_be_focused()


def test_nothing_chosen_is_said_and_nothing_is_ordered(visit: Visit) -> None:
    page = visit.go("/report")
    ordered: list[str] = []
    page.on("request", lambda request: ordered.append(request.url) if request.url.endswith("/report/jobs") else None)
    for box in page.locator("input[name=sections]").all():
        box.uncheck()
    page.get_by_role("button", name="Make the file").press("Enter")
    expect(page.locator(".report-status")).to_have_text("Choose one section at least.")
    assert ordered == []


def test_the_profile_of_a_partner_leads_to_its_brief_on_a_phone(phone: Visit) -> None:
    page = phone.go("/partners/org-tum")
    page.get_by_role("link", name="Справка к визиту").click()
    expect(page.locator("h1")).to_have_text("Справка к визиту: Технический университет Мюнхена")
    page.locator(".report-fields").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator("input[name=format]").count() == 3
    assert all(box["height"] >= 32 for box in (each.bounding_box() for each in page.locator(".report-choice").all()) if box)


def test_the_form_is_used_with_the_keyboard_alone(visit: Visit) -> None:
    page = visit.go("/report")
    page.locator("#report-year").focus()
    reached = []
    for _ in range(5):
        reached.append(page.evaluate("document.activeElement.name || document.activeElement.value"))
        page.keyboard.press("Tab")
    assert reached[:4] == ["year", "language", "format", "sections"]
