"""What a click answers from arrays is what the same question gives in SQL, for every question and every shape of a selection."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import duckdb
import pandas as pd
import pytest

from dashboard.filters import Selection
from dashboard.query import behind, counts, matrix, paths, portfolio, registers, stream, times, together
from dashboard.query.chosen import Kind, chosen, records
from dashboard.query.click import Click, selection_of
from dashboard.query.held import Held
from dashboard.query.ways import clicked, view_of
from etl.tables import Agreement, News, Outcome, Partner
from tests.dashboard.query.test_counts import selections

DB = duckdb.DuckDBPyConnection
KINDS: tuple[Kind, ...] = ("agreement", "outcome", "planned", "news")
NEWS = [f"Z{i:04}" for i in range(20)]
SELECTIONS = [
    *selections(16),
    Selection(partners=("org-net",), countries=("142",)),
    Selection(countries=("SGP",), excluded=(("partner", "org-tub"),)),
    Selection(record=("agreement", "A2")),
    Selection(until=2015, excluded=(("outcome", "grant"), ("status", "expired"))),
]
QUESTIONS: dict[str, Callable[[DB, Selection], Any]] = {
    **{f"countries of {kind}": (lambda db, s, kind=kind: counts.by_country(db, s, kind)) for kind in KINDS},
    "fields": counts.by_field,
    "numbers of each": lambda db, s: [counts.each(db, s, kind, name) for kind in KINDS for name in ("country", "field")],
    "partners": counts.by_partner,
    "fields by country": counts.field_by_country,
    "outcomes by field and country": lambda db, s: counts.field_by_country(db, s, "outcome"),
    "years and types": lambda db, s: counts.by_year(db, s, "agreement", Agreement.type),
    "years of outcomes": lambda db, s: counts.by_year(db, s, "outcome", Outcome.type),
    "years": lambda db, s: counts.by_year(db, s, "planned", Outcome.year),
    "events": lambda db, s: counts.by_code(db, s, "news", News.event),
    "kinds of partners": lambda db, s: counts.partners_by(db, s, Partner.kind),
    "partners of a kind": lambda db, s: [behind.partners(db, s, Partner.kind, each) for each in ("university", "company", "none", "")],
    "partners of a country": lambda db, s: [behind.partners(db, s, Partner.country, each) for each in ("DEU", "none")],
    "areas by country": matrix.area_by_country,
    "specialisation": matrix.specialisation,
    "paths": paths.country_area_outcome,
    "countries over time": lambda db, s: times.by_year_and(db, s, "agreement", "country"),
    "fields over time": lambda db, s: times.by_year_and(db, s, "outcome", "field"),
    "stock": times.stock_by_year,
    "whole": times.whole,
    "first years": lambda db, s: registers.first_years(db, s, "partner"),
    "amounts": lambda db, s: registers.amounts(db, s, ("joint_publication", "event", "no_such")),
    "table of partners": registers.partners,
    "people": lambda db, _: registers.people(db, ("org-tub", "org-net", "org-nobody")),
    "ties": together.ties,
    "members": together.members,
    "typical": together.typical,
    "tied to one": lambda db, s: together.tied_to(db, s, "org-tsu"),
    "links": lambda db, _: [registers.links(db, "news", name, NEWS) for name in ("partner", "country", "field")],
    "links of agreements": lambda db, _: registers.links(db, "agreement", "partner", ["A2", "X0001", "nobody"]),
    "news and agreements": lambda db, _: registers.related(db, "news_agreement", "news", NEWS),
    "outcomes of agreements": lambda db, _: registers.related(db, "outcome_agreement", "agreement", ["AGR-SEED", "X0003", "X0007"]),
    "outcomes with their days": lambda db, _: portfolio.outcomes_of(db, ("AGR-SEED", "X0003", "X0007", "A2", "nobody")),
    "events of news": stream.events,
    "pages of news": lambda db, s: [stream.latest_of(db, s, event, start, 7) for event in ("", "visit", "no_such") for start in (0, 5)],
    **{f"register of {kind}": (lambda db, s, kind=kind: registers.register(db, s, kind, 20)) for kind in KINDS},
    **{f"size of {kind}": (lambda db, s, kind=kind: registers.size(db, s, kind)) for kind in KINDS},
}


@pytest.fixture(scope="module")
def held(crowded: DB) -> Held:
    return Held(crowded)


def plain(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with None for every absent text; an empty column of texts has no type of its own."""
    return frame.apply(lambda c: c if pd.api.types.is_numeric_dtype(c) and c.notna().any() else c.astype(object).where(c.notna(), None))


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_arrays_answer_as_the_engine_does(crowded: DB, held: Held, question: str) -> None:
    ask = QUESTIONS[question]
    for selection in SELECTIONS:
        quick, slow = ask(clicked(crowded, held), selection), ask(crowded, selection)
        if isinstance(slow, pd.DataFrame):
            pd.testing.assert_frame_equal(plain(quick), plain(slow), check_dtype=len(slow) > 0, obj=selection.to_query())
        else:
            assert quick == slow, selection


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_records_are_chosen(crowded: DB, held: Held, kind: Kind) -> None:
    sizes = set()
    for selection in SELECTIONS:
        base, params = chosen(kind, selection)
        wanted = [row["id"] for row in records(crowded, f"select id from ({base}) order by id", params)]
        view = Click(crowded.cursor(), held).view
        assert [held.table(kind).ids[at] for at in view.chosen(kind, selection)] == wanted, selection
        # Whatever is asked in SQL of the same filtered set is asked of the records that the arrays chose.
        assert [row["id"] for row in records(clicked(crowded, held), f"select id from ({base}) order by id", params)] == wanted
        sizes.add(len(wanted))
    assert len(sizes) > 5


def test_the_parameters_of_a_filtered_set_say_its_selection() -> None:
    for selection in SELECTIONS:
        if selection.record is None:
            _, params = chosen("news", selection)
            assert selection_of(params) == replace(selection, counting="full")


def test_nothing_is_answered_of_nothing(nothing: DB) -> None:
    click = clicked(nothing)
    for question, ask in QUESTIONS.items():
        quick, slow = ask(click, Selection()), ask(nothing, Selection())
        if isinstance(slow, pd.DataFrame):
            pd.testing.assert_frame_equal(plain(quick), plain(slow), check_dtype=False, obj=question)
        else:
            assert quick == slow, question


def test_a_column_that_is_not_held_is_refused_not_guessed(crowded: DB, held: Held) -> None:
    with pytest.raises(KeyError):
        counts.by_code(clicked(crowded, held), Selection(), "agreement", Agreement.home_unit)


def test_a_plain_connection_has_arrays_of_its_own_made_once(crowded: DB, small: DB) -> None:
    assert view_of(crowded) is view_of(crowded)
    assert view_of(crowded) is not view_of(small)
