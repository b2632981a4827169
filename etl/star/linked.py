"""What assembling works on: groups of rows with their id, and the organisations that their cells name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Linked:
    """One record of the snapshot: its id, the rows that state it (the first gave the title), and what it is linked to."""

    kind: Kind
    id: str
    rows: Sequence[Record]
    partners: Mapping[str, Proof]
    countries: Mapping[str, Proof]
    fields: Mapping[str, Proof]
