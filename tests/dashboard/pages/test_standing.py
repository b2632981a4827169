"""What the profile of a country or a field says, worked out a second time from the rows of the snapshot."""

from __future__ import annotations

from collections import defaultdict
from statistics import median
from typing import Any

import duckdb
import pytest
from dash import html
from dash.development.base_component import Component

from dashboard.filters import Selection
from dashboard.locale import speaker
from dashboard.pages import Context, countries, fields, profile, standing
from etl.indicators.counting import effective_number, evenness, fractional

DB = duckdb.DuckDBPyConnection
Rows = dict[str, list[dict[str, Any]]]


def linked(rows: Rows, kind: str, name: str) -> dict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for link in rows[f"{kind}_{name}"]:
        if link["is_accepted"] and link[f"{name}_code"] != "RUS":
            found[link[f"{kind}_id"]].add(link[f"{name}_code"])
    return found


def made(db: DB, name: str, code: str, selection: Selection | None = None) -> standing.Standing:
    wide = Context(db, "test", "2026-11-22", selection or Selection(), speaker("en"), f"/{name}/{code}")
    return standing.Standing.of(name, wide, profile.within(wide, name, code))


def texts(node: Any) -> list[str]:
    if isinstance(node, (list, tuple)):
        return [text for each in node for text in texts(each)]
    if isinstance(node, Component):
        return texts(getattr(node, "children", None))
    return [] if node is None else [str(node)]


@pytest.mark.parametrize(("name", "code"), [("country", "CHN"), ("country", "SGP"), ("field", "2.5"), ("field", "1.3")])
def test_the_numbers_stand_against_the_median_of_all_others(crowded: DB, rows: Rows, name: str, code: str) -> None:
    links = linked(rows, "agreement", name)
    sizes: defaultdict[str, int] = defaultdict(int)
    for codes in links.values():
        for each in codes:
            sizes[each] += 1
    said = texts(standing.numbers(made(crowded, name, code)))
    assert said[:2] == ["Agreements", str(sizes[code])]
    middle = speaker("en").number(median(sizes.values()))
    assert said[2] == f"the median of the {'countries' if name == 'country' else 'fields'} is {middle}"


@pytest.mark.parametrize(("name", "code", "other"), [("country", "CHN", "field"), ("field", "2.5", "country")])
def test_the_spread_is_that_of_the_definition(crowded: DB, rows: Rows, name: str, code: str, other: str) -> None:
    own, others = linked(rows, "agreement", name), linked(rows, "agreement", other)
    shares = fractional(sorted(others[key]) for key, codes in own.items() if code in codes)
    known = {each: share for each, share in shares.items() if each}
    even = evenness(known)
    assert even is not None
    said = " ".join(texts(standing.glance(made(crowded, name, code))))
    assert f"as {round(effective_number(known), 1):g} " in said
    assert f"evenness {round(even, 2):g}" in said


def test_the_first_and_the_latest_year_are_told_with_how_many_have_none(crowded: DB, rows: Rows) -> None:
    codes = linked(rows, "agreement", "country")
    years = [a["signed_year"] for a in rows["agreement"] if "CHN" in codes[a["agreement_id"]]]
    known = [year for year in years if year]
    said = " ".join(texts(standing.glance(made(crowded, "country", "CHN"))))
    assert f"{min(known)} (the year of {years.count(None)} agreements is not known)" in said
    assert f"Latest agreement {max(known)}" in said


def test_a_profile_shows_the_first_of_each_list_and_leads_to_all(crowded: DB) -> None:
    found = made(crowded, "country", "CHN", Selection(since=2015))
    sections = standing.latest(found)
    assert f"All {found.size('agreement')} agreements in the register" in texts(sections)
    tables = [each for part in sections for each in part._traverse() if isinstance(each, html.Tbody)]
    assert [len(each.children) for each in tables] == [standing.FIRST] * 3
    links = [each.href for part in sections for each in part._traverse() if getattr(each, "href", "").startswith("/agreements?")]
    assert "/agreements?country=CHN&since=2015" in links


@pytest.mark.parametrize("code", ["CHN", "SGP"])
def test_the_title_counts_all_though_the_list_shows_some(crowded: DB, rows: Rows, code: str) -> None:
    number = sum(code in codes for codes in linked(rows, "agreement", "country").values())
    drawn = countries.draw_one(Context(crowded, "test", "2026-11-22", Selection(), speaker("en"), f"/countries/{code}"), code)
    (title,) = [each for each in drawn._traverse() if isinstance(each, html.H1)]
    assert title.children.endswith(f": {number} agreements")


def test_an_area_has_the_numbers_of_its_fields_together(crowded: DB, rows: Rows) -> None:
    links = linked(rows, "agreement", "field")
    number = sum(any(code.startswith("2.") for code in codes) for codes in links.values())
    drawn = fields.draw_one(Context(crowded, "test", "2026-11-22", Selection(), speaker("en"), "/fields/2"), "2")
    (title,) = [each for each in drawn._traverse() if isinstance(each, html.H1)]
    assert title.children == f"Engineering and technology: {number} agreements"
