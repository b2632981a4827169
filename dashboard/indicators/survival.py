"""From a start to a first event, seen only in part: Kaplan and Meier, and the cumulative incidence where something else can come first.

INDICATORS.md 3.8. A share of those "with an event so far" is biased down for the young; these estimators count each for as long as
it was seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

#: What ended the wait: the event, something that rules the event out, or nothing yet.
Ending = Literal["event", "other", "open"]
ENDINGS: tuple[Ending, ...] = ("event", "other", "open")
Seen = tuple[float, Ending]
NORMAL = 1.959963984540054
"""The 97.5th percentile of the normal distribution: intervals are 95 %."""
_TINY = 1e-9


class Watched(NamedTuple):
    """The same of many at once: the times in their order, and the number of each ending in :data:`ENDINGS`."""

    times: npt.NDArray[np.float64]
    endings: npt.NDArray[np.int64]

    @classmethod
    def of(cls, seen: Iterable[Seen]) -> Watched:
        """Return ``seen`` as arrays."""
        pairs = sorted(seen, key=lambda each: each[0])
        return cls(np.array([time for time, _ in pairs], float), np.array([ENDINGS.index(ending) for _, ending in pairs], np.int64))


@dataclass(frozen=True, slots=True)
class Step:
    """The estimate from ``time`` on. ``at_risk`` were still waiting just before it; ``events`` happened at it."""

    time: float
    estimate: float
    low: float
    high: float
    at_risk: int
    events: int


@dataclass(frozen=True, slots=True)
class Curve:
    """An estimate as arrays, one entry for each time of an event: thousands of steps, of which few are drawn."""

    times: npt.NDArray[np.float64]
    share: npt.NDArray[np.float64]
    error: npt.NDArray[np.float64]
    at_risk: npt.NDArray[np.float64]
    events: npt.NDArray[np.float64]

    def step(self, at: int) -> Step:
        """Return the step with this number, and its interval."""
        share = float(self.share[at])
        low, high = _log_log(1 - share, float(self.error[at]))
        return Step(float(self.times[at]), share, 1 - high, 1 - low, int(self.at_risk[at]), int(self.events[at]))

    def until(self, time: float) -> int:
        """Return how many steps there are up to ``time``, inclusive."""
        return int(np.searchsorted(self.times, time, side="right"))

    def median(self, steps: int | None = None) -> float | None:
        """Return the first time by which half have had the event, within the first ``steps``; nothing when fewer had it."""
        half = np.flatnonzero(self.share[:steps] >= 0.5 - _TINY)
        return float(self.times[half[0]]) if len(half) else None


def survival(seen: Iterable[Seen]) -> list[Step]:
    """Return S(t) at each time of an event, by Kaplan and Meier; the interval is log-log with Greenwood's variance.

    >>> fixture = [(1, "event"), (2, "open"), (3, "event"), (4, "event"), (5, "open")]
    >>> [round(step.estimate, 4) for step in survival(fixture)]
    [0.8, 0.5333, 0.2667]
    """
    known, alive, sum_, steps = sorted(seen, key=lambda each: each[0]), 1.0, 0.0, list[Step]()
    for time, at_risk, events, _ in _times(known):
        if not events:
            continue
        alive *= 1 - events / at_risk
        sum_ += events / (at_risk * (at_risk - events)) if at_risk > events else 0.0
        low, high = _log_log(alive, alive * sqrt(sum_))
        steps.append(Step(time, alive, low, high, at_risk, events))
    return steps


def incidence(seen: Iterable[Seen]) -> list[Step]:
    """Return every step of the curve of ``seen``.

    >>> [round(step.estimate, 4) for step in incidence([(1, "event"), (2, "other"), (3, "event"), (4, "open")])]
    [0.25, 0.5]
    """
    found = curve_of(Watched.of(seen))
    return [found.step(at) for at in range(len(found.times))]


def curve_of(known: Watched) -> Curve:
    """Return the share with the event by each time of one, by Aalen and Johansen; without other endings it is 1 - S(t), interval and all.

    The variance is that of the delta method (Choudhury 2002, Statistics in Medicine 21:1129), which is then Greenwood's. It is the sum of
    (share now - share)^2 a + b - 2 (share now - share) c over the times, taken apart so that each step is as cheap as the first.
    """
    is_first = np.diff(known.times, prepend=-np.inf) > 0
    times, place = known.times[is_first], np.cumsum(is_first) - 1
    number = np.bincount(place, minlength=len(times))
    ended = [np.bincount(place, weights=known.endings == ENDINGS.index(each), minlength=len(times)) for each in ("event", "other")]
    kept = ended[0] + ended[1] > 0
    at_risk = (len(known.times) - np.cumsum(number) + number)[kept].astype(float)
    times, events, gone = times[kept], ended[0][kept], (ended[0] + ended[1])[kept]
    alive = np.concatenate([[1.0], np.cumprod(1 - gone / at_risk)])[:-1]
    share = np.cumsum(alive * events / at_risk)
    left = at_risk - gone
    a = np.where(left > 0, gone / (at_risk * np.where(left > 0, left, 1.0)), 0.0)
    b, c = alive**2 * (at_risk - events) * events / at_risk**3, alive * events / at_risk**2
    variance = share**2 * np.cumsum(a) - 2 * share * np.cumsum(a * share) + np.cumsum(a * share**2) + np.cumsum(b)
    error = np.sqrt(np.maximum(variance - 2 * (share * np.cumsum(c) - np.cumsum(c * share)), 0.0))
    happened = events > 0
    return Curve(times[happened], share[happened], error[happened], at_risk[happened], events[happened].astype(float))


def _times(known: Sequence[Seen]) -> Iterable[tuple[float, int, int, int]]:
    """Yield each distinct time in order, how many were at risk just before it, how many events and how many other endings it has."""
    at = 0
    while at < len(known):
        time, until = known[at][0], at
        while until < len(known) and known[until][0] == time:
            until += 1
        endings = [ending for _, ending in known[at:until]]
        yield time, len(known) - at, endings.count("event"), endings.count("other")
        at = until


def _log_log(estimate: float, error: float) -> tuple[float, float]:
    """Return the 95 % interval of a survival ``estimate`` with standard ``error`` on the log(-log) scale: never outside 0 to 1."""
    if not _TINY < estimate < 1 - _TINY:  # what floating point leaves of 0 and 1
        return estimate, estimate
    width = NORMAL * error / (estimate * abs(log(estimate)))
    return estimate ** exp(width), estimate ** exp(-width)


def at_risk(seen: Watched, time: float) -> int:
    """Return how many were still waiting just before ``time``."""
    return len(seen.times) - int(np.searchsorted(seen.times, time, side="left"))


def trusted(seen: Watched, fewest: int) -> float:
    """Return the last time at which at least ``fewest`` were still waiting: beyond it a curve says little. 0 when there never were."""
    return float(seen.times[-fewest]) if len(seen.times) >= fewest else 0.0
