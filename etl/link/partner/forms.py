"""Written forms of organisations that no list knows, and sets of them that grow together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from etl.link.partner.decided import Rulings


class Form(NamedTuple):
    """A written form in one country; ``country`` is empty when its rows name none or several."""

    text: str
    country: str


class Pair(NamedTuple):
    """Two forms that rows give of one organisation, each in a language of its own."""

    one: Form
    two: Form
    languages: tuple[str, str]


class Clusters:
    """Sets of forms that grow together; the smallest form stands for its set. What people told apart never joins.

    A form is its place among the sorted ``forms``.
    """

    def __init__(self, forms: Sequence[Form], rulings: Rulings | None = None) -> None:
        self._forms = forms
        self._over = list(range(len(forms)))
        self._rulings = rulings if rulings and rulings.groups else None
        self._groups = [frozenset({rulings.group(*form)}) for form in forms] if rulings and rulings.groups else []

    def of(self, at: int) -> int:
        """Return the form that stands for the set of the form ``at``."""
        over = self._over
        while over[at] != at:
            over[at] = over[over[at]]
            at = over[at]
        return at

    def join(self, one: int, two: int) -> None:
        """Make one set of the sets of ``one`` and ``two``."""
        first, second = self.of(one), self.of(two)
        if first > second:
            first, second = second, first
        if self._rulings:
            if first == second or any(self._rulings.are_apart(a, b) for a in self._groups[first] for b in self._groups[second]):
                return
            self._groups[first] |= self._groups[second]
        self._over[second] = first

    def sets(self) -> list[list[Form]]:
        """Return the sets, each sorted, in the order of their first forms."""
        found: dict[int, list[Form]] = {}
        for at, form in enumerate(self._forms):
            found.setdefault(self.of(at), []).append(form)
        return list(found.values())


def spans(forms: Sequence[Form]) -> dict[str, range]:
    """Return where the forms of each text stand."""
    starts = [at for at, form in enumerate(forms) if not at or forms[at - 1].text != form.text]
    return {forms[start].text: range(start, end) for start, end in pairwise([*starts, len(forms)])}
