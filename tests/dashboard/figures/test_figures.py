import json
import math
import re

import duckdb
import plotly.graph_objects as go
import pytest

from dashboard.colours import NIGHT
from dashboard.figures import (
    Figure,
    agreement_expiry,
    agreements_by_year,
    agreements_on_map,
    countries_ranking,
    field_by_country,
    status_of_agreements,
    top_partners,
)
from dashboard.figures.registry import FIGURES
from dashboard.figures.sentences import FEW
from dashboard.filters import Selection
from dashboard.locale import LANGUAGES, speaker

DB = duckdb.DuckDBPyConnection
EN, RU = speaker("en"), speaker("ru")
SELECTIONS = (
    Selection(),
    Selection(counting="fractional"),
    Selection(countries=("CHN",)),
    Selection(countries=("CHN", "DEU"), since=2018, until=2024),
    Selection(fields=("2",), counting="fractional"),
    Selection(types=("exchange_agreement",)),
    Selection(outcomes=("joint_lab",)),
    Selection(partners=("org-ens",)),
    Selection(countries=("FRA",), until=2012),
    Selection(countries=("ZZZ",)),
)
RANKINGS = [figure for figure in FIGURES if figure.id in ("countries_ranking", "fields_ranking", "top_partners", "agreements_on_map")]


@pytest.fixture(params=["crowded", "small", "nothing"])
def db(request: pytest.FixtureRequest) -> DB:
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.id)
def test_every_figure_is_valid_and_says_something_under_every_filter(db: DB, figure: Figure) -> None:
    for selection in SELECTIONS:
        frame = figure.ask(db, selection)
        for language in LANGUAGES:
            say = speaker(language)
            plot = figure.draw(frame, say, selection)
            go.Figure(plot)
            json.dumps(plot, allow_nan=False)
            for text in (figure.finding(frame, say, selection), figure.subtitle(frame, say, selection)):
                assert text.strip()
                assert not re.search(r"[{}]|\bnan\b|\bNone\b|<NA>", text), text
            table = figure.table(frame, say)
            assert table.shape[1] >= 2
            assert table.columns.is_unique


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.id)
def test_no_data_is_read_as_markup(crowded: DB, figure: Figure) -> None:
    plot = figure.draw(figure.ask(crowded, Selection()), EN, Selection())
    assert "<b>" not in json.dumps(plot)


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.id)
def test_what_is_shown_when_a_mark_is_pointed_at_is_punctuated_as_the_language_is(crowded: DB, figure: Figure) -> None:
    say = speaker("zh")
    plot = figure.draw(figure.ask(crowded, Selection()), say, Selection())
    hovers = re.findall(r'"([^"]*[\u4e00-\u9fff][^"]*)"', json.dumps(plot, ensure_ascii=False))
    assert not [text for text in hovers if re.search(r"[\u4e00-\u9fff）] ?[:,;] | [:,;] ?[\u4e00-\u9fff]", text)]


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.id)
def test_no_text_hides_a_colour_that_the_dark_theme_exchanges(crowded: DB, figure: Figure) -> None:
    plot = figure.draw(figure.ask(crowded, Selection()), EN, Selection())
    texts = re.findall(r'"([^"]*)"', json.dumps(plot).replace('\\"', "'"))
    assert not [text for text in texts if any(colour in text and colour != text for colour in NIGHT)]


@pytest.mark.parametrize("figure", RANKINGS, ids=lambda figure: figure.id)
def test_below_five_records_nothing_is_ranked(db: DB, figure: Figure) -> None:
    for selection in SELECTIONS:
        frame = figure.ask(db, selection)
        known = frame[frame["code"].notna()]
        if len(frame) > 0 and frame["total"].iloc[0] < FEW and len(known) > 1:
            said = figure.finding(frame, EN, selection)
            assert said.startswith(f"Only {frame['total'].iloc[0]} "), said


@pytest.mark.parametrize("figure", RANKINGS, ids=lambda figure: figure.id)
def test_who_is_said_to_lead_has_the_largest_number(crowded: DB, figure: Figure) -> None:
    for selection in SELECTIONS:
        frame = figure.ask(crowded, selection)
        known = frame[frame["code"].notna()]
        said = figure.finding(frame, EN, selection)
        if " leads with " not in said:
            continue
        column = "share" if selection.counting == "fractional" else "n"
        best = known[column].astype(float).max()
        leaders = known[known[column].astype(float) > best - 1e-6]
        assert len(leaders) == 1
        assert said.startswith(str(leaders["name_en"].iloc[0]))
        assert EN.number(round(best, 1) if best % 1 else int(best)) in said


def test_findings_of_the_fixture() -> None:
    # Written out, so that a change of a sentence is seen by a person.
    from dashboard.figures.sentences import Contest, leader
    from dashboard.figures.words import AGREEMENTS, COUNTRIES

    contest = Contest(AGREEMENTS, COUNTRIES)
    full, fractional = Selection(), Selection(counting="fractional")
    assert leader(EN, full, [("China", 22), ("Germany", 15)], contest, 91) == "China leads with 22 agreements; next is Germany with 15"
    assert leader(RU, full, [("Китай", 22), ("Германия", 15)], contest, 91) == "Первое место — Китай: 22 соглашения; второе — Германия: 15"
    assert leader(RU, fractional, [("Китай", 6.5), ("Германия", 5)], contest, 91).startswith("Первое место — Китай: 6,5 при дробном счёте")
    assert leader(EN, full, [("China", 4), ("Germany", 4)], contest, 9) == "China and Germany share the lead, each with 4 agreements"
    assert leader(EN, full, [("China", 2), ("Germany", 1)], contest, 3) == "Only 3 agreements in this selection, too few to rank"
    assert leader(EN, full, [("China", 1)], contest, 1) == "China: 1 agreement"
    assert leader(EN, full, [], contest, 6) == "6 agreements in this selection, none with this known"
    assert leader(EN, full, [], contest, 0) == "Nothing matches this selection: remove a filter"


def test_the_year_that_is_not_over_is_hatched_and_no_other(crowded: DB) -> None:
    figure = agreements_by_year.FIGURE
    plot = figure.draw(figure.ask(crowded, Selection()), EN, Selection())
    for trace in plot["data"]:
        for year, shape in zip(trace["x"], trace["marker"]["pattern"]["shape"], strict=True):
            assert bool(shape) == (year == 2026)


def test_columns_add_up_to_the_agreements_with_a_year(crowded: DB) -> None:
    figure = agreements_by_year.FIGURE
    frame = figure.ask(crowded, Selection())
    plot = figure.draw(frame, EN, Selection())
    assert sum(sum(trace["y"]) for trace in plot["data"]) == frame.loc[frame["year"].notna(), "n"].sum()


def test_the_largest_symbol_is_drawn_first_and_areas_are_in_proportion(crowded: DB) -> None:
    figure = agreements_on_map.FIGURE
    frame = figure.ask(crowded, Selection())
    symbols = figure.draw(frame, EN, Selection())["data"][0]
    sizes = symbols["marker"]["size"]
    assert sizes == sorted(sizes, reverse=True)
    assert symbols["marker"]["sizemode"] == "area"
    assert math.isclose((2 * sizes[0] / symbols["marker"]["sizeref"]) ** 0.5, agreements_on_map.LARGEST)


def test_the_map_shows_the_world_and_names_its_borders(crowded: DB) -> None:
    figure = agreements_on_map.FIGURE
    frame = figure.ask(crowded, Selection())
    layout = figure.draw(frame, EN, Selection())["layout"]
    assert layout["geo"]["fitbounds"] is False
    assert any("Natural Earth" in each["text"] for each in layout["annotations"])
    assert re.search(r"\d+ without a partner country not on the map", figure.subtitle(frame, EN, Selection()))


def test_a_blank_cell_is_no_zero(crowded: DB) -> None:
    figure = field_by_country.FIGURE
    selection = Selection(countries=("SGP", "FRA"), until=2016)
    plot = figure.draw(figure.ask(crowded, selection), EN, selection)
    cells = [n for line in plot["data"][0]["z"] for n in line]
    assert 0 not in cells


def test_cells_of_the_fractional_matrix_add_up_to_the_agreements(crowded: DB) -> None:
    figure, selection = field_by_country.FIGURE, Selection(counting="fractional")
    frame = figure.ask(crowded, selection)
    cells = [n for line in figure.draw(frame, EN, selection)["data"][0]["z"] for n in line if n is not None]
    assert sum(cells) == pytest.approx(frame["total"].iloc[0] - frame["lost"].iloc[0])


def test_two_partners_with_one_short_name_stay_two_bars(crowded: DB) -> None:
    figure = top_partners.FIGURE
    frame = figure.ask(crowded, Selection()).assign(name_en="One and the same name")
    trace = figure.draw(frame, EN, Selection())["data"][0]
    assert len(set(trace["y"])) == len(frame)


def test_a_mark_carries_its_code_first(crowded: DB) -> None:
    trace = countries_ranking.FIGURE.draw(countries_ranking.FIGURE.ask(crowded, Selection()), EN, Selection())["data"][0]
    assert {mark[0] for mark in trace["customdata"]} == {"CHN", "DEU", "FRA", "SGP", "none"}


def test_an_end_that_is_not_stated_is_its_own_status(small: DB) -> None:
    frame = status_of_agreements.FIGURE.ask(small, Selection()).set_index("code")
    assert dict(frame["n"]) == {"expiring": 2, "open_ended": 1, "end_unknown": 2, "unsigned": 1, "expired": 1}
    said = status_of_agreements.FIGURE.finding(frame.reset_index(), EN, Selection())
    assert said == "3 agreements are in force as far as the dates tell; the end of 2 others is not stated"


def test_the_runway_has_every_month_and_only_what_ends_in_it(small: DB) -> None:
    frame = agreement_expiry.FIGURE.ask(small, Selection())
    assert (frame["code"].iloc[0], frame["code"].iloc[-1], frame["code"].nunique()) == ("2026-11", "2028-11", 25)
    due = frame[frame["n"] > 0]
    assert list(zip(due["code"], due["kind"], due["n"], due["unsure"], strict=True)) == [
        ("2026-12", "end", 1, 1),
        ("2027-03", "end", 1, 0),
    ]
