"""Lists of organisations that an office adds: found when needed, and never in the way of what is known without them."""

import pytest

from etl.errors import Unreadable, Unsure
from etl.link.partner import gazetteer as partner_gazetteer
from etl.link.partner.gazetteer import ANYWHERE, Gazetteer
from etl.link.partner.reference import Organisation, organisations
from etl.link.partner.variants import find
from etl.link.partners import Directory, Mention


def added(number: str, name: str, country: str, city: str = "", *aliases: str, kind: str = "university") -> Organisation:
    return Organisation(
        f"org-ror-{number}", name, name_en=name, kind=kind, city=city, country=country, aliases=aliases, reference_id=number
    )


LIST = (
    added("0graz", "Graz University of Technology", "AUT", "Graz", "Erzherzog-Johann-Universität"),
    added("0brum", "Brumford State University", "KAZ", "Brumford", "BSU", "Брумфордский государственный университет"),
    added("0zemb", "Zembla Institute of Botany", "POL", "Lunden", kind="institute"),
    added("0nat1", "National Library", "MLI", "Bamako", kind="other"),
    added("0tsin", "Tsinghua University", "TWN", "Hsinchu"),
    added("0odo1", "Saint Odo University", "USA", "Odoville"),
    added("0odo2", "Saint Odo University", "IRL", "Odotown"),
)


@pytest.fixture(scope="module")
def directory() -> Directory:
    return Directory(LIST)


def test_our_own_keep_their_id_and_learn_that_of_the_list(directory: Directory) -> None:
    known = directory.known.by_id["org-tu-graz"]
    assert known.reference_id == "0graz"
    assert "Erzherzog-Johann-Universität" in known.names
    assert "org-ror-0graz" not in directory.known.by_id


def test_answers_have_the_ids_of_the_list(directory: Directory) -> None:
    for text in ("TU Graz", "Erzherzog-Johann-Universität", "Dept. of Physics, Graz Univ. Technol., Graz, Austria"):
        assert directory.find_listed(text).value == "0graz", text
    assert directory.find_listed("Брумфордский государственный университет").value == "0brum"


def test_what_we_know_and_the_list_does_not_is_a_question(directory: Directory) -> None:
    with pytest.raises(Unsure, match="not in the reference list") as caught:
        directory.find_listed("TUHH", "DEU")
    assert caught.value.candidates[0].startswith("org-")


def test_namesakes_are_a_question_until_the_country_is_known(directory: Directory) -> None:
    with pytest.raises(Unsure) as caught:
        directory.find_listed("Saint Odo University")
    assert set(caught.value.candidates[:2]) == {"0odo1", "0odo2"}
    assert directory.find_listed("Saint Odo University", "IRL").value == "0odo2"


@pytest.mark.parametrize("text", ["Ghazni Bakery", "University of Nowhere", "", "42"])
def test_who_is_in_no_list_is_not_answered(directory: Directory, text: str) -> None:
    with pytest.raises(Unreadable):
        directory.find_listed(text)


def test_partners_get_stable_ids(directory: Directory) -> None:
    mentions = [
        Mention("TU Graz", frozenset({"AUT"})),
        Mention("Brumford State University", frozenset({"KAZ"})),
        Mention("Saint Odo University"),
        Mention("National Library"),
    ]
    found = Directory(LIST).resolve(mentions)
    assert [found.of[each].partner_id for each in mentions[:2]] == ["org-tu-graz", "org-ror-0brum"]
    # Neither a name that two have nor one that every country has is merged without asking.
    assert all(found.of[each].partner_id.startswith("p-") for each in mentions[2:])


def test_the_list_changes_nothing_for_who_is_known_without_it() -> None:
    texts = [name for each in organisations()[::25] for name in each.names[:3]] + [
        "TSU",
        "Tsinghua University",
        "МГУ",
        "Faculty of Law, TU Graz",
    ]
    mentions = [Mention(text) for text in texts] + [Mention(text, frozenset({"CHN"})) for text in texts]
    plain, more = Directory().resolve(mentions), Directory(LIST).resolve(mentions)
    known = [each for each in mentions if plain.of[each].partner_id.startswith("org-")]
    assert len(known) > 50
    assert [more.of[each].partner_id for each in known] == [plain.of[each].partner_id for each in known]


def test_who_was_asked_for_before_changes_no_answer() -> None:
    texts = [
        "Zembla Institute of Botany",
        "Zembla Institut Botany",
        "Institute of Botany",
        "Brumfort State University",
        "Saint Odo University",
        "BSU",
    ]
    known = Gazetteer([*organisations(), *LIST])
    forth = {text: find(text, ANYWHERE, known) for text in texts}
    back = {text: find(text, ANYWHERE, known) for text in reversed(texts)}
    fresh = {text: find(text, ANYWHERE, Gazetteer([*organisations(), *LIST])) for text in texts}
    assert forth == back == fresh


def test_memory_is_bounded_however_many_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(partner_gazetteer, "_MOST_INDEXED", 1)
    known = Gazetteer([*organisations(), *LIST])
    for each in LIST[1:3]:
        for _ in range(2):
            assert [match.id for match in known.named(each.name, frozenset({each.country}))] == [each.id]
    assert len(known._indexed) <= 2


def test_two_of_our_own_are_never_one_of_the_list() -> None:
    both = (
        Organisation("org-one", "Alpha University", city="Foo", country="DEU"),
        Organisation("org-two", "Alpha Institute", city="Foo", country="DEU", aliases=("Beta University",)),
    )
    known = Gazetteer([*both, added("0x", "Alpha University", "DEU", "Foo", "Beta University")])
    assert (known.by_id["org-one"].reference_id, known.by_id["org-two"].reference_id) == ("0x", "")


def test_without_a_list_a_department_of_our_own_is_found_too() -> None:
    assert Directory().find("Dept. of Physics, Graz Univ. Technol., Petersgasse 16, Graz, Austria").value == "org-tu-graz"
    with pytest.raises(Unreadable):
        Directory().find("Department of Physics, University of Brumford, Graz, Austria")
