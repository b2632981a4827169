"""From a country over an area of research to what came of it."""

# ruff: noqa: S608 - names come from the contract and from this package, values are parameters

from __future__ import annotations

import duckdb
import pandas as pd

from dashboard.filters import Selection
from dashboard.query import quick_pairs as pairs
from dashboard.query.chosen import AS_OF, AS_OF_SQL, COUNT, SHARE, TOTAL, chosen, frame, linked
from dashboard.query.traces import JOIN, NONE
from dashboard.query.ways import quick
from etl.tables import Country, Field, Outcome


@quick(pairs.country_area_outcome)
def country_area_outcome(db: duckdb.DuckDBPyConnection, selection: Selection) -> pd.DataFrame:
    """Return one row per partner country, area of research and type of achieved outcome, the largest first.

    Columns: ``country``, ``area`` (codes, absent where none is named), ``type``, ``share`` (an outcome is divided among all its pairs of
    country and field, whether the reader has chosen them or not, so the shares add up to ``total``), ``n``, the mark as ``code``, and
    the names.
    """
    base, params = chosen("outcome", selection)
    names = ", ".join(f"c.name_{lang} as country_name_{lang}, f.name_{lang} as area_name_{lang}" for lang in ("en", "ru", "zh"))
    areas = ", ".join(f"any_value(area_name_{lang}) as name_{lang}" for lang in ("en", "ru", "zh"))
    return frame(db, f"""
        with chosen as ({base}), {linked("outcome", "field", "fields")}, {linked("outcome", "country", "countries")},
        areas as (select {Field.area} as code, {areas} from field group by 1),
        divided as (select o.id, o.{Outcome.type} as type, split_part(f.code, '.', 1) as area, c.code as country,
                           1.0 / count(*) over (partition by o.id) as weight
                    from chosen o left join fields f using (id) left join countries c using (id)),
        counted as (select country, area, type, count(distinct id) as {COUNT}, sum(weight) as {SHARE},
                           concat_ws('{JOIN}', coalesce(country, '{NONE}'), coalesce(area, '{NONE}'), type) as code,
                           (select count(*) from chosen) as {TOTAL}, {AS_OF_SQL} as {AS_OF}
                    from divided group by 1, 2, 3)
        select counted.*, {names} from counted
        left join country c on c.{Country.code} = counted.country left join areas f on f.code = counted.area
        order by round({SHARE}, 9) desc, country nulls last, area nulls last, type
    """, params)  # fmt: skip
