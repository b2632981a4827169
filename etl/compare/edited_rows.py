"""Rows of which only some cells are as they were: which row of the new inputs is which of the old ones."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from etl.compare.source_rows import Line, Pairs, Token

#: Share of equal cells from which two rows are one row that was edited: at once, and when nothing else is known of them.
SURE, ENOUGH = 0.75, 0.5
#: A cell that stands in more rows than this tells nothing about a row.
_COMMON = 50


def pair_edited(
    pairs: Pairs, old: Mapping[str, Line], new: Mapping[str, Line], said: Mapping[str, Counter[Token]], says: Mapping[str, Counter[Token]]
) -> None:
    """Add to ``pairs.changed`` the rows of records that were edited; ``said`` and ``says`` have the cells of those left unpaired.

    First those with three quarters of their cells equal, then those of one record, then those with half of their cells equal; the most
    alike first, of equals the one that stands where it stood.
    """
    taken: set[str] = set(pairs.changed.values())
    scored = sorted(_scored(old, new, said, says))
    _take(pairs, taken, (each[-2:] for each in scored if -each[0] >= SURE))
    _take(pairs, taken, _same_record(old, new, said, says))
    _take(pairs, taken, (each[-2:] for each in scored if -each[0] >= ENOUGH))


def _take(pairs: Pairs, taken: set[str], found: Iterator[tuple[str, str]]) -> None:
    for before, after in found:
        if before not in pairs.changed and after not in taken:
            pairs.changed[before] = after
            taken.add(after)


def _scored(
    old: Mapping[str, Line], new: Mapping[str, Line], said: Mapping[str, Counter[Token]], says: Mapping[str, Counter[Token]]
) -> Iterator[tuple[float, bool, bool, str, str]]:
    """Yield likeness (negative, so that the most alike come first), whether record and place differ, and the two rows."""
    by_token: defaultdict[Token, list[str]] = defaultdict(list)
    for after, cells in says.items():
        for token in cells:
            by_token[token].append(after)
    for before, cells in said.items():
        shared: Counter[str] = Counter()
        for token, times in cells.items():
            if len(by_token[token]) <= _COMMON:
                shared.update({after: min(times, says[after][token]) for after in by_token[token]})
        for after in shared:
            alike = (cells & says[after]).total() / max(cells.total(), says[after].total())
            moved = old[before].place != new[after].place
            yield -alike, old[before].record != new[after].record, moved, before, after


def _same_record(
    old: Mapping[str, Line], new: Mapping[str, Line], said: Mapping[str, Counter[Token]], says: Mapping[str, Counter[Token]]
) -> Iterator[tuple[str, str]]:
    """Yield the rows of one record, by kind and id, those of the same file before others."""
    of_record: defaultdict[tuple[str, str], list[Line]] = defaultdict(list)
    for after in says:
        if record := new[after].record:
            of_record[record].append(new[after])
    for line in sorted((old[before] for before in said), key=lambda line: line.place):
        others = of_record.get(line.record, []) if line.record else []
        yield from ((line.id, other.id) for other in sorted(others, key=lambda other: (other.place[0] != line.place[0], other.place)))
