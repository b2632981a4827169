from __future__ import annotations

import random
from typing import cast

import duckdb
import pandas as pd
import pytest

from dashboard.figures.registry import FIGURES
from dashboard.filters import Selection
from dashboard.query import counts, registers
from dashboard.query.chosen import chosen, linked, records
from dashboard.query.click import Click, Known
from dashboard.query.held import Held
from etl.tables import Agreement
from tests.dashboard.query.test_quick import plain

DB = duckdb.DuckDBPyConnection


def clicked(db: DB) -> DB:
    return cast(DB, Click(db.cursor()))


def selections(number: int) -> list[Selection]:
    draw = random.Random(7)
    some = lambda values: tuple(sorted(draw.sample(values, draw.randrange(3)))) if draw.random() < 0.5 else ()  # noqa: E731
    return [
        Selection(
            countries=some(["CHN", "DEU", "FRA", "ZZZ"]), fields=some(["1", "2", "2.5", "5.2"]), partners=some(["org-tub", "org-tsu"]),
            types=some(["exchange_agreement", "memorandum_of_understanding"]), outcomes=some(["joint_lab", "joint_publication"]),
            since=draw.choice([None, None, 2010, 2020]), until=draw.choice([None, None, 2015, 2024]),
            counting="fractional" if draw.random() < 0.5 else "full",
        )
        for _ in range(number)
    ]  # fmt: skip


def test_a_click_answers_as_a_plain_connection_does(crowded: DB) -> None:
    for selection in selections(8):
        click = clicked(crowded)
        for figure in FIGURES:
            quick, slow = figure.ask(click, selection), figure.ask(crowded, selection)
            pd.testing.assert_frame_equal(plain(quick), plain(slow), check_dtype=len(slow) > 0, obj=figure.id)
        for kind in ("agreement", "outcome", "planned", "news"):
            assert registers.register(click, selection, kind) == registers.register(crowded, selection, kind)
        assert registers.partners(click, selection) == registers.partners(crowded, selection)


def test_two_selections_of_one_click_do_not_mix(crowded: DB) -> None:
    click = clicked(crowded)
    one, other = Selection(countries=("CHN",)), Selection(countries=("DEU",))
    assert chosen("agreement", one)[0] == chosen("agreement", other)[0]
    sizes = [registers.size(click, selection, "agreement") for selection in (one, other, one)]
    assert sizes == [registers.size(crowded, selection, "agreement") for selection in (one, other, one)]
    assert sizes[0] != sizes[1]


def test_the_same_question_is_asked_once_and_what_is_made_of_its_answer_stays_apart(crowded: DB) -> None:
    click = clicked(crowded)
    first = registers.terms(click, Selection())
    first[0].clear()
    assert registers.terms(click, Selection())[0][Agreement.id]
    frame = counts.by_country(click, Selection())
    frame["n"] = 0
    assert counts.by_country(click, Selection())["n"].sum() > 0


def test_a_wrong_question_is_still_an_error(crowded: DB) -> None:
    with pytest.raises(duckdb.Error):
        records(clicked(crowded), "select nothing from nowhere")


COUNTED = f"with {linked('agreement', 'country')} select count(*) as n from linked"


def test_the_links_that_count_are_kept_for_the_next_click(crowded: DB) -> None:
    number = records(clicked(crowded), COUNTED)
    kept = crowded.execute("select table_name from duckdb_tables() where table_name like 'links_%'").fetchall()
    assert kept
    assert records(clicked(crowded), COUNTED) == number == records(crowded, COUNTED)
    assert crowded.execute("select table_name from duckdb_tables() where table_name like 'links_%'").fetchall() == kept


def test_a_short_answer_that_depends_on_no_choice_is_known_to_the_next_click(crowded: DB) -> None:
    shared: dict[str, Known] = {}
    held = Held(crowded)
    first = Click(crowded.cursor(), held, shared)
    base, params = chosen("agreement", Selection(countries=("CHN",)))
    number = records(cast(DB, first), COUNTED)
    records(cast(DB, first), f"select count(*) as n from ({base})", params)
    first.share()
    closed = crowded.cursor()
    closed.close()
    second = cast(DB, Click(closed, held, shared))
    assert records(second, COUNTED) == number
    with pytest.raises(duckdb.Error):
        records(second, f"select count(*) as n from ({base})", params)
