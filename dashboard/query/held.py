"""What every click asks of a snapshot, held as arrays: records by number, their years and codes, and the links that count.

Records and codes are numbered in the order of their ids, so an order by number is an order by id. A question of the engine costs some
milliseconds before it has read a row, and a page asks thirty; over arrays most of them take less than one.
"""

# ruff: noqa: S608 - names come from the contract and from this package, there are no values

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa

from dashboard.query.chosen import AS_OF_SQL, CODES, DATES, HOME_SQL, KEYS, YEARS, Kind, linked
from dashboard.query.held_agreements import columns, standings_of, stock_of
from dashboard.query.held_parts import NOTHING, Ints, Links, Names, Records, rows_of_table
from etl.tables import Agreement, Country, Link, News, Outcome, Partner

T = TypeVar("T")
_MOST_RECENT = 200
TABLES: tuple[Kind, ...] = ("agreement", "outcome", "news")
BRIDGES: tuple[str, ...] = ("outcome_agreement", "news_agreement", "news_outcome")
_CODED: dict[Kind, str] = {"agreement": Agreement.type, "outcome": Outcome.type, "news": News.event}


class Held:
    """The arrays of one snapshot."""

    def __init__(self, db: duckdb.DuckDBPyConnection) -> None:
        """Read all of them from ``db``, which stays as it is."""
        self._made: dict[Any, Any] = {}
        self._recent: dict[Any, Any] = {}
        with db.cursor() as cursor:
            self._db = cursor
            self.as_of, self.home = (str(each or "") for each in cursor.execute(f"select {AS_OF_SQL}, {HOME_SQL}").fetchone() or ("", ""))
            self.names = {name: self._names(name) for name in CODES}
            for table in TABLES:
                cursor.execute(f"create temp table at_{table} as {_numbered(f'select {KEYS[table]} as id from {table}')}")
            self.records = {table: self._records(table) for table in TABLES}
            self.ties = {bridge: self._ties(bridge) for bridge in BRIDGES}
            at = {code: i for i, code in enumerate(self.names["country"].codes)}
            countries = self.names["partner"].columns[Country.code]
            self.partner_country = np.array([at.get(code, len(at)) for code in countries[: len(self.names["partner"].codes)]], np.int64)
            self.standings = standings_of(cursor)
            self.stock = stock_of(cursor, self.as_of)
            self.bridges = {name: self._bridge(name) for name in (*(f"{kind}_{part}" for kind in TABLES for part in CODES), *BRIDGES)}
            self.whole = {table: self._whole(table) for table in TABLES}
            del self._db

    def once(self, key: Any, make: Callable[[], T]) -> T:
        """Return what was made for ``key``, or make it: what only some pages need."""
        if key not in self._made:
            self._made[key] = make()
        found: T = self._made[key]
        return found

    def remember(self, key: Any, make: Callable[[], T]) -> T:
        """Return the same, but forget what was asked for first when there is much: what concerns one partner of ten thousand."""
        if key in self._recent:
            known: T = self._recent[key]
            return known
        found = make()
        self._recent = dict([*self._recent.items(), (key, found)][-_MOST_RECENT:])
        return found

    def table(self, kind: Kind) -> Records:
        """Return the records among which those of ``kind`` are."""
        return self.records["outcome" if kind == "planned" else kind]

    def rows(self, kind: Kind, ids: Sequence[str]) -> list[dict[str, Any]]:
        """Return the whole records with ``ids``, which are all there, in their order.

        They are taken by their numbers: the engine reads the whole column of ids to find a few, which takes a hundred times as long.
        """
        table = self.whole["outcome" if kind == "planned" else kind].take(pa.array(self.numbers(kind, ids), pa.int64()))
        return rows_of_table(table)

    def has(self, kind: Kind, id_: str) -> bool:
        """Tell whether there is a record with that id."""
        known = self.table(kind).ids
        at = bisect_left(known, id_)
        return at < len(known) and known[at] == id_

    def numbers(self, kind: Kind, ids: Iterable[str]) -> list[int]:
        """Return the numbers of the records with ``ids``, which are all there."""
        known = self.table(kind).ids
        return [bisect_left(known, id_) for id_ in ids]

    def _columns(self, sql: str) -> list[Any]:
        return columns(self._db, sql)

    def _names(self, name: str) -> Names:
        key = CODES[name]
        every = " union ".join(f"select {key} as id from {table}" for table in (name, *(f"{kind}_{name}" for kind in TABLES)))
        self._db.execute(f"create temp table at_{name} as {_numbered(every)}")
        more = f", {Partner.forms}" if name == "partner" else ""
        frame = self._db.execute(f"""
            select a.id, r.* exclude ({key}{more}) from at_{name} a left join {name} r on r.{key} = a.id order by a.place
        """).df()  # fmt: skip
        codes = [str(code) for code in frame.pop("id")]
        at = {code: [i] for i, code in enumerate(codes)}
        for i, code in enumerate(codes):
            group = frame[Country.region][i] if name == "country" else code.partition(".")[0] if name == "field" else code
            if isinstance(group, str) and group != code:
                at.setdefault(group, []).append(i)
        whole = frame.reindex(range(len(codes) + 1))
        return Names(codes, pd.array([*codes, None], dtype="str"), at, {str(column): whole[column].array for column in whole.columns}, {})

    def _records(self, table: Kind) -> Records:
        key, coded, day = KEYS[table], _CODED[table], DATES[table]
        is_outcome = table == "outcome"
        more = f"r.{Outcome.planned}, coalesce(cast(r.{Outcome.count} as double), 'nan')" if is_outcome else "false, 0.0"
        ids, years, kinds, planned, amounts = self._columns(f"""
            select a.id, coalesce(cast(r.{YEARS[table]} as bigint), {NOTHING}), coalesce(r.{coded}, ''), {more}
            from at_{table} a join {table} r on r.{key} = a.id order by a.place
        """)  # fmt: skip
        (latest,) = self._columns(f"""
            select a.place from at_{table} a join {table} r on r.{key} = a.id order by r.{day} desc nulls last, a.place
        """)  # fmt: skip
        codes = sorted(set(kinds.tolist()) - {""})
        kind = pd.Index(codes).get_indexer(kinds) if codes else np.full(len(ids), NOTHING)
        accepted = f"select distinct {key} as id, {{code}} as code from {table}_{{name}} where {Link.accepted}"
        return Records(
            ids.tolist(), years, codes, kind.astype(np.int64), latest, planned if is_outcome else None, amounts if is_outcome else None,
            {name: self._links(table, name, accepted.format(code=CODES[name], name=name)) for name in CODES},
            {name: self._links(table, name, linked(table, name).partition("(")[2].removesuffix(")")) for name in CODES},
            coded,
        )  # fmt: skip

    def _whole(self, table: Kind) -> pa.Table:
        key = KEYS[table]
        return self._db.sql(f"select r.* from {table} r order by r.{key}").to_arrow_table().combine_chunks()

    def _bridge(self, name: str) -> pa.Table:
        return self._db.sql(f"select * from {name}").to_arrow_table()

    def _size(self, table: str) -> int:
        return int((self._db.execute(f"select count(*) from {table}").fetchone() or (0,))[0])

    def _links(self, table: str, name: str, sql: str) -> Links:
        record, code = self._columns(f"""
            select r.place, c.place as code from ({sql}) l join at_{table} r on r.id = l.id join at_{name} c on c.id = l.code order by 1, 2
        """)  # fmt: skip
        return Links.of(record, code, self._size(table))

    def _ties(self, bridge: str) -> tuple[Ints, Ints]:
        """Return the records at both ends of the accepted links of ``bridge``."""
        left, right = bridge.split("_")
        one, other = self._columns(f"""
            select l.place, r.place as other from (select distinct {left}_id, {right}_id from {bridge} where {Link.accepted})
            join at_{left} l on l.id = {left}_id join at_{right} r on r.id = {right}_id order by 1, 2
        """)  # fmt: skip
        return one, other


def _numbered(sql: str) -> str:
    """Return the query of the ids of ``sql`` with their numbers."""
    return f"select id, row_number() over (order by id) - 1 as place from ({sql}) where id is not null"
