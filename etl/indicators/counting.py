"""Counting rules of INDICATORS.md 3.2 and the diversity of 3.4, in exact fractions.

The engine counts in SQL; these are the definitions it is tested against, and what the numbers of a page are worked out with.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import exp, log

Weights = dict[str, Fraction]
UNKNOWN = ""
"""The category of records that name none; it is counted, never left out."""


def full(records: Iterable[Sequence[str]]) -> Weights:
    """Count every record once for each distinct code that it has; the sum means nothing.

    >>> {code: int(n) for code, n in full([["CN"], ["CN", "DE", "DE"], []]).items()}
    {'CN': 2, 'DE': 1, '': 1}
    """
    totals: Counter[str] = Counter()
    for codes in records:
        totals.update(set(codes or (UNKNOWN,)))
    return {code: Fraction(n) for code, n in totals.items()}


def fractional(records: Iterable[Sequence[str]]) -> Weights:
    """Split every record evenly among its distinct codes; the sum is the number of records.

    >>> {code: str(n) for code, n in fractional([["CN"], ["CN", "DE", "DE"], []]).items()}
    {'CN': '3/2', 'DE': '1/2', '': '1'}
    """
    totals: Weights = {}
    for codes in records:
        distinct = list(dict.fromkeys(codes)) or [UNKNOWN]
        for code in distinct:
            totals[code] = totals.get(code, Fraction()) + Fraction(1, len(distinct))
    return totals


def two_way(records: Iterable[tuple[Sequence[str], Sequence[str]]]) -> dict[tuple[str, str], Fraction]:
    """Split every record evenly among its pairs of distinct codes; the sum over the matrix is the number of records."""
    totals: dict[tuple[str, str], Fraction] = {}
    for left, right in records:
        lefts, rights = list(dict.fromkeys(left)) or [UNKNOWN], list(dict.fromkeys(right)) or [UNKNOWN]
        for pair in ((a, b) for a in lefts for b in rights):
            totals[pair] = totals.get(pair, Fraction()) + Fraction(1, len(lefts) * len(rights))
    return totals


def shannon(weights: Mapping[str, float | Fraction]) -> float:
    """Return Shannon's entropy of the shares (natural logarithm); 0 for nothing."""
    total = float(sum(weights.values()))
    shares = [float(weight) / total for weight in weights.values() if weight > 0]
    return -sum(share * log(share) for share in shares)


def effective_number(weights: Mapping[str, float | Fraction]) -> float:
    """Return how many equally strong codes would be as diverse (Hill number of order 1); 0 for nothing.

    >>> round(effective_number({"a": 5, "b": 5}), 6), effective_number({})
    (2.0, 0.0)
    """
    return exp(shannon(weights)) if any(weights.values()) else 0.0


def evenness(weights: Mapping[str, float | Fraction]) -> float | None:
    """Return how evenly the codes are spread: entropy over the largest it could be, 1 for equal shares; None for fewer than two codes.

    >>> round(evenness({"CN": 11 / 6, "DE": 11 / 6, "FR": 1 / 3}), 4), evenness({"CN": 3})
    (0.8394, None)
    """
    present = sum(weight > 0 for weight in weights.values())
    return shannon(weights) / log(present) if present > 1 else None


def concentration(weights: Mapping[str, float | Fraction]) -> float:
    """Return the sum of the squared shares (Herfindahl and Hirschman, 0 to 1); 0 for nothing."""
    total = float(sum(weights.values()))
    return sum((float(weight) / total) ** 2 for weight in weights.values()) if total else 0.0
