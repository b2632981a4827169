"""The three languages in a real browser: what a page follows, and names in the order of the language; test_every_page.py asks each page."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from babel import Locale
from playwright.sync_api import Browser, expect

from dashboard.locale import LANGUAGES
from etl.reference import rows
from etl.words.collation import sort_key
from tests.browser.conftest import LOCALES, Visit, _visit
from tests.browser.saying import HAN, in_english


@pytest.fixture(scope="module")
def laptops(chromium: Browser, address: str) -> Iterator[dict[str, Visit]]:
    """A laptop for each language, with what it keeps from page to page."""
    contexts = {code: chromium.new_context(viewport={"width": 1440, "height": 900}, locale=name) for code, name in LOCALES.items()}
    yield {code: _visit(context, address) for code, context in contexts.items()}
    for context in contexts.values():
        context.close()


@pytest.fixture
def speaking(laptops: dict[str, Visit]) -> Iterator[dict[str, Visit]]:
    """The laptops, whose languages the pages follow; fails when anything went wrong on them."""
    for each in laptops.values():
        each.wrong.clear()
    yield laptops
    assert {code: each.wrong for code, each in laptops.items()} == {code: [] for code in laptops}


def test_the_check_of_english_words_finds_them() -> None:
    said = ["Countries", "Germany leads with 3 agreements; next is Austria with 2", "Kharkiv", "Country"]
    assert in_english(said, "zh", frozenset({"Country"})) == said[:2]
    assert in_english(said, "ru", frozenset()) == [*said[:2], "Country"]


@pytest.mark.parametrize(("locale", "language"), [("zh-TW", "zh"), ("zh-Hans-CN", "zh"), ("ru", "ru"), ("de-DE", "en"), ("en-US", "en")])
def test_the_first_visit_speaks_as_the_browser_does(chromium: Browser, address: str, locale: str, language: str) -> None:
    context = chromium.new_context(locale=locale)
    page = _visit(context, address).go("/definitions")
    assert page.locator("html").get_attribute("lang") == language
    context.close()


def test_the_switch_and_the_address_choose_the_language(visit: Visit) -> None:
    page = visit.go("/definitions?lang=zh")
    expect(page.locator("main h1")).to_have_text("每个数字的含义")
    page.locator("[data-language=ru]").click()
    expect(page.locator("main h1")).to_have_text("Что означает каждое число")
    page.locator("[data-language=zh]").click()
    expect(page.locator("main h1")).to_have_text("每个数字的含义")
    expect(page.locator("[data-language=zh]")).to_have_attribute("aria-pressed", "true")
    page.reload()
    visit.drawn()
    expect(page.locator("main h1")).to_have_text("每个数字的含义")


def test_charts_name_months_in_the_language(speaking: dict[str, Visit]) -> None:
    months = {"ru": "нояб", "zh": "11月"}
    for language, month in months.items():
        page = speaking[language].go("/")
        said = page.evaluate(
            """async (locale) => {
              const at = document.body.appendChild(document.createElement("div"));
              const data = [{ x: ["2026-10-30", "2026-12-02"], y: [1, 2] }];
              await Plotly.newPlot(at, data, { width: 600, height: 300 }, { locale });
              const said = [...at.querySelectorAll(".xtick text")].map((each) => each.textContent).join(" ");
              Plotly.purge(at); at.remove();
              return said;
            }""",
            language,
        )
        assert month in said, said


def test_names_stand_in_the_order_of_the_browser(speaking: dict[str, Visit]) -> None:
    page = speaking["en"].go("/definitions")
    for language in LANGUAGES:
        names = {*Locale(language).territories.values(), *(row[f"name_{language}"] for row in rows("ford"))}
        names |= {row[f"name_{each}"] for row in rows("organisations") for each in ("en", "ru", language) if row[f"name_{each}"]}
        theirs = page.evaluate("([language, names]) => names.sort(new Intl.Collator(language).compare)", [language, sorted(names)])
        place = {name: number for number, name in enumerate(sorted(names, key=lambda name: sort_key(language, name)))}
        other = [(a, b) for a, b in pairwise(theirs) if place[a] > place[b]]
        # Of Chinese, some neighbours are read alike, and we read place names as they are spoken (docs/adr/0020).
        assert len(other) <= (len(names) // 80 if language == "zh" else 0), other


def test_the_select_box_of_countries_is_in_the_order_of_pinyin(speaking: dict[str, Visit]) -> None:
    page = speaking["zh"].go("/")
    page.locator("#filter-country").click()
    options = page.get_by_role("option").all_inner_texts()
    assert len(options) > 20
    assert all(HAN.search(each) for each in options)
    africa = ["阿尔及利亚", "马里", "摩洛哥", "南非", "赞比亚"]
    found = [each for each in options if each in africa]
    assert found == [each for each in africa if each in found]
    assert len(found) > 2


def test_a_table_sorts_by_pinyin(speaking: dict[str, Visit]) -> None:
    page = speaking["zh"].go("/partners")
    table = page.locator(".section .table").first
    table.locator("th .sort").nth(1).click()
    countries = [each for each in table.locator("tbody td:nth-child(2)").all_inner_texts() if each]
    theirs = page.evaluate("(names) => [...names].sort(new Intl.Collator('zh').compare)", countries)
    assert countries == theirs
    assert countries.index("德国") < countries.index("俄罗斯" if "俄罗斯" in countries else "法国") < countries.index("中国")


def test_the_csv_has_chinese_headers_and_names(speaking: dict[str, Visit], address: str) -> None:
    answer = speaking["zh"].go("/definitions").request.get(f"{address}/export/countries_ranking.csv?lang=zh")
    head, *lines = answer.body().decode("utf-8-sig").splitlines()
    assert head.startswith("国家/地区,协议")
    assert lines[0].startswith("中国,22")
