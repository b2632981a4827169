"""Lists of records with what they are linked to: the register, the outcomes, the news, the partners."""

# ruff: noqa: S608 - names come from the contract and from this package, values are parameters

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import duckdb

from dashboard.filters import Selection
from dashboard.query import quick as ways
from dashboard.query import quick_links as more
from dashboard.query import quick_partners as who
from dashboard.query import quick_records as own
from dashboard.query.chosen import AS_OF_SQL, CODES, COUNT, DATES, HOME_SQL, KEYS, SUCCESSOR_SQL, Kind, chosen, linked, only, records
from dashboard.query.ways import quick
from etl.tables import Agreement, Country, Link, News, Outcome, Partner

Row = dict[str, Any]
MOST = 200
"""Rows that a page lists at most; a longer list is for the download."""
EVERY = 1_000_000_000
"""Stands for no limit."""

_LINKED = ("partner", "country", "field")
PROSE = ", ".join(
    (Agreement.cooperation, Agreement.remarks, Agreement.status_note, Agreement.owner, Agreement.document, Agreement.home_unit)
)
"""Columns of ``agreement`` that hold running text: for a whole register they cost more than all that is asked of it."""


def register(db: duckdb.DuckDBPyConnection, selection: Selection, kind: Kind, most: int = MOST) -> list[Row]:
    """Return the records of the filtered set, the latest first, those without a date last.

    Each has ``id``, the columns of its table, and the accepted links as lists of rows under ``partner``, ``country`` and ``field``.
    """
    ids = latest(db, selection, kind, most)
    found = {row["id"]: row for row in of_ids(db, kind, tuple(ids))}
    return with_links(db, "outcome" if kind == "planned" else kind, [found[id_] for id_ in ids])


@quick(own.latest)
def latest(db: duckdb.DuckDBPyConnection, selection: Selection, kind: Kind, most: int) -> list[str]:
    """Return the ids of the records of the filtered set, at most ``most``, the latest first, those without a date last."""
    base, params = chosen(kind, selection)
    found = records(db, f"select id from ({base}) order by {DATES[kind]} desc nulls last, id limit {int(most)}", params)
    return [row["id"] for row in found]


@quick(own.of_ids)
def of_ids(db: duckdb.DuckDBPyConnection, kind: Kind, ids: tuple[str, ...]) -> list[Row]:
    """Return the records with ``ids`` by id: the columns of their table, ``id``, and of an agreement what decides its status."""
    table, key = "outcome" if kind == "planned" else kind, KEYS[kind]
    more = f", {SUCCESSOR_SQL}" if table == "agreement" else ""
    picked = f"(select * from {table} where {key} in (select unnest($ids)))"
    return records(db, f"select r.*, r.{key} as id{more} from {picked} r order by id", {"ids": list(ids)}) if ids else []


@quick(own.size)
def size(db: duckdb.DuckDBPyConnection, selection: Selection, kind: Kind) -> int:
    """Return how many records the filtered set has."""
    base, params = chosen(kind, selection)
    return int(records(db, f"select count(*) as n from ({base})", params)[0]["n"])


def terms(db: duckdb.DuckDBPyConnection, selection: Selection) -> list[Row]:
    """Return what decides the status of each agreement of the filtered set, and its titles, in the order of the ids, with ``as_of``.

    The columns of running text are left out: for a whole register they cost more than all that is asked of it.
    """
    base, params = chosen("agreement", selection)
    return records(db, f"select * exclude ({PROSE}), {AS_OF_SQL} as as_of from ({base}) order by id", params)


def with_links(db: duckdb.DuckDBPyConnection, kind: Kind, found: list[Row]) -> list[Row]:
    """Add the accepted links to partners, countries (not the own) and fields to each record."""
    ids = [row["id"] for row in found]
    for name in _LINKED:
        by_id: defaultdict[str, list[Row]] = defaultdict(list)
        for link in named(db, kind, name, tuple(ids)):
            by_id[link["id"]].append(link)
        for row in found:
            row[name] = by_id[row["id"]]
    return found


@quick(own.named)
def named(db: duckdb.DuckDBPyConnection, kind: Kind, name: str, ids: tuple[str, ...]) -> list[Row]:
    """Return the accepted links of the records to partners, countries (not the own) or fields, by id and code.

    One row per link: ``id`` of the record, ``code``, and the columns of the partner, country or field.
    """
    key, more = CODES[name], f", {Partner.forms}" if name == "partner" else ""
    return records(db, f"""
        select l.id, l.code, r.* exclude ({key}{more})
        from (select distinct {KEYS[kind]} as id, {key} as code from {kind}_{name}
              where {Link.accepted} and {key} <> {HOME_SQL} and {KEYS[kind]} in (select unnest($ids))) l
        left join {name} r on r.{key} = l.code order by 1, 2
    """, {"ids": list(ids)})  # fmt: skip


@quick(more.links)
def links(db: duckdb.DuckDBPyConnection, kind: str, name: str, ids: list[str]) -> list[Row]:
    """Return every link of the records to ``name`` (partner, country, field), proposals too.

    One row per link: ``id`` of the record, ``code``, the columns of the bridge and the names; in the order of record and code.
    """
    forms = f", {Partner.forms}" if name == "partner" else ""
    return records(db, f"""
        select l.{KEYS[_kind(kind)]} as id, l.{CODES[name]} as code, l.* exclude ({KEYS[_kind(kind)]}, {CODES[name]}),
               r.* exclude ({CODES[name]}{forms})
        from {kind}_{name} l left join {name} r using ({CODES[name]})
        where l.{KEYS[_kind(kind)]} in (select unnest($ids)) order by id, code
    """, {"ids": list(ids)})  # fmt: skip


@quick(more.related)
def related(db: duckdb.DuckDBPyConnection, bridge: str, of: str, ids: list[str]) -> list[Row]:
    """Return the records at the other end of ``bridge`` (``news_agreement``) for the ``of`` (``agreement``) with ``ids``.

    One row per link, proposals too: ``of_id``, ``id``, the columns of the record and of the bridge; the latest record first.
    """
    other = bridge.removesuffix(f"_{of}") if bridge.endswith(f"_{of}") else bridge.removeprefix(f"{of}_")
    own, key = KEYS[_kind(of)], KEYS[_kind(other)]
    return records(db, f"""
        select l.{own} as of_id, r.{key} as id, r.*, l.* exclude ({own}, {key})
        from {bridge} l join {other} r using ({key}) where l.{own} in (select unnest($ids))
        order by {DATES[_kind(other)]} desc nulls last, r.{key}, of_id
    """, {"ids": list(ids)})  # fmt: skip


@quick(who.partners)
def partners(db: duckdb.DuckDBPyConnection, selection: Selection, most: int = MOST) -> list[Row]:
    """Return the partners of the chosen agreements, outcomes and news, those with most agreements first.

    One row per partner: the columns of ``partner`` but its written forms, the names of its country as ``country_name_en`` and so on,
    and how many records of each kind name it (``agreements``, ``outcomes``, ``items``); ``since`` is the first year of an agreement.
    """
    sets, params = _three_sets(selection)
    test, more = only("partner", selection, f"p.{Partner.id}")
    names = ", ".join(f"c.name_{language} as country_name_{language}" for language in ("en", "ru", "zh"))
    return records(db, f"""
        with {sets},
        a as (select code, count(*) as agreements, min({Agreement.signed_year}) as since
              from chosen_agreement join agreement_codes using (id) group by code),
        o as (select code, count(*) as outcomes from chosen_outcome join outcome_codes using (id) group by code),
        n as (select code, count(*) as items from chosen_news join news_codes using (id) group by code)
        select p.* exclude ({Partner.forms}), {names}, coalesce(agreements, 0) as agreements, coalesce(outcomes, 0) as outcomes,
               coalesce(items, 0) as items, since
        from partner p left join a on a.code = p.{Partner.id} left join o on o.code = p.{Partner.id} left join n on n.code = p.{Partner.id}
        left join country c using ({Country.code})
        where coalesce(a.code, o.code, n.code) is not null and {test}
        order by agreements desc, outcomes desc, items desc, p.{Partner.id} limit {int(most)}
    """, params | more)  # fmt: skip


@quick(who.people)
def people(db: duckdb.DuckDBPyConnection, ids: tuple[str, ...]) -> dict[str, Row]:
    """Return id -> row of the partners, with the names of their countries as :func:`partners` has them."""
    names = ", ".join(f"c.name_{language} as country_name_{language}" for language in ("en", "ru", "zh"))
    found = records(db, f"""
        select p.* exclude ({Partner.forms}), {names} from partner p left join country c using ({Country.code})
        where p.{Partner.id} in (select unnest($ids))
    """, {"ids": list(ids)})  # fmt: skip
    return {row[Partner.id]: row for row in found}


def _three_sets(selection: Selection) -> tuple[str, dict[str, Any]]:
    parts: list[str] = []
    params: dict[str, Any] = {}
    kinds: tuple[Kind, ...] = ("agreement", "outcome", "news")
    for kind in kinds:
        base, more = chosen(kind, selection)
        parts += [f"chosen_{kind} as ({base})", linked(kind, "partner", f"{kind}_codes")]
        params |= more
    return ", ".join(parts), params


@quick(ways.first_years)
def first_years(db: duckdb.DuckDBPyConnection, selection: Selection, name: str) -> list[Row]:
    """Return how many partners (or countries, fields) of the chosen agreements were first met in each year of signature.

    One row per ``year``, ascending, with ``n``; absent for those that only have agreements without a date.
    """
    base, params = chosen("agreement", selection)
    test, more = only(name, selection)
    return records(db, f"""
        with chosen as ({base}), {linked("agreement", name)},
        first as (select code, min({Agreement.signed_year}) as year from chosen join linked using (id) where {test} group by code)
        select year, count(*) as {COUNT} from first group by year order by year nulls last
    """, params | more)  # fmt: skip


@quick(ways.amounts)
def amounts(db: duckdb.DuckDBPyConnection, selection: Selection, types: Iterable[str]) -> list[Row]:
    """Return the achieved outcomes of ``types`` by year, ascending: ``year``, ``n`` records, and ``amount`` where numbers are written.

    A record without a number adds nothing to ``amount``; a number that is not exact is counted as written.
    """
    base, params = chosen("outcome", selection)
    return records(db, f"""
        select {Outcome.year} as year, count(*) as {COUNT}, sum({Outcome.count}) as amount, count({Outcome.count}) as with_amount
        from ({base}) where {Outcome.type} = any($wanted) group by year order by year nulls last
    """, params | {"wanted": list(types)})  # fmt: skip


def _kind(table: str) -> Kind:
    return {"agreement": "agreement", "outcome": "outcome", "news": "news"}[table]  # type: ignore[return-value]


def last_activity(db: duckdb.DuckDBPyConnection, selection: Selection) -> dict[str, str]:
    """Return agreement id -> the latest date of an achieved outcome or a news item that an accepted link ties to it."""
    base, params = chosen("agreement", selection)
    found = records(db, f"""
        with chosen as ({base}),
        happened as (
            select l.{Agreement.id} as id, o.{Outcome.date} as day from outcome_agreement l join outcome o using ({Outcome.id})
            where l.{Link.accepted} and not o.{Outcome.planned}
            union all
            select l.{Agreement.id}, n.{News.published} from news_agreement l join news n using ({News.id}) where l.{Link.accepted})
        select id, max(day) as day from happened semi join chosen using (id) where day is not null group by id order by id
    """, params)  # fmt: skip
    return {row["id"]: row["day"] for row in found}


def as_of(db: duckdb.DuckDBPyConnection) -> str:
    """Return the as-of date of the snapshot."""
    return str(records(db, f"select {AS_OF_SQL} as day")[0]["day"] or "")
