import pytest

from etl.link.partners import similar
from etl.link.same.short_names import abbreviates, remarked, standing, with_remark

SHORT = [
    # short     the name it shortens                                   another that it does not
    ("ТюмГУ", "Тюменский государственный университет", "Томский государственный университет"),
    ("РЭУ", "Российский экономический университет", "Российский университет транспорта"),
    ("ННГАСУ", "Нижегородский государственный архитектурно-строительный университет", "Нижегородский государственный университет"),
    ("KPI", "Киевский политехнический институт", "Киевский торговый университет"),
    ("UGent", "Universiteit Gent", "Universiteit Leiden"),
]


@pytest.mark.parametrize(("short", "name", "other"), SHORT)
def test_an_acronym_is_explained_by_its_name_best(short: str, name: str, other: str) -> None:
    assert abbreviates(short, name) > abbreviates(short, other)


def test_a_branch_and_a_house_elsewhere_stand_behind_the_main_house() -> None:
    main = standing("ВГУ", "Воронежский государственный университет, Воронеж")
    elsewhere = standing("ВГУ", "Воронежский государственный университет, Лиски")
    branch = standing("ВГУ", "Филиал Воронежского государственного университета, Борисоглебск")
    assert main == 1 > elsewhere > branch


def test_a_remark_tells_which_of_two_is_meant() -> None:
    short = with_remark("РГУ им. Есенина")
    assert short is not None
    assert remarked(*short, "Рязанский государственный университет имени С. А. Есенина") > remarked(
        *short, "Российский государственный университет нефти и газа"
    )


@pytest.mark.parametrize("name", ["Томский политех", "", "ГУ", "Graz University of Technology"])
def test_a_name_without_an_acronym_or_remark_is_no_short_name(name: str) -> None:
    found = with_remark(name)
    assert found is None or found[1] == ""


@pytest.mark.parametrize("name", ["", "(((", "при", "НИИ, ", "1 2 3"])
def test_odd_names_are_abbreviated_by_nothing(name: str) -> None:
    assert abbreviates("МГУ", name) < 0.5


def test_initials_are_a_question_and_never_an_answer() -> None:
    said = similar("СГТУ", "Саратовский государственный технический университет")
    assert said.verdict == "review"
