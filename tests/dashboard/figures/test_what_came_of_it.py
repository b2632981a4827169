"""UpSet, stages and small multiples are counted anew from the rows, without the code that draws them."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

import duckdb
import pytest

from dashboard.figures import outcome_kinds, outcomes_each_year, stages
from dashboard.filters import Selection
from dashboard.locale import speaker
from etl.indicators.calendar import span

DB = duckdb.DuckDBPyConnection
EN = speaker("en")
Rows = dict[str, list[dict[str, Any]]]
SELECTIONS = (
    Selection(), Selection(countries=("CHN",)), Selection(types=("exchange_agreement",), since=2015), Selection(outcomes=("joint_lab",)),
    Selection(partners=("org-ens",)), Selection(countries=("ZZZ",)),
)  # fmt: skip
IDS = [each.to_query() or "all" for each in SELECTIONS]


def links(rows: Rows, bridge: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for link in rows[bridge]:
        left, right = list(link)[:2]
        if link["is_accepted"]:
            found[link[left]].add(link[right])
    return found


def kinds(rows: Rows) -> dict[str, set[str]]:
    outcomes = {o["outcome_id"]: o for o in rows["outcome"] if not o["is_planned"]}
    found: dict[str, set[str]] = defaultdict(set)
    for outcome, agreements in links(rows, "outcome_agreement").items():
        for agreement in agreements:
            if outcome in outcomes:
                found[agreement].add(outcomes[outcome]["outcome_type_code"])
    return found


def chosen(rows: Rows, s: Selection) -> list[dict[str, Any]]:
    countries, partners, have = links(rows, "agreement_country"), links(rows, "agreement_partner"), kinds(rows)
    found = []
    for row in rows["agreement"]:
        key = row["agreement_id"]
        fits = (
            (not s.countries or countries[key] & set(s.countries)) and (not s.partners or partners[key] & set(s.partners))
            and (not s.types or row["agreement_type_code"] in s.types) and (not s.outcomes or have[key] & set(s.outcomes))
            and (s.since is None or (row["signed_year"] or 0) >= s.since)
        )  # fmt: skip
        found += [row] if fits else []
    return found


@pytest.mark.parametrize("selection", SELECTIONS, ids=IDS)
def test_each_combination_equals_a_recount(crowded: DB, rows: Rows, selection: Selection) -> None:
    have, frame = kinds(rows), outcome_kinds.FIGURE.ask(crowded, selection)
    expected = Counter(frozenset(have[row["agreement_id"]]) for row in chosen(rows, selection))
    found = {frozenset(c.split("+")) if isinstance(c, str) else frozenset(): n for c, n in zip(frame["code"], frame["n"], strict=True)}
    assert found == dict(expected)
    assert list(frame["n"][:-1]) == sorted(frame["n"][:-1], reverse=True) or frame["code"].notna().all()
    assert outcome_kinds.FIGURE.records
    for code, n in zip(frame["code"], frame["n"], strict=True):
        if isinstance(code, str):
            assert len(outcome_kinds.FIGURE.records(crowded, selection, code)) == n


def test_the_matrix_has_a_dot_where_the_combination_has_the_kind(crowded: DB) -> None:
    frame = outcome_kinds.FIGURE.ask(crowded, Selection())
    plot = outcome_kinds.FIGURE.draw(frame, EN, Selection())
    bars, _, *columns = plot["data"]
    assert len(columns) == len(bars["x"]) <= outcome_kinds.MOST
    labels = plot["layout"]["yaxis2"]["ticktext"]
    for x, (column, (code, _)) in enumerate(zip(columns, bars["customdata"], strict=True)):
        assert set(column["x"]) == {x}
        names = {EN(outcome_kinds.OUTCOME_TYPES[kind]) for kind in code.split("+")}
        assert {labels[y].rsplit("  ", 1)[0] for y in column["y"]} == names


def test_findings_on_combinations_hold_for_ties_few_and_none(crowded: DB, small: DB, nothing: DB) -> None:
    figure = outcome_kinds.FIGURE
    say = lambda db, s=Selection(): figure.finding(figure.ask(db, s), EN, s)  # noqa: E731, B008
    assert say(small) == "Only 2 agreements with an outcome tied to them, too few to rank"
    assert say(nothing) == "Nothing matches this selection: remove a filter"
    assert say(small, Selection(partners=("org-net",))) == "1 agreement, no outcome is tied to it"
    frame = figure.ask(crowded, Selection())
    known = frame[frame["code"].notna()]
    tied = (known["n"] == known["n"].max()).sum()
    assert ("equally frequent" in say(crowded)) == (tied > 1)


@pytest.mark.parametrize("selection", SELECTIONS, ids=IDS)
def test_each_stage_equals_a_recount_and_lies_within_the_one_before(crowded: DB, rows: Rows, selection: Selection) -> None:
    outcomes = {o["outcome_id"]: o for o in rows["outcome"] if not o["is_planned"]}
    news = {n["news_id"]: n for n in rows["news"] if n["event_code"] != "signing"}
    by_outcome, by_news = links(rows, "outcome_agreement"), links(rows, "news_agreement")
    expected = Counter(signed=0, in_force=0, activity=0, outcome=0)
    for row in chosen(rows, selection):
        if not row["signed_on"]:
            continue
        begins = span(row["signed_on"])[0]
        late = lambda day, begins=begins: not day or span(day)[1] >= begins  # noqa: E731
        came = any(row["agreement_id"] in by_outcome[k] and late(o["happened_on"]) for k, o in outcomes.items())
        told = any(row["agreement_id"] in by_news[k] and late(n["published_on"]) for k, n in news.items())
        expected.update({"signed": 1, "in_force": 1, "activity": came or told, "outcome": came})
    frame = stages.FIGURE.ask(crowded, selection)
    if len(frame):
        assert dict(zip(frame["code"], frame["n"], strict=True)) == dict(expected)
        assert list(frame["n"]) == sorted(frame["n"], reverse=True)
        assert stages.FIGURE.records
        for code, n in zip(frame["code"], frame["n"], strict=True):
            assert len(stages.FIGURE.records(crowded, selection, code)) == n
    else:
        assert not chosen(rows, selection)


def test_the_cohort_is_named(small: DB) -> None:
    frame = stages.FIGURE.ask(small, Selection())
    assert stages.FIGURE.finding(frame, EN, Selection()) == "2 of 6 signed agreements have an outcome; 2 show any activity"
    said = stages.FIGURE.subtitle(frame, EN, Selection())
    assert "from 2020 to 2026" in said and "1 without a date of signature not in the cohort" in said
    no_date = Selection(partners=("org-net",))
    assert stages.FIGURE.finding(stages.FIGURE.ask(small, no_date), EN, no_date) == "No agreement of this selection has a date of signature"


@pytest.mark.parametrize("selection", [*SELECTIONS[:3], Selection(outcomes=("joint_lab", "event")), Selection(counting="fractional")])
def test_the_panels_add_up_to_the_dated_outcomes_and_share_their_scale(crowded: DB, selection: Selection) -> None:
    figure = outcomes_each_year.FIGURE
    frame = figure.ask(crowded, selection)
    plot = figure.draw(frame, EN, selection)
    assert sum(sum(t["y"]) for t in plot["data"]) == frame.loc[frame["year"].notna(), "n"].sum()
    for axis in ("xaxis", "yaxis"):
        assert len({tuple(value["range"]) for name, value in plot["layout"].items() if name.startswith(axis)}) == 1
    assert len(plot["data"]) <= outcomes_each_year.MOST
    for trace in plot["data"]:
        for year, shape in zip(trace["x"], trace["marker"]["pattern"]["shape"], strict=True):
            assert bool(shape) == (year == 2026)


def test_the_type_said_to_come_in_most_years_does(crowded: DB) -> None:
    figure = outcomes_each_year.FIGURE
    for selection in SELECTIONS:
        frame = figure.ask(crowded, selection)
        said = figure.finding(frame, EN, selection)
        if " comes in most years: " in said:
            years = frame[frame["year"].notna()].groupby("code")["year"].nunique().sort_values(ascending=False)
            assert said.startswith(EN(outcome_kinds.OUTCOME_TYPES[years.index[0]]))
            assert len(years) == 1 or years.iloc[0] > years.iloc[1]
            assert f": {years.iloc[0]} of " in said
