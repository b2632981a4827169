"""Scores: a share of right answers, or precision and recall, beside the goal; and who is wrong how, by class and language."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

#: What can become of one row of a gold: an answer that is right or wrong, none where one is due, one where none is due.
OUTCOMES = ("right", "wrong", "refused", "invented")


@dataclass
class Score:
    """One figure of the report; ``goal`` is the least value that is good enough, None where none is set."""

    name: str
    value: float
    n: int
    goal: float | None = None
    detail: str = ""
    misses: list[str] = field(default_factory=list)
    table: list[str] = field(default_factory=list)

    @property
    def reached(self) -> bool:
        return self.goal is None or self.value >= self.goal

    def line(self) -> str:
        goal = "" if self.goal is None else f"goal {self.goal:,.5g} {'reached' if self.reached else 'MISSED'}"
        value = f"{self.value:9.4f}" if self.value <= 1 else f"{self.value:9,.0f}"
        return f"{self.name:<64}{value}  n={self.n:<6} {goal:<20} {self.detail}".rstrip()


class Share:
    """Counts right and wrong answers."""

    def __init__(self, name: str, goal: float | None = None) -> None:
        self.name, self.goal = name, goal
        self.right = self.n = 0
        self.misses: list[str] = []

    def add(self, is_right: bool, miss: str) -> None:
        self.n += 1
        self.right += is_right
        if not is_right:
            self.misses.append(miss)

    def score(self) -> Score:
        return Score(self.name, self.right / max(1, self.n), self.n, self.goal, misses=self.misses)


class Sets:
    """Compares sets of answers with sets of truths, item by item."""

    def __init__(self, name: str, goal: float | None = None, measure: str = "f1") -> None:
        self.name, self.goal, self.measure = name, goal, measure
        self.hits = self.wrong = self.lost = 0
        self.misses: list[str] = []

    def add(self, found: Iterable[str], truth: Iterable[str], where: str) -> None:
        answers, right = set(found), set(truth)
        self.hits += len(answers & right)
        self.wrong += len(answers - right)
        self.lost += len(right - answers)
        self.misses += [f"{where}: wrong {each}" for each in sorted(answers - right)]
        self.misses += [f"{where}: lost {each}" for each in sorted(right - answers)]

    def score(self) -> Score:
        precision, recall, f1 = of_counts(self.hits, self.wrong, self.lost)
        value = {"f1": f1, "precision": precision, "recall": recall}[self.measure]
        return Score(self.name, value, self.hits + self.lost, self.goal, f"P {precision:.3f} R {recall:.3f} F1 {f1:.3f}", self.misses)


class Confusion:
    """Counts for each group (a class, a language) what became of its rows, and which value was taken for which."""

    def __init__(self) -> None:
        self._groups: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self._mistaken: Counter[tuple[str, str]] = Counter()

    def add(self, groups: Mapping[str, str], answer: str, accepted: Sequence[str]) -> str:
        """Count one row under each of its ``groups`` and return its outcome; an accepted '' means that none is due."""
        outcome = "right" if answer in accepted else "invented" if "" in accepted else "wrong" if answer else "refused"
        for kind, group in groups.items():
            self._groups[kind, group or "-"][outcome] += 1
        if outcome == "wrong":
            self._mistaken[accepted[0], answer] += 1
        return outcome

    def lines(self) -> Iterator[str]:
        """Yield a table, one row a group from the largest down, and the values most often taken for another."""
        yield f"    {'':<22}" + "".join(f"{name:>10}" for name in ("rows", *OUTCOMES, "share"))
        for (kind, group), counts in sorted(self._groups.items(), key=lambda each: (each[0][0], -each[1].total(), each[0][1])):
            share = counts["right"] / counts.total()
            yield f"    {kind + ' ' + group:<22}{counts.total():>10}" + "".join(f"{counts[o]:>10}" for o in OUTCOMES) + f"{share:>10.3f}"
        if self._mistaken:
            often = sorted(self._mistaken.items(), key=lambda each: (-each[1], each[0]))[:12]
            yield "    taken for: " + ", ".join(f"{truth} for {answer} {n}" for (truth, answer), n in often)


def of_counts(hits: int, wrong: int, lost: int) -> tuple[float, float, float]:
    """Return precision, recall and F1.

    >>> of_counts(3, 1, 3)
    (0.75, 0.5, 0.6)
    """
    precision, recall = hits / max(1, hits + wrong), hits / max(1, hits + lost)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def area_under_curve(same: Sequence[float], different: Sequence[float]) -> float:
    """Return the probability that a pair that is the same scores above one that is not; a tie counts half.

    >>> area_under_curve([0.9, 0.5], [0.5, 0.1])
    0.875
    """
    ranked = sorted([(score, True) for score in same] + [(score, False) for score in different])
    ranks: dict[float, list[int]] = defaultdict(list)
    for rank, (score, _) in enumerate(ranked, 1):
        ranks[score].append(rank)
    total = sum(sum(ranks[score]) / len(ranks[score]) for score in same)
    return (total - len(same) * (len(same) + 1) / 2) / max(1, len(same) * len(different))
