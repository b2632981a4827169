import csv
import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.errors import Unreadable, Unsure
from etl.normalise import countries
from etl.normalise.countries import lists
from etl.normalise.countries.keys import key
from etl.reference import rows
from etl.text import fold

CASES = Path(__file__).parents[2] / "cases"


def cases(name: str) -> list[dict[str, str]]:
    with (CASES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("case", cases("one_country"), ids=lambda case: f"{case['typed']}: {case['why']}")
def test_reads(case: dict[str, str]) -> None:
    assert countries.country(case["typed"]).value == case["code"]


@pytest.mark.parametrize("case", cases("countries_by_rule"), ids=lambda case: f"{case['typed']}: {case['why']}")
def test_rules(case: dict[str, str]) -> None:
    if case["code"]:
        assert countries.country(case["typed"]).value == case["code"]
    else:
        with pytest.raises(Unreadable):
            countries.country(case["typed"])


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
            assert key(row[column]), row
            assert found.setdefault(key(row[column]), row["alpha_3"]) == row["alpha_3"], row


def test_every_alias_and_every_name_of_the_un_is_read_as_its_country() -> None:
    for file, column in (("country_aliases", "alias"), ("country_names", "name")):
        wrong = [row for row in rows(file) if countries.country(row[column]).value != row["alpha_3"]]
        assert not wrong


def test_codes_aliases_and_what_is_no_country_are_disjoint() -> None:
    aliases = {key(row["alias"]) for row in rows("country_aliases")}
    assert not aliases & lists.refused()
    assert not aliases & set(lists.historic())
    assert not lists.refused() & set(lists.historic())


@pytest.mark.parametrize("suffix", ["", " (total)", " 1/", "*"])
def test_what_is_listed_as_no_country_is_never_answered(suffix: str) -> None:
    for row in rows("not_countries"):
        with pytest.raises(Unreadable):
            countries.country(row["name"] + suffix)


def test_places_lead_to_codes_and_are_read() -> None:
    found: dict[str, str] = {}
    for row in (row for file in ("country_parts", "country_cities", "country_places") for row in rows(file)):
        assert row["alpha_3"] in countries.codes(), row
    for row in rows("country_places"):
        assert found.setdefault(key(row["name"]), row["alpha_3"]) == row["alpha_3"], row
        read = countries.country(row["name"])
        assert (read.value == row["alpha_3"] and read.confidence < 1) or key(row["name"]) in lists.exact(), row


def test_successors_and_states_are_codes() -> None:
    successors = {code for row in rows("country_historic") for code in row["successor"].split("|")}
    assert successors | set(lists.state_of().values()) <= set(countries.codes())


def test_names_of_cldr_are_kept_in_the_form_that_is_compared() -> None:
    for file in ("country_cldr", "country_roots"):
        for row in rows(file):
            assert [name for name in row["names"].split("|") if key(name) != name] == []


@given(st.text())
def test_the_form_that_is_compared_stays_itself_and_is_no_finer_than_the_general_one(typed: str) -> None:
    assert key(key(typed)) == key(typed)


@pytest.mark.parametrize(
    ("one", "other"), [("臺灣", "台湾"), ("غينيا بيساو", "غينيا  بيساو"), ("Côte d’Ivoire", "COTE D'IVOIRE"), ("٪", "")]
)
def test_spellings_that_are_one(one: str, other: str) -> None:
    assert key(one) == key(other)


SLIPS = [
    ("Germny", "DEU", "a letter left out"),
    ("Morroco", "MAR", "a letter doubled that is single, and the other way round"),
    ("Azerbajan", "AZE", "a letter left out"),
    ("Казахстн", "KAZ", "a letter left out in Russian"),
]


@pytest.mark.parametrize(("typed", "code", "why"), SLIPS, ids=[typed for typed, *_ in SLIPS])
def test_a_slip_is_read_with_doubt_and_says_so(typed: str, code: str, why: str) -> None:
    read = countries.country(typed)
    assert (read.value, read.rule) == (code, "name with a slip"), why
    assert read.confidence < 1


@pytest.mark.parametrize("typed", ["Irsn", "Mambia", "Estonien", "Romans", "Pariss"])
def test_a_slip_is_not_guessed_in_a_short_name_between_two_or_in_a_demonym(typed: str) -> None:
    with pytest.raises(Unreadable):
        countries.country(typed)


def test_a_thousand_new_texts_take_no_second() -> None:
    with suppress(Unreadable):
        countries.country("Qwertz")  # loads the tables
    typed = [f"{row['name']} {at}x{at}" for at, row in enumerate(rows("country_parts")[:2000])]
    start = time.process_time()
    for text in typed:
        with suppress(Unreadable):
            countries.country(text)
    assert time.process_time() - start < 1


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
