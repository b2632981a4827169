"""The terms from which a stock is counted: of every chosen agreement, or one row for all that share them."""

# ruff: noqa: S608 - names come from the contract and from this package, values are parameters

from __future__ import annotations

from typing import Any

import duckdb

from dashboard.filters import Selection
from dashboard.query.chosen import AS_OF_SQL, COUNT, chosen, records
from etl.tables import Agreement

Row = dict[str, Any]
STARTS, ENDS, STOPS, REPLACED = "starts", "ends", "stops", "replaced"
"""Columns of :func:`terms_by_year`: ISO prefixes of the first and the last day, of the termination and of what replaces it."""
_FIRST = f"coalesce(a.{Agreement.effective}, a.{Agreement.signed})"
_END = f"a.{Agreement.expires}"


def _by_year(iso: str) -> str:
    """Return ``iso`` as its year: on the last day of a year no finer date matters. Only in the year of the as-of date it does."""
    return f"case when left({iso}, 4) = left({AS_OF_SQL}, 4) then {iso} else left({iso}, 4) end"


def _last_whole(iso: str) -> str:
    """Return the last year at whose end a term until ``iso`` still runs, likewise."""
    whole = f"{iso}[5:] in ('', '-12', '-12-31', '-24')"  # a year, its last month, its last day, a winter
    year = f"cast(cast(left({iso}, 4) as integer) - 1 as varchar)"
    return f"case when {iso} is null or left({iso}, 4) = left({AS_OF_SQL}, 4) then {iso} when {whole} then left({iso}, 4) else {year} end"


def terms_by_year(db: duckdb.DuckDBPyConnection, selection: Selection) -> list[Row]:
    """Return what decides the status of the chosen agreements on the last day of any year and on the as-of date, with how many share it.

    One row per distinct ``starts``, ``ends``, ``stops``, ``replaced`` (the first day of the agreement that supersedes it), the columns of
    ``agreement`` on renewal and end, and ``n``. A hundred thousand agreements have few hundred such terms.
    """
    base, params = chosen("agreement", selection)
    return records(db, _terms(base, f"count(*) as {COUNT}"), params)


def terms_of_all(db: duckdb.DuckDBPyConnection) -> list[Row]:
    """Return the same terms of all agreements, each with ``place``: the numbers of its agreements in the order of all ids."""
    base, params = chosen("agreement", Selection())
    return records(db, _terms(f"select *, row_number() over (order by id) - 1 as place from ({base})", "list(a.place) as place"), params)


def _terms(base: str, more: str) -> str:
    # One that renews itself is in force whenever its present term ends, so neither that day nor its length matters.
    kept = (
        f"a.{Agreement.open_ended}, a.{Agreement.auto_renewal}, cast(null as integer) as {Agreement.term},"
        f" cast(null as integer) as {Agreement.notice}"
    )
    return f"""
        with chosen as ({base})
        select {_by_year(_FIRST)} as {STARTS},
               case when a.{Agreement.auto_renewal} then left({_END}, 4) else {_last_whole(_END)} end as {ENDS},
               {_by_year(f"a.{Agreement.terminated}")} as {STOPS},
               case when a.{Agreement.superseded_by} is null then null
                    else coalesce({_by_year(f"coalesce(s.{Agreement.effective}, s.{Agreement.signed})")}, '') end as {REPLACED},
               {kept}, {more}
        from chosen a left join agreement s on s.{Agreement.id} = a.{Agreement.superseded_by}
        where a.{Agreement.signed} is not null group by all order by all
    """  # fmt: skip


def terms_of_each(db: duckdb.DuckDBPyConnection, selection: Selection) -> list[Row]:
    """Return the same for each agreement by itself, dates as published, with its ``id``."""
    base, params = chosen("agreement", selection)
    return records(db, f"""
        with chosen as ({base})
        select a.*, {_FIRST} as {STARTS}, {_END} as {ENDS}, a.{Agreement.terminated} as {STOPS},
               case when a.{Agreement.superseded_by} is null then null
                    else coalesce(s.{Agreement.effective}, s.{Agreement.signed}, '') end as {REPLACED}
        from chosen a left join agreement s on s.{Agreement.id} = a.{Agreement.superseded_by}
        where a.{Agreement.signed} is not null order by a.id
    """, params)  # fmt: skip
