"""The runway and the Gantt chart are counted anew from the rows, day by day."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import duckdb
import pytest

from dashboard.figures import agreement_expiry, agreements_in_time
from dashboard.filters import Selection
from dashboard.locale import speaker
from etl.indicators.calendar import span
from tests.dashboard.due import decisions

DB = duckdb.DuckDBPyConnection
EN = speaker("en")
AS_OF, LAST = date(2026, 11, 22), date(2028, 11, 30)
Rows = dict[str, list[dict[str, Any]]]


def terms(**more: Any) -> dict[str, Any]:
    keys = ("effective_on", "expires_on", "expires_precision", "terminated_on", "superseded_by_id", "term_months", "notice_months")
    row = dict.fromkeys(keys) | {"agreement_id": "A", "signed_on": "2020-01-01", "is_open_ended": False, "has_auto_renewal": False}
    return row | more


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (terms(expires_on="2026-11-22", expires_precision="day"), [("2026-11-22", "end", True)]),
        (terms(expires_on="2026-11-21", expires_precision="day"), []),
        (terms(expires_on="2028-11-30", expires_precision="day"), [("2028-11-30", "end", True)]),
        (terms(expires_on="2028-12-01", expires_precision="day"), []),
        (terms(expires_on="2027", expires_precision="year"), [("2027-12-31", "end", False)]),
        (terms(expires_on="2027-12-31", expires_precision="day", notice_months=3), [("2027-12-31", "end", True)]),
        (
            terms(expires_on="2027-12-31", expires_precision="day", notice_months=3, has_auto_renewal=True),
            [("2027-09-30", "notice", True), ("2027-12-31", "renewal", True)],
        ),
        (
            terms(expires_on="2026-12-31", expires_precision="day", notice_months=3, has_auto_renewal=True),
            [("2026-12-31", "renewal", True)],
        ),
        (
            terms(expires_on="2025-06-30", expires_precision="day", notice_months=1, has_auto_renewal=True, term_months=12),
            [("2027-05-30", "notice", True), ("2027-06-30", "renewal", True)],
        ),
        (terms(expires_on="2025-06-30", expires_precision="day", has_auto_renewal=True), []),
        (terms(), []),
        (terms(is_open_ended=True), []),
        (terms(expires_on="2027-12-31", expires_precision="day", terminated_on="2026-11-22"), []),
        (terms(expires_on="2027-12-31", expires_precision="day", signed_on=None), []),
        (terms(expires_on="2027-12-31", expires_precision="day", effective_on="2027-01-01"), [("2027-12-31", "end", True)]),
    ],
)  # fmt: skip
def test_what_is_due_when(row: dict[str, Any], expected: list[tuple[str, str, bool]]) -> None:
    assert [(d.day.isoformat(), d.kind, d.is_sharp) for d in decisions([row], AS_OF, LAST)] == expected


def countries(rows: Rows) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for link in rows["agreement_country"]:
        if link["is_accepted"]:
            found.setdefault(link["agreement_id"], set()).add(link["country_code"])
    return found


@pytest.mark.parametrize("code", ["", "CHN", "DEU", "ZZZ"])
def test_the_columns_equal_a_recount_of_ends_and_renewals(crowded: DB, rows: Rows, code: str) -> None:
    selection = Selection(countries=(code,)) if code else Selection()
    expected: Counter[tuple[str, str]] = Counter()
    for row in rows["agreement"]:
        if code and code not in countries(rows).get(row["agreement_id"], set()):
            continue
        if not row["signed_on"] or not row["expires_on"] or row["is_open_ended"] or span(row["signed_on"])[1] > date(2027, 1, 1):
            continue
        end, renews = span(row["expires_on"])[1], row["has_auto_renewal"]
        while renews and end < AS_OF and row["term_months"]:
            end = date(end.year + row["term_months"] // 12, end.month, 28 if (end.month, end.day) == (2, 29) else end.day)
        if AS_OF <= end <= LAST:
            expected[end.isoformat()[:7], "renewal" if renews else "end"] += 1
    frame = agreement_expiry.FIGURE.ask(crowded, selection)
    found = {(m, k): n for m, k, n in zip(frame.get("code", []), frame.get("kind", []), frame.get("n", []), strict=True) if n}
    assert found == dict(expected)
    if len(frame):
        plot = agreement_expiry.FIGURE.draw(frame, EN, selection)
        assert sum(sum(trace["y"]) for trace in plot["data"]) == frame["n"].sum()
        said = agreement_expiry.FIGURE.finding(frame, EN, selection)
        assert said.startswith(f"{frame['ending'].iloc[0]} agreement") or not frame["ending"].iloc[0]


def test_the_records_of_a_month_are_those_its_column_counts(crowded: DB) -> None:
    frame = agreement_expiry.FIGURE.ask(crowded, Selection())
    assert agreement_expiry.FIGURE.records
    for month, kind, n in zip(frame["code"], frame["kind"], frame["n"], strict=True):
        assert len(agreement_expiry.FIGURE.records(crowded, Selection(), f"{kind}~{month}")) == n
    assert len(agreement_expiry.FIGURE.records(crowded, Selection(), "")) == frame["agreements"].iloc[0]


def test_every_agreement_with_a_beginning_has_a_row_and_the_next_decision_comes_first(
    crowded: DB, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert agreements_in_time.FIGURE.whole
    frame = agreements_in_time.FIGURE.whole(crowded, Selection())
    begun = {row["agreement_id"] for row in rows["agreement"] if row["signed_on"]}
    assert set(frame["id"]) == begun and len(frame) == len(begun)
    assert frame["no_start"].iloc[0] == len(rows["agreement"]) - len(begun)
    ahead = [day for day in frame["decide_by"] if day]
    assert ahead == sorted(ahead) and list(frame["decide_by"][: len(ahead)]) == ahead
    assert all(day >= AS_OF for day in ahead)
    monkeypatch.setattr(agreements_in_time, "MOST", 10)
    shown = agreements_in_time.FIGURE.ask(crowded, Selection())
    assert list(shown["id"]) == list(frame["id"][: agreements_in_time.MOST])
    assert len(shown) < len(frame) == shown["lines"].iloc[0], "only what is drawn is asked for by a page, and said to be a part"


def test_rows_of_a_country_stand_together_and_within_it_by_the_next_decision(crowded: DB) -> None:
    frame = agreements_in_time.FIGURE.ask(crowded, Selection())
    groups = [line["group"] for line in agreements_in_time.rows_drawn(frame)]
    assert len(groups) == min(len(frame), agreements_in_time.MOST)
    assert [g for i, g in enumerate(groups) if i == 0 or groups[i - 1] != g] == list(dict.fromkeys(groups))
    order = {id_: i for i, id_ in enumerate(frame["id"])}
    for group in set(groups):
        own = [order[line["id"]] for line in agreements_in_time.rows_drawn(frame) if line["group"] == group]
        assert own == sorted(own)


def test_bars_begin_and_end_where_the_agreement_does(small: DB) -> None:
    frame = agreements_in_time.FIGURE.ask(small, Selection())
    plot = agreements_in_time.FIGURE.draw(frame, EN, Selection())
    solid = plot["data"][0]
    spans = {
        custom[0]: (base, round(x / 86_400_000)) for custom, base, x in zip(solid["customdata"], solid["base"], solid["x"], strict=True)
    }
    assert spans["A4"] == ("2026-02-01", (date(2027, 3, 15) - date(2026, 2, 1)).days + 1)
    assert spans["A3"] == ("2022-01-01", (date(2024, 12, 31) - date(2022, 1, 1)).days + 1)
    assert "A1" not in spans, "its end is not stated: a thin line, no term"
    assert "AGR-SEED" not in spans


def test_what_the_gantt_says(small: DB, nothing: DB) -> None:
    figure = agreements_in_time.FIGURE
    said = figure.finding(figure.ask(small, Selection()), EN, Selection())
    assert said == "Next decision: Tsinghua University, TU Berlin by 31 December 2026; 3 of 6 agreements have a known end"
    assert figure.ask(nothing, Selection()).empty
    assert "1 without a known beginning not drawn" in figure.subtitle(figure.ask(small, Selection()), EN, Selection())
