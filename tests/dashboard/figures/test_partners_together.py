"""The network, its matrix and the story of a selection are counted anew from the rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from itertools import combinations
from typing import Any

import duckdb
import pytest

from dashboard.figures import partner_matrix, partner_network, story, together
from dashboard.figures.partner_network import labels
from dashboard.filters import Selection
from dashboard.locale import speaker
from etl.indicators.calendar import span

DB = duckdb.DuckDBPyConnection
EN = speaker("en")
Rows = dict[str, list[dict[str, Any]]]
SELECTIONS = (
    Selection(),
    Selection(countries=("CHN",)),
    Selection(partners=("org-tub",)),
    Selection(since=2020),
    Selection(countries=("ZZZ",)),
)
IDS = [each.to_query() or "all" for each in SELECTIONS]
YEARS = {"agreement": "signed_year", "outcome": "happened_year", "news": "published_year"}


def links(rows: Rows, bridge: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for link in rows[bridge]:
        left, right = list(link)[:2]
        if link["is_accepted"]:
            found[link[left]].add(link[right])
    return found


def groups(rows: Rows, s: Selection) -> list[set[str]]:
    """The partners abroad of each record of the selection that names any."""
    home = {p["partner_id"] for p in rows["partner"] if p["country_code"] == "RUS"}
    found = []
    for kind, year in YEARS.items():
        partners, countries = links(rows, f"{kind}_partner"), links(rows, f"{kind}_country")
        for row in rows[kind]:
            key = row[f"{kind}_id"]
            fits = (
                (not s.countries or countries[key] & set(s.countries)) and (not s.partners or partners[key] & set(s.partners))
                and (s.since is None or (row[year] or 0) >= s.since) and not row.get("is_planned")
            )  # fmt: skip
            if fits and partners[key] - home:
                found.append(partners[key] - home)
    return found


@pytest.mark.parametrize("selection", SELECTIONS, ids=IDS)
def test_ties_and_strengths_equal_a_recount(crowded: DB, rows: Rows, selection: Selection) -> None:
    expected = groups(rows, selection)
    singles = Counter(code for group in expected for code in group)
    pairs = Counter(pair for group in expected for pair in combinations(sorted(group), 2))
    frame = together.ask(crowded, selection)
    if not expected:
        assert frame.empty
        return
    assert frame["total"].iloc[0] == len(expected)
    fewest = int(frame["threshold"].iloc[0])
    ties = {(t["code"], t["other"]): t for t in together.ties_of(frame)}
    assert {pair: t["n"] for pair, t in ties.items()} == {pair: n for pair, n in pairs.items() if n >= fewest}
    for (a, b), tie in ties.items():
        assert tie["strength"] == pytest.approx(pairs[a, b] * len(expected) / (singles[a] * singles[b]))
    nodes = {n["code"]: n["n"] for n in together.nodes_of(frame)}
    assert nodes == {code: singles[code] for pair in ties for code in pair}
    assert frame["left_out"].iloc[0] == len(singles) - len(nodes)


@pytest.mark.parametrize("selection", SELECTIONS, ids=IDS)
def test_the_pair_and_the_partner_said_to_lead_do(crowded: DB, rows: Rows, selection: Selection) -> None:
    pairs = Counter(pair for group in groups(rows, selection) for pair in combinations(sorted(group), 2))
    frame = together.ask(crowded, selection)
    said = partner_network.FIGURE.finding(frame, EN, selection)
    best = [pair for pair, n in pairs.items() if n == max(pairs.values())] if pairs else []
    names = {p["partner_id"]: p["name_en"] for p in rows["partner"]}
    if " meet most often, in " in said:
        ((one, other),) = best
        assert said.startswith(f"{names[one]} and {names[other]} meet most often, in {pairs[one, other]} ")
    elif "meet equally often" in said:
        assert said.startswith(f"{len(best)} pairs")
    degrees = Counter(code for pair in pairs for code in pair)
    lead = partner_matrix.FIGURE.finding(frame, EN, selection)
    if " is tied to most others: " in lead:
        assert lead.startswith(names[degrees.most_common(1)[0][0]])


def test_the_matrix_is_symmetric_and_says_what_the_network_draws(crowded: DB) -> None:
    frame = together.ask(crowded, Selection())
    trace = partner_matrix.FIGURE.draw(frame, EN, Selection())["data"][0]
    size = len(trace["x"])
    assert [[trace["z"][j][i] for j in range(size)] for i in range(size)] == trace["z"]
    assert all(trace["z"][i][i] is None for i in range(size))
    assert sum(n or 0 for line in trace["z"] for n in line) == 2 * sum(t["n"] for t in together.ties_of(frame))


def test_two_readers_see_the_same_picture(crowded: DB) -> None:
    once, again = (partner_network.FIGURE.draw(together.ask(crowded, Selection()), EN, Selection()) for _ in range(2))
    assert once == again


def test_names_do_not_cover_each_other() -> None:
    crowd = [(0.01 * i, 0.0, f"Organisation {i}", 10.0) for i in range(40)]
    shown = labels(crowd)
    assert len(shown) == len(crowd)
    assert 1 <= sum(bool(text) for _, text in shown) < len(crowd)


def test_a_network_of_nothing_few_and_one(small: DB, nothing: DB) -> None:
    say = lambda db, s: partner_network.FIGURE.finding(together.ask(db, s), EN, s)  # noqa: E731
    assert say(nothing, Selection()) == "Nothing matches this selection: remove a filter"
    assert say(small, Selection(partners=("org-net",))) == "No two partners stand in one record of this selection"
    assert say(small, Selection(countries=("FRA",))) == "Only 2 records name partners, too few for a network"


@pytest.mark.parametrize(
    "selection", [*SELECTIONS[:4], Selection(partners=("org-cas-sh",)), SELECTIONS[4]], ids=lambda s: s.to_query() or "all"
)
def test_the_story_has_every_dated_record_once_within_what_its_date_can_mean(crowded: DB, selection: Selection) -> None:
    figure = story.FIGURE
    frame = figure.ask(crowded, selection)
    assert not frame.duplicated(["kind", "id"]).any()
    plot = figure.draw(frame, EN, selection)
    marks = {
        custom[0]: x
        for trace in plot["data"]
        if trace["mode"] == "markers"
        for custom, x in zip(trace["customdata"], trace["x"], strict=True)
    }
    assert set(marks) == set(frame.loc[frame["day"].notna(), "id"])
    for _, row in frame[frame["day"].notna()].iterrows():
        first, last = span(row["day"])
        assert first <= date.fromisoformat(marks[row["id"]]) <= last


def test_marks_of_a_lane_do_not_touch() -> None:
    days = [(date(2020, 1, 1), date(2020, 12, 31)), (date(2020, 6, 1), date(2020, 6, 1)), (date(2021, 6, 1), date(2021, 6, 1))]
    marks = [{"begins": a, "ends": b, "until": None} for a, b in days]
    assert story.lines(marks, apart=30) == [0, 1, 0]


def test_the_story_of_the_small_snapshot(small: DB) -> None:
    one = Selection(partners=("org-cas-sh",))
    assert story.FIGURE.finding(story.FIGURE.ask(small, one), EN, one) == "All in 2023: 1 agreement, 0 outcomes, 1 news item"
    frame = story.FIGURE.ask(small, Selection())
    assert story.FIGURE.finding(frame, EN, Selection()) == "From 2020 to 2026: 6 agreements, 3 outcomes, 3 news items"
    assert "3 without a date not drawn" in story.FIGURE.subtitle(frame, EN, Selection())
