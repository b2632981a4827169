"""Who works with whom: co-occurrence, association strength, clusters and places. Pure functions; the same data give the same picture.

Association strength is n_ij N / (n_i n_j) (INDICATORS.md 3.3): 1 where two meet as often as chance would have it. Clusters maximise
modularity (Blondel and others 2008, "Louvain") with the nodes visited in the order of their ids, so no seed is needed. Each node
starts at a place that follows from its id alone: when one is added at a refresh the others move little.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from itertools import combinations
from math import cos, pi, sin, sqrt

import numpy as np

Pair = tuple[str, str]
Weights = Mapping[Pair, float]
_ROUNDS = 250
_PASSES = 20


def met(groups: Iterable[Iterable[str]]) -> tuple[Counter[Pair], Counter[str], int]:
    """Return how many groups each pair shares, how many each code is in, and how many groups name any; a code counts once per group."""
    pairs, singles, total = Counter[Pair](), Counter[str](), 0
    for group in groups:
        codes = sorted(set(group))
        total += bool(codes)
        singles.update(codes)
        pairs.update(combinations(codes, 2))
    return pairs, singles, total


def strength(together: int, one: int, other: int, total: int) -> float:
    """Return the association strength of two codes.

    >>> strength(6, 20, 45, 300)
    2.0
    """
    return together * total / (one * other)


def clusters(nodes: Iterable[str], weights: Weights) -> dict[str, int]:
    """Return node -> number of its cluster, the largest cluster 0 (equal ones by their first id); a node without a tie is alone."""
    order = sorted(nodes)
    home = {node: i for i, node in enumerate(order)}
    near = _near(order, weights)
    while True:
        level = {i: i for i in set(home.values())}
        moved = _moved(level, _folded(near, home))
        if not moved:
            break
        home = {node: level[place] for node, place in home.items()}
    members: defaultdict[int, list[str]] = defaultdict(list)
    for node in order:
        members[home[node]].append(node)
    ranked = sorted(members.values(), key=lambda group: (-len(group), group[0]))
    return {node: i for i, group in enumerate(ranked) for node in group}


def _near(order: list[str], weights: Weights) -> dict[str, dict[str, float]]:
    near: dict[str, dict[str, float]] = {node: {} for node in order}
    for (a, b), weight in sorted(weights.items()):
        if a in near and b in near and weight > 0:
            near[a][b] = near[b][a] = weight
    return near


def _folded(near: Mapping[str, Mapping[str, float]], home: Mapping[str, int]) -> dict[int, dict[int, float]]:
    """Return the network of the clusters: weights between them, and within each twice the weights inside (as modularity counts them)."""
    between: dict[int, dict[int, float]] = {place: defaultdict(float) for place in sorted(set(home.values()))}
    for a, others in near.items():
        for b, weight in others.items():
            between[home[a]][home[b]] += weight
    return between


def _moved(level: dict[int, int], between: Mapping[int, Mapping[int, float]]) -> bool:
    """Move each cluster, in order, to the neighbour that gains most modularity, until none moves; tell whether any did."""
    degree = {node: sum(others.values()) for node, others in between.items()}
    sums, whole, any_moved = dict(degree), sum(degree.values()), False
    if not whole:
        return False
    for _ in range(_PASSES):
        changed = False
        for node in sorted(between):
            own = level[node]
            links: defaultdict[int, float] = defaultdict(float)
            for other, weight in between[node].items():
                if other != node:
                    links[level[other]] += weight
            sums[own] -= degree[node]
            gain = {place: links[place] - sums[place] * degree[node] / whole for place in sorted({own, *links})}
            best = max(gain, key=lambda place: (round(gain[place], 9), place == own, -place))
            sums[best] += degree[node]
            level[node] = best
            changed |= best != own
        any_moved |= changed
        if not changed:
            break
    return any_moved


def modularity(home: Mapping[str, int], weights: Weights) -> float:
    """Return the modularity of a division into clusters; 0 without a tie."""
    whole = 2 * sum(weights.values())
    degree: defaultdict[str, float] = defaultdict(float)
    for (a, b), weight in weights.items():
        degree[a] += weight
        degree[b] += weight
    inside = 2 * sum(weight for (a, b), weight in weights.items() if home[a] == home[b])
    sums: defaultdict[int, float] = defaultdict(float)
    for node, value in degree.items():
        sums[home[node]] += value
    return inside / whole - sum((value / whole) ** 2 for value in sums.values()) if whole else 0.0


def places(nodes: Iterable[str], weights: Weights, home: Mapping[str, int]) -> dict[str, tuple[float, float]]:
    """Return node -> x and y, both within -1 to 1, by forces (Fruchterman and Reingold 1991) that start from :func:`_beginning`.

    The members of a cluster draw each other a little, so that colour and place tell the same.
    """
    order = sorted(nodes)
    if not order:
        return {}
    size = len(order)
    at = np.array([_beginning(node) for node in order]).T.copy()
    number = {node: i for i, node in enumerate(order)}
    pull = np.zeros((size, size))
    for (a, b), weight in weights.items():
        if a in number and b in number:
            pull[number[a], number[b]] = pull[number[b], number[a]] = sqrt(weight)
    pull = pull / pull.max() if pull.any() else pull
    own = np.array([home[node] for node in order])
    pull = pull + 0.04 * ((own[:, None] == own[None, :]) & ~np.eye(size, dtype=bool))
    spread = 1.3 / sqrt(size)
    # Written into the same arrays in every round: a click on the page of partners waits for it.
    apart, square, far, push = np.empty((2, size, size)), np.empty((2, size, size)), np.empty((size, size)), np.empty((size, size))
    for turn in range(_ROUNDS):
        np.subtract(at[:, :, None], at[:, None, :], out=apart)
        np.multiply(apart, apart, out=square)
        np.sqrt(np.add(square[0], square[1], out=far), out=far)
        np.maximum(far, 1e-3, out=far)
        np.divide(spread**2, np.multiply(far, far, out=push), out=push)
        push -= np.divide(np.multiply(pull, far, out=far), spread, out=far)
        force = np.multiply(apart, push, out=apart).sum(axis=2) - 0.35 * at
        length = np.maximum(np.sqrt(force[0] ** 2 + force[1] ** 2), 1e-9)
        at += force / length * np.minimum(length, 0.12 * (1 - turn / _ROUNDS) + 0.002)
    at -= (at.max(axis=1, keepdims=True) + at.min(axis=1, keepdims=True)) / 2
    at = at / max(float(np.abs(at).max()), 1e-9) if size > 1 else at * 0
    return {node: (round(x, 4), round(y, 4)) for node, x, y in zip(order, *at.tolist(), strict=True)}


def _beginning(node: str) -> tuple[float, float]:
    """Return a place on the disc that follows from the id alone."""
    raw = blake2b(node.encode(), digest_size=8).digest()
    angle, radius = int.from_bytes(raw[:4], "big") / 2**32 * 2 * pi, sqrt(int.from_bytes(raw[4:], "big") / 2**32)
    return radius * cos(angle), radius * sin(angle)
