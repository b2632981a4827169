"""Checked against the fixture of INDICATORS.md 3.8 and against recomputations that share no code with the estimators."""

import random
from fractions import Fraction
from math import exp, log, sqrt

import pytest

from dashboard.indicators.survival import Seen, Watched, at_risk, curve_of, incidence, survival, trusted

FIXTURE: list[Seen] = [(1, "event"), (2, "open"), (3, "event"), (4, "event"), (5, "open")]


def test_the_fixture_of_the_definition() -> None:
    assert [step.time for step in survival(FIXTURE)] == [1, 3, 4]
    assert [step.estimate for step in survival(FIXTURE)] == pytest.approx([0.8, 8 / 15, 4 / 15])
    assert [step.at_risk for step in survival(FIXTURE)] == [5, 3, 2]


def test_the_interval_is_log_log_with_greenwoods_variance() -> None:
    step = survival(FIXTURE)[1]
    greenwood = sqrt(1 / (5 * 4) + 1 / (3 * 2))
    theta = exp(1.959963984540054 * greenwood / log(8 / 15))
    assert (step.low, step.high) == pytest.approx(((8 / 15) ** (1 / theta), (8 / 15) ** theta))
    assert 0 < step.low < step.estimate < step.high < 1


def random_seen(chance: random.Random, others: bool = True) -> list[Seen]:
    endings = ["event", "open", "other"] if others else ["event", "open"]
    return [(chance.randint(0, 12), chance.choice(endings)) for _ in range(chance.randint(1, 40))]


def brute_survival(seen: list[Seen], time: float) -> Fraction:
    left = Fraction(1)
    for moment in sorted({t for t, ending in seen if ending == "event" and t <= time}):
        waiting = [t for t, _ in seen if t >= moment]
        happened = [t for t, ending in seen if ending == "event" and t == moment]
        left *= Fraction(len(waiting) - len(happened), len(waiting))
    return left


def redistributed(seen: list[Seen], time: float) -> float:
    """The cumulative incidence by another way: the weight of each who is lost is divided among those who are still seen (Efron)."""
    order = {"event": 0, "other": 0, "open": 1}
    people = sorted(seen, key=lambda each: (each[0], order[each[1]]))
    weights = [1.0 / len(people)] * len(people)
    share = 0.0
    for i, (when, ending) in enumerate(people):
        if ending == "event" and when <= time:
            share += weights[i]
        elif ending == "open" and i + 1 < len(people):
            for j in range(i + 1, len(people)):
                weights[j] += weights[i] / (len(people) - i - 1)
    return share


@pytest.mark.parametrize("seed", range(60))
def test_both_equal_an_independent_recomputation(seed: int) -> None:
    chance = random.Random(seed)
    seen = random_seen(chance)
    for step in survival(seen):
        assert step.estimate == pytest.approx(float(brute_survival(seen, step.time)))
        assert step.at_risk == sum(t >= step.time for t, _ in seen) == at_risk(Watched.of(seen), step.time)
    for step in incidence(seen):
        assert step.estimate == pytest.approx(redistributed(seen, step.time))
        assert 0 <= step.low <= step.estimate + 1e-12 and step.estimate - 1e-12 <= step.high <= 1


@pytest.mark.parametrize("seed", range(40))
def test_without_other_endings_the_incidence_is_what_is_left_over_interval_and_all(seed: int) -> None:
    seen = random_seen(random.Random(seed), others=False)
    for alive, share in zip(survival(seen), incidence(seen), strict=True):
        assert share.estimate == pytest.approx(1 - alive.estimate)
        assert (share.low, share.high) == pytest.approx((1 - alive.high, 1 - alive.low), abs=1e-9)


def test_endings_that_rule_the_event_out_are_no_losses() -> None:
    seen: list[Seen] = [(1, "other")] * 5 + [(2, "event")] * 5
    assert incidence(seen)[-1].estimate == pytest.approx(0.5)
    assert 1 - survival(seen)[-1].estimate == pytest.approx(1.0), "which is why 1 - S would flatter"


def test_nothing_one_and_ties() -> None:
    assert survival([]) == incidence([]) == []
    assert survival([(3, "open")]) == []
    (one,) = incidence([(3, "event")])
    assert (one.estimate, one.low, one.high, one.at_risk) == (1, 1, 1, 1)
    (tied,) = incidence([(2, "event"), (2, "event"), (2, "open"), (2, "open")])
    assert (tied.estimate, tied.events) == (0.5, 2), "who is lost at the time of an event was still waiting"


def test_the_median_and_where_a_curve_may_still_be_believed() -> None:
    assert curve_of(Watched.of(FIXTURE)).median() == 4
    assert curve_of(Watched.of(FIXTURE)).median(2) is None
    assert curve_of(Watched.of([(1, "event"), (2, "open"), (3, "open")])).median() is None
    assert trusted(Watched.of(FIXTURE), 3) == 3
    assert trusted(Watched.of(FIXTURE), 6) == 0
