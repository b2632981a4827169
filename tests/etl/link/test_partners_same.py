import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.link.partners import similar

CASES = Path(__file__).parents[2] / "cases"


def cases(name: str) -> list[tuple[str, str, str]]:
    with (CASES / name).open(encoding="utf-8", newline="") as file:
        return [(row["a"], row["b"], row["why"]) for row in csv.DictReader(file)]


@pytest.mark.parametrize(("a", "b", "why"), cases("organisations_that_are_not_the_same.csv"))
def test_organisations_that_are_not_the_same(a: str, b: str, why: str) -> None:
    assert similar(a, b).verdict != "same", why
    assert similar(a, b).score < 0.9, why


@pytest.mark.parametrize(("a", "b", "why"), cases("organisations_that_are_the_same.csv"))
def test_organisations_that_are_the_same(a: str, b: str, why: str) -> None:
    assert similar(a, b).verdict == "same", why
    assert similar(a, b).score >= 0.9, why


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("University of Adelaide", "UA"),
        ("University of Minnesota", "University of Minnesota, Duluth"),
        ("Otago State University", "Otago University"),
    ],
)
def test_what_may_be_the_same_is_asked(a: str, b: str) -> None:
    assert similar(a, b).verdict == "review"


def test_names_with_different_figures_are_different() -> None:
    assert similar("Foo School 1234567", "School Foo 1234568").verdict == "different"


names = (
    st.sampled_from([name for file in sorted(CASES.glob("organisations_*.csv")) for a, b, _ in cases(file.name) for name in (a, b)])
    | st.text()
)


@settings(deadline=None)  # the first call reads the lists
@given(names, names)
def test_the_order_of_two_names_does_not_matter(a: str, b: str) -> None:
    assert similar(a, b) == similar(b, a)
    assert 0 <= similar(a, b).score <= 1


@settings(deadline=None)  # the first call reads the lists
@given(names.filter(lambda name: any(letter.isalnum() for letter in name)))
def test_a_name_is_the_same_as_itself(name: str) -> None:
    assert similar(name, f" {name} ").verdict in ("same", "different")
    assert similar(name, name) == similar(name, f"{name} ")
