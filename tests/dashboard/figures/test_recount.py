"""Every figure's numbers equal an independent recomputation under random selections: some here, a thousand with ``make proofs``."""

from __future__ import annotations

import os
from typing import Any, cast

import duckdb
import pandas as pd
import pytest

from dashboard.figures import Figure, first_outcome
from dashboard.figures.registry import FIGURES
from dashboard.filters import Selection
from dashboard.query.chosen import COUNT, SHARE, TOTAL, rows_of
from dashboard.query.click import Click
from tests.dashboard.figures.recount import ELSEWHERE, RECOUNTS, Counted, Portfolio, Rows, selections
from tests.dashboard.figures.test_first_outcome import incidence, recount

DB = duckdb.DuckDBPyConnection
SELECTIONS = selections(1000 if os.environ.get("PROOFS") == "long" else 12)
PARTS = 20 if len(SELECTIONS) > 20 else 2
RECOUNTED = [figure for figure in FIGURES if figure.id not in ELSEWHERE]
WHOLE = {"agreement": "agreement", "outcome": "outcome", "news": "news"}


@pytest.fixture(scope="module")
def portfolio(rows: Rows) -> Portfolio:
    return Portfolio(rows)


def test_every_figure_is_recounted_or_said_to_be_elsewhere() -> None:
    assert RECOUNTS.keys() | ELSEWHERE == {figure.id for figure in FIGURES}
    assert not RECOUNTS.keys() & ELSEWHERE


@pytest.mark.parametrize("part", range(PARTS))
def test_the_numbers_of_every_figure_equal_a_recount(crowded: DB, portfolio: Portfolio, part: int) -> None:
    compared = 0
    for selection in SELECTIONS[part::PARTS]:
        click = cast(DB, Click(crowded.cursor()))
        for figure in RECOUNTED:
            compared += compare(figure, click, portfolio, selection)
    assert compared > 20 * len(SELECTIONS) / PARTS


@pytest.fixture(scope="module")
def placed(rows: Rows) -> dict[str, tuple[float, str]]:
    return recount(rows)


def test_the_curve_from_signing_to_first_outcome_equals_a_recount(
    crowded: DB, portfolio: Portfolio, placed: dict[str, tuple[float, str]]
) -> None:
    curves = 0
    for selection in SELECTIONS:
        frame = first_outcome.FIGURE.ask(cast(DB, Click(crowded.cursor())), selection)
        seen = [placed[each.id] for each in portfolio.chosen("agreement", selection) if each.id in placed]
        for _, row in frame[frame["code"] == "all"].iterrows() if len(frame) else ():
            assert row["n"] == len(seen), selection.to_query()
            assert row["time"] == 0 or row["estimate"] == pytest.approx(incidence(seen, row["time"])), selection.to_query()
            assert row["time"] == 0 or row["at_risk"] == sum(when >= row["time"] for when, _ in seen), selection.to_query()
            curves += row["time"] > 0
    assert curves


@pytest.mark.parametrize("figure", [each for each in FIGURES if each.id in ELSEWHERE - {"first_outcome"}], ids=lambda each: each.id)
def test_what_is_said_of_the_data_no_selection_changes(crowded: DB, figure: Figure) -> None:
    whole = figure.ask(crowded, Selection())
    for selection in SELECTIONS[:12]:
        pd.testing.assert_frame_equal(figure.ask(crowded, selection), whole)


def compare(figure: Figure, db: DB, portfolio: Portfolio, selection: Selection) -> int:
    """Compare key by key; return how many keys there were."""
    where = (figure.id, selection.to_query())
    key, again = RECOUNTS[figure.id]
    rows, expected = rows_of(figure.ask(db, selection)), again(portfolio, selection)
    found = {tuple("" if row[name] is None else row[name] for name in key): row for row in rows}
    assert len(found) == len(rows), where
    if figure.id in ("partner_network", "partner_matrix"):
        found, expected = tied(rows, expected)
    elif figure.id == "outcome_kinds":
        found = {("+".join(sorted(code.split("+"))),): row for (code,), row in found.items()}
    drawn = {each: row.get(COUNT, 1) for each, row in found.items()}
    if figure.id == "agreement_expiry":
        drawn = {each: n for each, n in drawn.items() if n}
    elif figure.id == "agreements_in_force":
        drawn = {each: n for each, n in drawn.items() if each[1]}
    assert drawn == {each: n for each, (n, _) in expected.items()}, where
    shares = {each: float(share) for each, (_, share) in expected.items() if share is not None}
    assert {each: found[each][SHARE] for each in shares} == pytest.approx(shares), where
    if figure.counts in WHOLE and rows:
        # The index compares with the whole; the stages follow those with a date of signature.
        whole = selection.without("country").without("field") if figure.id == "specialisation" else selection
        of = [each for each in portfolio.chosen(figure.counts, whole) if figure.id != "stages" or each.row["signed_on"]]
        assert {row[TOTAL] for row in rows} == {len(of)}, where
    return len(expected)


def tied(rows: list[dict[str, Any]], expected: Counted) -> tuple[dict[tuple[Any, ...], dict[str, Any]], Counted]:
    """Return the pairs alone, and of the recount those that reach the threshold."""
    fewest = rows[0]["threshold"] if rows else 0
    pairs = {(row["code"], row["other"]): row for row in rows if row["other"] is not None}
    return pairs, {pair: counted for pair, counted in expected.items() if counted[0] >= fewest} if rows else {}
