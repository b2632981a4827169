"""What a figure shows equals an independent recomputation from the Parquet, on the screen and in the file."""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from dashboard.export import seal
from tests.browser.conftest import Visit


def rows(data: Path, name: str) -> list[dict[str, Any]]:
    folder = data / "snapshots" / (data / "current").read_text("utf-8").strip()
    return pq.read_table(folder / f"{name}.parquet").to_pylist()


def linked(data: Path, bridge: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for link in rows(data, bridge):
        if link["is_accepted"]:
            left, right = list(link)[:2]
            found[link[left]].add(link[right])
    return found


def shown(visit: Visit, figure: str) -> list[dict[str, Any]]:
    """Return the traces of a figure as the browser has drawn them."""
    script = "node => node.data.map(t => ({x: Array.from(t.x ?? []), y: Array.from(t.y ?? []), custom: Array.from(t.customdata ?? [])}))"
    return visit.page.locator(f"#figure-{figure} .js-plotly-plot").evaluate(script)


@pytest.mark.parametrize("query", ["", "?country=CHN", "?country=DEU,ESP&since=2010", "?type=exchange_agreement", "?partner=org-tu-graz"])
def test_agreements_by_year_equal_a_recount(visit: Visit, data: Path, query: str) -> None:
    visit.go("/agreements" + query)
    countries, partners = linked(data, "agreement_country"), linked(data, "agreement_partner")
    given = dict(part.split("=") for part in query.removeprefix("?").split("&") if part)
    expected: Counter[int] = Counter()
    for agreement in rows(data, "agreement"):
        key, year = agreement["agreement_id"], agreement["signed_year"]
        if "country" in given and not countries[key] & set(given["country"].split(",")):
            continue
        if "partner" in given and given["partner"] not in partners[key]:
            continue
        if "type" in given and agreement["agreement_type_code"] != given["type"]:
            continue
        if year is None or year < int(given.get("since", 0)):
            continue
        expected[year] += 1
    found: Counter[int] = Counter()
    for trace in shown(visit, "agreements_by_year"):
        for year, count in zip(trace["x"], trace["y"], strict=True):
            found[int(year)] += count
    assert {year: n for year, n in found.items() if n} == dict(expected)


def download(visit: Visit, figure: str, item: str) -> Path:
    card = visit.page.locator(f"#figure-{figure}")
    card.locator(".menu-target button, button[aria-haspopup=menu]").first.click()
    with visit.page.expect_download() as waiting:
        visit.page.get_by_role("menuitem", name=item).click()
    return Path(waiting.value.path())


def test_the_csv_of_a_ranking_equals_a_recount(visit: Visit, data: Path) -> None:
    visit.go("/countries")
    text = download(visit, "countries_ranking", "Data (CSV)").read_bytes()
    assert text.startswith(b"\xef\xbb\xbf"), "Excel needs the mark to read UTF-8"
    names = {r["country_code"]: r["name_en"] for r in rows(data, "country")}
    expected = Counter(names[code] for codes in linked(data, "agreement_country").values() for code in codes)
    lines = list(csv.reader(io.StringIO(text.decode("utf-8-sig"))))
    found = {line[0]: float(line[-1]) for line in lines[1:] if line[0] in set(names.values())}
    assert found == {name: float(count) for name, count in expected.items()}


def test_fractional_counts_add_up_to_the_agreements(visit: Visit, data: Path) -> None:
    visit.go("/countries?counting=fractional")
    text = download(visit, "countries_ranking", "Data (CSV)").read_text("utf-8-sig")
    names = {r["name_en"] for r in rows(data, "country")}
    lines = list(csv.reader(io.StringIO(text)))
    total = sum(float(line[-1]) for line in lines[1:] if line[0] in names)
    assert total == pytest.approx(len(linked(data, "agreement_country")), abs=0.05)


@pytest.mark.parametrize(
    ("item", "suffix", "begins"),
    [
        ("Image (PNG)", "png", b"\x89PNG"), ("Image for print (PNG, 300 dpi)", "png", b"\x89PNG"), ("Drawing (SVG)", "svg", b"<svg"),
        ("Page (PDF)", "pdf", b"%PDF"), ("Slide (PPTX)", "pptx", b"PK"), ("Data (XLSX)", "xlsx", b"PK"), ("Data (JSON)", "json", b"{"),
    ],
)  # fmt: skip
def test_the_menu_of_a_chart_gives_the_view_away(visit: Visit, item: str, suffix: str, begins: bytes) -> None:
    visit.go("/fields?country=CHN")
    saved = download(visit, "field_by_country", item).read_bytes()
    assert saved.startswith(begins)
    (found,) = seal.read(saved, suffix)
    assert (found.is_whole, found.passport.figure, found.passport.filters) == (True, "field_by_country", "country=CHN")
