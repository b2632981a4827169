"""The links of records with all that they say, answered from the bridges of a snapshot as :mod:`registers` answers in SQL."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
import pandas as pd
import pyarrow as pa

from dashboard.query.chosen import CODES, DATES, KEYS, Kind
from dashboard.query.held import Held
from dashboard.query.held_parts import Ints, rows_of_table
from dashboard.query.view import View
from etl.tables import Outcome

Row = dict[str, Any]


def _bridge(held: Held, bridge: str, of: Kind, order: str) -> tuple[pa.Table, Ints]:
    """Return the rows of ``bridge`` in the order of the records ``of`` it and of ``order``, and the number of the record of each."""

    def make() -> tuple[pa.Table, Ints]:
        table = held.bridges[bridge].sort_by([(KEYS[of], "ascending"), (order, "ascending")])
        return table, pd.Index(held.records[of].ids).get_indexer(table[KEYS[of]].to_pylist()).astype(np.int64)

    return held.once(("bridge", bridge, of), make)


def _rows(held: Held, bridge: str, of: Kind, order: str, ids: list[str]) -> list[Row]:
    table, record = _bridge(held, bridge, of, order)
    numbers = [held.numbers(of, [id_])[0] for id_ in sorted(set(ids)) if held.has(of, id_)]
    spans = [range(*np.searchsorted(record, [at, at + 1]).tolist()) for at in numbers]
    picked = table.take(pa.array([at for span in spans for at in span], pa.int64()))
    return rows_of_table(picked)


def links(view: View, kind: str, name: str, ids: list[str]) -> list[Row]:
    """Answer :func:`dashboard.query.registers.links`."""
    of, key, code = cast(Kind, kind), KEYS[cast(Kind, kind)], CODES[name]
    names, found = view.held.names[name], []
    for row in _rows(view.held, f"{kind}_{name}", of, code, ids):
        id_, own = row.pop(key), row.pop(code)
        found.append({"id": id_, "code": own} | row | names.row(names.at[own][0]))
    return found


def related(view: View, bridge: str, of: str, ids: list[str]) -> list[Row]:
    """Answer :func:`dashboard.query.registers.related`."""
    other = cast(Kind, bridge.removesuffix(f"_{of}") if bridge.endswith(f"_{of}") else bridge.removeprefix(f"{of}_"))
    own, key = KEYS[cast(Kind, of)], KEYS[other]
    rows = _rows(view.held, bridge, cast(Kind, of), key, ids)
    records = view.held.rows(other, [row[key] for row in rows])
    found = [
        {"of_id": row[own], "id": row[key]} | record | {name: value for name, value in row.items() if name not in (own, key)}
        for row, record in zip(rows, records, strict=True)
    ]
    found.sort(key=lambda row: str(row["id"]))
    return sorted(found, key=lambda row: str(row[DATES[other]] or ""), reverse=True)


def outcomes_of(view: View, ids: tuple[str, ...]) -> list[Row]:
    """Answer :func:`dashboard.query.portfolio.outcomes_of`."""
    held, records = view.held, view.held.records["outcome"]
    outcome, agreement = held.once("outcomes of agreements", lambda: _by_second(*held.ties["outcome_agreement"]))
    known = sorted({id_ for id_ in ids if held.has("agreement", id_)})
    numbers = np.array(held.numbers("agreement", known), np.int64)
    spans = zip(*(np.searchsorted(agreement, each).tolist() for each in (numbers, numbers + 1)), strict=True)
    tied = [(id_, at) for id_, span in zip(known, spans, strict=True) for at in outcome[slice(*span)].tolist()]
    achieved = [(id_, at) for id_, at in tied if records.planned is not None and not records.planned[at]]
    picked = held.whole["outcome"].select([Outcome.date, Outcome.title]).take(pa.array([at for _, at in achieved], pa.int64()))
    dated = zip(achieved, *(column.to_pylist() for column in picked.columns), strict=True)
    found = sorted((id_, day, at, title) for (id_, at), day, title in dated if day is not None)
    return [{"id": id_, "day": day, "title": title} for id_, day, _, title in found]


def _by_second(one: Ints, other: Ints) -> tuple[Ints, Ints]:
    """Return pairs in the order of the second of each, then of the first."""
    order = np.argsort(other, kind="stable")
    return one[order], other[order]
