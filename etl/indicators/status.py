"""Status of an agreement on a date: INDICATORS.md 3.7, a pure function of the record and the as-of date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import product
from typing import Any

from etl.indicators.calendar import last_day, plus_months, span
from etl.tables import Agreement

#: In the order in which a portfolio is read: in force first, then unknown, then over.
STATUSES: tuple[str, ...] = (
    "active", "expiring", "auto_renewed", "open_ended", "end_unknown", "not_yet", "unsigned", "expired", "terminated", "superseded",
)  # fmt: skip
IN_FORCE: frozenset[str] = frozenset({"active", "expiring", "auto_renewed", "open_ended"})
SUCCESSOR = "successor_on"
"""Column that a query may add to ``agreement``: from when the agreement that replaces this one is in force."""
HORIZON = 180
"""Days before the date of decision from which an agreement counts as expiring."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What decides the status: ISO prefixes as published, terms in months."""

    signed: str | None = None
    effective: str | None = None
    expires: str | None = None
    open_ended: bool = False
    auto_renewal: bool = False
    term: int | None = None
    notice: int | None = None
    terminated: str | None = None
    superseded: bool = False
    most_renewals: int | None = None
    successor: str | None = None

    @classmethod
    def of(cls, row: Mapping[str, Any], successor: str | None = None) -> Terms:
        """Return the terms of a row of ``agreement``; ``successor`` is the day from which the agreement that replaces it is in force."""
        return cls(
            row[Agreement.signed], row[Agreement.effective], row[Agreement.expires], bool(row[Agreement.open_ended]),
            bool(row[Agreement.auto_renewal]), row[Agreement.term], row[Agreement.notice], row[Agreement.terminated],
            bool(row[Agreement.superseded_by]), successor=successor or row.get(SUCCESSOR),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Status:
    """What holds on the as-of date.

    ``possible`` has every code that some reading of the unsharp dates gives; the status is certain when it has one. ``code`` is the one
    under the latest reading (``until 2026`` means until its last day). ``ends`` is the last day in force and ``decide_by`` the last day to
    give notice, both under that reading and absent where there is no end.
    """

    code: str
    possible: frozenset[str]
    ends: date | None = None
    decide_by: date | None = None
    renewals: int = 0

    @property
    def is_certain(self) -> bool:
        """Tell whether every reading of the dates gives the same status."""
        return len(self.possible) == 1


@dataclass(frozen=True, slots=True)
class _Dates:
    signed: date | None
    effective: date | None
    end: date | None
    terminated: date | None
    successor: date | None


@lru_cache(maxsize=262144)
def status(terms: Terms, as_of: date, horizon: int = HORIZON) -> Status:
    """Return the status of an agreement under ``terms`` on ``as_of``.

    >>> status(Terms(signed="2020", expires="2024-12-31"), date(2026, 11, 22)).code
    'expired'
    >>> half = status(Terms(signed="2020", expires="2026"), date(2026, 11, 22))
    >>> half.code, sorted(half.possible), half.is_certain
    ('expiring', ['expired', 'expiring'], False)
    """
    answers = [_sharp(terms, dates, as_of, horizon) for dates in _readings(terms, as_of, horizon)]
    return replace(answers[-1], possible=frozenset(answer.code for answer in answers))


def _readings(terms: Terms, as_of: date, horizon: int) -> Iterator[_Dates]:
    """Yield every combination of readings at which the status can change; all dates at their latest come last."""
    limits = (as_of - timedelta(days=1), as_of, as_of + timedelta(days=1), as_of + timedelta(days=horizon))
    isos = (terms.signed, terms.effective or terms.signed, terms.expires, terms.terminated, terms.successor if terms.superseded else None)
    for days in product(*(_choices(iso, limits) for iso in isos)):
        yield _Dates(*days)


def _choices(iso: str | None, limits: tuple[date, ...]) -> tuple[date | None, ...]:
    if not iso:
        return (None,)
    first, last = span(iso)
    return tuple(sorted({first, last, *(day for day in limits if first <= day <= last)}))


def _sharp(terms: Terms, dates: _Dates, as_of: date, horizon: int) -> Status:
    """Return the status under one reading of the dates, by the rules of 3.7 in their order."""
    if dates.terminated and dates.terminated <= as_of:
        return _plain("terminated", dates.terminated)
    if terms.superseded and not (dates.successor and dates.successor > as_of):
        return _plain("superseded")
    if not dates.signed:
        return _plain("unsigned")
    if dates.effective and dates.effective > as_of:
        return _plain("not_yet", dates.end)
    if terms.open_ended:
        return _plain("open_ended")
    if not dates.end:
        return _plain("end_unknown")
    if as_of <= dates.end:
        decide_by = _decision(terms, dates.end)
        return _plain("expiring" if decide_by <= as_of + timedelta(days=horizon) else "active", dates.end, decide_by)
    return _renewed(terms, dates.end, as_of) if terms.auto_renewal else _plain("expired", dates.end)


def _renewed(terms: Terms, end: date, as_of: date) -> Status:
    """Return the status of an agreement that renews itself, past its written end; without a term its end is unknown."""
    if not terms.term or terms.term < 0:
        return _plain("auto_renewed")
    # Each term begins on the day after the one before: half a year after 30 June ends on 31 December, not on the 30th.
    begins, times = end + timedelta(days=1), 0
    while last_day(begins, times * terms.term) < as_of:
        times += 1
    if terms.most_renewals is not None and times > terms.most_renewals:
        return _plain("expired", last_day(begins, terms.most_renewals * terms.term))
    ends = last_day(begins, times * terms.term)
    return Status("auto_renewed", frozenset(), ends, _decision(terms, ends), times)


def _decision(terms: Terms, end: date) -> date:
    return plus_months(end, -terms.notice) if terms.auto_renewal and terms.notice else end


def _plain(code: str, ends: date | None = None, decide_by: date | None = None) -> Status:
    return Status(code, frozenset(), ends, decide_by)
