"""Fields, areas and countries: cells, edges and the activity index, worked out a second time from the rows of the snapshot."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import Any

import duckdb
import pandas as pd
import pytest

from dashboard.figures import Figure, area_by_country, field_by_country, specialisation
from dashboard.filters import Selection
from dashboard.locale import speaker
from etl.indicators.counting import two_way

DB = duckdb.DuckDBPyConnection
Rows = dict[str, list[dict[str, Any]]]
EN = speaker("en")
FRACTIONAL = Selection(counting="fractional")
SELECTIONS = (Selection(), FRACTIONAL, Selection(since=2017), Selection(types=("exchange_agreement",), counting="fractional"))
FILTERED = (Selection(countries=("CHN",)), Selection(fields=("2",)), Selection(countries=("DEU",), fields=("1.3",), counting="fractional"))


def links(rows: Rows, name: str) -> dict[str, list[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for link in rows[f"agreement_{name}"]:
        if link["is_accepted"] and link[f"{name}_code"] != "RUS":
            found[link["agreement_id"]].add(link[f"{name}_code"])
    return {key: sorted(codes) for key, codes in found.items()}


def chosen(rows: Rows, s: Selection) -> list[tuple[list[str], list[str]]]:
    """Fields and countries of the agreements that the selection chooses by anything but field and country."""
    fields, countries = links(rows, "field"), links(rows, "country")
    found = [
        a["agreement_id"]
        for a in rows["agreement"]
        if (not s.types or a["agreement_type_code"] in s.types) and (not s.since or (a["signed_year"] or 0) >= s.since)
    ]
    return [(fields.get(key, []), countries.get(key, [])) for key in found]


def areas(fields: list[str]) -> set[str]:
    return {code.split(".")[0] for code in fields}


@pytest.mark.parametrize("s", SELECTIONS, ids=lambda s: s.to_query() or "everything")
def test_an_agreement_counts_once_in_each_area_and_its_share_is_whole(crowded: DB, rows: Rows, s: Selection) -> None:
    frame = area_by_country.FIGURE.ask(crowded, s)
    records = chosen(rows, s)
    shares: defaultdict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for (field, country), share in two_way(records).items():
        shares[field.split(".")[0], country] += share
    found = {(row["field"] or "", row["country"] or ""): row for row in frame.astype(object).where(frame.notna(), None).to_dict("records")}
    assert set(found) == set(shares)
    for (area, country), row in found.items():
        known = [r for r in records if (area in areas(r[0]) if area else not r[0]) and (country in r[1] if country else not r[1])]
        assert row["n"] == len(known)
        assert row["share"] == pytest.approx(float(shares[area, country]))


@pytest.mark.parametrize("figure", [field_by_country.FIGURE, area_by_country.FIGURE], ids=lambda figure: figure.id)
@pytest.mark.parametrize("s", [*SELECTIONS, *FILTERED], ids=lambda s: s.to_query() or "everything")
def test_the_bars_at_both_edges_add_up_to_what_the_subtitle_says(crowded: DB, figure: Any, s: Selection) -> None:
    frame = figure.ask(crowded, s)
    _, _, right, below = figure.draw(frame, EN, s)["data"]
    whole = frame.loc[frame["field"].notna() & frame["country"].notna(), "share"].sum()
    assert sum(right["x"]) == pytest.approx(whole)
    assert sum(below["y"]) == pytest.approx(whole)
    assert f"add up to {EN.number(round(float(whole), 1))}".removesuffix(".0") in figure.subtitle(frame, EN, s)


@pytest.mark.parametrize("counting", ["full", "fractional"])
def test_rows_and_columns_stand_in_the_order_of_their_totals(crowded: DB, counting: Any) -> None:
    figure, s = field_by_country.FIGURE, Selection(counting=counting)
    _, _, right, below = figure.draw(figure.ask(crowded, s), EN, s)["data"]
    assert right["x"] == sorted(right["x"], reverse=True)
    assert below["y"] == sorted(below["y"], reverse=True)


@pytest.fixture
def wide() -> pd.DataFrame:
    """Twenty fields by sixteen countries, one agreement in each pair."""
    pairs = [{"field": f"2.{f}", "country": f"C{c:02}"} for f in range(20) for c in range(16)]
    frame = pd.DataFrame(pairs).assign(n=1, share=1.0, total=320, lost=0, as_of="2026-11-22")
    return frame.assign(field_name_en=frame["field"], country_name_en=frame["country"])


def test_others_have_a_row_and_a_column_and_full_counts_are_not_added_in_them(wide: pd.DataFrame) -> None:
    heat, _, right, below = field_by_country.FIGURE.draw(wide, EN, Selection())["data"]
    assert (len(heat["z"]), len(heat["z"][0])) == (15, 13)
    assert heat["z"][-1] == [None] * 13
    assert sum(right["x"]) == sum(below["y"]) == 320
    heat, *_ = field_by_country.FIGURE.draw(wide, EN, FRACTIONAL)["data"]
    assert sum(n for line in heat["z"] for n in line) == 320
    assert heat["z"][-1][-1] == 6 * 4


@pytest.mark.parametrize("s", [*SELECTIONS, *FILTERED], ids=lambda s: s.to_query() or "everything")
def test_the_index_compares_with_the_whole_whatever_country_and_field_are_chosen(crowded: DB, rows: Rows, s: Selection) -> None:
    frame = specialisation.FIGURE.ask(crowded, s)
    records = [(f, c) for f, c in chosen(rows, s) if f and c]
    weights = two_way(records)
    for row in frame.to_dict("records"):
        code, country = row["field"], row["country"]
        within = [r for r in records if code in r[0] or code in areas(r[0])]
        assert row["n_field"] == len(within)
        assert row["n_country"] == sum(country in c for _, c in records)
        assert row["n"] == sum(country in c for _, c in within)
        assert row["n_whole"] == len(records)
        both = {pair: share for pair, share in weights.items() if pair[0] == code or pair[0].split(".")[0] == code}
        assert row["share_field"] == pytest.approx(float(sum(both.values())))
        assert row["share"] == pytest.approx(float(sum(share for pair, share in both.items() if pair[1] == country)))
    shown = {row["country"] for row in frame.to_dict("records")}
    assert shown <= set(s.countries) if s.countries else len(shown) > 1


def test_a_cell_is_blank_where_fewer_than_five_are_expected(crowded: DB) -> None:
    s = Selection()
    frame = specialisation.FIGURE.ask(crowded, s)
    norm = frame["n_field"] * frame["n_country"] / frame["n_whole"]
    wanted = frame.loc[norm >= 5, "n"] / norm[norm >= 5]
    heat = specialisation.FIGURE.draw(frame, EN, s)["data"][0]
    cells = [n for line in heat["z"] for n in line if n is not None]
    assert sorted(cells) == pytest.approx(sorted(wanted))
    assert 0 < len(cells) < len(frame)
    assert (heat["zmin"] + heat["zmax"]) / 2 == heat["zmid"] == 1


def test_the_pair_farthest_from_one_is_named(crowded: DB) -> None:
    s = Selection()
    frame = specialisation.FIGURE.ask(crowded, s)
    norm = frame["n_field"] * frame["n_country"] / frame["n_whole"]
    frame = frame[norm >= 5].assign(index=frame["n"] / norm)
    best = frame.loc[((frame["index"] - 1) / (frame["index"] + 1)).abs().idxmax()]
    said = specialisation.FIGURE.finding(specialisation.FIGURE.ask(crowded, s), EN, s)
    assert said.startswith(f"{best['field_name_en']} with {best['country_name_en']}: {best['n']} agreement")


def test_too_few_for_an_index_say_how_many_would_be_needed(small: DB) -> None:
    figure = specialisation.FIGURE
    frame = figure.ask(small, Selection())
    assert figure.finding(frame, EN, Selection()).startswith("No pair has enough agreements for an index: at least 5 must be expected")
    assert figure.draw(frame, EN, Selection())["data"] == []


@pytest.mark.parametrize("figure", [field_by_country.FIGURE, area_by_country.FIGURE, specialisation.FIGURE], ids=lambda each: each.id)
def test_a_matrix_of_few_rows_is_lower_and_its_rows_keep_their_height(crowded: DB, figure: Figure) -> None:
    heights = {}
    for s in (Selection(), Selection(fields=("2",)), Selection(fields=("2.5",))):
        frame = figure.ask(crowded, s)
        plot = figure.draw(frame, EN, s)
        rows = len(plot["data"][0]["y"]) if plot["data"] else 0
        heights[rows] = figure.tall(frame, plot)
    (fewest, low), *_, (most, high) = sorted(heights.items())
    assert fewest < most and low <= high <= figure.height
    assert low < high or most <= 3, "each row more than three adds to the height"
    assert fewest > 3 or low < 300, "one row does not stand in an empty card"


def test_the_bars_of_a_matrix_of_one_row_stand_below_that_row(crowded: DB) -> None:
    chosen_ = Selection(fields=("2.5",))
    layout = field_by_country.FIGURE.draw(field_by_country.FIGURE.ask(crowded, chosen_), EN, chosen_)["layout"]
    (bottom, top), (low, high) = layout["yaxis"]["domain"], layout["yaxis2"]["domain"]
    assert top == 1 and bottom > 0.5 and bottom - high < 0.02 and low >= 0
    assert layout["yaxis"]["range"] == [0.5, -0.5]
