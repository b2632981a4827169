"""What agreements led to: every news item and outcome that belongs to the chosen agreements, and outcomes that could."""

# ruff: noqa: S608 - names come from the contract and from this package, values are parameters

from __future__ import annotations

import duckdb

from dashboard.filters import Selection
from dashboard.query import quick_links as more
from dashboard.query.chosen import chosen, linked, records
from dashboard.query.registers import PROSE, Row
from dashboard.query.ways import quick
from etl.tables import Agreement, Link, News, Outcome


def happened(db: duckdb.DuckDBPyConnection) -> list[Row]:
    """Return the achieved outcomes and the news that an accepted link ties to any agreement.

    One row per link: ``id`` of the agreement, ``kind`` (``outcome`` or ``news``), ``code`` (type or event) and ``day`` (an ISO prefix,
    absent where unknown).
    """
    return records(db, f"""
        select l.{Agreement.id} as id, 'outcome' as kind, o.{Outcome.type} as code, o.{Outcome.date} as day
        from outcome_agreement l join outcome o using ({Outcome.id}) where l.{Link.accepted} and not o.{Outcome.planned}
        union all
        select l.{Agreement.id}, 'news', n.{News.event}, n.{News.published}
        from news_agreement l join news n using ({News.id}) where l.{Link.accepted}
    """)  # fmt: skip


@quick(more.outcomes_of)
def outcomes_of(db: duckdb.DuckDBPyConnection, ids: tuple[str, ...]) -> list[Row]:
    """Return ``id`` of the agreement, ``day`` and ``title`` of the achieved outcomes with a date that are tied to ``ids``, by day."""
    return records(db, f"""
        select l.{Agreement.id} as id, o.{Outcome.date} as day, o.{Outcome.title} as title
        from outcome_agreement l join outcome o using ({Outcome.id})
        where l.{Link.accepted} and not o.{Outcome.planned} and day is not null and l.{Agreement.id} in (select unnest($ids))
        order by 1, 2, o.{Outcome.id}
    """, {"ids": list(ids)})  # fmt: skip


MOST_PAIRS = 400_000
"""Pairs of an outcome and an agreement with a common partner, beyond which only tied outcomes are attributed: nobody waits minutes."""


def is_too_crowded(db: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether more than :data:`MOST_PAIRS` pairs would compete; of the whole data, so that a filter does not change the rule."""
    found = records(db, f"""
        with {linked("agreement", "partner", "theirs")}, {linked("outcome", "partner", "ours")}
        select coalesce(sum(t.n * o.n), 0) as pairs from (select code, count(*) as n from theirs group by code) t
        join (select code, count(*) as n from ours group by code) o using (code)
    """)  # fmt: skip
    return int(found[0]["pairs"]) > MOST_PAIRS


def claims(db: duckdb.DuckDBPyConnection) -> list[Row]:
    """Return every pair of an achieved outcome and an agreement that it may have come of, by outcome and agreement.

    Pairs are of two sorts: tied by an accepted link (``is_tied``), or, for an outcome that is tied to no agreement, sharing a partner.
    All agreements compete, whatever a reader has chosen, so that a filter cannot move an outcome from one to another.

    Columns: ``id`` of the agreement, what decides its status, ``record_id``, ``code``, ``day``, ``is_tied``, ``partners`` and
    ``fields`` (how many both share).
    """
    every, _ = chosen("agreement", Selection())
    # Sharing no partner at all is the cheapest way to have no pair that only shares one.
    ours = "select '' as id, '' as code where false" if is_too_crowded(db) else "select id, code from outcome_side"
    return records(db, f"""
        with whole as (select * exclude ({PROSE}) from ({every})),
        {linked("agreement", "partner", "theirs")}, {linked("outcome", "partner", "outcome_side")}, ours as ({ours}),
        {linked("agreement", "field", "their_fields")}, {linked("outcome", "field", "our_fields")},
        tie as (select {Outcome.id} as record_id, {Agreement.id} as id from outcome_agreement where {Link.accepted}),
        shared as (select o.id as record_id, a.id, count(*) as partners from ours o join theirs a using (code) group by all),
        pair as (
            select record_id, id, true as is_tied, coalesce(partners, 0) as partners from tie left join shared using (record_id, id)
            union all
            select record_id, id, false, partners from shared where record_id not in (select record_id from tie)),
        common as (select k.record_id, k.id, count(*) as fields from pair k join our_fields f on f.id = k.record_id
                 join their_fields t on t.id = k.id and t.code = f.code group by all)
        select w.*, k.record_id, k.is_tied, k.partners, o.{Outcome.type} as code, o.{Outcome.date} as day,
               coalesce(common.fields, 0) as fields
        from pair k join whole w using (id) join outcome o on o.{Outcome.id} = k.record_id left join common using (record_id, id)
        where not o.{Outcome.planned}
        order by k.record_id, k.id
    """)  # fmt: skip


def outcomes(db: duckdb.DuckDBPyConnection, selection: Selection) -> list[Row]:
    """Return ``id``, ``year`` and type of each achieved outcome of the selection, by id."""
    base, params = chosen("outcome", selection)
    return records(db, f"select id, {Outcome.year} as year, {Outcome.type} from ({base}) order by id", params)
