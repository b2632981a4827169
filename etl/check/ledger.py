"""Row conservation: rows read = loaded + merged + quarantined + not data, per file and sheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

FATES = ("loaded", "merged", "quarantined", "not_data")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What became of the rows of one sheet."""

    file: str
    name: str
    read: int
    loaded: int
    merged: int
    quarantined: int
    not_data: int


def ledger(fates: Mapping[tuple[str, str, str], int], rows_read: Mapping[tuple[str, str], int]) -> list[Sheet]:
    """Return one line for each sheet, in their order.

    ``fates`` counts the source rows by file, sheet and fate; ``rows_read`` counts the rows by file and sheet as the reader saw them,
    before anything was decided.

    Raises:
        AssertionError: a row was lost or counted twice; nothing may be published.
    """
    counts: dict[tuple[str, str], Counter[str]] = {key: Counter() for key in rows_read}
    for (file, sheet, fate), rows in fates.items():
        counts.setdefault((file, sheet), Counter())[fate] += rows
    sheets = []
    for key in sorted(counts):
        found, read = counts[key], rows_read.get(key, 0)
        if sum(found.values()) != read or set(found) - set(FATES):
            raise AssertionError(f"rows lost in {key[0]}, sheet {key[1]!r}: {read} read, but {dict(found)}")
        sheets.append(Sheet(*key, read, *(found[fate] for fate in FATES)))
    return sheets
