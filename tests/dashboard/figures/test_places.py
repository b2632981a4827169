"""Map, regions and rankings: every number is worked out a second time from the rows of the snapshot."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import Any

import duckdb
import pandas as pd
import pytest

from dashboard.figures import agreements_on_map, countries_by_region, countries_ranking, ranking
from dashboard.filters import Selection
from dashboard.locale import speaker
from dashboard.query.places import WORLD, extent
from etl.indicators.counting import fractional, full

DB = duckdb.DuckDBPyConnection
Rows = dict[str, list[dict[str, Any]]]
EN, RU = speaker("en"), speaker("ru")
SELECTIONS = (
    Selection(),
    Selection(counting="fractional"),
    Selection(since=2018, counting="fractional"),
    Selection(types=("exchange_agreement",)),
    Selection(since=2016, until=2019),
)


def countries_of(rows: Rows, s: Selection) -> list[list[str]]:
    links: defaultdict[str, set[str]] = defaultdict(set)
    for link in rows["agreement_country"]:
        if link["is_accepted"] and link["country_code"] != "RUS":
            links[link["agreement_id"]].add(link["country_code"])
    chosen = [
        a
        for a in rows["agreement"]
        if (not s.types or a["agreement_type_code"] in s.types)
        and (not s.since or (a["signed_year"] or 0) >= s.since)
        and (not s.until or (a["signed_year"] or 9999) <= s.until)
    ]
    return [sorted(links[a["agreement_id"]]) for a in chosen]


def expected(rows: Rows, s: Selection) -> dict[str, Fraction]:
    count = fractional if s.counting == "fractional" else full
    return {code: number for code, number in count(countries_of(rows, s)).items() if code}


@pytest.mark.parametrize("s", SELECTIONS, ids=lambda s: s.to_query() or "everything")
def test_every_symbol_and_every_tile_has_the_number_of_its_country(crowded: DB, rows: Rows, s: Selection) -> None:
    wanted = {code: pytest.approx(float(number)) for code, number in expected(rows, s).items()}
    symbols = agreements_on_map.FIGURE.draw(agreements_on_map.FIGURE.ask(crowded, s), EN, s)["data"][0]
    assert dict(zip((mark[0] for mark in symbols["customdata"]), symbols["marker"]["size"], strict=True)) == wanted
    tiles = countries_by_region.FIGURE.draw(countries_by_region.FIGURE.ask(crowded, s), EN, s)["data"][0]
    cells = [(mark[0], n) for line, marks in zip(tiles["z"], tiles["customdata"], strict=True) for n, mark in zip(line, marks, strict=True)]
    assert {code: n for code, n in cells if code} == wanted
    assert {n for code, n in cells if not code} <= {None}


def test_the_regions_of_the_world_are_counted_by_countries(crowded: DB) -> None:
    figure, s = countries_by_region.FIGURE, Selection()
    assert figure.finding(figure.ask(crowded, s), EN, s) == "4 countries in 2 regions of the world"
    one = Selection(countries=("CHN", "SGP"))
    assert figure.finding(figure.ask(crowded, one), EN, one) == "2 countries, all in one region: Asia"
    three = Selection(countries=("CHN", "DEU", "FRA"))
    assert figure.finding(figure.ask(crowded, three), EN, three) == "3 countries in 2 regions of the world; Europe has the most: 2"
    assert figure.finding(figure.ask(crowded, three), RU, three) == "3 страны, 2 региона мира; больше всего стран — Европа: 2"
    alone = Selection(countries=("CHN",))
    assert figure.finding(figure.ask(crowded, alone), EN, alone).startswith("China: ")


def test_a_region_with_more_countries_than_fit_goes_on_in_the_next_row() -> None:
    codes = [f"C{i:02}" for i in range(9)]
    frame = pd.DataFrame({
        "code": codes, "n": range(9, 0, -1), "share": 1.0, "total": 45, "as_of": "2026-11-22", "name_en": codes,
        "subregion_name_en": ["A"] * 5 + ["B"] * 4, "region_name_en": "R",
    })  # fmt: skip
    plot = countries_by_region.FIGURE.draw(frame, EN, Selection())
    assert [sum(n is not None for n in line) for line in plot["data"][0]["z"]] == [4, 1, 4]
    assert [(note["text"], note["y"]) for note in plot["layout"]["annotations"]] == [("A", -0.5), ("B", 1.5)]


def test_the_map_does_not_move_when_the_selection_changes(crowded: DB) -> None:
    figure = agreements_on_map.FIGURE
    axes = [figure.draw(figure.ask(crowded, s), EN, s)["layout"]["geo"]["lonaxis"] for s in (Selection(), Selection(countries=("CHN",)))]
    assert axes[0] == axes[1]


def test_the_map_shows_every_partner_country_and_without_any_the_world(crowded: DB, nothing: DB) -> None:
    found = extent(crowded)
    assert found.west <= 2.0 < 105.0 <= found.east
    assert extent(nothing) == WORLD


def test_the_legend_has_circles_of_the_sizes_that_the_symbols_have(crowded: DB) -> None:
    figure, s = agreements_on_map.FIGURE, Selection()
    plot = figure.draw(figure.ask(crowded, s), EN, s)
    scale = plot["data"][0]["marker"]["sizeref"]
    circles = [each["x1"] - each["x0"] for each in plot["layout"]["shapes"] if each["type"] == "circle"]
    numbers = [float(note["text"]) for note in plot["layout"]["annotations"] if note["text"].isdigit()]
    assert circles == [pytest.approx((2 * n / scale) ** 0.5) for n in numbers]
    assert numbers == sorted(numbers, reverse=True)


@pytest.fixture
def long(crowded: DB) -> pd.DataFrame:
    """Twenty countries with 20, 19 and so on, and three agreements without a country."""
    rows = [{"code": f"C{i:02}", "name_en": f"Country {i}", "n": 20 - i, "share": (20 - i) / 2} for i in range(20)]
    return pd.DataFrame([*rows, {"code": None, "name_en": None, "n": 3, "share": 3.0}]).assign(total=200, as_of="2026-11-22")


def test_others_are_one_grey_bar_whose_full_counts_are_not_added(long: pd.DataFrame) -> None:
    trace = countries_ranking.FIGURE.draw(long, EN, Selection())["data"][0]
    assert trace["text"][ranking.MOST :] == ["1 to 5 each", "3"]
    assert trace["x"][ranking.MOST] == 0
    assert trace["customdata"][ranking.MOST] == ["", "others (5): 1 to 5 each"]
    plot = countries_ranking.FIGURE.draw(long, EN, Selection())
    assert plot["layout"]["yaxis"]["ticktext"][ranking.MOST] == "others (5)"


def test_others_are_added_under_fractional_counting(long: pd.DataFrame) -> None:
    trace = countries_ranking.FIGURE.draw(long, EN, Selection(counting="fractional"))["data"][0]
    assert trace["x"][ranking.MOST] == sum(n / 2 for n in range(1, 6))
    assert sum(trace["x"]) == pytest.approx(long["share"].sum())
    assert trace["customdata"][ranking.MOST][1] == "others (5): 7.5 together by fractional counting"


def test_others_that_have_the_same_say_it_once(long: pd.DataFrame) -> None:
    equal = long.assign(n=long["n"].where(long.index < ranking.MOST, 1))
    trace = countries_ranking.FIGURE.draw(equal, RU, Selection())["data"][0]
    assert trace["text"][ranking.MOST] == "по 1"
