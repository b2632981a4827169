"""Each agreement that asks for a decision is found again from the rows, by the words of the rule."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from typing import Any

import duckdb
import pytest

from dashboard.filters import Selection
from dashboard.locale import speaker
from dashboard.pages import Context, attention, due, without
from etl.indicators.attention import DORMANT, is_dormant
from etl.indicators.calendar import plus_months, span
from etl.indicators.status import HORIZON, Status, Terms, status

DB = duckdb.DuckDBPyConnection
AS_OF = date(2026, 11, 22)
Rows = dict[str, list[dict[str, Any]]]


def context(db: DB, selection: Selection | None = None, language: str = "en") -> Context:
    return Context(db, "test", AS_OF.isoformat(), selection or Selection(), speaker(language), "/agreements")


def happened(rows: Rows) -> dict[str, list[str]]:
    """Agreement -> dates of its achieved outcomes and of its news."""
    days = {o["outcome_id"]: o["happened_on"] for o in rows["outcome"] if not o["is_planned"]}
    days |= {n["news_id"]: n["published_on"] for n in rows["news"]}
    found: dict[str, list[str]] = defaultdict(list)
    for bridge in ("outcome_agreement", "news_agreement"):
        for link in rows[bridge]:
            key = link.get("outcome_id") or link.get("news_id")
            if link["is_accepted"] and days.get(key):
                found[link["agreement_id"]].append(days[key])
    return found


def expected(rows: Rows, row: dict[str, Any]) -> str:
    every = dict.fromkeys(("effective_on", "terminated_on", "superseded_by_id", "term_months", "notice_months"))
    known, days = status(Terms.of(every | row), AS_OF), happened(rows)[row["agreement_id"]]
    near = known.decide_by and 0 <= (known.decide_by - AS_OF).days <= HORIZON
    if known.code == "expiring" or (known.code == "auto_renewed" and near):
        return "ends"  # no agreement of the sample has a period of notice
    if known.code == "expired" and known.is_certain and any(span(day)[0] > known.ends for day in days if known.ends):
        return "lapsed"
    silent = plus_months(AS_OF, -DORMANT)
    if known.code in ("active", "expiring", "auto_renewed", "open_ended") and span(row["signed_on"])[1] < silent:
        return "" if any(span(day)[1] >= silent for day in days) else "dormant"
    return ""


def test_each_list_has_exactly_the_agreements_to_which_its_rule_applies(crowded: DB, rows: Rows) -> None:
    asking = attention.Asking.of(context(crowded))
    found, unknown = asking.first(context(crowded), 1000), asking.unknown
    by_reason = {each.row["agreement_id"]: each.reason for each in found}
    wanted = {row["agreement_id"]: expected(rows, row) for row in rows["agreement"]}
    assert by_reason == {id_: reason for id_, reason in wanted.items() if reason}
    assert set(by_reason.values()) >= {"ends", "lapsed", "dormant"}
    assert len(by_reason) == len(found) == asking.number(), "an agreement stands once"
    endless = [row for row in rows["agreement"] if row["signed_on"] and not row["expires_on"] and not row["is_open_ended"]]
    assert unknown == sum(span(row["signed_on"])[1] <= AS_OF for row in endless), "what may not be in force yet is told apart"


def test_within_a_reason_the_first_decision_comes_first(crowded: DB) -> None:
    found = attention.Asking.of(context(crowded)).first(context(crowded), 1000, "ends")
    days = [each.status.decide_by for each in found]
    assert days == sorted(day for day in days if day)


@pytest.mark.parametrize(
    ("code", "begins", "last", "dormant", "why"),
    [
        ("active", "2015", None, True, "nothing ever"),
        ("active", "2015", "2024-11-21", True, "one day too long ago"),
        ("active", "2015", "2024-11-22", False, "just within"),
        ("active", "2015", "2024-11", False, "a month that may reach within has the benefit of the doubt"),
        ("active", "2025-01-01", None, False, "too young to have been silent for so long"),
        ("active", "2024", None, False, "may be too young"),
        ("end_unknown", "2015", None, False, "not certainly in force"),
        ("expired", "2015", None, False, "over"),
        ("active", None, None, False, "no beginning known"),
    ],
)
def test_what_counts_as_dormant(code: str, begins: str | None, last: str | None, dormant: bool, why: str) -> None:
    assert is_dormant(Status(code, frozenset({code})), begins, last, AS_OF) is dormant, why


def text(node: Any) -> str:
    if isinstance(node, (list, tuple)):
        return " ".join(text(each) for each in node)
    return text(node.children) if hasattr(node, "children") else "" if node is None else str(node)


def test_each_rule_states_its_number_and_empty_lists_say_so(crowded: DB, nothing: DB) -> None:
    said = text(attention.lists_of(context(crowded)))
    assert f"within {HORIZON} days of 22 November 2026" in said
    assert f"in the last {DORMANT} months" in said
    empty = text(attention.lists_of(context(nothing)))
    assert "Notice deadline: 0" in empty and "Nothing ends within 180 days as far as is known." in empty


def test_the_list_of_what_is_due_is_in_the_order_of_days(crowded: DB, nothing: DB) -> None:
    (section,) = due.listed(context(crowded))
    assert "Renews itself" in text(section)
    assert due.listed(context(nothing)) == []


def test_agreements_without_an_outcome_are_all_those_that_none_is_tied_to(crowded: DB, rows: Rows) -> None:
    achieved = {o["outcome_id"] for o in rows["outcome"] if not o["is_planned"]}
    have = {link["agreement_id"] for link in rows["outcome_agreement"] if link["is_accepted"] and link["outcome_id"] in achieved}
    number = sum(row["agreement_id"] not in have for row in rows["agreement"])
    assert text(without.listed(context(crowded))).startswith(f"{number} agreements without any outcome")


def test_a_long_list_shows_the_first_and_leads_to_all(crowded: DB, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attention, "MOST_OF_ONE", 1)
    asking = attention.Asking.of(context(crowded)).by_reason
    reason = max(asking, key=lambda each: len(asking[each]))
    number = len(asking[reason])
    assert number > 1
    short, whole = attention.lists_of(context(crowded)), attention.lists_of(replace(context(crowded), given=(("kind", reason),)))
    assert f"All ({number})" in text(short)
    assert f"kind={reason}#attention-{reason}" in str(short)
    assert f"All ({number})" not in text(whole)
    assert str(whole).count("Tr(") - str(short).count("Tr(") == number - 1
