"""How many records per country, field, partner, year: both counting rules in one frame.

Every frame has ``n`` (full counting), ``share`` (fractional: a record is divided among all its codes, whether the filter shows
them or not), ``total`` (records in the filtered set), ``as_of`` and, on outcomes, ``planned``. The code is absent in the row of
the records that name none.
"""

# ruff: noqa: S608 - names come from the contract and from this package, values are parameters

from __future__ import annotations

import duckdb
import pandas as pd

from dashboard.filters import Selection
from dashboard.query import quick as ways
from dashboard.query import quick_pairs as pairs
from dashboard.query.chosen import AS_OF, AS_OF_SQL, COUNT, SHARE, TOTAL, YEARS, Kind, chosen, frame, linked, only
from dashboard.query.ways import quick
from etl.tables import Country, Field, Partner

PLANNED = "planned"
"""Planned outcomes of the selection, which never count: a column of every frame on outcomes."""
_COUNTED = f"count(*) as {COUNT}, sum(weight) as {SHARE}"
_LOST = "(select count(*) from chosen where id not in (select id from fields) or id not in (select id from countries)) as lost"
_RANKED = f"order by {COUNT} desc, round({SHARE}, 9) desc, code nulls last"


@quick(ways.by)
def _by(db: duckdb.DuckDBPyConnection, selection: Selection, kind: Kind, name: str) -> pd.DataFrame:
    names = f"counted.*, r.* exclude ({_key(name)}{f', {Partner.forms}' if name == 'partner' else ''})"
    base, params = chosen(kind, selection)
    test, more = only(name, selection)
    return frame(db, f"""
        with chosen as ({base}), {linked(kind, name)},
        weighted as (select c.id, l.code, 1.0 / greatest(count(l.code) over (partition by c.id), 1) as weight
                     from chosen c left join linked l using (id)),
        counted as (select code, {_COUNTED}, {_whole(kind, selection)} from weighted where {test} group by code)
        select {names} from counted left join {name} r on r.{_key(name)} = counted.code {_RANKED}
    """, params | more)  # fmt: skip


def _whole(kind: Kind, selection: Selection) -> str:
    """Return the columns that say the same in every row: size of the filtered set, as-of date, planned outcomes."""
    planned = f", (select count(*) from ({chosen('planned', selection)[0]})) as {PLANNED}" if kind == "outcome" else ""
    return f"(select count(*) from chosen) as {TOTAL}, {AS_OF_SQL} as {AS_OF}{planned}"


def _key(name: str) -> str:
    return {"country": str(Country.code), "field": str(Field.code), "partner": str(Partner.id)}[name]


def by_country(db: duckdb.DuckDBPyConnection, selection: Selection, kind: Kind = "agreement") -> pd.DataFrame:
    """Return one row per partner country, most records first: ``code``, counts, and the columns of ``country``."""
    return _by(db, selection, kind, "country")


def by_field(db: duckdb.DuckDBPyConnection, selection: Selection, kind: Kind = "agreement") -> pd.DataFrame:
    """Return one row per research field, most records first: ``code``, counts, and the columns of ``field``."""
    return _by(db, selection, kind, "field")


def by_partner(db: duckdb.DuckDBPyConnection, selection: Selection, kind: Kind = "agreement") -> pd.DataFrame:
    """Return one row per partner organisation, most records first: ``code``, counts, and the columns of ``partner``."""
    return _by(db, selection, kind, "partner")


@quick(ways.each)
def each(db: duckdb.DuckDBPyConnection, selection: Selection, kind: Kind, name: str) -> list[int]:
    """Return the numbers of records (full counting) of all countries, fields or partners that have any, the largest first."""
    found = _by(db, selection, kind, name)
    return [int(n) for n in found.loc[found["code"].notna(), COUNT]]


@quick(pairs.field_by_country)
def field_by_country(db: duckdb.DuckDBPyConnection, selection: Selection, kind: Kind = "agreement") -> pd.DataFrame:
    """Return one row per pair of field and country that occurs; ``share`` divides a record among all its pairs.

    Columns: ``field``, ``country`` (codes, absent for "none named"), counts, names as ``field_name_en``,
    ``country_name_en`` and so on; ``lost`` is the number of records that name no field or no country.
    """
    base, params = chosen(kind, selection)
    fields, more = only("field", selection, "field")
    countries, still = only("country", selection, "country")
    named = ", ".join(f"{t}.name_{lang} as {t}_name_{lang}" for t in ("f", "c") for lang in ("en", "ru", "zh"))
    named = named.replace("as f_", "as field_").replace("as c_", "as country_")
    return frame(db, f"""
        with chosen as ({base}), {linked(kind, "field", "fields")}, {linked(kind, "country", "countries")},
        weighted as (select g.id, f.code as field, c.code as country, 1.0 / count(*) over (partition by g.id) as weight
                     from chosen g left join fields f using (id) left join countries c using (id)),
        counted as (select field, country, {_COUNTED}, {_whole(kind, selection)}, {_LOST} from weighted
                    where {fields} and {countries} group by field, country)
        select counted.*, {named} from counted
        left join field f on f.{Field.code} = counted.field left join country c on c.{Country.code} = counted.country
        order by {COUNT} desc, field nulls last, country nulls last
    """, params | more | still)  # fmt: skip


@quick(ways.by_year)
def by_year(db: duckdb.DuckDBPyConnection, selection: Selection, kind: Kind, column: str) -> pd.DataFrame:
    """Return one row per year and code of ``column``, each record once: ``year``, ``code``, ``n``, ``total``, ``as_of``; in that order.

    The year is absent in the rows of the records without a date; a year without records is absent, not zero.
    """
    base, params = chosen(kind, selection)
    return frame(db, f"""
        with chosen as ({base})
        select {YEARS[kind]} as year, {column} as code, count(*) as {COUNT}, {_whole(kind, selection)}
        from chosen group by year, code order by year nulls last, code nulls last
    """, params)  # fmt: skip


@quick(ways.by_code)
def by_code(db: duckdb.DuckDBPyConnection, selection: Selection, kind: Kind, column: str) -> pd.DataFrame:
    """Return one row per code of ``column``, most records first, each record once: ``code``, ``n``, ``total``, ``as_of``."""
    base, params = chosen(kind, selection)
    return frame(db, f"""
        with chosen as ({base})
        select {column} as code, count(*) as {COUNT}, {_whole(kind, selection)}
        from chosen group by code order by {COUNT} desc, code nulls last
    """, params)  # fmt: skip


@quick(ways.partners_by)
def partners_by(db: duckdb.DuckDBPyConnection, selection: Selection, column: str) -> pd.DataFrame:
    """Return one row per code of ``column`` of ``partner``, most first: how many distinct partners the chosen agreements have.

    ``total`` is the number of these partners; each is counted once however many agreements it has.
    """
    base, params = chosen("agreement", selection)
    test, more = only("partner", selection)
    return frame(db, f"""
        with chosen as ({base}), {linked("agreement", "partner")},
        met as (select distinct code as {Partner.id} from linked join chosen using (id) where {test})
        select {column} as code, count(*) as {COUNT}, (select count(*) from met) as {TOTAL}, {AS_OF_SQL} as {AS_OF}
        from met join partner using ({Partner.id}) group by 1 order by {COUNT} desc, code nulls last
    """, params | more)  # fmt: skip
