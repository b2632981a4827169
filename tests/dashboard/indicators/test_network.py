import random
from itertools import combinations

import pytest

from dashboard.indicators.network import clusters, met, modularity, places, strength

TRIANGLES = {("a", "b"): 1.0, ("b", "c"): 1.0, ("a", "c"): 1.0, ("x", "y"): 1.0, ("y", "z"): 1.0, ("x", "z"): 1.0, ("c", "x"): 0.5}
NODES = {node for pair in TRIANGLES for node in pair}


def test_a_code_counts_once_per_group_and_a_group_without_codes_not_at_all() -> None:
    pairs, singles, total = met([["a", "b", "a"], ["b"], [], ["b", "a"]])
    assert (dict(pairs), dict(singles), total) == ({("a", "b"): 2}, {"a": 2, "b": 3}, 3)


def test_the_strength_of_the_definition_is_one_where_chance_would_have_it() -> None:
    assert strength(6, 20, 45, 300) == 2.0
    assert strength(3, 20, 45, 300) == 1.0


def test_two_triangles_are_two_clusters() -> None:
    found = clusters(NODES, TRIANGLES)
    assert {frozenset(n for n in NODES if found[n] == c) for c in set(found.values())} == {frozenset("abc"), frozenset("xyz")}
    assert found["a"] == 0


def brute(nodes: list[str], weights: dict[tuple[str, str], float]) -> float:
    """The best modularity of all divisions of a few nodes."""

    def divisions(left: list[str]) -> list[list[list[str]]]:
        if not left:
            return [[]]
        first, *rest = left
        return [[*[g for j, g in enumerate(d) if j != i], [first, *group]] for d in divisions(rest) for i, group in enumerate([*d, []])]

    return max(modularity({n: i for i, g in enumerate(d) for n in g}, weights) for d in divisions(nodes))


@pytest.mark.parametrize("seed", range(12))
def test_the_clusters_come_near_the_best_of_all_divisions(seed: int) -> None:
    chance = random.Random(seed)
    nodes = list("abcdefg")
    weights = {pair: chance.choice([0.5, 1, 2, 3]) for pair in combinations(nodes, 2) if chance.random() < 0.45}
    if weights:
        assert modularity(clusters(nodes, weights), weights) >= brute(nodes, weights) - 0.06


def test_the_same_data_give_the_same_picture_in_whatever_order_they_come() -> None:
    turned = dict(reversed(TRIANGLES.items()))
    assert clusters(sorted(NODES), TRIANGLES) == clusters(sorted(NODES, reverse=True), turned)
    home = clusters(NODES, TRIANGLES)
    assert places(sorted(NODES), TRIANGLES, home) == places(sorted(NODES, reverse=True), turned, home)


def test_the_tied_stand_closer_than_the_strange() -> None:
    at = places(NODES, TRIANGLES, clusters(NODES, TRIANGLES))

    def apart(a: str, b: str) -> float:
        return ((at[a][0] - at[b][0]) ** 2 + (at[a][1] - at[b][1]) ** 2) ** 0.5

    within = [apart(a, b) for a, b in (*combinations("abc", 2), *combinations("xyz", 2))]
    across = [apart(a, b) for a in "ab" for b in "yz"]
    assert max(within) < min(across)
    assert all(-1 <= v <= 1 for place in at.values() for v in place)


def test_one_more_node_moves_the_others_little() -> None:
    before = places(NODES, TRIANGLES, clusters(NODES, TRIANGLES))
    more = TRIANGLES | {("a", "new"): 0.5}
    after = places({*NODES, "new"}, more, clusters({*NODES, "new"}, more))
    order = sorted(NODES)
    same = sum(
        (before[a][0] < before[b][0]) == (after[a][0] < after[b][0]) for a, b in combinations(order, 2)
    ) / len(list(combinations(order, 2)))  # fmt: skip
    assert same > 0.6


def test_nothing_and_one_alone() -> None:
    assert clusters([], {}) == places([], {}, {}) == {}
    assert clusters(["a", "b"], {}) == {"a": 0, "b": 1}
    assert places(["a"], {}, {"a": 0}) == {"a": (0.0, 0.0)}
    assert modularity({}, {}) == 0
