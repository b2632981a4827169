"""Fields and areas by country: the coarse matrix, and what an index of specialisation is worked out from."""

# ruff: noqa: S608 - names come from the contract and from this package, values are parameters

from __future__ import annotations

import duckdb
import pandas as pd

from dashboard.filters import Selection
from dashboard.query import quick_pairs as pairs
from dashboard.query.chosen import AS_OF, AS_OF_SQL, COUNT, SHARE, TOTAL, chosen, frame, linked, only
from dashboard.query.ways import quick
from etl.tables import Country, Field

_NAMES = ", ".join(f"f.name_{lang} as field_name_{lang}, c.name_{lang} as country_name_{lang}" for lang in ("en", "ru", "zh"))
#: Fields and areas by one code each, with their names.
_CODED = f"""coded as (
    select {Field.code} as code, name_en, name_ru, name_zh from field
    union all select {Field.area}, any_value(area_name_en), any_value(area_name_ru), any_value(area_name_zh) from field group by 1)"""
_LOST = "(select count(*) from chosen where id not in (select id from fields) or id not in (select id from countries)) as lost"


@quick(pairs.area_by_country)
def area_by_country(db: duckdb.DuckDBPyConnection, selection: Selection) -> pd.DataFrame:
    """Return one row per pair of research area and country that occurs among the agreements, in the shape of ``field_by_country``.

    An agreement with two fields of one area counts once in it (``n``); ``share`` divides it among all its pairs of field and country.
    """
    base, params = chosen("agreement", selection)
    fields, more = only("field", selection, "field")
    countries, still = only("country", selection, "country")
    return frame(db, f"""
        with chosen as ({base}), {linked("agreement", "field", "fields")}, {linked("agreement", "country", "countries")}, {_CODED},
        weighted as (select g.id, f.code as field, c.code as country, 1.0 / count(*) over (partition by g.id) as weight
                     from chosen g left join fields f using (id) left join countries c using (id)),
        counted as (select split_part(field, '.', 1) as field, country, count(distinct id) as {COUNT}, sum(weight) as {SHARE},
                           (select count(*) from chosen) as {TOTAL}, {AS_OF_SQL} as {AS_OF}, {_LOST}
                    from weighted where {fields} and {countries} group by 1, 2)
        select counted.*, {_NAMES} from counted
        left join coded f on f.code = counted.field left join country c on c.{Country.code} = counted.country
        order by {COUNT} desc, field nulls last, country nulls last
    """, params | more | still)  # fmt: skip


@quick(pairs.specialisation)
def specialisation(db: duckdb.DuckDBPyConnection, selection: Selection) -> pd.DataFrame:
    """Return one row per pair of field (or area) and country, with what its activity index is worked out from.

    Columns: ``field``, ``country``, their names, and for both counting rules (``n``, ``share``) the pair, ``_field``, ``_country`` and
    ``_whole``. Pairs that do not occur are there too: none where six are expected is a finding. The chosen countries and fields only
    decide which pairs are shown: the index compares them with everything else that is chosen.
    """
    base, params = chosen("agreement", selection.without("country").without("field"))
    fields, more = only("field", selection, "f.field")
    countries, still = only("country", selection, "c.country")
    names = _NAMES.replace("f.name", "g.name").replace("c.name", "k.name")
    return frame(db, f"""
        with chosen as ({base}), {linked("agreement", "field", "fields")}, {linked("agreement", "country", "countries")}, {_CODED},
        pair as (select id, f.code as field, c.code as country, 1.0 / count(*) over (partition by id) as weight
                 from chosen join fields f using (id) join countries c using (id)),
        grouped as (select * from pair
                    union all select id, split_part(field, '.', 1), country, sum(weight) from pair group by all),
        f as (select field, count(distinct id) as {COUNT}, sum(weight) as {SHARE} from grouped group by field),
        c as (select country, count(distinct id) as {COUNT}, sum(weight) as {SHARE} from pair group by country),
        cell as (select field, country, count(*) as {COUNT}, sum(weight) as {SHARE} from grouped group by all)
        select f.field, c.country, coalesce(cell.{COUNT}, 0) as {COUNT}, coalesce(cell.{SHARE}, 0.0) as {SHARE},
               f.{COUNT} as n_field, f.{SHARE} as share_field, c.{COUNT} as n_country, c.{SHARE} as share_country,
               (select count(distinct id) from pair) as n_whole, (select sum(weight) from pair) as share_whole,
               (select count(*) from chosen) as {TOTAL}, {AS_OF_SQL} as {AS_OF}, {names}
        from f cross join c left join cell using (field, country)
        left join coded g on g.code = f.field left join country k on k.{Country.code} = c.country
        where {fields} and {countries} order by f.field, c.country
    """, params | more | still)  # fmt: skip
