import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.filters import LISTS, Selection

READ = [
    ("", "", "nothing chosen"),
    ("?country=DEU,CHN", "?country=CHN,DEU", "one order for one selection"),
    ("country=CHN&country=DEU", "?country=CHN,DEU", "repeated names, no question mark"),
    ("?since=2025&until=2018", "?since=2018&until=2025", "years the wrong way round"),
    ("?counting=fractional", "?counting=fractional", "the other counting rule"),
    ("?counting=nonsense", "", "no such rule"),
    ("?lang=ru&x=1", "", "what is not of the selection"),
    ("?type=a%27;drop", "", "no code"),
]


@pytest.mark.parametrize(("given_", "kept"), [case[:2] for case in READ], ids=[case[2] for case in READ])
def test_an_address_is_read_and_written(given_, kept):
    assert Selection.from_query(given_).to_query() == kept


@given(st.text(max_size=200))
def test_any_text_is_read_and_reading_twice_changes_nothing(text):
    once = Selection.from_query(text).to_query()
    assert Selection.from_query(once).to_query() == once


@pytest.mark.parametrize("name", LISTS)
def test_a_part_is_added_and_taken_away(name):
    chosen = Selection().plus(name, "x").plus(name, "a")
    assert getattr(chosen, LISTS[name]) == ("a", "x")
    assert chosen.minus(name, "a").minus(name, "x").is_everything()
    assert chosen.without(name).is_everything()
    assert chosen.parts() == (name,)


def test_years_go_together_and_the_counting_rule_is_no_filter():
    chosen = Selection(since=2010, until=2020, counting="fractional")
    assert chosen.parts() == ("years",)
    assert chosen.minus("since").until == 2020
    assert chosen.without("years") == Selection(counting="fractional")
    assert chosen.without("years").is_everything()
