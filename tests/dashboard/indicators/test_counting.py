from fractions import Fraction

import pytest

from dashboard.indicators.counting import concentration, effective_number, fractional, full, shannon, two_way
from dashboard.indicators.series import Change, change, sparkline

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


def test_the_open_year_never_enters_a_comparison() -> None:
    assert change({2024: 5, 2025: 3, 2026: 9}, "2026-11-22") == Change(2025, 3, 5)
    assert change({2024: 5, 2025: 3, 2026: 9}, "2026-12-31") == Change(2026, 9, 3)
    assert change({2024: 5, 2025: 3}, "2026-11-22", until=2024) == Change(2024, 5, 0)


def test_a_sparkline_of_nothing_is_empty() -> None:
    assert sparkline({}, "2026-11-22") == []
