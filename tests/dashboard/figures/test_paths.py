"""Country, area and outcome: every link is worked out a second time, and every stage adds up to the same."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import duckdb
import pytest

from dashboard.figures import country_area_outcome
from dashboard.filters import Selection
from dashboard.locale import speaker
from etl.indicators.counting import two_way

DB = duckdb.DuckDBPyConnection
Rows = dict[str, list[dict[str, Any]]]
EN, FIGURE = speaker("en"), country_area_outcome.FIGURE
SELECTIONS = (Selection(), Selection(since=2018), Selection(countries=("CHN",)), Selection(fields=("2",), counting="fractional"))


def linked(rows: Rows, name: str) -> dict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for link in rows[f"outcome_{name}"]:
        if link["is_accepted"]:
            found[link["outcome_id"]].add(link[f"{name}_code"])
    return found


def expected(rows: Rows, s: Selection) -> dict[tuple[str, str, str], float]:
    fields, countries = linked(rows, "field"), linked(rows, "country")
    sums: defaultdict[tuple[str, str, str], float] = defaultdict(float)
    for o in rows["outcome"]:
        own, abroad = fields[o["outcome_id"]], countries[o["outcome_id"]] - {"RUS"}
        if o["is_planned"] or (s.since and (o["happened_year"] or 0) < s.since):
            continue
        if s.countries and not countries[o["outcome_id"]] & set(s.countries):
            continue
        if s.fields and not any(code.split(".")[0] in s.fields for code in own):
            continue
        for (field, country), share in two_way([(sorted(own), sorted(abroad))]).items():
            sums[country, field.split(".")[0], o["outcome_type_code"]] += float(share)
    return dict(sums)


@pytest.mark.parametrize("s", SELECTIONS, ids=lambda s: s.to_query() or "everything")
def test_an_outcome_is_divided_among_its_countries_and_fields(crowded: DB, rows: Rows, s: Selection) -> None:
    frame = FIGURE.ask(crowded, s)
    plain = frame.astype(object).where(frame.notna(), None).to_dict("records")
    found = {(row["country"] or "", row["area"] or "", row["type"]): pytest.approx(row["share"]) for row in plain}
    assert expected(rows, s) == found
    assert frame["share"].sum() == pytest.approx(frame["total"].iloc[0])


@pytest.mark.parametrize("s", SELECTIONS, ids=lambda s: s.to_query() or "everything")
def test_every_stage_has_at_most_four_nodes_and_the_same_total(crowded: DB, s: Selection) -> None:
    frame = FIGURE.ask(crowded, s)
    (trace,) = FIGURE.draw(frame, EN, s)["data"]
    link, nodes = trace["link"], len(trace["node"]["label"])
    assert nodes <= 3 * country_area_outcome.ACROSS
    middle = set(link["target"]) & set(link["source"])
    into = sum(n for n, target in zip(link["value"], link["target"], strict=True) if target in middle)
    out = sum(n for n, source in zip(link["value"], link["source"], strict=True) if source in middle)
    assert into == pytest.approx(out) == pytest.approx(frame["total"].iloc[0])


def test_who_is_said_to_give_most_does(crowded: DB, rows: Rows) -> None:
    sums: defaultdict[str, float] = defaultdict(float)
    for (country, _, _), share in expected(rows, Selection()).items():
        sums[country] += share if country else 0
    best = max(sums.values())
    said = FIGURE.finding(FIGURE.ask(crowded, Selection()), EN, Selection())
    assert f": {EN.number(round(best, 1))} by fractional counting" in said


def test_too_few_are_not_followed(small: DB) -> None:
    frame = FIGURE.ask(small, Selection(since=2022))
    assert FIGURE.finding(frame, EN, Selection(since=2022)) == "2 outcomes in this selection, too few to follow"
    assert FIGURE.draw(frame, EN, Selection())["data"] == []
