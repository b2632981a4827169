"""Tables: filtered as one types, sorted, and taken away as files that a spreadsheet reads without calculating."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit


def saved(page: Page, click: str) -> Path:
    with page.expect_download() as waiting:
        page.locator(click).click()
    path = Path(waiting.value.path())
    return path.rename(path.with_suffix(Path(waiting.value.suggested_filename).suffix))


def test_a_table_is_filtered_as_one_types_and_downloaded_as_it_is_shown(visit: Visit) -> None:
    page = visit.go("/agreements")
    section = page.locator("section", has=page.get_by_role("heading", name="Register", exact=True))
    field = section.locator(".tools-filter")
    field.fill("grac")
    expect(section.locator("tbody tr:visible")).to_have_count(0)
    field.fill("AUSTRIA exchange")
    rows = section.locator("tbody tr:visible")
    expect(section.locator(".tools-said")).to_contain_text("of 91 rows")
    number = rows.count()
    assert 0 < number < 91
    page.get_by_role("heading", name="Register", exact=True).scroll_into_view_if_needed()
    text = saved(page, "section:has(h2:text-is('Register')) [data-file=csv]").read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    assert len(list(csv.reader(io.StringIO(text.decode("utf-8-sig"))))) == number + 1
    book = load_workbook(saved(page, "section:has(h2:text-is('Register')) [data-file=xlsx]"))
    assert book.active.max_row == number + 1
    assert book.active["A1"].value == "Agreement"


@pytest.mark.parametrize("at", [0, 1])
def test_the_twin_of_a_chart_is_downloaded_whole(visit: Visit, at: int) -> None:
    page = visit.go("/countries")
    card = page.locator("#figure-countries_ranking")
    card.locator("summary").click()
    card.locator("tbody tr").first.wait_for()
    rows = card.locator("tbody tr").count()
    file = saved(page, f"#figure-countries_ranking .tools-file >> nth={at}")
    if at == 0:
        lines = list(csv.reader(io.StringIO(file.read_text("utf-8-sig"))))
        assert len([line for line in lines if not line[0].startswith("#")]) == rows + 1
    else:
        cells = list(load_workbook(file).active.iter_rows(values_only=True))
        assert [row[1] for row in cells if row[0] == "China"] == [22]


def test_a_filter_that_is_typed_holds_when_the_page_changes(visit: Visit) -> None:
    page = visit.go("/countries")
    section = page.locator("section", has=page.get_by_role("heading", name="All countries", exact=True))
    section.locator(".tools-filter").fill("asia")
    before = section.locator("tbody tr:visible").count()
    section.locator(".sort").first.click()
    assert section.locator("tbody tr:visible").count() == before
    page.locator("[data-language=ru]").click()
    expect(section).to_have_count(0)
    expect(page.locator("main h1")).to_contain_text("соглаш")
    page.locator("[data-language=en]").click()
    expect(section.locator("tbody tr").first).to_be_visible()


def test_a_sorted_table_has_its_own_order_again_when_its_rows_change(visit: Visit) -> None:
    """React writes into the rows that it has drawn: where they stood in another order, texts would stand in that order."""
    page = visit.go("/countries")
    table = page.locator(".section .table").first
    table.locator(".sort").first.click()
    table.locator(".sort").first.click()
    expect(table.locator("th[aria-sort=descending]")).to_have_count(1)
    page.locator("[data-language=ru]").click()
    expect(page.locator("main h1")).to_contain_text("соглаш")
    visit.drawn()
    first = table.locator("tbody td:first-child").all_inner_texts()
    expect(table.locator("th[aria-sort]")).to_have_count(0)
    page.reload()
    visit.drawn()
    assert first == table.locator("tbody td:first-child").all_inner_texts()


def test_a_list_that_is_cut_is_downloaded_whole(visit: Visit) -> None:
    page = visit.go("/partners")
    rows = page.locator("section:has(h2:text-is('All partners')) tbody tr").count()
    text = saved(page, "section:has(h2:text-is('All partners')) .tools-file >> nth=0").read_text("utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(text)))) == 163 > rows == 80
