import pytest

from etl.link.partner.gazetteer import Gazetteer
from etl.link.partner.reference import Organisation
from etl.link.partners import similar
from etl.link.same.listed import evidence, likeness, meant


@pytest.fixture(scope="module")
def listed() -> Gazetteer:
    return Gazetteer(
        (
            Organisation(
                "org-ror-1",
                "Norrfjord University",
                city="Norrfjord",
                country="NOR",
                aliases=("Polar College of Norrfjord",),
                reference_id="1",
            ),
            Organisation("org-ror-2", "Sorfjord University", city="Sorfjord", country="NOR", reference_id="2"),
            Organisation("org-ror-3", "Sorfjord Museum of Whaling", city="Sorfjord", country="NOR", reference_id="3"),
        )
    )


def test_a_list_leads_from_one_name_to_another(listed: Gazetteer) -> None:
    found = evidence("Norrfjord University", "Polar College, Norrfjord", listed)
    assert found.best > found.words
    assert found.score > evidence("Norrfjord University", "Polar College, Norrfjord", Gazetteer(())).score


def test_two_entries_of_a_list_speak_against_two_names(listed: Gazetteer) -> None:
    found = evidence("Sorfjord University", "Sorfjord Museum of Whaling", listed)
    assert found.two_entries > 0.5
    assert similar("Sorfjord University", "Sorfjord Museum of Whaling", listed).verdict == "different"


def test_a_name_that_no_list_knows_means_nobody(listed: Gazetteer) -> None:
    assert meant("Atlantis Academy", Gazetteer(())) == {}
    assert "org-ror-3" not in meant("Atlantis Academy", listed)


def test_names_across_languages_are_asked_and_never_merged_on_likeness_alone() -> None:
    said = similar("Опольский университет", "Uniwersytet Opolski w Opolu", Gazetteer(()))
    assert said.verdict != "same"
    assert 0.5 <= said.score < 0.9


@pytest.mark.parametrize(
    ("a", "b"), [("Sorfjord University", "Universitetet i Sorfjord"), ("Sorfjord University", "Сорфьордский университет")]
)
def test_translations_are_alike_with_a_list_as_without(a: str, b: str, listed: Gazetteer) -> None:
    assert likeness(a, b, listed) > 0.8
