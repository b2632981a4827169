"""The three languages in a real browser: each page speaks one, whatever the browser prefers it follows, and names stand in its order."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest
from babel import Locale
from playwright.sync_api import Browser, expect

from dashboard.locale import LANGUAGES, catalogue
from etl.reference import rows
from etl.words.collation import sort_key
from tests.browser.conftest import Visit, _visit
from tests.browser.test_pages import PAGES

HAN, CYRILLIC = re.compile(r"[\u4e00-\u9fff]"), re.compile("[а-яё]", re.IGNORECASE)
SCRIPTS = {"zh": HAN, "ru": CYRILLIC}
LOCALES = {"en": "en-GB", "ru": "ru-RU", "zh": "zh-CN"}
#: Everything a page says: each piece of text, and what is only read out or shown when pointed at.
SAID = """() => {
  const said = new Set();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const at = walk.currentNode.parentElement;
    if (!at.closest("script, style, noscript")) said.add(walk.currentNode.textContent.trim());
  }
  for (const each of document.querySelectorAll("[title], [aria-label], [placeholder], [data-label]")) {
    for (const name of ["title", "aria-label", "placeholder", "data-label"]) said.add((each.getAttribute(name) || "").trim());
  }
  return [...said].filter(Boolean);
}"""


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


@cache
def told(folder: Path) -> frozenset[str]:
    """Every text that stands in the tables of the snapshot: data, which no page translates."""
    found: set[str] = set()
    snapshot = folder / "snapshots" / (folder / "current").read_text().strip()
    with duckdb.connect() as db:
        for path in snapshot.glob("*.parquet"):
            for row in db.execute(f"SELECT * FROM '{path}'").fetchall():
                found |= {piece.strip() for value in row for piece in pieces(value)}
    return frozenset(found)


def pieces(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from pieces(each)
    elif isinstance(value, dict):
        yield from pieces(list(value.values()))


@cache
def english(language: str) -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """What ours says in English where ``language`` says otherwise: whole texts, and templates with at least two words of their own."""
    whole, templates = set(), []
    for text, said in catalogue(language).items():
        own = re.sub(r"{\w*}", "", text)
        if said == text or not re.search("[a-z]{2}", own):
            continue
        if own == text:
            whole.add(text)
        elif len(re.findall("[a-z]{2,}", own)) > 1:
            parts = [re.escape(literal) + (".+" if name is not None else "") for literal, name, _, _ in string.Formatter().parse(text)]
            templates.append(re.compile("".join(parts), re.DOTALL))
    return frozenset(whole), tuple(templates)


def in_english(said: list[str], language: str, data: frozenset[str]) -> list[str]:
    whole, templates = english(language)
    ours = [text for text in said if text not in data and not SCRIPTS[language].search(text)]
    return [text for text in ours if text in whole or any(each.fullmatch(text) for each in templates)]


def test_the_check_of_english_words_finds_them() -> None:
    said = ["Countries", "Germany leads with 3 agreements; next is Austria with 2", "Kharkiv", "Country"]
    assert in_english(said, "zh", frozenset({"Country"})) == said[:2]
    assert in_english(said, "ru", frozenset()) == [*said[:2], "Country"]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_says_everything_in_the_language_of_the_browser(speaking: dict[str, Visit], data: Path, path: str) -> None:
    for language, script in SCRIPTS.items():
        page = speaking[language].go(path)
        assert page.locator("html").get_attribute("lang") == language
        assert script.search(page.title())
        findings = page.locator(".chart-card h2").all_inner_texts()
        assert all(script.search(finding) for finding in findings), findings
        notes = page.locator(".chart-card .card-head .note").all_inner_texts()
        assert all(script.search(note) for note in notes), notes
        said = page.evaluate(SAID)
        assert len(said) > 30
        assert in_english(said, language, told(data)) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 1440


@pytest.mark.parametrize("path", PAGES)
def test_an_english_page_says_nothing_of_ours_in_another_language(speaking: dict[str, Visit], data: Path, path: str) -> None:
    said = set(speaking["en"].go(path).evaluate(SAID)) - told(data)
    for language, script in SCRIPTS.items():
        texts = {form for each in catalogue(language).values() for form in ([each] if isinstance(each, str) else each)}
        assert not {text for text in texts & said if script.search(text)}
    # Other names of a partner stand in one line; the names of the languages are written in themselves.
    pieces_said = {piece for text in said for piece in text.split("; ")} - told(data)
    assert {text for text in pieces_said if HAN.search(text)} <= {"中", "中文"}


def test_a_chinese_page_fits_a_phone(chromium: Browser, address: str) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN", has_touch=True, is_mobile=True)
    visit = _visit(context, address)
    for path in PAGES:
        page = visit.go(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, f"{path} scrolls sideways"
    context.close()
    assert visit.wrong == []


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
