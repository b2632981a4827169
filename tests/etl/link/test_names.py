import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.link.partner.names import acronyms, analyse, is_acronym, key, kind, split_brackets, split_country

SAME_WORDS = [
    ("University of Porto", "Porto University", "'of' and the order"),
    ("Technische Universität Ilmenau", "Ilmenau University of Technology", "German and English"),
    ("Universidad de Boyacá", "University of Boyacá", "Spanish and English"),
    ("Чжэцзянский технологический университет", "Zhejiang Technological University", "Palladius and pinyin"),
    ("Ташкентский финансовый институт", "Tashkent Financial Institute", "an adjective and its city"),
    ("Индийский институт технологий Мадраса", "Indian Institute of Technology Madras", "a genitive"),
    ("Univ. of Ljubljana", "University of Ljubljana", "abbreviated"),
    ("Univeristy of Ljubljana", "University of Ljubljana", "misspelt"),
    ("湖南大学", "Hunan University", "Chinese without spaces"),
]

OTHER_WORDS = [
    ("Guangxi University", "Guangdong University", "the rare word differs"),
    ("Xi'an University of Technology", "Xi'an Technology Institute", "the institution differs"),
    ("Jiangsu University", "Jiangsu Normal University", "one word more"),
    ("National Library of Scotland", "National Library of Wales", "parts of one state"),
]


@pytest.mark.parametrize(("one", "two", "why"), SAME_WORDS)
def test_names_that_say_the_same_in_any_language(one: str, two: str, why: str) -> None:
    assert analyse(one).loose == analyse(two).loose, why


@pytest.mark.parametrize(("one", "two", "why"), OTHER_WORDS)
def test_names_that_do_not_say_the_same(one: str, two: str, why: str) -> None:
    assert analyse(one).loose != analyse(two).loose, why


def test_technical_and_technological_are_told_apart_within_one_language() -> None:
    assert analyse("Xi'an Technological University").strict != analyse("Xi'an University of Technology").strict


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("The University of Zambia", "university zambia"),
        ("Inner\u00a0Mongolia Carbon Valley Technology Co.", "inner mongolia carbon valley technology"),
        ("ООО «Сименс»", "сименс"),
        ("Technical University of Madrid (UPM)", "technical university madrid"),
        ("China University of Petroleum (East China)", "china university petroleum east china"),
        ("Massachusetts Institute of Technology - MIT", "massachusetts institute technology"),
        ("Đại học Y Hà Nội", "đai hoc y ha noi".replace("đ", "d")),
    ],
)
def test_key_keeps_what_distinguishes(name: str, expected: str) -> None:
    assert key(name) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TUHH", True),
        ("PolyU", True),
        ("ФерПИ", True),
        ("JSC", False),
        ("BEIHANG", True),
        ("GUNADARMA", False),
        ("TU Graz", False),
        ("", False),
    ],
)
def test_what_is_an_acronym(text: str, expected: bool) -> None:
    assert is_acronym(text) is expected


def test_an_acronym_behind_a_comma_is_its_own_only_by_its_initials() -> None:
    assert acronyms("Institute of Physics, CAS") == ()
    assert acronyms("Delft University of Technology, DUT") == ("DUT",)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ministry of Higher Education of Cuba", "government"),
        ("Fergana Polytechnic Institute", "university"),
        ("Chinese Academy of Sciences", "academy"),
        ("Institute for Implant Technology and Biomaterials", "institute"),
        ("Россий­ско-Африканский сетевой университет", "network"),
        ("Inner Mongolia Carbon Valley Technology Co.", "company"),
        ("Russian House in Damascus", "other"),
    ],
)
def test_kind_by_words(name: str, expected: str) -> None:
    assert kind(name) == expected


def test_brackets_and_countries_are_split_off() -> None:
    assert split_brackets("Tsinghua University (Beijing) (China)") == ("Tsinghua University", ("Beijing", "China"))
    assert split_country("Университет Цинхуа, КНР") == ("Университет Цинхуа", "CHN")
    assert split_country("Ministry of Education of Cuba") == ("Ministry of Education of Cuba", "")


@settings(deadline=None)  # the first call reads the lists
@given(st.text())
def test_any_text_is_analysed(text: str) -> None:
    said = analyse(text)
    assert said.squeezed == said.key.replace(" ", "")
    assert acronyms(text) is not None
    assert kind(text)


@settings(deadline=None)  # the first call reads the lists
@given(st.sampled_from([one for one, _, _ in SAME_WORDS]))
def test_the_key_of_a_key_is_the_key(name: str) -> None:
    assert key(key(name)) == key(name)
