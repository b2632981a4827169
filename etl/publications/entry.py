"""What every reader gives: one entry of an export, as written, and where it begins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Address:
    """One organisation of a work as the export writes it; ``country`` is a code that stands beside it, ``ror`` its id there."""

    text: str
    country: str = ""
    ror: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One record of an export: ``number`` is its row there (a header counts), ``fields`` its texts by header.

    ``addresses`` are given where the export keeps organisations apart by itself. An entry with a ``fault`` could not be cut out or
    parsed; its fields hold what there is of it. ``lost`` names the parts of it that could not be read, with how many of each.
    """

    number: int
    line: int
    fields: Mapping[str, str] = field(default_factory=dict)
    addresses: tuple[Address, ...] = ()
    fault: str = ""
    lost: str = ""
