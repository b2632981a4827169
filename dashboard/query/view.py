"""A selection over the arrays of a snapshot: which records are chosen, as :mod:`dashboard.query.chosen` says it in SQL."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

import numpy as np

from dashboard.filters import LISTS, Selection
from dashboard.query.chosen import Kind
from dashboard.query.held import Held
from dashboard.query.held_parts import NOTHING, Flags, Ints, Records
from etl.indicators.status import STATUSES

T = TypeVar("T")


class View:
    """The arrays of a snapshot for one click: what several questions need is worked out once."""

    def __init__(self, held: Held) -> None:
        """Look at ``held``."""
        self.held = held
        self._known: dict[Any, Any] = {}

    def once(self, key: Any, make: Callable[[], T]) -> T:
        """Return what was made for ``key``, or make it."""
        if key not in self._known:
            self._known[key] = make()
        found: T = self._known[key]
        return found

    def mask(self, kind: Kind, selection: Selection) -> Flags:
        """Return which records of the table of ``kind`` are in the filtered set."""
        bare = replace(selection, counting="full", ignored=())
        return self.once(("mask", kind, bare), lambda: self._mask(kind, bare))

    def size(self, kind: Kind, selection: Selection) -> int:
        """Return how many they are."""
        return int(np.count_nonzero(self.mask(kind, selection)))

    def chosen(self, kind: Kind, selection: Selection) -> Ints:
        """Return their numbers, in the order of their ids."""
        return np.flatnonzero(self.mask(kind, selection))

    def shown(self, name: str, selection: Selection) -> Flags | None:
        """Return which codes the reader has chosen to see (:func:`dashboard.query.chosen.only`); nothing for all of them."""
        names = self.held.names
        if name in ("country", "field") and (codes := getattr(selection, LISTS[name])):
            return names[name].find(codes)
        if name == "partner" and selection.partners:
            return names[name].find(selection.partners)
        if name == "partner" and selection.countries:
            # One more country than there are: that of the partners without one.
            return np.append(names["country"].find(selection.countries), False)[self.held.partner_country]
        return None

    def _mask(self, kind: Kind, selection: Selection) -> Flags:
        table: Kind = "outcome" if kind == "planned" else kind
        records = self.held.table(kind)
        found = np.ones(len(records.ids), bool)
        if selection.since is not None:
            found &= records.years >= selection.since
        if selection.until is not None:
            found &= (records.years <= selection.until) & (records.years != NOTHING)
        for name, attribute in LISTS.items():
            if codes := getattr(selection, attribute):
                found &= self._having(table, name, codes)
            if codes := selection.left_out(name):
                found &= ~self._having(table, name, codes)
        if records.planned is not None:
            found &= records.planned == (kind == "planned")
        if selection.record and selection.record[0] == table:
            found &= np.array([id_ == selection.record[1] for id_ in records.ids], bool)
        return found

    def _having(self, table: Kind, name: str, codes: tuple[str, ...]) -> Flags:
        """Return which records of ``table`` have any of the codes in the part ``name`` of the address."""
        return self.once((table, name, codes), lambda: self._found(table, name, codes))

    def _found(self, table: Kind, name: str, codes: tuple[str, ...]) -> Flags:
        records = self.held.records[table]
        if name in ("type", "status"):
            agreements = self.held.records["agreement"]
            has = self._standing(codes) if name == "status" else _of_kinds(agreements, codes)
            return has if table == "agreement" else self._across(f"{table}_agreement", table, has)
        if name == "outcome":
            outcomes = self.held.records["outcome"]
            has = _of_kinds(outcomes, codes)
            if table == "outcome":
                return has
            if table == "news":
                return self._across("news_outcome", "news", has)
            achieved = has & ~outcomes.planned if outcomes.planned is not None else has
            return self._across("outcome_agreement", "agreement", achieved)
        links = records.accepted[name]
        found = np.zeros(len(records.ids), bool)
        found[links.record[self.held.names[name].find(codes)[links.code]]] = True
        return found

    def _standing(self, codes: tuple[str, ...]) -> Flags:
        found: Flags = np.isin(self.held.standings.status, [STATUSES.index(code) for code in codes if code in STATUSES])
        return found

    def _across(self, bridge: str, table: Kind, has: Flags) -> Flags:
        """Return which records of ``table`` are tied by ``bridge`` to a record that ``has`` it."""
        left, right = self.held.ties[bridge]
        own, other = (left, right) if bridge.startswith(table) else (right, left)
        found = np.zeros(len(self.held.records[table].ids), bool)
        found[own[has[other]]] = True
        return found


def _of_kinds(records: Records, codes: tuple[str, ...]) -> Flags:
    found: Flags = np.isin(records.kind, [records.kinds.index(code) for code in codes if code in records.kinds])
    return found
