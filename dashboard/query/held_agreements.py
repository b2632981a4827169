"""How the agreements stand, as arrays in the order of their ids: read from the table that :mod:`dashboard.query.prepared` makes."""

# ruff: noqa: S608 - names come from the contract and from this package, there are no values

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb
import numpy as np

from dashboard.indicators.reasons import REASONS
from dashboard.indicators.stock import IN_STOCK, NO_END, days, standing
from dashboard.indicators.survival import ENDINGS
from dashboard.query.chosen import STATUS, STATUS_TABLE
from dashboard.query.held_parts import Flags, Floats, Ints
from dashboard.query.terms import STARTS, terms_of_all
from etl.indicators.status import STATUSES
from etl.tables import Agreement

DUE = ("end", "notice", "renewal")


@dataclass(frozen=True, slots=True)
class Standings:
    """Columns of :class:`dashboard.indicators.standings.Standing`, one entry per agreement in the order of the ids.

    Codes are numbers in :data:`STATUSES`, :data:`REASONS`, ``kinds`` and :data:`ENDINGS`, -1 for none; days are ordinals, 0 for none.
    ``asking`` are the agreements with a reason in the order in which they ask, ``oldest`` all of them by status and age.
    """

    status: Ints
    certain: Flags
    sharp: Flags
    due: dict[str, Ints]
    begins: Ints
    ends: Ints
    decide: Ints
    reason: Ints
    activity: list[str]
    silent: Flags
    stages: Ints
    kinds: list[str]
    kind: Ints
    news: list[str]
    waited: Floats
    ending: Ints
    outside: dict[str, Ints]
    asking: Ints
    oldest: Ints


@dataclass(frozen=True, slots=True)
class Stock:
    """What is in force at the end of each year: the ``term`` of each agreement (-1: never signed), the first year of each term, and for
    each term and day whether it is in force, or has no stated end."""

    term: Ints
    first: Ints
    days: list[date]
    standing: dict[str, Flags]


def standings_of(db: duckdb.DuckDBPyConnection) -> Standings:
    """Return the standings of the agreements in ``db``."""
    ordinal = "coalesce(datediff('day', date '0001-01-01', s.{0}) + 1, 0)".format
    sides = ", ".join(f"cast(s.outcomes_{each} as bigint)" for each in ("before", "after", "undated"))
    found = columns(db, f"""
        select {_number(STATUSES, STATUS)}, s.is_certain, coalesce(a.{Agreement.expires_precision} = 'day', false),
               {", ".join(map(ordinal, (*(f"{each}_on" for each in DUE), "begins_on", "ends_on", "decide_by")))},
               {_number(REASONS, "reason_code")},
               coalesce(s.activity_on, ''), s.is_silent, cast(s.stages as bigint), s.kinds, coalesce(s.latest_news_on, ''),
               coalesce(s.waited, 'nan'::double), {_number(ENDINGS, "ending_code")}, {sides}
        from {STATUS_TABLE} s join agreement a using ({Agreement.id}) order by s.{Agreement.id}
    """)  # fmt: skip
    code, certain, sharp, end, notice, renewal, begins, ends, decide, *rest = found
    reason, activity, silent, stages, kinds, news, waited, ending, *outside = rest
    names, kind = np.unique(kinds.astype(str), return_inverse=True) if len(kinds) else (np.array([], str), np.array([], np.int64))
    place = f"row_number() over (order by {Agreement.id}) - 1 as place"
    numbered = f"select *, {place} from {STATUS_TABLE} join agreement using ({Agreement.id})"
    (asking,) = columns(db, f"""
        select place from ({numbered}) where reason_code <> ''
        order by list_position({list(REASONS)}, reason_code), coalesce(decide_by, ends_on) nulls last, coalesce(activity_on, ''), place
    """)  # fmt: skip
    since = f"case when {Agreement.signed} is null then '9' else coalesce({Agreement.effective}, {Agreement.signed}) end"
    (oldest,) = columns(db, f"select place from ({numbered}) order by list_position({list(STATUSES)}, {STATUS}), {since}, place")
    return Standings(
        code.astype(np.int64), certain, sharp, {"end": end, "notice": notice, "renewal": renewal}, begins, ends, decide,
        reason.astype(np.int64),
        activity.tolist(), silent, stages, names.tolist(), kind.astype(np.int64), news.tolist(), waited, ending.astype(np.int64),
        dict(zip(("before", "after", "undated"), outside, strict=True)), asking, oldest,
    )  # fmt: skip


def _number(codes: Sequence[str], column: str) -> str:
    """Return the SQL for the number of the code in ``column``."""
    return f"coalesce(list_position({list(codes)}, s.{column}), 0) - 1"


def stock_of(db: duckdb.DuckDBPyConnection, as_of: str) -> Stock:
    """Return the stock of the agreements in ``db``; a hundred thousand agreements have few hundred terms that differ in any year."""
    size = int((db.execute("select count(*) from agreement").fetchone() or (0,))[0])
    rows = terms_of_all(db)
    term = np.full(size, -1, np.int64)
    for at, row in enumerate(rows):
        term[row.pop("place")] = at
    first = np.array([int(row[STARTS][:4]) for row in rows], np.int64)
    known = days(int(first.min()), as_of) if len(rows) else []
    found: dict[str, Flags] = {code: np.zeros((len(rows), len(known)), bool) for code in (IN_STOCK, NO_END)}
    for at, row in enumerate(rows):
        begins = bisect_left(known, first[at], key=lambda day: day.year)
        code = standing(row, known[begins]) if begins < len(known) else None
        if code:  # what has ended does not begin again, so the last day is found by halving
            until = bisect_left(known, True, lo=begins, key=lambda day: standing(row, day) != code)
            found[code][at, begins:until] = True
    return Stock(term, first, known, found)


def columns(db: duckdb.DuckDBPyConnection, sql: str) -> list[Any]:
    """Return the columns of the answer as arrays; nothing may be absent in it."""
    found = list(db.execute(sql).fetchnumpy().values())
    return [values.data if isinstance(values, np.ma.MaskedArray) else values for values in found]
