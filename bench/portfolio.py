"""A generated portfolio as a published snapshot: invented organisations and records, real countries and fields. Never mixed with real data.

Written through the contract (``etl.tables``), not through the ETL: what is measured on it is the dashboard.
"""

# ruff: noqa: S608 - the numbers and names are this module's own

from __future__ import annotations

import hashlib
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from etl import manifest
from etl.normalise.countries import info
from etl.star.references import fields_known
from etl.tables import SCHEMA_VERSION, TABLES

RUN = "generated-portfolio"
AS_OF = "2026-11-22"
HOME = "RUS"
COUNTRIES = (
    "CHN", "DEU", "FRA", "KAZ", "ITA", "IND", "VNM", "SRB", "TUR", "IRN", "EGY", "UZB", "ARM", "BRA", "JPN", "KOR", "ESP", "FIN",
    "POL", "CZE", "AUT", "GBR", "USA", "CUB", "MEX", "ZAF", "DZA", "MAR", "IDN", "MYS", "THA", "MNG", "KGZ", "TJK", "AZE", "GEO",
    "BLR", "BGR", "HUN", "ROU", "GRC", "PRT", "NLD", "BEL", "CHE", "SWE", "NOR", "DNK", "EST", "LVA", "LTU", "ISR", "SAU", "ARE",
    "QAT", "JOR", "PAK", "BGD", "LKA", "ARG", "CHL", "PER", "COL", "RUS",
)  # fmt: skip
_TYPES = ("cooperation_agreement", "exchange_agreement", "memorandum_of_understanding", "double_degree_agreement")
_OUTCOMES = ("joint_publication", "mobility", "event", "joint_project", "joint_lab", "double_degree", "grant", "patent", "school")
_EVENTS = ("signing", "visit", "conference", "lab_opening", "project", "other")


def publish(folder: Path, agreements: int = 100_000) -> Path:
    """Write a snapshot with ``agreements`` agreements, six outcomes and five news items for ten of them, and point ``current`` to it."""
    target = folder / "snapshots" / RUN
    target.mkdir(parents=True)
    with duckdb.connect() as db:
        _fill(db, agreements)
        for each in TABLES:
            rows = db.sql(f"select * from {each.name} order by all").to_arrow_table() if _has(db, each.name) else None
            pq.write_table(_typed(rows or each.schema().empty_table(), each.schema()), target / f"{each.name}.parquet")
    files = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(target.iterdir())}
    listed = {"run_id": RUN, "schema_version": SCHEMA_VERSION, "as_of": AS_OF, "files": files}
    (target / manifest.NAME).write_bytes(manifest.sealed(listed))
    (folder / "current").write_text(RUN, "utf-8")
    return target


def _has(db: duckdb.DuckDBPyConnection, name: str) -> bool:
    return bool(db.execute("select 1 from duckdb_tables() where table_name = ?", [name]).fetchall())


def _typed(rows: pa.Table, schema: pa.Schema) -> pa.Table:
    columns = [rows[name].cast(schema.field(name).type) if name in rows.schema.names else pa.nulls(len(rows), schema.field(name).type)
               for name in schema.names]  # fmt: skip
    return pa.table([column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column for column in columns], schema=schema)


def _fill(db: duckdb.DuckDBPyConnection, agreements: int) -> None:
    """Make every table; the same size gives the same rows."""
    countries = pa.Table.from_pylist([info.row(code) for code in COUNTRIES])
    fields = pa.Table.from_pylist(fields_known())
    db.register("countries", countries)
    db.register("fields", fields)
    db.execute("create table country as select * from countries; create table field as select * from fields")
    numbers = {"agreement": agreements, "outcome": agreements * 6 // 10, "news": agreements // 2, "partner": max(agreements // 10, 10)}
    db.execute(_DRAWN)
    db.execute(_PARTNERS.format(n=numbers["partner"], home=HOME))
    for kind, sql in (("agreement", _AGREEMENTS), ("outcome", _OUTCOME_ROWS), ("news", _NEWS)):
        db.execute(sql.format(n=numbers[kind]))
        for name, key, most in (("partner", "partner_id", numbers["partner"]), ("country", "", 0), ("field", "field_code", 42)):
            db.execute(_LINKED[name].format(kind=kind, key=key, most=most, home=HOME))
    for left, right, share in (("outcome", "agreement", 70), ("news", "agreement", 60), ("news", "outcome", 30)):
        db.execute(_TIED.format(left=left, right=right, most=numbers[right], share=share))
    db.execute(_SOURCES)
    total = sum(numbers[kind] for kind in ("agreement", "outcome", "news"))
    db.execute(_RUN.format(run=RUN, as_of=AS_OF, rows=total + 4, loaded=total, home=HOME))


#: ``drawn(i, salt, n)`` is a whole number below n that looks random; small numbers are more frequent in ``skewed``, as in any portfolio.
_DRAWN = f"""
create macro drawn(i, salt, n) as (hash(i, salt) % n)::bigint;
create macro skewed(i, salt, n) as (floor(n * pow((hash(i, salt) % 100000) / 100000.0, 2.2)))::bigint;
create macro of(i, salt, names) as names[1 + skewed(i, salt, len(names))];
create macro day(i, salt, first, years) as
    (make_date(first, 1, 1) + (sqrt((hash(i, salt) % 10000) / 10000.0) * 365 * years)::integer)::text;
create table types as select {list(_TYPES)!r} as types, {list(_OUTCOMES)!r} as outcomes, {list(_EVENTS)!r} as events,
    (select list(country_code order by country_code) from country where country_code <> '{HOME}') as countries,
    (select list(field_code order by field_code) from field) as fields
"""
_PARTNERS = """
create table partner as select printf('org-%06d', i) as partner_id, printf('Generated University %06d', i) as partner_name,
    printf('Generated University %06d', i) as name_en, printf('Сгенерированный университет %06d', i) as name_ru, null as name_zh,
    ['university', 'institute', 'company', 'academy'][1 + drawn(i, 1, 4)] as partner_kind, printf('City %d', drawn(i, 2, 400)) as city_name,
    of(i, 3, countries) as country_code, null as parent_id, [printf('Generated University %06d', i)] as written_forms
from range({n}) r(i), types
"""
_AGREEMENTS = """
create table agreement as
with dated as (select i, day(i, 11, 1995, 31) as signed, drawn(i, 12, 10) + 1 as years, drawn(i, 13, 100) as chance from range({n}) r(i))
select printf('AGR-%07d', i) as agreement_id, printf('G-%d/%s', i, signed[:4]) as agreement_number,
    printf('Generated agreement %d on research and exchange', i) as title, null as title_en,
    printf('Сгенерированное соглашение %d о науке и обмене', i) as title_ru, null as title_zh, of(i, 14, types) as agreement_type_code,
    printf('Institute %d', drawn(i, 15, 12)) as home_unit_name, if(chance < 4, null, signed) as signed_on,
    if(chance < 4, null, 'day') as signed_precision, if(chance < 4, null, signed[:4]::smallint) as signed_year,
    null as effective_on, null as effective_precision,
    if(chance between 5 and 40, null, (signed::date + to_years(years::integer))::date::text) as expires_on,
    if(chance between 5 and 40, null, 'day') as expires_precision, if(chance between 5 and 40, null, 'written') as expires_method,
    if(chance between 5 and 40, null, years * 12) as term_months, chance between 5 and 20 as is_open_ended,
    chance > 80 as has_auto_renewal, if(chance > 80, 6, null) as notice_months, null as terminated_on, null as superseded_by_id,
    null as document_link, printf('Person %d', drawn(i, 16, 50)) as owner_name, ['exchange', 'research'] as cooperation_forms,
    'active' as status_note, null as remarks
from dated, types
"""
_OUTCOME_ROWS = """
create table outcome as
with dated as (select i, day(i, 21, 1998, 28) as happened, drawn(i, 22, 100) as chance from range({n}) r(i))
select printf('OUT-%07d', i) as outcome_id, of(i, 23, outcomes) as outcome_type_code, printf('Generated outcome %d', i) as title,
    if(chance < 3, null, happened[:7]) as happened_on, if(chance < 3, null, 'month') as happened_precision,
    if(chance < 3, null, happened[:4]::smallint) as happened_year, if(chance < 60, drawn(i, 24, 30) + 1, null) as amount,
    if(chance < 60, 'papers', null) as amount_unit, if(chance < 60, 'exact', null) as amount_qualifier, chance > 90 as is_planned,
    null as status_note, null as source_link, null as doi, null as venue_name
from dated, types
"""
_NEWS = """
create table news as
with dated as (select i, day(i, 31, 2005, 21) as published from range({n}) r(i))
select printf('NEWS-%07d', i) as news_id, published as published_on, 'day' as published_precision,
    published[:4]::smallint as published_year, printf('Generated news item %d: a delegation visited the university', i) as title,
    printf('Generated text %d. The partners spoke of joint research.', i) as body_text, 'en' as language_code,
    null as source_link, of(i, 32, events) as event_code, 'title' as event_method, null as event_id
from dated, types
"""
_PROOF = "'generated' as raw_text, 'cell' as method, 1.0 as confidence, drawn(hash({kind}_id), 41, 50) > 0 as is_accepted"
_LINKED = {
    "partner": f"""
create table {{kind}}_partner as
select {{kind}}_id, printf('org-%06d', p) as partner_id, {_PROOF} from (
    select distinct {{kind}}_id, skewed(hash({{kind}}_id), 50 + k, {{most}}) as p from {{kind}}, range(2) r(k)
    where k = 0 or drawn(hash({{kind}}_id), 60, 6) = 0)
""",
    "country": f"""
create table {{kind}}_country as
select distinct {{kind}}_id, country_code, {_PROOF} from {{kind}}_partner join partner using (partner_id) where country_code is not null
""",
    "field": f"""
create table {{kind}}_field as
select {{kind}}_id, f as field_code, {_PROOF} from (
    select distinct {{kind}}_id, of(hash({{kind}}_id), 70 + k, fields) as f from {{kind}}, range(3) r(k), types
    where k = 0 or drawn(hash({{kind}}_id), 80 + k, 3) = 0)
""",
}
_TIED = """
create table {left}_{right} as
select {left}_id, {right}_id, 'generated' as raw_text, 'number' as method, 1.0 as confidence, true as is_accepted
from (select {left}_id, drawn(hash({left}_id), 90, {most}) as spot from {left} where drawn(hash({left}_id), 91, 100) < {share})
join (select {right}_id, row_number() over (order by {right}_id) - 1 as spot from {right}) using (spot)
"""
_SOURCES = """
create table source_row as
with record as (
    select 'agreement' as kind, agreement_id as id, title, coalesce(signed_on, '') as day from agreement
    union all select 'outcome', outcome_id, title, coalesce(happened_on, '') from outcome
    union all select 'news', news_id, title, published_on from news),
placed as (select *, row_number() over (partition by kind order by id) + 1 as line from record)
select printf('%s.xlsx#Sheet1#%d', kind, line) as source_row_id, kind || '.xlsx' as file_name, 'Sheet1' as sheet_name, line as row_number,
    [{letter: 'A', text: id, row: line::integer}, {letter: 'B', text: title, row: line::integer},
     {letter: 'C', text: day, row: line::integer}] as cells,
    false as is_hidden, 'loaded' as fate_code, 'record' as role_code, kind as record_kind, id as record_id
from placed;
create table record_source as select record_kind, record_id, source_row_id, true as is_primary from source_row;
create table source_file as select file_name, null as sha256, 1 as size_bytes, 'xlsx' as format_code, null as encoding,
    ['Sheet1'] as sheets, count(*) as rows_read, 'read' as verdict_code from source_row group by 1;
create table problem as select printf('P-%06d', i) as problem_id, ['error', 'warning', 'note'][1 + drawn(i, 95, 3)] as severity_code,
    ['bad_date', 'agreement_without_news', 'missing_date'][1 + drawn(i, 96, 3)] as problem_code, 'agreement.xlsx' as file_name,
    'Sheet1' as sheet_name, i + 2 as row_number, 'C' as letter, 'x' as raw_text, 'Generated finding' as message, 'None' as advice
from range(5000) r(i);
"""
_RUN = """
create table run as select '{run}' as run_id, '{as_of}' as as_of_on, '2026-11-22T00:00:00Z' as started_at, '0' as inputs_sha256,
    '0' as code_sha256, '0' as version, 3 as files_read, 0 as files_refused, {rows} as rows_read, {loaded} as rows_loaded, 0 as rows_merged,
    0 as rows_quarantined, 4 as rows_not_data, '{home}' as home_country_code
"""
