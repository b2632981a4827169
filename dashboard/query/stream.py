"""The stream of news: a page of items with all that was understood in them, and the questions that wait for a person."""

# ruff: noqa: S608 - names come from the contract and from this package, values are parameters

from __future__ import annotations

import duckdb

from dashboard.filters import Selection
from dashboard.query.chosen import COUNT, chosen, records
from dashboard.query.registers import Row, links, related, with_links
from etl.tables import News, Review

_LINKED = ("partner", "country", "field")


def events(db: duckdb.DuckDBPyConnection, selection: Selection) -> list[Row]:
    """Return how many items of the selection report each event, most first: ``code``, ``n``."""
    base, params = chosen("news", selection)
    return records(db, f"select {News.event} as code, count(*) as {COUNT} from ({base}) group by 1 order by 2 desc, 1", params)


def items(db: duckdb.DuckDBPyConnection, selection: Selection, event: str, start: int, most: int) -> list[Row]:
    """Return ``most`` items from the one at ``start`` on, the latest first, of one event or of all.

    Each has its accepted links under ``partner``, ``country`` and ``field``, and under ``spans`` every link with its names, proposals too.
    """
    base, params = chosen("news", selection)
    found = records(db, f"""
        select * from ({base}) where {"true" if not event else f"{News.event} = $event"}
        order by {News.published} desc nulls last, id limit {int(most)} offset {int(start)}
    """, params | ({"event": event} if event else {}))  # fmt: skip
    ids = [row["id"] for row in found]
    spans: dict[str, list[Row]] = {id_: [] for id_ in ids}
    for name in _LINKED:
        for link in links(db, "news", name, ids):
            spans[link["id"]].append(link | {"what": name})
    tied: dict[str, list[Row]] = {id_: [] for id_ in ids}
    for kind in ("agreement", "outcome"):
        for link in related(db, f"news_{kind}", "news", ids):
            tied[link["of_id"]].append(link | {"what": kind})
    return [row | {"spans": spans[row["id"]], "tied": tied[row["id"]]} for row in with_links(db, "news", found)]


def waiting(db: duckdb.DuckDBPyConnection, selection: Selection, most: int) -> tuple[int, list[Row]]:
    """Return how many questions about the news of the selection wait for a person, and the first of them with the ``title`` of the item."""
    base, params = chosen("news", selection)
    sql = f"from review r join ({base}) n on n.id = r.{Review.about} where r.{Review.kind} = 'news'"
    number = int(records(db, f"select count(*) as n {sql}", params)[0]["n"])
    found = records(db, f"""
        select r.*, n.{News.title}, n.{News.published} {sql}
        order by n.{News.published} desc nulls last, n.id, r.{Review.id} limit {int(most)}
    """, params)  # fmt: skip
    return number, found
