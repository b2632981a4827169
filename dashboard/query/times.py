"""When: records by year and by what they are linked to, and the terms from which a stock is counted."""

# ruff: noqa: S608 - names come from the contract and from this package, values are parameters

from __future__ import annotations

import duckdb
import pandas as pd

from dashboard.filters import Selection
from dashboard.query.chosen import AS_OF, AS_OF_SQL, CODES, COUNT, SHARE, TOTAL, YEARS, Kind, chosen, frame, linked, only, records
from dashboard.query.registers import Row
from etl.tables import Agreement

STARTS, ENDS, STOPS, REPLACED = "starts", "ends", "stops", "replaced"
"""Columns of :func:`terms_by_year`: ISO prefixes of the first and the last day, of the termination and of what replaces it."""


def by_year_and(db: duckdb.DuckDBPyConnection, selection: Selection, kind: Kind, name: str) -> pd.DataFrame:
    """Return one row per code of ``name`` (country, field) and year, codes and years ascending: counts by both rules, and the names.

    The year is absent for records without a date, the code for those that name none; a year without records is absent, not zero.
    """
    base, params = chosen(kind, selection)
    test, more = only(name, selection)
    return frame(db, f"""
        with chosen as ({base}), {linked(kind, name)},
        weighted as (select c.id, c.{YEARS[kind]} as year, l.code,
                            1.0 / greatest(count(l.code) over (partition by c.id), 1) as weight
                     from chosen c left join linked l using (id)),
        counted as (select code, year, count(*) as {COUNT}, sum(weight) as {SHARE}, (select count(*) from chosen) as {TOTAL},
                           {AS_OF_SQL} as {AS_OF},
                           (select count(*) from chosen where {YEARS[kind]} is null) as undated
                    from weighted where {test} group by code, year)
        select counted.*, r.name_en, r.name_ru, r.name_zh from counted left join {name} r on r.{CODES[name]} = counted.code
        order by code nulls last, year nulls last
    """, params | more)  # fmt: skip


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
    kept = ", ".join(f"a.{each}" for each in (Agreement.open_ended, Agreement.auto_renewal, Agreement.term, Agreement.notice))
    return records(db, f"""
        with chosen as ({base})
        select {_by_year(_FIRST)} as {STARTS},
               case when a.{Agreement.auto_renewal} then {_END} else {_last_whole(_END)} end as {ENDS},
               {_by_year(f"a.{Agreement.terminated}")} as {STOPS},
               case when a.{Agreement.superseded_by} is null then null
                    else coalesce({_by_year(f"coalesce(s.{Agreement.effective}, s.{Agreement.signed})")}, '') end as {REPLACED},
               {kept}, count(*) as {COUNT}
        from chosen a left join agreement s on s.{Agreement.id} = a.{Agreement.superseded_by}
        where a.{Agreement.signed} is not null group by all order by all
    """, params)  # fmt: skip


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


def whole(db: duckdb.DuckDBPyConnection, selection: Selection) -> tuple[int, int, str]:
    """Return how many agreements are chosen, how many of them have no date of signature, and the as-of date."""
    base, params = chosen("agreement", selection)
    (row,) = records(db, f"""
        with chosen as ({base})
        select count(*) as n, count(*) filter ({Agreement.signed} is null) as undated, {AS_OF_SQL} as as_of from chosen
    """, params)  # fmt: skip
    return int(row["n"]), int(row["undated"]), str(row["as_of"] or "")
