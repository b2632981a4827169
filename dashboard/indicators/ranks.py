"""Ranks with ties: equal amounts share a rank, and the next one is as many lower."""

from __future__ import annotations

from collections.abc import Mapping


def ranked_windows(amounts: Mapping[str, float]) -> dict[str, tuple[int, float]]:
    """Return rank and amount of each code; what has none has no rank.

    >>> ranked_windows({"a": 3, "b": 5, "c": 3, "d": 0, "e": 1})
    {'a': (2, 3), 'b': (1, 5), 'c': (2, 3), 'e': (4, 1)}
    """
    present = {code: number for code, number in amounts.items() if number > 0}
    return {code: (1 + sum(other > number for other in present.values()), number) for code, number in present.items()}
