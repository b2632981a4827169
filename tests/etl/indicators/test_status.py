from datetime import date, timedelta

import pytest

from etl.indicators.calendar import last_day, plus_months, span
from etl.indicators.status import IN_FORCE, STATUSES, Terms, status

D = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("terms", "code", "why"),
    [
        (Terms("2020-01-01", expires="2030-12-31", terminated="2021-05-05"), "terminated", "termination comes first"),
        (Terms("2020-01-01", expires="2030-12-31", terminated="2027-01-01"), "active", "a termination to come is none yet"),
        (Terms("2020-01-01", superseded=True), "superseded", "replaced"),
        (Terms(expires="2030-12-31"), "unsigned", "without a date of signature nothing is in force"),
        (Terms("2026-01-01", effective="2027-01-01"), "not_yet", "signed, in force later"),
        (Terms("2020-01-01", open_ended=True), "open_ended", "no end agreed"),
        (Terms("2020-01-01"), "end_unknown", "neither active nor expired"),
        (Terms("2020-01-01", expires="2030-12-31"), "active", "the end is far"),
        (Terms("2020-01-01", expires="2026-11-22"), "expiring", "the end is inclusive"),
        (Terms("2020-01-01", expires="2026-11-21"), "expired", "over since yesterday"),
        (Terms("2020-01-01", expires="2027-05-21"), "expiring", "exactly 180 days"),
        (Terms("2020-01-01", expires="2027-05-22"), "active", "181 days"),
        (Terms("2020-01-01", expires="2027-08-31", auto_renewal=True, notice=6), "expiring", "notice is due long before the end"),
        (Terms("2020-01-01", expires="2027-08-31", notice=6), "active", "without renewal the notice does not matter"),
        (Terms("2020-01-01", expires="2025-08-31", auto_renewal=True, term=12), "auto_renewed", "renewed twice"),
        (Terms("2020-01-01", expires="2024-08-31", auto_renewal=True, term=12, most_renewals=1), "expired", "renewed as often as allowed"),
    ],
)
def test_the_status_follows_the_rules_in_their_order(terms: Terms, code: str, why: str) -> None:
    found = status(terms, D)
    assert found.code == code, why
    assert found.is_certain


def test_the_last_day_of_a_renewed_agreement_is_counted_in_calendar_terms() -> None:
    found = status(Terms("2020-01-01", expires="2025-08-31", auto_renewal=True, term=6, notice=2), D)
    assert (found.ends, found.renewals, found.decide_by) == (date(2027, 2, 28), 3, date(2026, 12, 28))


def test_a_year_is_an_interval_and_the_status_only_possible() -> None:
    found = status(Terms("2020", expires="2026"), D)
    assert found.code == "expiring"
    assert found.possible == {"expiring", "expired"}
    assert not found.is_certain
    assert found.ends == date(2026, 12, 31)


def test_an_unsharp_date_that_cannot_matter_leaves_the_status_certain() -> None:
    assert status(Terms("2020", expires="2024"), D).is_certain
    assert status(Terms("2020-03", expires="2029"), D).is_certain


def test_every_status_between_the_ends_of_the_interval_is_found() -> None:
    assert status(Terms("2020", expires="2026"), date(2026, 3, 1)).possible == {"expired", "expiring", "active"}


def test_a_signature_within_the_year_of_the_as_of_date_may_lie_ahead() -> None:
    assert status(Terms("2026", expires="2030"), D).possible == {"active", "not_yet"}


def test_an_unsharp_status_has_every_code_that_a_day_of_the_interval_gives() -> None:
    for iso in ("2026", "2026-11", "2027", "2027-05"):
        first, last = span(iso)
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        tried = {status(Terms("2020-01-01", expires=day.isoformat()), D).code for day in days}
        assert status(Terms("2020-01-01", expires=iso), D).possible == tried, iso


def test_unknown_ends_are_never_in_force() -> None:
    assert "end_unknown" in STATUSES
    assert not {"end_unknown", "unsigned", "expired"} & IN_FORCE


def test_five_years_from_the_first_of_september_end_on_the_last_of_august() -> None:
    assert last_day(date(2020, 9, 1), 60) == date(2025, 8, 31)


def test_a_year_after_the_leap_day_is_the_28th() -> None:
    assert plus_months(date(2020, 2, 29), 12) == date(2021, 2, 28)


def test_an_agreement_is_superseded_only_once_its_successor_is_in_force() -> None:
    later = Terms("2020-01-01", expires="2030-12-31", superseded=True, successor="2027-01-01")
    assert status(later, D).code == "active"
    assert status(later, date(2027, 1, 1)).code == "superseded"
    assert status(Terms("2020-01-01", expires="2030-12-31", superseded=True, successor="2026"), D).possible == {"active", "superseded"}
    assert status(Terms("2020-01-01", expires="2030-12-31", successor="2020-01-01"), D).code == "active", "a date alone replaces nothing"


def test_a_renewed_term_ends_on_the_day_before_the_next_one_begins() -> None:
    half = Terms("2020-01-01", expires="2026-06-30", auto_renewal=True, term=6)
    assert status(half, D).ends == date(2026, 12, 31)
    leap = Terms("2020-01-01", expires="2023-02-28", auto_renewal=True, term=12)
    assert status(leap, date(2024, 2, 29)).ends == date(2024, 2, 29)
    assert status(Terms("2020-01-01", expires="2020-02-29", auto_renewal=True, term=12), date(2020, 6, 1)).ends == date(2021, 2, 28)


def test_a_term_that_makes_no_sense_is_no_term() -> None:
    assert status(Terms("2020-01-01", expires="2024-06-30", auto_renewal=True, term=-6), D).ends is None


def test_the_number_of_renewals_is_the_smallest_that_reaches_the_day() -> None:
    for term in (1, 5, 12, 36):
        for back in (1, 30, 365, 366, 4000):
            end = D - timedelta(days=back)
            found = status(Terms("2000-01-01", expires=end.isoformat(), auto_renewal=True, term=term), D)
            assert found.ends is not None and found.ends >= D
            assert last_day(end + timedelta(days=1), (found.renewals - 1) * term) < D
