"""Records and what they are linked to, answered from the arrays of a snapshot as :mod:`registers` answers in SQL."""

from __future__ import annotations

from typing import Any

import numpy as np

from dashboard.filters import Selection
from dashboard.query.chosen import KEYS, Kind
from dashboard.query.view import View
from etl.indicators.status import SUCCESSOR
from etl.tables import Agreement


def size(view: View, selection: Selection, kind: Kind) -> int:
    """Answer :func:`dashboard.query.registers.size`."""
    return view.size(kind, selection)


def latest(view: View, selection: Selection, kind: Kind, most: int) -> list[str]:
    """Answer :func:`dashboard.query.registers.latest`."""
    records = view.held.table(kind)
    found = records.latest[view.mask(kind, selection)[records.latest]][:most]
    return [records.ids[at] for at in found.tolist()]


def named(view: View, kind: Kind, name: str, ids: tuple[str, ...]) -> list[dict[str, Any]]:
    """Answer :func:`dashboard.query.registers.named`."""
    records, names = view.held.table(kind), view.held.names[name]
    links, found = records.accepted[name], []
    for id_ in sorted(set(ids)):
        if not view.held.has(kind, id_):
            continue
        (at,) = view.held.numbers(kind, [id_])
        first, last = np.searchsorted(links.record, [at, at + 1]).tolist()
        codes = [code for code in links.code[first:last].tolist() if names.codes[code] != view.held.home]
        found += [{"id": id_, "code": names.codes[code], **names.row(code)} for code in codes]
    return found


def of_ids(view: View, kind: Kind, ids: tuple[str, ...]) -> list[dict[str, Any]]:
    """Answer :func:`dashboard.query.registers.of_ids`."""
    held, key = view.held, KEYS[kind]
    found = [row | {"id": row[key]} for row in held.rows(kind, sorted(set(ids)))]
    if kind != "agreement":
        return found
    after = [row[Agreement.superseded_by] for row in found]
    there = [id_ if id_ and held.has("agreement", id_) else None for id_ in after]
    rows = {row[key]: row for row in held.rows("agreement", sorted({id_ for id_ in there if id_}))}
    return [row | {SUCCESSOR: _begins(rows[id_]) if id_ else None} for row, id_ in zip(found, there, strict=True)]


def _begins(row: dict[str, Any]) -> str | None:
    found: str | None = row[Agreement.effective] or row[Agreement.signed]
    return found
