"""When: records by year and by what they are linked to, and the terms from which a stock is counted."""

# ruff: noqa: S608 - names come from the contract and from this package, values are parameters

from __future__ import annotations

from datetime import date

import duckdb
import pandas as pd

from dashboard.filters import Selection
from dashboard.indicators.stock import stock
from dashboard.query import quick as ways
from dashboard.query.chosen import AS_OF, AS_OF_SQL, CODES, COUNT, SHARE, TOTAL, YEARS, Kind, chosen, frame, linked, only, records
from dashboard.query.terms import terms_by_year
from dashboard.query.ways import quick
from etl.tables import Agreement


@quick(ways.by_year_and)
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


@quick(ways.stock_by_year)
def stock_by_year(db: duckdb.DuckDBPyConnection, selection: Selection) -> list[tuple[date, int, int]]:
    """Return for the last day of each year (and the as-of date) how many are in force and of how many the end is not stated.

    Nothing where no chosen agreement has begun.
    """
    return stock(terms_by_year(db, selection), whole(db, selection)[2])


@quick(ways.whole_of)
def whole(db: duckdb.DuckDBPyConnection, selection: Selection) -> tuple[int, int, str]:
    """Return how many agreements are chosen, how many of them have no date of signature, and the as-of date."""
    base, params = chosen("agreement", selection)
    (row,) = records(db, f"""
        with chosen as ({base})
        select count(*) as n, count(*) filter ({Agreement.signed} is null) as undated, {AS_OF_SQL} as as_of from chosen
    """, params)  # fmt: skip
    return int(row["n"]), int(row["undated"]), str(row["as_of"] or "")
