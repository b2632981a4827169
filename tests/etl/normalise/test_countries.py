import csv
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.errors import Unreadable, Unsure
from etl.normalise import countries
from etl.normalise.countries import lists
from etl.reference import rows
from etl.text import fold

CASES = Path(__file__).parents[2] / "cases"


def cases(name: str) -> list[dict[str, str]]:
    with (CASES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("case", cases("one_country"), ids=lambda case: f"{case['typed']}: {case['why']}")
def test_reads(case: dict[str, str]) -> None:
    assert countries.country(case["typed"]).value == case["code"]


@pytest.mark.parametrize("case", cases("not_one_country"), ids=lambda case: f"{case['typed']}: {case['why']}")
def test_refuses(case: dict[str, str]) -> None:
    with pytest.raises(Unreadable):
        countries.country(case["typed"])


def test_a_state_with_several_successors_is_a_question() -> None:
    with pytest.raises(Unsure) as refusal:
        countries.country("Netherlands Antilles")
    assert refusal.value.candidates == ("CUW", "SXM", "BES")


SPLIT = [
    ("Austria; Spain; Germany", ["Austria", "Spain", "Germany"], "semicolons"),
    ("Egypt\nTunisia", ["Egypt", "Tunisia"], "lines"),
    ("India, UAE", ["India", "UAE"], "commas"),
    ("Netherlands and Finland", ["Netherlands", "Finland"], "and"),
    ("Китай и Индия", ["Китай", "Индия"], "and in Russian"),
    ("中国、日本和韩国", ["中国", "日本", "韩国"], "Chinese commas"),
    ("USA/Canada", ["USA", "Canada"], "a slash"),
    ("Korea, Rep.", ["Korea, Rep."], "a comma within a name"),
    ("Korea, Rep., Congo, Dem. Rep.", ["Korea, Rep.", "Congo, Dem. Rep."], "commas within and between"),
    ("Bosnia and Herzegovina", ["Bosnia and Herzegovina"], "and within a name"),
    ("Trinidad and Tobago and Saint Vincent and the Grenadines", ["Trinidad and Tobago", "Saint Vincent and the Grenadines"], "and, both"),
    ("China, Hong Kong SAR", ["China, Hong Kong SAR"], "a territory with its state"),
    ("China, Hong Kong", ["China", "Hong Kong"], "two places: losing one would be silent"),
    ("Minsk, Belarus, China", ["Minsk, Belarus", "China"], "a place with its country, and another"),
    ("Germany (FRG), France", ["Germany (FRG)", "France"], "brackets"),
    ("СНГ, Китай", ["СНГ", "Китай"], "a group stays visible, to be refused"),
    ("Гвинея-Бисау / Гвинея", ["Гвинея-Бисау", "Гвинея"], "one name within another"),
    ("foo, bar", ["foo, bar"], "nothing known: as it stands"),
    ("", [], "empty"),
]


@pytest.mark.parametrize(("typed", "names", "why"), SPLIT, ids=[why for *_, why in SPLIT])
def test_splits(typed: str, names: list[str], why: str) -> None:
    assert countries.split(typed) == names


@settings(deadline=None)  # tables load on first use
@given(st.one_of(st.text(), st.lists(st.sampled_from([*lists.exact()][:400]), max_size=4).map(", ".join)))
def test_any_text_is_read_or_refused_and_an_answer_stays_itself(typed: str) -> None:
    for part in (typed, *countries.split(typed)):
        with suppress(Unreadable):
            code = countries.country(part).value
            assert code in countries.codes()
            assert countries.country(code).value == code


@settings(deadline=None)  # tables load on first use
@given(st.text())
def test_splitting_loses_no_letter(typed: str) -> None:
    kept = "".join(countries.split(typed))
    assert set(fold(kept).replace(" ", "")) <= set(fold(typed).replace(" ", ""))


def test_every_code_has_its_facts_in_three_languages() -> None:
    assert len(countries.codes()) == len(rows("countries")) == 250
    for code in countries.codes():
        facts = countries.row(code)
        assert all(facts[f"name_{language}"] and facts[f"region_name_{language}"] for language in ("en", "ru", "zh"))
        latitude, longitude = facts["latitude"], facts["longitude"]
        assert isinstance(latitude, float) and abs(latitude) <= 90
        assert isinstance(longitude, float) and abs(longitude) <= 180


@pytest.mark.parametrize("language", ["en", "ru", "zh"])
def test_the_name_that_is_published_is_read_back(language: str) -> None:
    for code in countries.codes():
        assert countries.country(str(countries.row(code)[f"name_{language}"])).value == code


def test_no_alias_means_two_countries_and_every_alias_leads_to_a_code() -> None:
    found: dict[str, str] = {}
    for file, column in (("country_aliases", "alias"), ("country_names", "name")):
        for row in rows(file):
            assert row["alpha_3"] in countries.codes(), row
            assert fold(row[column]), row
            assert found.setdefault(fold(row[column]), row["alpha_3"]) == row["alpha_3"], row


def test_codes_aliases_and_what_is_no_country_are_disjoint() -> None:
    aliases = {fold(row["alias"]) for row in rows("country_aliases")}
    assert not aliases & lists.not_countries()
    assert not aliases & set(lists.historic())


def test_places_lead_to_codes_and_never_hide_a_country() -> None:
    assert {row["alpha_3"] for file in ("country_parts", "country_places") for row in rows(file)} <= set(countries.codes())
    found: dict[str, str] = {}
    for row in rows("country_places"):
        assert found.setdefault(fold(row["name"]), row["alpha_3"]) == row["alpha_3"], row


def test_successors_and_states_are_codes() -> None:
    assert {code for successors in lists.historic().values() for code in successors} <= set(countries.codes())
    assert set(lists.state_of().values()) <= set(countries.codes())


FORMS = [
    ("ru", "Китаем", "CHN"),
    ("ru", "Белоруссии", "BLR"),
    ("ru", "Южной Кореей", "KOR"),
    ("ru", "Нидерландов", "NLD"),
    ("ru", "Израилем", "ISR"),
]


@pytest.mark.parametrize(("language", "form", "code"), FORMS)
def test_case_forms_for_running_text(language: str, form: str, code: str) -> None:
    assert countries.names(language)[form] == code


def test_words_of_running_text_are_no_countries() -> None:
    assert not {"America", "English", "US", "CAR", "Man"} & set(countries.names("en"))
