"""Records and what they are linked to, answered from the arrays of a snapshot as :mod:`registers` answers in SQL."""

from __future__ import annotations

from typing import Any

import numpy as np

from dashboard.filters import Selection
from dashboard.query.chosen import COUNT, KEYS, Kind
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


def latest_of(view: View, selection: Selection, event: str, start: int, most: int) -> list[str]:
    """Answer :func:`dashboard.query.stream.latest_of`."""
    records = view.held.records["news"]
    mask = view.mask("news", selection)
    if event:
        mask = mask & (records.kind == (records.kinds.index(event) if event in records.kinds else len(records.kinds)))
    found = records.latest[mask[records.latest]][start : start + most]
    return [records.ids[at] for at in found.tolist()]


def events(view: View, selection: Selection) -> list[dict[str, Any]]:
    """Answer :func:`dashboard.query.stream.events`."""
    records = view.held.records["news"]
    n = np.bincount(records.kind[view.mask("news", selection)] + 1, minlength=len(records.kinds) + 1).tolist()
    counted = sorted((-number, code is None, code or "") for code, number in zip([None, *records.kinds], n, strict=True) if number)
    return [{"code": None if is_none else code, COUNT: -number} for number, is_none, code in counted]


def named(view: View, kind: Kind, name: str, ids: tuple[str, ...]) -> list[dict[str, Any]]:
    """Answer :func:`dashboard.query.registers.named`."""
    records, names, home = view.held.table(kind), view.held.names[name], view.held.home
    links, found = records.accepted[name], []
    known = [id_ for id_ in sorted(set(ids)) if view.held.has(kind, id_)]
    at = np.array(view.held.numbers(kind, known), np.int64)
    firsts, lasts = (np.searchsorted(links.record, each).tolist() for each in (at, at + 1))
    for id_, first, last in zip(known, firsts, lasts, strict=True):
        codes = [code for code in links.code[first:last].tolist() if names.codes[code] != home]
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
