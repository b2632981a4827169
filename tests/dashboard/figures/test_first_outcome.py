"""The curve from signing to first outcome is counted anew, from the rows, without the code that draws it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

import duckdb
import pytest

from dashboard.figures import first_outcome
from dashboard.filters import Selection
from dashboard.indicators.attribution import LAGS, MONTH
from dashboard.locale import speaker
from dashboard.query import portfolio
from etl.indicators.calendar import plus_months, span
from etl.indicators.status import Terms, status

DB = duckdb.DuckDBPyConnection
EN = speaker("en")
FIGURE = first_outcome.FIGURE
AS_OF = date(2026, 11, 22)
Rows = dict[str, list[dict[str, Any]]]


def middle(iso: str) -> date:
    first, last = span(iso)
    return first + timedelta(days=(last - first).days // 2)


def links(rows: Rows, bridge: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    home = {p["partner_id"] for p in rows["partner"] if p["country_code"] == "RUS"}
    for link in rows[bridge]:
        left, right = list(link)[:2]
        if link["is_accepted"] and link[right] not in home:
            found[link[left]].add(link[right])
    return found


def recount(rows: Rows) -> dict[str, tuple[float, str]]:
    """Months and ending of each agreement that can be placed, by the words of the definition."""
    agreements = {a["agreement_id"]: a for a in rows["agreement"]}
    theirs, ours = links(rows, "agreement_partner"), links(rows, "outcome_partner")
    their_fields, our_fields = links(rows, "agreement_field"), links(rows, "outcome_field")
    ties = links(rows, "outcome_agreement")

    def place(key: str, outcome: dict[str, Any]) -> str:
        agreement, day = agreements[key], outcome["happened_on"]
        begins = agreement.get("effective_on") or agreement["signed_on"]
        if not day or not agreement["signed_on"]:
            return "undated"
        ends = ends_of(agreement)
        if span(day)[1] < span(begins)[0]:
            return "before"
        late = ends is not None and span(day)[0] > plus_months(ends, LAGS.get(outcome["outcome_type_code"], 0))
        return "after" if late else "within"

    own: dict[str, list[tuple[str, Any]]] = defaultdict(list)
    for outcome in rows["outcome"]:
        if outcome["is_planned"]:
            continue
        key = outcome["outcome_id"]
        takers = ties[key]
        if not takers:
            fit = [a for a in agreements if theirs[a] & ours[key] and place(a, outcome) == "within"]
            fit.sort()
            best = max(
                fit,
                key=lambda a: (len(theirs[a] & ours[key]), len(their_fields[a] & our_fields[key]), agreements[a]["signed_on"]),
                default=None,
            )
            takers = {best} if best else set()
        for taker in takers:
            own[taker].append((place(taker, outcome), outcome["happened_on"]))
    found = {}
    for key, agreement in sorted(agreements.items()):
        begins = agreement.get("effective_on") or agreement["signed_on"]
        if not agreement["signed_on"] or span(begins)[0] > AS_OF:
            continue
        days = [middle(day) for where, day in own[key] if where == "within"]
        ends = ends_of(agreement)
        if days:
            found[key] = (max(0.0, (min(days) - middle(begins)).days / MONTH), "event")
        elif any(where == "undated" for where, _ in own[key]):
            continue
        elif ends and plus_months(ends, 24) < AS_OF:
            found[key] = (max(0.0, (plus_months(ends, 24) - middle(begins)).days / MONTH), "other")
        else:
            found[key] = (max(0.0, (AS_OF - middle(begins)).days / MONTH), "open")
    return found


def ends_of(agreement: dict[str, Any]) -> date | None:
    every = {"effective_on", "terminated_on", "superseded_by_id", "term_months", "notice_months"}
    return status(Terms.of(dict.fromkeys(every) | agreement), AS_OF).ends


def chosen(rows: Rows, selection: Selection) -> set[str]:
    found = set()
    countries = links(rows, "agreement_country")
    for agreement in rows["agreement"]:
        if selection.countries and not countries[agreement["agreement_id"]] & set(selection.countries):
            continue
        if selection.types and agreement["agreement_type_code"] not in selection.types:
            continue
        if selection.since and (agreement["signed_year"] or 0) < selection.since:
            continue
        found.add(agreement["agreement_id"])
    return found


def incidence(seen: list[tuple[float, str]], month: float) -> float:
    """The share with an event by ``month``; the weight of each who is lost from sight goes evenly to those still seen."""
    people = sorted(seen, key=lambda each: (each[0], each[1] == "open"))
    weights, share = [1 / len(people)] * len(people), 0.0
    for i, (when, ending) in enumerate(people):
        if ending == "event" and when <= month:
            share += weights[i]
        if ending == "open":
            for j in range(i + 1, len(people)):
                weights[j] += weights[i] / (len(people) - i - 1)
    return share


@pytest.mark.parametrize(
    "selection",
    [
        Selection(), Selection(countries=("CHN",)), Selection(countries=("DEU", "FRA")), Selection(types=("exchange_agreement",)),
        Selection(since=2018), Selection(counting="fractional"),
    ],
    ids=lambda selection: selection.to_query() or "all",
)  # fmt: skip
def test_the_curve_of_all_types_equals_a_recount(crowded: DB, rows: Rows, selection: Selection) -> None:
    frame = FIGURE.ask(crowded, selection)
    curve = frame[frame["code"] == "all"]
    placed = recount(rows)
    seen = [placed[key] for key in sorted(chosen(rows, selection)) if key in placed]
    assert int(curve["n"].iloc[0]) == len(seen)
    assert len(seen) < 2 * first_outcome.FEWEST or len(curve) > 2
    for _, row in curve.iloc[1:].iterrows():
        assert row["estimate"] == pytest.approx(incidence(seen, row["time"])), row["time"]
        assert row["at_risk"] == sum(when >= row["time"] for when, _ in seen)


def test_no_curve_goes_on_where_fewer_than_ten_wait(crowded: DB) -> None:
    frame = FIGURE.ask(crowded, Selection())
    assert frame["code"].nunique() <= first_outcome.STRATA
    for _, curve in frame.groupby("code"):
        if curve["n"].iloc[0] >= first_outcome.FEWEST:
            assert curve["at_risk"].min() >= first_outcome.FEWEST
        assert list(curve["time"]) == sorted(curve["time"])


def test_below_ten_there_is_no_curve_and_the_number_is_said(small: DB, nothing: DB) -> None:
    frame = FIGURE.ask(small, Selection())
    assert (
        FIGURE.finding(frame, EN, Selection())
        == "1 of 6 agreements with a known start have an outcome; too few wait long enough for a curve"
    )
    assert FIGURE.draw(frame, EN, Selection())["data"] == []
    assert FIGURE.ask(nothing, Selection()).empty
    one = Selection(partners=("org-cas-sh",))
    assert FIGURE.finding(FIGURE.ask(small, one), EN, one).startswith("0 of 1 agreement with a known start")


def test_the_finding_says_the_share_at_its_month(crowded: DB) -> None:
    frame = FIGURE.ask(crowded, Selection())
    said = FIGURE.finding(frame, EN, Selection())
    assert f"{round(100 * first_outcome.share_at(frame, 'all', 24))} %" in said and "24 months" in said


def test_what_is_left_out_is_said(crowded: DB, rows: Rows) -> None:
    frame = FIGURE.ask(crowded, Selection())
    undated = sum(1 for each in rows["agreement"] if not each["signed_on"])
    assert f"{undated} without a date of signature left out" in FIGURE.subtitle(frame, EN, Selection())


def test_the_records_of_a_curve_are_those_it_counts(crowded: DB) -> None:
    frame = FIGURE.ask(crowded, Selection())
    assert FIGURE.records
    for group, curve in frame.groupby("code"):
        ids = FIGURE.records(crowded, Selection(), str(group))
        assert len(ids) == len(set(ids)) == curve["n"].iloc[0]


def test_where_too_many_agreements_share_partners_only_ties_count_and_it_is_said(crowded: DB, monkeypatch: pytest.MonkeyPatch) -> None:
    before = portfolio.claims(crowded)
    monkeypatch.setattr(portfolio, "MOST_PAIRS", 0)
    after = portfolio.claims(crowded)
    assert [(c["record_id"], c["id"]) for c in after] == [(c["record_id"], c["id"]) for c in before if c["is_tied"]]
    assert "counts for none: too many agreements" in FIGURE.subtitle(FIGURE.ask(crowded, Selection()), EN, Selection())
