"""Things that people called one, and things that they called two: both at once cannot hold."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from etl.decide.lines import Line
from etl.records import Finding

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True, eq=False)
class Pair(Generic[Key]):
    """What one line says of two things."""

    one: Key
    two: Key
    line: Line


def consistent(
    same: Sequence[Pair[Key]], apart: Sequence[Pair[Key]], different: Sequence[Key] = ()
) -> tuple[list[Pair[Key]], list[Pair[Key]], list[Finding]]:
    """Return the pairs that hold together, and one finding for each line of a contradiction.

    A contradiction is a pair that is ``apart`` and joined by a chain of ``same``, or a chain between two of the things that
    are known to be ``different``. All lines of it are refused: nobody can tell which of them is the mistake.
    """
    dropped: dict[int, tuple[Pair[Key], ...]] = {}
    chains = [(*path, pair) for pair in apart if (path := _path(pair.one, pair.two, same))]
    chains += [path for at, one in enumerate(different) for two in different[at + 1 :] if (path := _path(one, two, same))]
    for chain in chains:
        for pair in chain:
            dropped.setdefault(id(pair), chain)
    findings = [_refused(pair.line, dropped[id(pair)]) for pair in (*same, *apart) if id(pair) in dropped]
    return [pair for pair in same if id(pair) not in dropped], [pair for pair in apart if id(pair) not in dropped], findings


def _refused(line: Line, chain: Iterable[Pair[Key]]) -> Finding:
    others = "; ".join(dict.fromkeys(pair.line.place for pair in chain if pair.line is not line))
    return contradiction(line, others)


def contradiction(line: Line, others: str) -> Finding:
    """Return the finding that ``line`` contradicts the lines whose places ``others`` names."""
    message = f"Not taken: it contradicts {others}; none of these lines is applied"
    return line.tell("error", "contradictory_decision", message, "Decide which of the lines holds and remove the other")


def _path(one: Key, two: Key, same: Iterable[Pair[Key]]) -> tuple[Pair[Key], ...]:
    """Return the shortest chain of pairs that makes one of ``one`` and ``two``; empty when there is none."""
    having: dict[Key, list[Pair[Key]]] = defaultdict(list)
    for pair in same:
        having[pair.one].append(pair)
        having[pair.two].append(pair)
    waiting: deque[tuple[Key, tuple[Pair[Key], ...]]] = deque([(one, ())])
    seen = {one}
    while waiting:
        key, path = waiting.popleft()
        if key == two:
            return path
        for pair in having[key]:
            other = pair.two if pair.one == key else pair.one
            if other not in seen:
                seen.add(other)
                waiting.append((other, (*path, pair)))
    return ()
