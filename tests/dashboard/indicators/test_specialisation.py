from dashboard.indicators.specialisation import activity_index


def test_the_index_of_the_definition() -> None:
    # INDICATORS.md 3.4: 12/40 against 60/400
    assert activity_index(12, 60, 40, 400) == 2.0


def test_none_where_six_are_expected_is_zero_and_nothing_expected_is_no_index() -> None:
    assert activity_index(0, 60, 40, 400) == 0
    assert activity_index(0, 0, 40, 400) is None
    assert activity_index(0, 60, 40, 0) is None
