from collections.abc import Iterable

import pytest

from etl.link.affiliation.candidates import Text, candidates
from etl.link.affiliation.features import Features
from etl.link.affiliation.index import Index
from etl.link.affiliation.link import SURE, link, weights
from etl.link.affiliation.places import countries, is_place
from etl.link.affiliation.words import segments, words
from etl.link.partner.reference import Organisation


def organisation(number: str, name: str, country: str, city: str, kind: str = "university", aliases: Iterable[str] = ()) -> Organisation:
    return Organisation(f"org-ror-{number}", name, kind=kind, city=city, country=country, aliases=tuple(aliases), reference_id=number)


LIST = [
    organisation("1", "University of Brumford", "GBR", "Brumford", aliases=["Brumford University"]),
    organisation("2", "Brumford University Hospital", "GBR", "Brumford", "other"),
    organisation("3", "Universität Brumfurt", "DEU", "Brumfurt", aliases=["University of Brumfurt"]),
    organisation("4", "Saint Odo College", "USA", "Odoville"),
    organisation("5", "Saint Odo College", "IRL", "Odotown"),
    organisation("6", "Institute of Physics", "GBR", "London", "other"),
    organisation("7", "Lunden Institute of Physics, Zembla Academy of Sciences", "POL", "Lunden", "institute"),
    organisation("8", "Zembla Academy of Sciences", "POL", "Onhava", "government", ["ZAS"]),
    organisation("9", "Guangxi Foo University", "CHN", "Nanning"),
    organisation("10", "Guangdong Foo University", "CHN", "Guangzhou"),
    organisation("11", "Pharmacorp (United States)", "USA", "Odoville", "company"),
    organisation("12", "Kvell NHS Foundation Trust", "GBR", "Kvell", "other"),
]
INDEX = Index(LIST)


def answer(text: str) -> str:
    found = link(text, INDEX)
    return found[0].organisation.reference_id if found and found[0].probability >= SURE else ""


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("University of Brumford", "1", "a plain name"),
        ("Department of Chemistry, University of Brumford, Brumford, UK", "1", "a department is its university"),
        ("Dept. Chem., Brumford Univ., Brumford, England", "1", "as Web of Science abbreviates"),
        ("Brumford University School of Medicine, Brumford", "1", "a school without an entry is its university"),
        ("Cardiology, Brumford University Hospital, Brumford, UK", "2", "a hospital with its own entry is not its university"),
        ("Ward 3, University Hospital Brumford, Brumford, UK", "2", "the same words in another order"),
        ("Institut für Chemie, Universität Brumfurt, 12345 Brumfurt, Deutschland", "3", "German words"),
        ("Saint Odo College, Odoville, CA 94110", "4", "the state tells of two with one name"),
        ("Saint Odo College, Odotown, Ireland", "5", "the country tells of two with one name"),
        ("Institute of Physics, University of Brumford, Brumford, UK", "1", "a common name is a part of the university"),
        (
            "Lunden Institute of Physics, Zembla Academy of Sciences, Lunden, Poland",
            "7",
            "an institute with its own entry, not its academy",
        ),
        ("Institute of Botany, Zembla Academy of Sciences, Onhava, Poland", "8", "an institute without an entry is its academy"),
        ("Guangdong Foo University, Guangzhou, China", "10", "one rare word apart"),
        ("Pharmacorp Inc., Odoville, USA", "11", "the country in brackets is the list's own"),
        ("Kvell, Kvell, United Kingdom", "", "a city is no hospital"),
        ("Univercity of Brumfrod, Brumford, UK", "1", "letters in another order"),
        ("Department of Chemistry, University of Nowhere, Nowhere, France", "", "not in the list"),
        ("Boston, MA 02139, USA", "", "an address only"),
        ("", "", "nothing"),
        ("12345; ...", "", "no words"),
    ],
)
def test_links(text: str, expected: str, why: str) -> None:
    assert answer(text) == expected, why


def test_another_province_is_another_university() -> None:
    only = Index([each for each in LIST if each.reference_id == "9"])
    found = link("Guangdong Foo University, Guangzhou, China", only)
    assert not found or found[0].probability < SURE


def test_the_country_beside_the_text_decides_between_namesakes() -> None:
    assert link("Saint Odo College", INDEX, frozenset({"IRL"}))[0].organisation.reference_id == "5"
    assert link("Saint Odo College", INDEX, frozenset({"USA"}))[0].organisation.reference_id == "4"
    assert link("Saint Odo College", INDEX)[0].probability <= 0.5


def test_a_misspelt_rare_word_is_found() -> None:
    assert INDEX.corrected("brumfort") in {"brumford", "brumfurt"}
    assert INDEX.corrected("brumfrd") == "brumford"
    assert answer("University of Brumfrd, Brumford, UK") == "1"


def test_pinyin_is_never_corrected() -> None:
    assert Index([LIST[8]]).corrected("guangsi") == "guangsi"


def test_the_probabilities_are_ordered_and_below_one_together() -> None:
    found = link("Saint Odo College and University of Brumford, Brumford, UK", INDEX)
    assert [each.probability for each in found] == sorted((each.probability for each in found), reverse=True)
    assert 0 < sum(each.probability for each in found) < 1


def test_every_feature_has_a_weight_and_every_weight_a_feature() -> None:
    used = set()
    for text in (
        "ZAS",
        "Brumford University Hospital",
        "Institute of Physics, Univ. of Brumford, Brumford 3, Poland",
        "Saint Odo, Odotown College",
    ):
        read = Text(text, INDEX)
        found = candidates(read, INDEX)
        used |= {name for each in found for name in Features(read, INDEX, found).of(each)}
    assert used <= set(weights())
    assert {"none", "exact", "coverage", "country_conflict"} <= set(weights())


def test_a_long_text_is_read_in_bounded_time_and_never_fails() -> None:
    assert link("University of Brumford, " * 2_000, INDEX)
    assert link(", ".join(["of the and"] * 500), INDEX) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Univ. Graz, Austria", {"AUT"}),
        ("Tsinghua Univ, Beijing 100084, Peoples R China", {"CHN"}),
        ("Harvard, Cambridge, MA 02138", {"USA"}),
        ("Univ Perth, Perth, WA 6009", {"AUS", "USA"}),
        ("Univ. Leeds, Leeds, England", {"GBR"}),
        ("University of China", set()),
        ("Bank of America, Institute of Mali Studies", set()),
        ("AL", set()),
    ],
)
def test_countries_are_read_at_the_ends_of_segments(text: str, expected: set[str]) -> None:
    assert countries(segments(text)) == expected


def test_a_segment_of_city_and_state_is_a_place() -> None:
    cities = {"boston": frozenset({"USA"})}
    assert is_place(("boston", "massachusetts", "02115"), cities)
    assert not is_place(("boston", "college"), cities)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Univ. Calif. Los Angeles", "University of California, Los Angeles"),
        ("Natl Inst Hlth", "National Institutes of Health"),
        ("Université de l'Arc", "Universite de l’Arc"),
        ("M. D. Anderson Canc Ctr", "MD Anderson Cancer Center"),
        ("Queen Anne's HospitalVienna", "Queen Annes Hospital Vienna"),
        ("Texas A&M University", "Texas A & M Univ"),
        ("Universitätsklinikum Bonn", "University Hospital Bonn"),
        ("МОСКОВСКИЙ университет", "Московский Университет"),
    ],
)
def test_two_spellings_say_the_same(one: str, two: str) -> None:
    expand = {"calif": "california"}
    assert [expand.get(word, word) for word in words(one)] == [expand.get(word, word) for word in words(two)]


def test_markup_addresses_and_marks_are_no_words() -> None:
    assert [each.words for each in segments("1Lisbon &amp; <i>Foo</i> x@y.org")] == [("lisbon", "foo")]
