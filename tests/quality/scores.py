"""Scores: a share of right answers, or precision and recall, beside the goal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass
class Score:
    """One figure of the report; ``goal`` is the least value that is good enough, None where none is set."""

    name: str
    value: float
    n: int
    goal: float | None = None
    detail: str = ""
    misses: list[str] = field(default_factory=list)

    @property
    def reached(self) -> bool:
        return self.goal is None or self.value >= self.goal

    def line(self) -> str:
        goal = "" if self.goal is None else f"goal {self.goal:.3f} {'reached' if self.reached else 'MISSED'}"
        return f"{self.name:<44} {self.value:7.4f}  n={self.n:<6} {goal:<20} {self.detail}"


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
        precision = self.hits / max(1, self.hits + self.wrong)
        recall = self.hits / max(1, self.hits + self.lost)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        value = {"f1": f1, "precision": precision, "recall": recall}[self.measure]
        return Score(self.name, value, self.hits + self.lost, self.goal, f"P {precision:.3f} R {recall:.3f} F1 {f1:.3f}", self.misses)
