"""Every number leads to its definition, and every definition shows itself on the data."""

from __future__ import annotations

import duckdb
import pytest

from dashboard.figures import Figure
from dashboard.figures.registry import FIGURES
from dashboard.filters import Selection
from dashboard.locale import speaker
from dashboard.pages import Context
from dashboard.pages.definitions import DEFINITIONS
from dashboard.pages.examples import example

DB = duckdb.DuckDBPyConnection


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.id)
def test_every_figure_leads_to_a_definition_that_is_there(figure: Figure) -> None:
    assert figure.definition in {each.id for each in DEFINITIONS}


def said(db: DB, definition: str, selection: Selection | None = None) -> str:
    found = example(Context(db, "test", "2026-11-22", selection or Selection(), speaker("en"), "/definitions"), definition)
    return found[0] if found else ""


def test_the_examples_are_worked_out_from_the_data(small: DB) -> None:
    assert said(small, "full", Selection(since=2020, until=2022)) == "China: 3 agreements by full counting, 1.83 by fractional counting"
    assert said(small, "agreements") == "7 agreements, made from 8 rows of the registers"
    assert said(small, "outcomes") == "4 outcomes achieved; 1 only planned and not counted"
    assert said(small, "partners") == "5 partners"
    assert said(small, "rows").endswith("1 refused + 3 not data")


@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda each: each.id)
def test_an_example_is_none_or_true_when_nothing_is_there(nothing: DB, small: DB, definition: object) -> None:
    for db in (nothing, small):
        text = said(db, definition.id, Selection(countries=("ZZZ",)))  # type: ignore[attr-defined]
        assert "None" not in text
        assert "nan" not in text
