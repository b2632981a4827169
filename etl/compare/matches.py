"""Which record of the new snapshot is which of the old one: by the rows that state it, then by its id."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from etl.compare.records import Stated
from etl.compare.source_rows import Pairs
from etl.indicators.facts import Key


def matched(old: Mapping[Key, Stated], new: Mapping[Key, Stated], pairs: Pairs) -> dict[Key, Key]:
    """Return the record of the new snapshot for each record of the old one that is still there.

    The record that has most of its rows counts; of several the one with the same id, then the one of which its first row is the first.
    What has no row in common is the same record where kind and id are the same.
    """
    found: dict[Key, Key] = {}
    taken: set[Key] = set()
    for *_, before, after in sorted(_votes(old, new, pairs)):
        if before not in found and after not in taken:
            found[before] = after
            taken.add(after)
    for key in sorted(old.keys() & new.keys()):
        if key not in found and key not in taken:
            found[key] = key
            taken.add(key)
    return found


def _votes(old: Mapping[Key, Stated], new: Mapping[Key, Stated], pairs: Pairs) -> Iterator[tuple[int, bool, bool, Key, Key]]:
    of_row = {(key[0], row): key for key, record in new.items() for row in record.rows}
    for before, record in old.items():
        became = [pairs.of(row) for row in record.rows]
        shared = Counter(after for row in became if row and (after := of_row.get((before[0], row))))
        for after, rows in shared.items():
            leads = not became or became[0] != new[after].rows[0]
            yield -rows, before != after, leads, before, after


def names(old: Mapping[Key, Stated], new: Mapping[Key, Stated], found: Mapping[Key, Key]) -> dict[Key, str]:
    """Return the id under which each record of the old snapshot is spoken of beside the new one: no two share one.

    A record that is gone keeps its id unless another one bears it now.
    """
    given = {before: after[1] for before, after in found.items()}
    used = set(new)
    for key in sorted(old.keys() - found.keys()):
        name = key[1]
        while (key[0], name) in used:
            name += " (before)"
        used.add((key[0], name))
        given[key] = name
    return given
