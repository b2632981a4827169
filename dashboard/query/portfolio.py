"""What agreements led to: every news item and outcome that belongs to the chosen agreements, and outcomes that could."""

# ruff: noqa: S608 - names come from the contract and from this package, values are parameters

from __future__ import annotations

import duckdb

from dashboard.filters import Selection
from dashboard.query.chosen import chosen, linked, records
from dashboard.query.registers import Row
from etl.tables import Agreement, Link, News, Outcome


def tied(db: duckdb.DuckDBPyConnection, selection: Selection) -> list[Row]:
    """Return the achieved outcomes and the news that an accepted link ties to the chosen agreements, by agreement, date and id.

    One row per link: ``id`` of the agreement, ``kind`` (``outcome`` or ``news``), ``record_id``, ``code`` (type or event), ``day`` (an ISO
    prefix, absent where unknown) and ``title``.
    """
    base, params = chosen("agreement", selection)
    return records(db, f"""
        with chosen as ({base}),
        happened as (
            select l.{Agreement.id} as id, 'outcome' as kind, o.{Outcome.id} as record_id, o.{Outcome.type} as code,
                   o.{Outcome.date} as day, o.{Outcome.title} as title
            from outcome_agreement l join outcome o using ({Outcome.id}) where l.{Link.accepted} and not o.{Outcome.planned}
            union all
            select l.{Agreement.id}, 'news', n.{News.id}, n.{News.event}, n.{News.published}, n.{News.title}
            from news_agreement l join news n using ({News.id}) where l.{Link.accepted})
        select * from happened semi join chosen using (id) order by id, day nulls last, kind, record_id
    """, params)  # fmt: skip


def claims(db: duckdb.DuckDBPyConnection, selection: Selection) -> list[Row]:
    """Return every pair of an achieved outcome and an agreement that it may have come of, by outcome and agreement.

    Pairs are of two sorts: tied by an accepted link (``is_tied``), or, for an outcome that is tied to no agreement, sharing a partner.
    Of the second sort all agreements compete, chosen or not, so that a filter cannot move an outcome from one to another.

    Columns: ``id`` of the agreement, the columns of ``agreement``, ``record_id``, ``code``, ``day``, ``is_tied``, ``partners`` and
    ``fields``
    (how many both share), ``is_chosen``.
    """
    base, params = chosen("agreement", selection)
    every, _ = chosen("agreement", Selection())
    return records(db, f"""
        with chosen as ({base}), whole as ({every}),
        {linked("agreement", "partner", "theirs")}, {linked("outcome", "partner", "ours")},
        {linked("agreement", "field", "their_fields")}, {linked("outcome", "field", "our_fields")},
        tie as (select {Outcome.id} as record_id, {Agreement.id} as id from outcome_agreement where {Link.accepted}),
        shared as (select o.id as record_id, a.id, count(*) as partners from ours o join theirs a using (code) group by all),
        pair as (
            select record_id, id, true as is_tied, coalesce(partners, 0) as partners from tie left join shared using (record_id, id)
            union all
            select record_id, id, false, partners from shared where record_id not in (select record_id from tie)),
        kept as (select pair.* from pair where is_tied or record_id in (select record_id from pair semi join chosen using (id)))
        select w.*, k.record_id, k.is_tied, k.partners, o.{Outcome.type} as code, o.{Outcome.date} as day,
               (select count(*) from our_fields f join their_fields t using (code) where f.id = k.record_id and t.id = k.id) as fields,
               k.id in (select id from chosen) as is_chosen
        from kept k join whole w using (id) join outcome o on o.{Outcome.id} = k.record_id
        where not o.{Outcome.planned}
        order by k.record_id, k.id
    """, params)  # fmt: skip


def outcomes(db: duckdb.DuckDBPyConnection, selection: Selection) -> list[Row]:
    """Return ``id``, ``year`` and type of each achieved outcome of the selection, by id."""
    base, params = chosen("outcome", selection)
    return records(db, f"select id, {Outcome.year} as year, {Outcome.type} from ({base}) order by id", params)
