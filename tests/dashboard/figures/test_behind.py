"""The records behind a mark give the number that is drawn, under the stated rule, whatever is selected."""

from __future__ import annotations

from collections import Counter
from typing import Any

import duckdb
import pytest

from dashboard.figures import Figure
from dashboard.figures.registry import FIGURES
from dashboard.filters import Selection
from dashboard.locale import speaker
from dashboard.marks import NONE, mark_of, split
from dashboard.query.behind import ANY, behind
from dashboard.query.chosen import rows_of
from tests.dashboard.figures.recount import selections
from tests.dashboard.query.sample import served

DB = duckdb.DuckDBPyConnection
TRACED = [figure for figure in FIGURES if figure.counts]
SELECTIONS = selections(24)


def ids(db: DB, figure: Figure, selection: Selection, mark: str) -> list[str]:
    if figure.records:
        return figure.records(db, selection, mark)
    return behind(db, figure.counts, figure.click, selection, mark)


@pytest.mark.parametrize("figure", TRACED, ids=lambda figure: figure.id)
def test_the_records_behind_every_row_are_as_many_as_the_row_says(crowded: DB, figure: Figure) -> None:
    seen = 0
    for selection in SELECTIONS:
        db = served(crowded)
        for row in rows_of(figure.ask(db, selection)):
            mark = mark_of(row)
            assert mark, "every row of a figure has a mark"
            found = ids(db, figure, selection, mark)
            assert len(found) == len(set(found)) == row["n"], (selection.to_query(), mark)
            seen += 1
    assert seen > 20


RANKED = ("countries_ranking", "fields_ranking", "top_partners", "outcomes_by_country", "outcomes_by_field", "agreements_on_map")
SHARED = [figure for figure in TRACED if figure.id in RANKED]


@pytest.mark.parametrize("figure", SHARED, ids=lambda figure: figure.id)
def test_the_records_behind_a_row_give_its_fractional_sum(rows: dict[str, list[dict[str, Any]]], crowded: DB, figure: Figure) -> None:
    key = {"country": "country_code", "field": "field_code", "partner": "partner_id"}[figure.click]
    home = {p["partner_id"] for p in rows["partner"] if p["country_code"] == "RUS"} | {"RUS"}
    linked = {
        (r[f"{figure.counts}_id"], r[key]) for r in rows[f"{figure.counts}_{figure.click}"] if r["is_accepted"] and r[key] not in home
    }
    k = Counter(id_ for id_, _ in linked)
    for selection in SELECTIONS:
        db = served(crowded)
        for row in rows_of(figure.ask(db, selection)):
            found = ids(db, figure, selection, mark_of(row))
            assert sum(1 / max(k[id_], 1) for id_ in found) == pytest.approx(row["share"]), (selection.to_query(), row["code"])


@pytest.mark.parametrize("figure", TRACED, ids=lambda figure: figure.id)
def test_every_mark_that_is_drawn_leads_to_as_many_records_as_it_shows(crowded: DB, figure: Figure) -> None:
    say = speaker("en")
    for selection in SELECTIONS[:12]:
        full = Selection(**{name: getattr(selection, name) for name in selection.__dataclass_fields__ if name != "counting"})
        db = served(crowded)
        plot = figure.draw(figure.ask(db, full), say, full)
        for custom, number in drawn(plot):
            mark = custom[2] if len(custom) > 2 else custom[0]
            if mark and figure.counts != ANY:  # of values that are missing the share is drawn
                assert len(ids(db, figure, full, mark)) == number, (full.to_query(), mark)


def drawn(plot: dict[str, Any]) -> list[tuple[list[str], float]]:
    """Every mark of a plot with the number that it shows; stacks that share a mark are added up."""
    found: dict[tuple[str, ...], float] = {}
    for trace in plot["data"]:
        if "customdata" not in trace or trace.get("hoverinfo") == "skip":
            continue
        if trace["type"] == "heatmap":
            pairs = [
                (c, z) for line, numbers in zip(trace["customdata"], trace["z"], strict=True) for c, z in zip(line, numbers, strict=True)
            ]
        else:
            values = trace["marker"]["size"] if trace["type"] == "scattergeo" else trace["x" if trace.get("orientation") == "h" else "y"]
            pairs = list(zip(trace["customdata"], values, strict=True))
        for custom, number in pairs:
            if number is not None:
                key = tuple([custom[0], "", custom[2]] if len(custom) > 2 else [custom[0], ""])
                found[key] = found.get(key, 0) + number
    return [(list(key), number) for key, number in found.items()]


@pytest.mark.parametrize("figure", TRACED, ids=lambda figure: figure.id)
def test_nonsense_for_a_mark_is_no_error(crowded: DB, figure: Figure) -> None:
    for mark in ("", NONE, "nothing", "2023", "~", "a~b~c", "'; drop table agreement"):
        assert isinstance(ids(crowded, figure, Selection(), mark), list)


def test_a_record_stands_in_the_rows_that_its_own_selection_leaves(crowded: DB) -> None:
    for figure in TRACED:
        if figure.counts not in ("agreement", "outcome", "news"):
            continue
        for id_ in behind(crowded, figure.counts, "", Selection(), "")[:5]:
            own = Selection(record=(figure.counts, id_))
            db = served(crowded)
            for row in rows_of(figure.ask(db, own)):
                if row["n"]:
                    assert id_ in ids(db, figure, Selection(), mark_of(row)), (figure.id, id_, split(mark_of(row)))
