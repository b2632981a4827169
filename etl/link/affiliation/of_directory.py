"""The affiliations of a directory: who an address of an author means."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property, lru_cache

from etl.link.affiliation.index import Index
from etl.link.affiliation.link import SURE, Linked, link
from etl.link.partner.gazetteer import Gazetteer
from etl.records import Read

#: Our own list is short, and whoever is missing in it is near to somebody: there only a whole name counts, and more certainly.
_SURE_OF_OWN = 0.9
_MOST = 5


class Affiliations:
    """The affiliations over the organisations of ``known``; indexed when the first is asked for."""

    def __init__(self, known: Gazetteer) -> None:
        self._known = known
        self._link = lru_cache(maxsize=64)(self._linked)

    @cached_property
    def _index(self) -> Index:
        return self._known.shelf.index if self._known.shelf else Index(self._known.by_id.values())

    def _linked(self, text: str, countries: frozenset[str]) -> tuple[Linked, ...]:
        return tuple(link(text, self._index, countries))

    def read(self, text: str, countries: frozenset[str]) -> Read | None:
        """Return who ``text`` names when that is sure enough to answer, else nothing."""
        best = next(iter(self._link(text, countries)), None)
        if best is None:
            return None
        if self._known.shelf is None:
            is_sure = best.is_whole and best.probability >= _SURE_OF_OWN
            return Read(best.organisation.id, f"affiliation: {best.reason}", best.probability) if is_sure else None
        if best.probability < SURE:
            return None
        return Read(best.organisation.id, f"affiliation: {best.reason}", best.probability)

    def candidates(self, text: str, countries: frozenset[str], matches: Iterable[str]) -> tuple[str, ...]:
        """Return who ``text`` may be, the most probable first, then ``matches``."""
        linked = [each.organisation.id for each in self._link(text, countries)] if self._known.shelf else []
        return tuple(dict.fromkeys((*linked, *matches)))[:_MOST]
