"""The records behind a mark of a figure: the same filtered set that was counted, cut down to what the mark stands for.

Every function returns ids in their order, so that the number that is drawn can be counted again.
"""

# ruff: noqa: S608 - names come from the contract and from this package, values are parameters

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import cast

import duckdb

from dashboard.filters import Selection
from dashboard.marks import NONE, REST, split
from dashboard.query import quick as ways
from dashboard.query.chosen import DATES, KEYS, STATUS, STATUS_TABLE, YEARS, Kind, Params, chosen, linked, only, records
from dashboard.query.registers import MOST, Row, with_links
from dashboard.query.ways import quick
from etl.tables import Agreement, Country, Link, Outcome, Partner, Problem, RecordSource, SourceRow

Records = Callable[[duckdb.DuckDBPyConnection, Selection, str], list[str]]
ANY = "record"
"""``counts`` of a figure whose marks stand for records of several kinds: its ids are ``kind/id``."""
ROW = "source_row"
_LINKED = ("country", "field", "partner")
_OWN: dict[tuple[str, str], str] = {("agreement", "type"): Agreement.type, ("outcome", "outcome"): Outcome.type}


def behind(db: duckdb.DuckDBPyConnection, kind: str, part: str, selection: Selection, mark: str) -> list[str]:
    """Return the ids of the records of ``kind`` that the mark of a figure stands for, or all that the figure counts where it is empty.

    Args:
        kind: ``Figure.counts``; ``partner`` stands for the partners of the chosen agreements.
        part: ``Figure.click``: the part of the address whose code the mark is.
    """
    if kind == "partner":
        return partners(db, selection, Partner.id, mark)
    counted = cast(Kind, kind)
    if not mark:
        return _ids(db, *chosen(counted, selection))
    if part in _LINKED:
        return linked_to(db, counted, part, selection, mark)
    if part == "since":
        return of_column(YEARS[counted])(db, selection, mark, counted)
    if part == "status":
        return of_status(db, selection, mark)
    table = "outcome" if kind == "planned" else kind
    if column := _OWN.get((table, part)):
        return of_column(column)(db, selection, mark, counted)
    return _ids(db, *chosen(counted, selection))


def _ids(db: duckdb.DuckDBPyConnection, base: str, params: Params, test: str = "true") -> list[str]:
    return [row["id"] for row in records(db, f"with chosen as ({base}) select id from chosen where {test} order by id", params)]


def of_column(column: str) -> Callable[[duckdb.DuckDBPyConnection, Selection, str, Kind], list[str]]:
    """Return the question for the records that have the mark as their code in ``column``."""

    def ask(db: duckdb.DuckDBPyConnection, selection: Selection, mark: str, kind: Kind) -> list[str]:
        base, params = chosen(kind, selection)
        if not mark:
            return _ids(db, base, params)
        if mark == NONE:
            return _ids(db, base, params, f"{column} is null")
        return _ids(db, base, params | {"mark": mark}, f"cast({column} as varchar) = $mark")

    return ask


def of_kind(kind: Kind, column: str) -> Records:
    """Return the question for the records of ``kind`` with the mark in ``column``, as a figure states it."""
    return lambda db, selection, mark: of_column(column)(db, selection, mark, kind)


def linked_to(db: duckdb.DuckDBPyConnection, kind: Kind, name: str, selection: Selection, mark: str) -> list[str]:
    """Return the records with a link that counts to the partner, country or field, or with none at all."""
    base, params = chosen(kind, selection)
    test, more = only(name, selection)
    if mark == NONE:
        # A choice of countries hides the bar of those that name none; then there is no such mark either.
        return _with(db, base, kind, name, f"id not in (select id from linked) and {'true' if test == 'true' else 'false'}", params)
    return _with(db, base, kind, name, f"id in (select id from linked where code = $mark and {test})", params | more | {"mark": mark})


def _with(db: duckdb.DuckDBPyConnection, base: str, kind: Kind, name: str, test: str, params: Params) -> list[str]:
    found = records(db, f"with chosen as ({base}), {linked(kind, name)} select id from chosen where {test} order by id", params)
    return [row["id"] for row in found]


def of_pair(kind: Kind) -> Records:
    """Return the question for the records that fall into a cell of fields and countries (``2.5~CHN``)."""

    def ask(db: duckdb.DuckDBPyConnection, selection: Selection, mark: str) -> list[str]:
        if not mark:
            return _ids(db, *chosen(kind, selection))
        field, country = split(mark)
        found = set(linked_to(db, kind, "field", selection, field))
        return [id_ for id_ in linked_to(db, kind, "country", selection, country) if id_ in found] if country else sorted(found)

    return ask


def of_year(kind: Kind, column: str, hues: tuple[str, ...]) -> Records:
    """Return the question for the records of a year (``2023``) or of one stack of it (``2023~grant``; ``rest``: none of ``hues``)."""

    def ask(db: duckdb.DuckDBPyConnection, selection: Selection, mark: str) -> list[str]:
        base, params = chosen(kind, selection)
        year, code = split(mark)
        tests = [_is(YEARS[kind], "year", year), _is(column, "code", code)]
        if code == REST:
            tests[1] = f"{column} is not null and not {column} = any($hues)"
            params |= {"hues": list(hues)}
        given = {name: value for name, value in (("year", year), ("code", code)) if value not in ("", NONE, REST)}
        return _ids(db, base, params | given, " and ".join(tests))

    return ask


def _is(column: str, name: str, code: str) -> str:
    return "true" if not code else f"{column} is null" if code == NONE else f"cast({column} as varchar) = ${name}"


def of_status(db: duckdb.DuckDBPyConnection, selection: Selection, mark: str) -> list[str]:
    """Return the agreements with the status on the as-of date."""
    base, params = chosen("agreement", selection)
    if not mark:
        return _ids(db, base, params)
    return _ids(db, base, params | {"mark": mark}, f"id in (select {Agreement.id} from {STATUS_TABLE} where {STATUS} = $mark)")


@quick(ways.partners_behind)
def partners(db: duckdb.DuckDBPyConnection, selection: Selection, column: str, mark: str) -> list[str]:
    """Return the partners of the chosen agreements with the mark in ``column`` of ``partner``."""
    base, params = chosen("agreement", selection)
    test, more = only("partner", selection)
    given = {} if mark in ("", NONE) else {"mark": mark}
    found = records(db, f"""
        with chosen as ({base}), {linked("agreement", "partner")},
        met as (select distinct code as {Partner.id} from linked join chosen using (id) where {test})
        select {Partner.id} as id from met join partner using ({Partner.id}) where {_is(column, "mark", mark)} order by id
    """, params | more | given)  # fmt: skip
    return [row["id"] for row in found]


def weights(db: duckdb.DuckDBPyConnection, kind: Kind, name: str, ids: list[str]) -> Mapping[str, float]:
    """Return what each record gives to one country, field or partner under fractional counting: 1/k."""
    found = records(db, f"""
        with {linked(kind, name)} select id, 1.0 / count(*) as weight from linked where id in (select unnest($ids)) group by id
    """, {"ids": ids})  # fmt: skip
    return {row["id"]: float(row["weight"]) for row in found}


def listed(db: duckdb.DuckDBPyConnection, kind: Kind, ids: list[str], most: int = MOST) -> list[Row]:
    """Return the records with ``ids`` as :func:`dashboard.query.registers.register` does, the latest first, at most ``most``."""
    table = "outcome" if kind == "planned" else kind
    found = records(db, f"""
        select *, {KEYS[kind]} as id from {table} where {KEYS[kind]} in (select unnest($ids))
        order by {DATES[kind]} desc nulls last, id limit {int(most)}
    """, {"ids": ids})  # fmt: skip
    return with_links(db, table, found)


def kinds_of(ids: list[str]) -> dict[str, list[str]]:
    """Return the ids of each kind from ids as ``kind/id``, in the order in which the kinds are met.

    >>> kinds_of(["news/1", "agreement/a/b"])
    {'news': ['1'], 'agreement': ['a/b']}
    """
    found: dict[str, list[str]] = {}
    for each in ids:
        kind, _, id_ = each.partition("/")
        found.setdefault(kind, []).append(id_)
    return found


def evidence_of(db: duckdb.DuckDBPyConnection, kind: str, ids: list[str]) -> dict[str, dict[str, int]]:
    """Return how much speaks for each record: its source rows (``register``), and accepted links to records of other kinds."""
    table = "outcome" if kind == "planned" else kind
    key = KEYS[cast(Kind, table)]
    bridges = {"agreement": ("news_agreement", "outcome_agreement"), "outcome": ("outcome_agreement", "news_outcome")}.get(
        table, ("news_agreement", "news_outcome")
    )
    own = (
        f"select {RecordSource.record} as id, 'register' as what, count(*) as n from record_source"
        f" where {RecordSource.kind} = '{table}' and {RecordSource.record} in (select unnest($ids)) group by 1"
    )
    parts = [own]
    for bridge in bridges:
        other = next(name for name in bridge.split("_") if name != table)
        parts.append(f"select {key}, '{other}', count(*) from {bridge} where {Link.accepted} and {key} in (select unnest($ids)) group by 1")
    found: dict[str, dict[str, int]] = {id_: {} for id_ in ids}
    for row in records(db, " union all ".join(parts), {"ids": ids}):
        found[row["id"]][row["what"]] = row["n"]
    return found


def rows_listed(db: duckdb.DuckDBPyConnection, ids: list[str], most: int = MOST) -> list[Row]:
    """Return the source rows with ``ids`` in the order of files, sheets and rows: their place, fate, record and cells."""
    return records(db, f"""
        select * from source_row where {SourceRow.id} in (select unnest($ids)) order by {SourceRow.file}, {SourceRow.sheet}, {SourceRow.row}
        limit {int(most)}
    """, {"ids": ids})  # fmt: skip


def problems_listed(db: duckdb.DuckDBPyConnection, ids: list[str], most: int = MOST) -> list[Row]:
    """Return the findings with ``ids`` by file, sheet and row."""
    return records(db, f"""
        select * from problem where {Problem.id} in (select unnest($ids))
        order by {Problem.file} nulls last, {Problem.sheet}, {Problem.row}, {Problem.letter}, {Problem.id} limit {int(most)}
    """, {"ids": ids})  # fmt: skip


def partners_listed(db: duckdb.DuckDBPyConnection, ids: list[str], most: int = MOST) -> list[Row]:
    """Return the partners with ``ids`` by name, with the names of their countries as ``country_name_en`` and so on."""
    names = ", ".join(f"c.name_{language} as country_name_{language}" for language in ("en", "ru", "zh"))
    return records(db, f"""
        select p.*, p.{Partner.id} as id, {names} from partner p left join country c using ({Country.code})
        where p.{Partner.id} in (select unnest($ids)) order by p.{Partner.name}, p.{Partner.id} limit {int(most)}
    """, {"ids": ids})  # fmt: skip


def places(db: duckdb.DuckDBPyConnection, kind: str, ids: list[str]) -> dict[str, list[Row]]:
    """Return the source rows of each record, the one that gave the title first: ``file_name``, ``sheet_name``, ``row_number``."""
    table = "outcome" if kind == "planned" else kind
    found: dict[str, list[Row]] = {}
    rows = records(db, f"""
        select r.{RecordSource.record} as id, s.{SourceRow.file}, s.{SourceRow.sheet}, s.{SourceRow.row}
        from record_source r join source_row s on s.{SourceRow.id} = r.{RecordSource.row}
        where r.{RecordSource.kind} = '{table}' and r.{RecordSource.record} in (select unnest($ids))
        order by r.{RecordSource.primary} desc, s.{SourceRow.file}, s.{SourceRow.sheet}, s.{SourceRow.row}
    """, {"ids": ids})  # fmt: skip
    for row in rows:
        found.setdefault(row["id"], []).append(row)
    return found
