from fractions import Fraction

import pytest

from etl.indicators.counting import concentration, effective_number, fractional, full, shannon, two_way

FIXTURE = [["CN"], ["CN", "DE"], ["CN", "DE", "FR"], ["DE"]]


def test_full_counting_of_the_fixture() -> None:
    assert full(FIXTURE) == {"CN": 3, "DE": 3, "FR": 1}


def test_fractional_counting_of_the_fixture_adds_up_to_the_records() -> None:
    counted = fractional(FIXTURE)
    assert counted == {"CN": Fraction(11, 6), "DE": Fraction(11, 6), "FR": Fraction(1, 3)}
    assert sum(counted.values()) == 4


def test_the_same_country_twice_is_one_country() -> None:
    assert fractional([["CN", "CN", "DE"]]) == {"CN": Fraction(1, 2), "DE": Fraction(1, 2)}


def test_a_record_that_names_none_is_a_category_of_its_own() -> None:
    assert full([[]]) == {"": 1}
    assert fractional([[], ["CN"]]) == {"": 1, "CN": 1}


def test_two_way_counting_adds_up_over_the_whole_matrix() -> None:
    counted = two_way([(["a", "b"], ["CN", "DE"]), ([], ["CN"]), (["a"], [])])
    assert counted[("a", "CN")] == Fraction(1, 4)
    assert sum(counted.values()) == 3


def test_diversity_of_the_fixture() -> None:
    shares = fractional(FIXTURE)
    assert shannon(shares) == pytest.approx(0.9222, abs=5e-5)
    assert effective_number(shares) == pytest.approx(2.5149, abs=5e-5)
    assert concentration(shares) == pytest.approx(0.4271, abs=5e-5)
    assert 1 / concentration(shares) == pytest.approx(2.3415, abs=5e-5)


def test_nothing_has_no_diversity() -> None:
    assert effective_number({}) == concentration({}) == 0
