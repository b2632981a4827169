"""How the chosen agreements stand on the as-of date: counted and listed from what :mod:`dashboard.query.prepared` has worked out once."""

from __future__ import annotations

from collections import Counter
from datetime import date

import duckdb
import numpy as np

from dashboard.filters import Selection
from dashboard.indicators.reasons import REASONS
from dashboard.indicators.runway import DECISIONS, Decision
from dashboard.indicators.standings import STAGES
from dashboard.indicators.survival import ENDINGS, Watched
from dashboard.query.held_agreements import Standings
from dashboard.query.held_parts import Flags, Ints, Records
from dashboard.query.ways import view_of
from etl.indicators.status import STATUSES

#: Counts of agreements: by status the number and how many of them are not certain.
ByStatus = list[tuple[str, int, int]]


def _of(db: duckdb.DuckDBPyConnection, selection: Selection) -> tuple[Standings, Ints, list[str]]:
    """Return the standings of all agreements, the numbers of the chosen ones, and the ids of all."""
    view = view_of(db)
    return view.held.standings, view.chosen("agreement", selection), view.held.records["agreement"].ids


def by_status(db: duckdb.DuckDBPyConnection, selection: Selection) -> ByStatus:
    """Return each status that occurs, in the order of :data:`STATUSES`, with its agreements and how many of them are not certain."""
    found, at, _ = _of(db, selection)
    n = np.bincount(found.status[at], minlength=len(STATUSES))
    unsure = np.bincount(found.status[at], weights=~found.certain[at], minlength=len(STATUSES))
    return [(code, int(n[i]), int(unsure[i])) for i, code in enumerate(STATUSES) if n[i]]


def decisions(db: duckdb.DuckDBPyConnection, selection: Selection, as_of: date, until: date) -> list[Decision]:
    """Return what is due from ``as_of`` to ``until``, both inclusive, the first day first."""
    return first_decisions(db, selection, as_of, until, None)[0]


def first_decisions(
    db: duckdb.DuckDBPyConnection, selection: Selection, as_of: date, until: date, most: int | None
) -> tuple[list[Decision], int, date | None]:
    """Return the first ``most`` of :func:`decisions`, how many there are, and the day of the last."""
    found, at, ids = _of(db, selection)
    first, last = as_of.toordinal(), until.toordinal()
    within = [at[(found.due[kind][at] >= first) & (found.due[kind][at] <= last)] for kind in DECISIONS]
    who = np.concatenate(within)
    what = np.repeat(np.arange(len(DECISIONS)), [len(each) for each in within])
    days = np.concatenate([found.due[kind][each] for kind, each in zip(DECISIONS, within, strict=True)])
    order = np.lexsort((what, who, days))
    listed = [
        Decision(date.fromordinal(day), ids[i], DECISIONS[kind], sharp)
        for day, i, kind, sharp in zip(*(each[order[:most]].tolist() for each in (days, who, what, found.sharp[who])), strict=True)
    ]
    return listed, len(order), date.fromordinal(int(days.max())) if len(order) else None


def due_by_month(db: duckdb.DuckDBPyConnection, selection: Selection, as_of: date, until: date) -> dict[tuple[str, str], tuple[int, int]]:
    """Return (kind, month as ``2026-11``) -> how many are due in it, and of how many only the month or the year is known."""
    found, at, _ = _of(db, selection)
    first = np.datetime64("0001-01-01", "D") - 1
    counted: dict[tuple[str, str], tuple[int, int]] = {}
    for kind in DECISIONS:
        days = found.due[kind][at]
        due = (days >= as_of.toordinal()) & (days <= until.toordinal())
        months, place = np.unique((first + days[due]).astype("datetime64[M]"), return_inverse=True)
        n, unsure = np.bincount(place), np.bincount(place, weights=~found.sharp[at][due])
        for month, number, some in zip(months.astype(str).tolist(), n.tolist(), unsure.tolist(), strict=True):
            counted[kind, month] = number, int(some)
    return counted


def due_agreements(db: duckdb.DuckDBPyConnection, selection: Selection, as_of: date, until: date) -> tuple[int, int]:
    """Return of how many agreements anything is due in that time, and of how many more than their renewal."""
    found, at, _ = _of(db, selection)
    within = {kind: (found.due[kind][at] >= as_of.toordinal()) & (found.due[kind][at] <= until.toordinal()) for kind in DECISIONS}
    ending = within["end"] | within["notice"]
    return int(np.count_nonzero(ending | within["renewal"])), int(np.count_nonzero(ending))


def by_decision(db: duckdb.DuckDBPyConnection, selection: Selection, as_of: date, most: int | None = None) -> tuple[list[str], int, int]:
    """Return the ids of the first ``most`` chosen agreements with a known beginning, how many have one, and of how many the end is known.

    Decisions ahead come first, by their day; then ends behind, and then what has no known end by its beginning, the latest first.
    """
    view = view_of(db)
    found, mask = view.held.standings, view.mask("agreement", selection)
    order = view.held.once(("by decision", as_of), lambda: _by_decision(found, as_of))
    at = order[mask[order]]
    ids = view.held.records["agreement"].ids
    return [ids[i] for i in at[:most].tolist()], len(at), int(np.count_nonzero(found.ends[at] > 0))


def _by_decision(found: Standings, as_of: date) -> Ints:
    """Return all agreements with a known beginning in the order of their decisions."""
    at = np.flatnonzero(found.begins > 0)
    ahead, ended = found.decide[at] >= as_of.toordinal(), found.ends[at] > 0
    group = np.where(ahead, 0, np.where(ended, 1, 2))
    day = np.where(ahead, found.decide[at], -np.where(ended, found.ends[at], found.begins[at]))
    return at[np.lexsort((at, day, group))]


def asking(db: duckdb.DuckDBPyConnection, selection: Selection) -> dict[str, list[str]]:
    """Return reason -> the ids of the agreements that ask for a decision for it, the first to ask first."""
    found, at, ids = _of(db, selection)
    chosen = np.zeros(len(ids), bool)
    chosen[at] = True
    order = found.asking[chosen[found.asking]]
    return {code: [ids[i] for i in order[found.reason[order] == number].tolist()] for number, code in enumerate(REASONS)}


def activities(db: duckdb.DuckDBPyConnection, ids: list[str]) -> dict[str, tuple[str | None, str | None]]:
    """Return id -> the day of the activity that its reason speaks of, and of its latest news; absent where there is none."""
    view = view_of(db)
    found, at = view.held.standings, view.held.numbers("agreement", ids)
    return {id_: (found.activity[i] or None, found.news[i] or None) for id_, i in zip(ids, at, strict=True)}


def silent(db: duckdb.DuckDBPyConnection, selection: Selection) -> tuple[int, int]:
    """Return of how many agreements the end is not stated, and how many of these have been silent for long."""
    found, at, _ = _of(db, selection)
    unknown = found.status[at] == STATUSES.index("end_unknown")
    return int(np.count_nonzero(unknown)), int(np.count_nonzero(unknown & found.silent[at]))


def stages(db: duckdb.DuckDBPyConnection, selection: Selection) -> dict[str, list[str]]:
    """Return stage -> the ids of the agreements that reached it, each stage within the one before."""
    found, at, ids = _of(db, selection)
    return {code: [ids[i] for i in at[found.stages[at] > number].tolist()] for number, code in enumerate(STAGES)}


def cohort(db: duckdb.DuckDBPyConnection, selection: Selection) -> tuple[list[int], list[int]]:
    """Return how many agreements reached each stage, and the first and last year of signature (0 where none is known)."""
    found, at, _ = _of(db, selection)
    years = view_of(db).held.records["agreement"].years[at]
    known = years[years > 0]
    numbers = [int(np.count_nonzero(found.stages[at] > number)) for number in range(len(STAGES))]
    return numbers, [int(known.min()), int(known.max())] if len(known) else [0, 0]


def kinds(db: duckdb.DuckDBPyConnection, selection: Selection) -> Counter[str]:
    """Return combination of kinds of outcomes (joined by ``+``; empty for none) -> agreements that have it."""
    found, at, _ = _of(db, selection)
    n = np.bincount(found.kind[at], minlength=len(found.kinds)).tolist()
    return Counter({code: number for code, number in zip(found.kinds, n, strict=True) if number})


def kinds_of_each(db: duckdb.DuckDBPyConnection, selection: Selection) -> list[tuple[str, str]]:
    """Return the id and the combination of each chosen agreement, by id."""
    found, at, ids = _of(db, selection)
    return [(ids[i], found.kinds[found.kind[i]]) for i in at.tolist()]


def without_outcome(db: duckdb.DuckDBPyConnection, selection: Selection, most: int) -> tuple[int, list[str]]:
    """Return how many chosen agreements have no outcome, and the first ``most`` of them: by status, then the oldest."""
    found, at, ids = _of(db, selection)
    none: Flags = np.zeros(len(ids), bool)
    none[at] = True
    none &= np.array([not code for code in found.kinds], bool)[found.kind]
    return int(np.count_nonzero(none)), [ids[i] for i in found.oldest[none[found.oldest]][:most].tolist()]


class Waits:
    """How long the chosen agreements waited for a first outcome: arrays of the same length, the shortest wait first.

    There is one entry per agreement of the cohort: each that can be placed in time. ``chosen`` is how many there are in all.
    """

    def __init__(self, found: Standings, at: Ints, chosen: int, records: Records) -> None:
        """Take the agreements ``at`` these numbers, which stand in the order of their waits."""
        self._ids, self.at, self.chosen = records.ids, at, chosen
        self.months, self.ending = found.waited[at], found.ending[at]
        self.outside = {name: numbers[at] for name, numbers in found.outside.items()}
        self.codes, self.type = records.kinds, records.kind[at]

    def placed(self) -> Flags:
        """Return of which it is known how long they waited: not when all that came of them has no date."""
        found: Flags = (self.ending == ENDINGS.index("event")) | (self.outside["undated"] == 0)
        return found

    def seen(self, which: Flags) -> Watched:
        """Return how long each was seen, and what ended that."""
        return Watched(self.months[which], self.ending[which])

    def ids(self, which: Flags) -> list[str]:
        """Return the ids."""
        return [self._ids[i] for i in sorted(self.at[which].tolist())]


def waits(db: duckdb.DuckDBPyConnection, selection: Selection) -> Waits:
    """Return the waits of the chosen agreements."""
    view = view_of(db)
    found, mask = view.held.standings, view.mask("agreement", selection)
    order = view.held.once("by wait", lambda: _by_wait(found))
    return Waits(found, order[mask[order]], int(np.count_nonzero(mask)), view.held.records["agreement"])


def _by_wait(found: Standings) -> Ints:
    """Return the agreements that can be placed in time, the shortest wait first."""
    at = np.flatnonzero(found.ending >= 0)
    return at[np.argsort(found.waited[at], kind="stable")]
