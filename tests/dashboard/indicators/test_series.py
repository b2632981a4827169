from dashboard.indicators.series import Change, change, sparkline


def test_the_open_year_never_enters_a_comparison() -> None:
    assert change({2024: 5, 2025: 3, 2026: 9}, "2026-11-22") == Change(2025, 3, 5)
    assert change({2024: 5, 2025: 3, 2026: 9}, "2026-12-31") == Change(2026, 9, 3)
    assert change({2024: 5, 2025: 3}, "2026-11-22", until=2024) == Change(2024, 5, 0)


def test_a_sparkline_of_nothing_is_empty() -> None:
    assert sparkline({}, "2026-11-22") == []
