"""Flow, stock, small multiples and ranks, worked out a second time from the rows of the snapshot."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from datetime import date
from typing import Any

import duckdb
import pandas as pd
import pytest

from dashboard.figures import (
    agreements_by_year,
    agreements_in_force,
    area_by_country,
    countries_over_time,
    country_area_outcome,
    country_ranks,
    field_by_country,
    fields_over_time,
    specialisation,
)
from dashboard.filters import Selection
from dashboard.locale import speaker
from etl.indicators.calendar import span
from etl.indicators.counting import fractional, full
from etl.indicators.status import IN_FORCE, Terms, status
from tests.dashboard.query.sample import Builder, Rows, empty, opened

DB = duckdb.DuckDBPyConnection
EN, RU = speaker("en"), speaker("ru")
AS_OF = date(2026, 11, 22)
SELECTIONS = (
    Selection(),
    Selection(counting="fractional"),
    Selection(types=("exchange_agreement",)),
    Selection(since=2017, until=2024),
    Selection(since=2019, counting="fractional"),
)
SINKS = dict.fromkeys(("effective_on", "terminated_on", "superseded_by_id", "notice_months", "expires_on", "term_months"))


def by_day(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.pivot(index="day", columns="code", values="n").reset_index()


def chosen(rows: Rows, s: Selection) -> list[dict[str, Any]]:
    return [
        SINKS | a
        for a in rows["agreement"]
        if (not s.types or a["agreement_type_code"] in s.types)
        and (not s.since or (a["signed_year"] or 0) >= s.since)
        and (not s.until or (a["signed_year"] or 9999) <= s.until)
    ]


def links(rows: Rows, name: str) -> dict[str, list[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for link in rows[f"agreement_{name}"]:
        if link["is_accepted"] and link[f"{name}_code"] != "RUS":
            found[link["agreement_id"]].add(link[f"{name}_code"])
    return {key: sorted(codes) for key, codes in found.items()}


@pytest.mark.parametrize("s", SELECTIONS, ids=lambda s: s.to_query() or "everything")
def test_the_stock_of_each_year_is_the_status_of_each_agreement_on_its_last_day(crowded: DB, rows: Rows, s: Selection) -> None:
    found = by_day(agreements_in_force.FIGURE.ask(crowded, s))
    first = min(a["signed_year"] for a in chosen(rows, s) if a["signed_on"])
    assert list(found["day"]) == [f"{year}-12-31" for year in range(first, 2026)] + [AS_OF.isoformat()]
    for row in found.to_dict("records"):
        codes = Counter(status(Terms.of(a), date.fromisoformat(row["day"])).code for a in chosen(rows, s))
        assert row["in_force"] == sum(codes[code] for code in IN_FORCE), row["day"]
        assert row["end_unknown"] == codes["end_unknown"], row["day"]


TRACED = [
    agreements_in_force.FIGURE, countries_over_time.FIGURE, fields_over_time.FIGURE, country_ranks.FIGURE, field_by_country.FIGURE,
    area_by_country.FIGURE, specialisation.FIGURE, country_area_outcome.FIGURE,
]  # fmt: skip
FILTERED = (
    *SELECTIONS,
    Selection(countries=("CHN", "DEU")),
    Selection(fields=("2", "1.3")),
    Selection(countries=("FRA",), fields=("2.5",)),
)


@pytest.mark.parametrize("figure", TRACED, ids=lambda figure: figure.id)
@pytest.mark.parametrize("s", FILTERED, ids=lambda s: s.to_query() or "everything")
def test_the_records_behind_every_row_are_as_many_as_it_says(crowded: DB, figure: Any, s: Selection) -> None:
    frame = figure.ask(crowded, s)
    assert len(frame)
    rows_ = frame.astype(object).where(frame.notna(), None).to_dict("records")
    for row in random.Random(len(rows_)).sample(rows_, min(len(rows_), 12)):
        columns = ("field", "country") if "field" in row else ("year", "code") if "year" in row else ("code",)
        mark = "~".join("none" if row[c] is None else str(int(row[c]) if isinstance(row[c], float) else row[c]) for c in columns)
        found = figure.records(crowded, s, mark)
        assert len(found) == len(set(found)) == row["n"], mark


@pytest.mark.parametrize("figure", TRACED, ids=lambda figure: figure.id)
@pytest.mark.parametrize("mark", ["", "none", "nothing", "2023", "~", "a~b~c", "'; drop table agreement", "0000~in_force", "99999"])
def test_nonsense_for_a_mark_is_no_error(crowded: DB, figure: Any, mark: str) -> None:
    assert isinstance(figure.records(crowded, Selection(), mark), list)


def agreement(start: str, end: str | None = None, **more: Any) -> dict[str, Any]:
    return SINKS | {"agreement_id": start, "signed_on": start, "signed_year": int(start[:4]), "expires_on": end,
                    "is_open_ended": False, "has_auto_renewal": False} | more  # fmt: skip


@pytest.mark.parametrize(
    ("row", "years", "why"),
    [
        (agreement("2019-05-01", "2021-12-31"), {2019, 2020, 2021}, "the last day is inclusive"),
        (agreement("2019-05-01", "2021-12-30"), {2019, 2020}, "one day before the end of the year"),
        (agreement("2019-05-01", "2021"), {2019, 2020, 2021}, "until 2021 means until its last day"),
        (agreement("2019", "2021-12"), {2019, 2020, 2021}, "until December"),
        (agreement("2019", "2019-06"), set(), "begun and ended within a year"),
        (agreement("2019", "2023", terminated_on="2021-02"), {2019, 2020}, "terminated before the end of 2021"),
        (agreement("2019", None, is_open_ended=True, terminated_on="2022"), {2019, 2020, 2021}, "without an end, until terminated"),
        (agreement("2019", "2020-06", has_auto_renewal=True, term_months=12), set(range(2019, 2026)), "renews itself each year"),
        (agreement("2018", "2025", effective_on="2020-03"), set(range(2020, 2026)), "signed earlier than it came into effect"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_in_force_on_the_last_day_of(row: dict[str, Any], years: set[int], why: str) -> None:
    made = Builder()
    made.rows["agreement"].append(row | {"title": "x", "agreement_type_code": "other", "cooperation_forms": []})
    made.rows["run"] = empty()["run"]
    with opened(made.rows) as db:
        frame = agreements_in_force.FIGURE.ask(db, Selection())
    days = by_day(frame)
    found = {int(day[:4]) for day, n in zip(days["day"], days["in_force"], strict=True) if n and day.endswith("12-31")}
    assert found == years, why


def test_what_is_replaced_was_in_force_until_its_successor_began() -> None:
    made = Builder()
    old = agreement("2015", None, is_open_ended=True, superseded_by_id="2020-04-01")
    for row in (old, agreement("2020-04-01", "2022")):
        made.rows["agreement"].append(row | {"title": "x", "agreement_type_code": "other", "cooperation_forms": []})
    made.rows["run"] = empty()["run"]
    with opened(made.rows) as db:
        frame = agreements_in_force.FIGURE.ask(db, Selection())
    assert list(by_day(frame)["in_force"]) == [1] * 8 + [0] * 4


def test_the_end_that_is_not_stated_is_a_line_of_its_own_and_the_open_year_is_hollow(crowded: DB) -> None:
    plot = agreements_in_force.FIGURE.draw(agreements_in_force.FIGURE.ask(crowded, Selection()), EN, Selection())
    assert [trace["name"] for trace in plot["data"]] == ["In force by their dates", "End not stated, so perhaps in force"]
    for trace in plot["data"]:
        fills = trace["marker"]["color"]
        assert fills[-1] == "#FFFFFF"
        assert fills[-1] not in fills[:-1]


def test_the_stock_prints_both_ends_and_never_the_open_year(crowded: DB) -> None:
    frame = agreements_in_force.FIGURE.ask(crowded, Selection())
    numbers = by_day(frame).set_index("day")["in_force"]
    said = agreements_in_force.FIGURE.finding(frame, EN, Selection())
    assert said.startswith(f"{numbers['2025-12-31']} agreements in force at the end of 2025, {numbers['2022-12-31']} at the end of 2022;")
    assert "2026" not in said


@pytest.mark.parametrize("s", SELECTIONS, ids=lambda s: s.to_query() or "everything")
def test_a_trend_compares_three_whole_years_with_the_three_before(crowded: DB, rows: Rows, s: Selection) -> None:
    said = agreements_by_year.FIGURE.finding(agreements_by_year.FIGURE.ask(crowded, s), EN, s)
    years = Counter(a["signed_year"] for a in chosen(rows, s))
    last = min(2025, s.until or 9999)
    if s.since and s.since > last - 5:
        assert "more than in" not in said
        return
    now, before = (sum(years[year] for year in range(end - 2, end + 1)) for end in (last, last - 3))
    if now + before < 5:
        assert "than in" not in said
        return
    assert said.startswith(f"{now} agreement")
    assert f"in {last - 2}–{last}" in said
    if now != before:
        assert f"{abs(now - before)} {'more' if now > before else 'fewer'} than in {last - 5}–{last - 3} ({before})" in said


@pytest.mark.parametrize("name", ["country", "field"])
@pytest.mark.parametrize("s", SELECTIONS, ids=lambda s: s.to_query() or "everything")
def test_each_panel_adds_up_what_was_signed_until_each_year(crowded: DB, rows: Rows, s: Selection, name: str) -> None:
    figure = countries_over_time.FIGURE if name == "country" else fields_over_time.FIGURE
    plot, linked = figure.draw(figure.ask(crowded, s), EN, s), links(rows, name)
    count = fractional if s.counting == "fractional" else full
    lines = [trace for trace in plot["data"] if trace.get("customdata")]
    assert 0 < len(lines) <= 9
    for trace in lines:
        code = trace["customdata"][0][0]
        for year, number in zip(trace["x"], trace["y"], strict=True):
            until = [linked.get(a["agreement_id"], []) for a in chosen(rows, s) if a["signed_year"] and a["signed_year"] <= year]
            assert number == pytest.approx(float(count(until).get(code, 0))), (code, year)
    assert len({tuple(plot["layout"][f"yaxis{i + 1 if i else ''}"]["range"]) for i in range(len(lines))}) == 1


def test_all_others_stand_in_grey_behind_each_panel(crowded: DB) -> None:
    plot = countries_over_time.FIGURE.draw(countries_over_time.FIGURE.ask(crowded, Selection()), EN, Selection())
    behind = [trace for trace in plot["data"] if not trace.get("customdata")]
    assert len(behind) == 4
    assert all(trace["x"].count(None) == 3 for trace in behind)


@pytest.mark.parametrize("s", SELECTIONS, ids=lambda s: s.to_query() or "everything")
def test_ranks_follow_from_what_was_signed_in_three_years(crowded: DB, rows: Rows, s: Selection) -> None:
    figure, linked = country_ranks.FIGURE, links(rows, "country")
    plot = figure.draw(figure.ask(crowded, s), EN, s)
    count = fractional if s.counting == "fractional" else full
    labels = plot["layout"]["xaxis"].get("ticktext", [])
    for trace in plot["data"]:
        for label, y, (code, hover, _) in zip(labels, trace["y"], trace["customdata"], strict=True):
            first, last = (int(year) for year in label.split("–"))
            inside = [linked.get(a["agreement_id"], []) for a in chosen(rows, s) if a["signed_year"] and first <= a["signed_year"] <= last]
            amounts = {key: n for key, n in count(inside).items() if key}
            if code not in amounts:
                assert y is None
                continue
            rank = 1 + sum(n > amounts[code] for n in amounts.values())
            assert int(y) == rank
            assert f"rank {rank}" in hover


def frame_of(years: dict[str, dict[int, int]]) -> pd.DataFrame:
    rows = [
        {"code": code, "year": year, "n": n, "share": float(n), "name_en": code} for code, by in years.items() for year, n in by.items()
    ]
    return pd.DataFrame(rows).assign(total=99, as_of="2026-11-22", undated=0)


def test_ties_share_a_rank_and_are_said(crowded: DB) -> None:
    frame = frame_of({"A": {2021: 3, 2024: 3}, "B": {2022: 2, 2025: 3}, "C": {2024: 1}})
    figure = country_ranks.FIGURE
    assert figure.finding(frame, EN, Selection()) == "A, B were first in 2023–2025, equal with 3 agreements"
    plot = figure.draw(frame, EN, Selection())
    hovers = {trace["customdata"][-1][0]: trace["customdata"][-1][1] for trace in plot["data"]}
    assert hovers["A"] == "A, 2023–2025: rank 1 together with B, 3 agreements"
    assert "C" not in hovers, "five agreements in all are needed for a line"
    assert len({trace["y"][-1] for trace in plot["data"]}) == 2, "equal ones do not hide each other"
    assert figure.table(frame, EN)["Rank"].to_list() == [1, 1, 3, 1, 2]


def test_who_was_first_before_is_said() -> None:
    figure = country_ranks.FIGURE
    changed = frame_of({"A": {2021: 5, 2024: 1}, "B": {2022: 1, 2025: 6}})
    assert figure.finding(changed, EN, Selection()) == "B was first in 2023–2025, A in 2020–2022"
    always = frame_of({"A": {2021: 5, 2024: 5}, "B": {2022: 1, 2025: 1}})
    assert figure.finding(always, EN, Selection()) == "A was first in all 2 spans of three years"
    few = frame_of({"A": {2021: 1, 2024: 2}, "B": {2025: 1}})
    assert figure.finding(few, EN, Selection()).startswith("Too few dated agreements")
    assert figure.draw(few, EN, Selection())["data"] == []


def test_who_grew_most_is_said_of_whole_years_only() -> None:
    figure = countries_over_time.FIGURE
    assert figure.finding(frame_of({"A": {2024: 4}, "B": {2023: 2, 2026: 9}}), EN, Selection()) == (
        "Most in 2023–2025: A with 4 agreements; next is B with 2"
    )
    assert (
        figure.finding(frame_of({"A": {2024: 3}, "B": {2023: 3}}), EN, Selection()) == "Most in 2023–2025: A and B, each with 3 agreements"
    )
    assert figure.finding(frame_of({"A": {2024: 3}, "B": {2023: 1}}), EN, Selection()) == "Too few dated 2023–2025 to rank"
    assert figure.finding(frame_of({"A": {2024: 3}}), EN, Selection()) == "In 2023–2025 only A: 3 agreements"
    assert figure.finding(frame_of({"A": {2019: 3}}), EN, Selection()) == "99 agreements in this selection, none dated 2023–2025"


def test_an_unsharp_date_counts_with_its_last_day() -> None:
    assert span("2021-24")[1] == date(2021, 12, 31)
