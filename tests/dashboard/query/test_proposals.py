"""What the rules only propose counts nowhere: a snapshot full of proposals gives every figure of the one without."""

from __future__ import annotations

import copy
from collections.abc import Iterator

import duckdb
import pandas as pd
import pytest

from dashboard.figures import Figure
from dashboard.figures.registry import FIGURES
from dashboard.filters import Selection
from dashboard.query import registers
from etl.tables import TABLES
from tests.dashboard.query.sample import Rows, opened, sample

BRIDGES = tuple(table for table in TABLES if len(table.key) == 2 and any(str(column) == "is_accepted" for column in table.columns))
SELECTIONS = (
    Selection(),
    Selection(counting="fractional"),
    Selection(countries=("CHN",)),
    Selection(fields=("1.3",)),
    Selection(partners=("org-tub",)),
    Selection(outcomes=("joint_lab",)),
)


def proposed(rows: Rows) -> Rows:
    """Return ``rows`` with a proposal between any two records that are not linked."""
    more = copy.deepcopy(rows)
    for bridge in BRIDGES:
        left, right = (next(table for table in TABLES if table.name == column.points_to) for column in bridge.columns[:2])
        keys = [str(column) for column in bridge.key]
        known = {tuple(row[key] for key in keys) for row in rows[bridge.name]}
        for a in rows[left.name]:
            for b in rows[right.name]:
                pair = (a[str(left.key[0])], b[str(right.key[0])])
                if pair not in known:
                    proof = {"raw_text": "?", "method": "only_one", "confidence": 0.5, "is_accepted": False}
                    more[bridge.name].append(dict(zip(keys, pair, strict=True)) | proof)
    return more


@pytest.fixture(scope="module")
def full() -> Iterator[duckdb.DuckDBPyConnection]:
    with opened(proposed(sample().rows)) as db:
        yield db


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.id)
@pytest.mark.parametrize("selection", SELECTIONS, ids=str)
def test_no_figure_counts_a_proposal(
    small: duckdb.DuckDBPyConnection, full: duckdb.DuckDBPyConnection, figure: Figure, selection: Selection
) -> None:
    pd.testing.assert_frame_equal(figure.ask(full, selection), figure.ask(small, selection))


@pytest.mark.parametrize("selection", SELECTIONS, ids=str)
def test_no_proposal_is_an_activity(small: duckdb.DuckDBPyConnection, full: duckdb.DuckDBPyConnection, selection: Selection) -> None:
    assert registers.last_activity(full, selection) == registers.last_activity(small, selection)


def test_there_are_proposals_to_be_left_out() -> None:
    rows = proposed(sample().rows)
    assert all(any(not row["is_accepted"] for row in rows[bridge.name]) for bridge in BRIDGES)
