"""What assembling works on: groups of rows with their id, and the organisations that their cells name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from etl.records import Kind, Record


class Proof(NamedTuple):
    """Why a bridge says what it says: the text, how it was found, how sure, and where in a text it stands."""

    raw: str
    method: str
    confidence: float = 1.0
    accepted: bool = True
    start: int | None = None
    end: int | None = None
    column: str | None = None


def shared(proofs: Mapping[str, Proof]) -> Mapping[str, Proof]:
    """Return ``proofs`` as one mapping for all records that have the same: a register has few countries and fields, and many rows."""
    return _shared(tuple(proofs.items()))


@lru_cache(maxsize=65_536)
def _shared(proofs: tuple[tuple[str, Proof], ...]) -> Mapping[str, Proof]:
    return MappingProxyType(dict(proofs))


@dataclass(frozen=True, slots=True)
class Linked:
    """One record of the snapshot: its id, the rows that state it (the first gave the title), and what it is linked to."""

    kind: Kind
    id: str
    rows: Sequence[Record]
    partners: Mapping[str, Proof]
    countries: Mapping[str, Proof]
    fields: Mapping[str, Proof]
