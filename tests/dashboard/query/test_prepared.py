"""The table that is made once for each snapshot says of every agreement what the pure functions say: every combination of terms."""

from __future__ import annotations

import itertools
from collections import Counter
from datetime import date
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.filters import Selection
from dashboard.indicators.runway import due_days
from dashboard.indicators.stock import stock
from dashboard.query import registers, standings, times
from dashboard.query.held import Held
from dashboard.query.prepared import prepare
from dashboard.query.terms import terms_of_each
from dashboard.query.ways import clicked
from etl.indicators.status import STATUSES, Terms, status
from tests.dashboard.query.sample import AS_OF, Builder, agreement, opened, sample

DB = duckdb.DuckDBPyConnection
DAY = date.fromisoformat(AS_OF)
LAST = date(2028, 11, 30)
#: Around the as-of date at every precision; on it, a day before and after, and at the edges of the horizon of 180 days.
DATES = (
    None,
    "2019",
    "2023-05",
    "2026",
    "2026-11",
    "2026-11-21",
    "2026-11-22",
    "2026-11-23",
    "2027-05-21",
    "2027-05-22",
    "2027-23",
    "2030",
)
TERMS = st.fixed_dictionaries({
    "signed_on": st.sampled_from(DATES), "effective_on": st.sampled_from(DATES), "expires_on": st.sampled_from(DATES),
    "terminated_on": st.sampled_from((None, *DATES)), "is_open_ended": st.booleans(), "has_auto_renewal": st.booleans(),
    "term_months": st.sampled_from((None, 1, 12, 60)), "notice_months": st.sampled_from((None, 3, 6)),
    "superseded_by_id": st.sampled_from((None, None, "A2", "A4", "A5", "nobody")),
})  # fmt: skip


def table(terms: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    made: Builder = sample()
    for i, each in enumerate(terms):
        row = agreement(f"T{i:04}", each["signed_on"], each["expires_on"]) | each
        made.add("agreement", row, "CHN" if i % 2 else "DEU", "2.5", "org-tub")
    return made.rows


def every_combination() -> list[dict[str, Any]]:
    """The combinations of what decides, at few dates each, so that no branch is left to chance."""
    dates = (None, "2019", "2026", "2026-11-21", "2027-05-21", "2030")
    flags = itertools.product((False, True), (False, True), (None, 12), (None, 6), (None, "A2", "A5"), (None, "2026-11-22", "2027"))
    found = []
    for i, (open_, renews, term, notice, next_, stopped) in enumerate(flags):
        for j, expires in enumerate(dates):
            found.append({
                "signed_on": dates[(i + j) % 6], "effective_on": dates[(i // 6 + j) % 6], "expires_on": expires, "terminated_on": stopped,
                "is_open_ended": open_, "has_auto_renewal": renews, "term_months": term, "notice_months": notice, "superseded_by_id": next_,
            })  # fmt: skip
    return found


@pytest.fixture(scope="module")
def combined() -> Any:
    with opened(table(every_combination())) as db:
        yield db


def check(db: DB) -> Counter[str]:
    """Compare the table, and what is counted of it, with the functions; return how often each status occurs."""
    rows = registers.terms(db, Selection())
    made = {row["agreement_id"]: row for row in registers.records(db, "select * from agreement_status")}
    known = {row["id"]: status(Terms.of(row), DAY) for row in rows}
    due = []
    for row in rows:
        found, own = made[row["id"]], known[row["id"]]
        days = dict(due_days(own, bool(row["has_auto_renewal"])))
        due += [(day, row["id"], kind, row["expires_precision"] == "day") for kind, day in days.items() if DAY <= day <= LAST]
        assert (found["status_code"], found["is_certain"], found["ends_on"], found["decide_by"]) == (
            own.code, own.is_certain, own.ends, own.decide_by,
        ), row  # fmt: skip
        assert [found[f"{kind}_on"] for kind in ("end", "notice", "renewal")] == [days.get(kind) for kind in ("end", "notice", "renewal")]
    codes = Counter(own.code for own in known.values())
    unsure = Counter(own.code for own in known.values() if not own.is_certain)
    click = clicked(db, Held(db))
    assert standings.by_status(click, Selection()) == [(code, codes[code], unsure[code]) for code in STATUSES if codes[code]]
    assert [(d.day, d.id, d.kind, d.is_sharp) for d in standings.decisions(click, Selection(), DAY, LAST)] == sorted(due)
    every = {id_ for _, id_, _, _ in due}
    assert standings.due_agreements(click, Selection(), DAY, LAST) == (len(every), len({i for _, i, kind, _ in due if kind != "renewal"}))
    months = Counter((kind, day.isoformat()[:7]) for day, _, kind, _ in due)
    assert {key: n for key, (n, _) in standings.due_by_month(click, Selection(), DAY, LAST).items()} == dict(months)
    assert times.stock_by_year(click, Selection()) == stock(terms_of_each(db, Selection()), AS_OF), "halving finds the same last days"
    return codes


def test_every_combination_stands_in_the_table_as_the_functions_say(combined: DB) -> None:
    assert set(check(combined)) == set(STATUSES), "every status is met"


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(TERMS, min_size=1, max_size=60))
def test_any_terms_stand_in_the_table_as_the_functions_say(terms: list[dict[str, Any]]) -> None:
    with opened(table(terms)) as db:
        check(db)


def test_a_choice_of_a_country_leaves_its_agreements(combined: DB) -> None:
    chinese = Selection(countries=("CHN",))
    click = clicked(combined, Held(combined))
    assert sum(n for _, n, _ in standings.by_status(click, chinese)) == registers.size(combined, chinese, "agreement")
    assert standings.by_status(click, chinese) != standings.by_status(click, Selection())


def test_a_snapshot_without_agreements_is_prepared_too(nothing: DB) -> None:
    assert prepare(nothing).records["agreement"].ids == []
    assert standings.by_status(nothing, Selection()) == []
    assert standings.waits(nothing, Selection()).chosen == 0


def test_to_prepare_twice_leaves_one_row_for_each_agreement(combined: DB) -> None:
    prepare(combined)
    every = combined.execute("select count(*), count(distinct agreement_id) from agreement_status").fetchone()
    assert every == (registers.size(combined, Selection(), "agreement"),) * 2
