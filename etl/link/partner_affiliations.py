"""The affiliations of a directory: who is meant, by the id that the reader of the answer knows."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property, lru_cache

from etl.errors import Unsure
from etl.link.affiliation_index import Index
from etl.link.affiliations import SURE, Linked, link
from etl.link.partner_gazetteer import Gazetteer
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
        return self.listed(Read(best.organisation.id, f"affiliation: {best.reason}", best.probability), text)

    def listed(self, read: Read, text: str) -> Read:
        """Return ``read`` with the id of the added list, if there is one.

        Raises:
            Unsure: the list does not have the organisation, though we know it.
        """
        if self._known.shelf is None:
            return read
        organisation = self._known.by_id.get(read.value)
        if organisation is None or not organisation.reference_id:
            raise Unsure(f"{text!r} is known here, but not in the reference list", (read.value,))
        return Read(organisation.reference_id, read.rule, read.confidence)

    def candidates(self, text: str, countries: frozenset[str], matches: Iterable[str]) -> tuple[str, ...]:
        """Return who ``text`` may be, the most probable first, then ``matches``, by the ids of the added list where it has them."""
        linked = [each.organisation.id for each in self._link(text, countries)] if self._known.shelf else []
        found = dict.fromkeys((*linked, *matches))
        return tuple(dict.fromkeys(map(self._shown, found)))[:_MOST]

    def _shown(self, identifier: str) -> str:
        known = self._known.by_id.get(identifier)
        return (known.reference_id if known and self._known.shelf else "") or identifier
