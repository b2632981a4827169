"""The stream of news: a page of items with all that was understood in them, and the questions that wait for a person."""

# ruff: noqa: S608 - names come from the contract and from this package, values are parameters

from __future__ import annotations

import duckdb
import numpy as np

from dashboard.filters import Selection
from dashboard.query import quick_records as own
from dashboard.query.chosen import COUNT, chosen, records
from dashboard.query.held import Held
from dashboard.query.held_parts import Ints
from dashboard.query.registers import Row, links, of_ids, related, with_links
from dashboard.query.ways import quick, view_of
from etl.tables import News, Review

_LINKED = ("partner", "country", "field")


@quick(own.events)
def events(db: duckdb.DuckDBPyConnection, selection: Selection) -> list[Row]:
    """Return how many items of the selection report each event, most first: ``code``, ``n``."""
    base, params = chosen("news", selection)
    return records(db, f"select {News.event} as code, count(*) as {COUNT} from ({base}) group by 1 order by 2 desc, 1", params)


@quick(own.latest_of)
def latest_of(db: duckdb.DuckDBPyConnection, selection: Selection, event: str, start: int, most: int) -> list[str]:
    """Return the ids of ``most`` items from the one at ``start`` on, the latest first, of one event or of all."""
    base, params = chosen("news", selection)
    found = records(db, f"""
        select id from ({base}) where {"true" if not event else f"{News.event} = $event"}
        order by {News.published} desc nulls last, id limit {int(most)} offset {int(start)}
    """, params | ({"event": event} if event else {}))  # fmt: skip
    return [row["id"] for row in found]


def items(db: duckdb.DuckDBPyConnection, selection: Selection, event: str, start: int, most: int) -> list[Row]:
    """Return the items of :func:`latest_of`.

    Each has its accepted links under ``partner``, ``country`` and ``field``, and under ``spans`` every link with its names, proposals too.
    """
    ids = latest_of(db, selection, event, start, most)
    rows = {row["id"]: row for row in of_ids(db, "news", tuple(ids))}
    spans: dict[str, list[Row]] = {id_: [] for id_ in ids}
    for name in _LINKED:
        for link in links(db, "news", name, ids):
            spans[link["id"]].append(link | {"what": name})
    tied: dict[str, list[Row]] = {id_: [] for id_ in ids}
    for kind in ("agreement", "outcome"):
        for link in related(db, f"news_{kind}", "news", ids):
            tied[link["of_id"]].append(link | {"what": kind})
    found = with_links(db, "news", [rows[id_] for id_ in ids])
    return [row | {"spans": spans[row["id"]], "tied": tied[row["id"]]} for row in found]


def waiting(db: duckdb.DuckDBPyConnection, selection: Selection, most: int) -> tuple[int, list[Row]]:
    """Return how many questions about the news of the selection wait for a person, and the first of them with the ``title`` of the item."""
    view = view_of(db)
    every, about = view.held.once("questions about news", lambda: _asked(db, view.held))
    at = np.flatnonzero(view.mask("news", selection)[about]).tolist()
    return len(at), [every[i] for i in at[:most]]


def _asked(db: duckdb.DuckDBPyConnection, held: Held) -> tuple[list[Row], Ints]:
    """Return all questions about news, those about the latest item first, and the number of the item of each."""
    found = records(db, f"""
        select r.*, n.{News.title}, n.{News.published} from review r join news n on n.{News.id} = r.{Review.about}
        where r.{Review.kind} = 'news' order by n.{News.published} desc nulls last, n.{News.id}, r.{Review.id}
    """)  # fmt: skip
    return found, np.array(held.numbers("news", [row[Review.about] for row in found]), np.int64)
