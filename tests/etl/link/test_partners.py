import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.errors import Unreadable, Unsure
from etl.link.partners import Decided, Directory, Mention, Resolution


def mention(text: str, countries: str = "", title: str = "") -> Mention:
    return Mention(text, frozenset(countries.split()), title)


def resolved(*mentions: Mention) -> Resolution:
    return Directory().resolve(mentions)


KNOWN = [
    (mention("Technische Universität Graz", "AUT"), "org-tu-graz", "alias", "its native name"),
    (mention("Graz University of Technology", "AUT"), "org-tu-graz", "reference", "its name"),
    (mention("TUB", "DEU"), "org-tu-berlin", "acronym + country", "the country agrees"),
    (mention("TUB", "AUT DEU ESP"), "org-tu-berlin", "acronym + country", "one of the countries agrees"),
    (mention("CUL", "", "City, University of London becomes a partner"), "org-city-london", "acronym + title", "the title names it"),
    (
        mention("NUNT", "CHN", "Соглашение с Нанкинским университетом науки и технологий"),
        "org-njust",
        "acronym + title",
        "a misspelt acronym",
    ),
    (mention("RAFU", "MLI"), "org-rafu", "acronym + country", "a network has no country"),
    (mention("UPM", "ESP"), "org-upm", "acronym + country", "Madrid"),
    (mention("UPM", "MYS"), "org-upm-my", "acronym + country", "Malaysia"),
    (mention("Zhejang University", "CHN"), "org-zju", "spelling", "one letter is missing"),
    (mention("PolyU", "CHN"), "org-polyu", "acronym + country", "Hong Kong in a row of China"),
    (mention("Fudan University (Shanghai)", "CHN"), "org-fudan", "reference", "its city in brackets"),
    (mention("Faculty of Architecture, TU Graz", "AUT"), "org-tu-graz", "alias", "a department"),
    (mention("University of Belgrade, Faculty of Mechanical Engineering", "SRB"), "org-bg-rs", "alias", "a department behind"),
    (mention("Siemens AG", "RUS"), "org-siemens", "alias", "a company abroad"),
]


@pytest.mark.parametrize(("who", "partner", "method", "why"), KNOWN)
def test_who_is_known(who: Mention, partner: str, method: str, why: str) -> None:
    answer = resolved(who).of[who]
    assert answer.partner_id == partner, why
    assert answer.method == method, why


UNSURE = [
    (mention("TUB"), "an acronym without country and title"),
    (mention("TUB", "CHN"), "an acronym of another country"),
    (mention("University of Granada", "MEX"), "a university of another country"),
    (mention("Hong Kong University of Science and Technology (Guangzhou)", "CHN"), "brackets may distinguish"),
    (mention("Xi'an Technical University", "CHN"), "neither of the two technical universities"),
    (mention("Пекинский технический университет", "CHN"), "a translation that fits several"),
]


@pytest.mark.parametrize(("who", "why"), UNSURE)
def test_the_unsure_stay_partners_of_their_own(who: Mention, why: str) -> None:
    assert resolved(who).of[who].partner_id.startswith("p-"), why


def test_an_unsure_name_is_asked_with_candidates() -> None:
    (question,) = resolved(mention("University of Granada", "MEX"), mention("University of Granada", "MEX")).questions
    assert question.subject == "University of Granada"
    assert "org-ugr" in question.candidates[0]
    assert question.cells == 2


def test_an_acronym_without_country_is_what_the_other_rows_mean() -> None:
    result = resolved(mention("TUHH", "DEU"), mention("TUHH"))
    assert {each.partner_id for each in result.of.values()} == {"org-tuhh"}


JOINED = [
    (mention("Foo Bar University", "NGA"), mention("FOO BAR  UNIVERSITY", "NGA"), "case and spaces"),
    (mention("Foo Bar University", "NGA"), mention("Foo Bar University", ""), "one row without country"),
    (mention("Foobar University", "NGA"), mention("University of Foobar", "NGA"), "the order of words"),
    (mention("Universidad de Foobar", "PER"), mention("University of Foobar", "PER"), "two languages"),
    (mention("Foobarian University", "NGA"), mention("Foobarjan University", "NGA"), "a misspelling"),
    (mention("Foo Bar University (FOBU)", "NGA"), mention("FOBU", "NGA"), "the acronym it gives of itself"),
    (
        mention("Foo Bar University", "NGA"),
        mention("FBU", "NGA", "Agreement with Foo Bar University"),
        "the acronym that the title spells out",
    ),
    (mention("Foobar GmbH", "DEU"), mention("Foobar", "DEU"), "a legal form"),
    (mention("Foobar GmbH", "DEU"), mention("Foobar GmbH", "RUS"), "a company in two countries"),
    (mention("Foobar University, Nigeria", ""), mention("Foobar University", "NGA"), "the country behind the name"),
]

APART = [
    (mention("Foobar University", "NGA"), mention("Foobar University", "GHA"), "universities of two countries"),
    (mention("Ministry of Education", "NGA"), mention("Ministry of Education", "GHA"), "a common name in two countries"),
    (mention("Foobar University", "NGA"), mention("Foobar Technical University", "NGA"), "one word more"),
    (mention("Foobar Technical University", "NGA"), mention("Foobar Technological University", "NGA"), "two words of one language"),
    (mention("FBU", "NGA"), mention("Foo Bar University", "NGA"), "initials alone are a question"),
    (mention("Foobar University (North)", "NGA"), mention("Foobar University (South)", "NGA"), "brackets distinguish"),
    (mention("Guangxing University", "CHN"), mention("Guangxi University", "CHN"), "one letter of pinyin is another name"),
]


@pytest.mark.parametrize(("one", "two", "why"), JOINED)
def test_the_unknown_are_joined_when_certain(one: Mention, two: Mention, why: str) -> None:
    result = resolved(one, two)
    assert result.of[one].partner_id == result.of[two].partner_id, why


@pytest.mark.parametrize(("one", "two", "why"), APART)
def test_the_unknown_stay_apart_when_not(one: Mention, two: Mention, why: str) -> None:
    result = resolved(one, two)
    assert result.of[one].partner_id != result.of[two].partner_id, why


def test_an_institute_points_to_its_academy_which_is_published_too() -> None:
    result = resolved(mention("Institute of Foobar, Chinese Academy of Sciences", "CHN"))
    by_id = {partner.id: partner for partner in result.partners}
    (new,) = (partner for partner in result.partners if partner.id.startswith("p-"))
    assert new.parent_id == "org-cas"
    assert by_id["org-cas"].forms == ()


def test_the_country_of_a_new_partner_is_that_of_most_rows() -> None:
    rows = [mention("Foobar Ltd", "NGA"), mention("Foobar Ltd", "NGA", "b"), mention("Foobar Ltd", "GHA"), mention("Foobar Ltd", "KEN GHA")]
    (partner,) = resolved(*rows).partners
    assert (partner.country_code, partner.kind, partner.forms) == ("NGA", "company", ("Foobar Ltd",))


def test_a_person_decides() -> None:
    directory = Directory(decided=Decided.aliases({"xyz": "org-tu-graz", "foo": "TU Berlin"}))
    result = directory.resolve([mention("XYZ"), mention("Foo")])
    assert {(who.partner_id, who.method) for who in result.of.values()} == {("org-tu-graz", "decision"), ("org-tu-berlin", "decision")}


def test_find_answers_refuses_or_asks() -> None:
    directory = Directory()
    assert directory.find("ТУ Грац").value == "org-tu-graz"
    with pytest.raises(Unsure) as asked:
        directory.find("UPM")
    assert set(asked.value.candidates) >= {"org-upm", "org-upm-my"}
    with pytest.raises(Unreadable):
        directory.find("no such organisation")
    assert directory.find("UPM", "ESP").value == "org-upm"


def test_what_was_resolved_is_found_again() -> None:
    directory = Directory()
    (who,) = directory.resolve([mention("Foo Bar University", "NGA")]).of.values()
    assert directory.find("foo bar university").value == who.partner_id


TEXTS = st.sampled_from([each.text for pair in (*JOINED, *APART) for each in pair[:2]] + ["TUB", "TU Berlin", "UPM", ""]) | st.text(
    max_size=30
)
MENTIONS = st.lists(
    st.builds(Mention, TEXTS, st.sets(st.sampled_from(["NGA", "DEU", "CHN"]), max_size=2).map(frozenset), st.just("")), max_size=12
)


@settings(deadline=None)  # the first call reads the lists
@given(MENTIONS, st.randoms())
def test_the_order_of_the_rows_does_not_matter(mentions: list[Mention], order: random.Random) -> None:
    shuffled = list(mentions)
    order.shuffle(shuffled)
    one, two = resolved(*mentions), resolved(*shuffled)
    assert dict(one.of) == dict(two.of)
    assert (one.partners, one.questions) == (two.partners, two.questions)
    ids = [partner.id for partner in one.partners]
    assert len(set(ids)) == len(ids)
    assert {who.partner_id for who in one.of.values()} <= set(ids)


def test_hash_seeds_do_not_matter() -> None:
    """Sets are iterated in the code; here over many names that share blocks."""
    mentions = [
        mention(text, "NGA") for text in ("Foobarian University", "Foobarjan University", "Foobarean University", "Foobarian Institute")
    ]
    assert len({repr(resolved(*random.sample(mentions, len(mentions)))) for _ in range(5)}) == 1
