"""Why each indicator moved: its change split into parts that add up to it exactly.

The set of records is taken from the old snapshot to the new one in steps - the as-of date, then what was removed, what rules read
otherwise, what was corrected, what is new - and every indicator is measured between the steps. What a step adds is its part. The sum
telescopes for any function of the records, for distinct counts and fractions too. The order is a convention: where two parts meet (a new
agreement of a partner whose other one was removed) another order would divide otherwise, and give the same sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from etl.compare.causes import PARTS, Part, Why
from etl.compare.records import Stated
from etl.indicators.definitions import INDICATORS, measured
from etl.indicators.facts import Fact, Key, Portfolio

_Values = Mapping[tuple[str, str], Fraction]
_ORDER = {each.id: at for at, each in enumerate(INDICATORS)}


@dataclass(frozen=True, slots=True)
class Change:
    """A record that came, went or changed; both sides speak of other records by their ids in the new snapshot.

    ``key`` is that of the new record, or the name of one that is gone. ``was`` and ``is_`` have the id that each had or has.
    """

    key: Key
    was: Stated | None
    is_: Stated | None
    part: Part
    why: Why

    @property
    def what(self) -> str:
        """Return new, removed or changed."""
        return "new" if self.was is None else "removed" if self.is_ is None else "changed"

    def attributes(self) -> dict[str, tuple[object, object]]:
        """Return the old and the new value of every attribute that differs."""
        before, after = self.was.attributes if self.was else {}, self.is_.attributes if self.is_ else {}
        both = {name: (before.get(name), after.get(name)) for name in (after or before)}
        return {name: pair for name, pair in both.items() if pair[0] != pair[1] and not all(map(_says_nothing, pair))}


@dataclass(frozen=True, slots=True)
class Movement:
    """One number of an indicator before and after, and the parts of the difference."""

    indicator: str
    code: str
    old: Fraction
    new: Fraction
    parts: Mapping[Part, Fraction]

    @property
    def change(self) -> Fraction:
        """Return the difference."""
        return self.new - self.old

    @property
    def moved(self) -> bool:
        """Tell whether anything happened, also where it adds up to nothing."""
        return any(self.parts.values())


def movements(old: Mapping[Key, Fact], as_of: tuple[date, date], changes: Iterable[Change]) -> list[Movement]:
    """Return every number of every indicator, in the order of INDICATORS, then by code.

    ``old`` are the records of the old snapshot by their names beside the new one, ``as_of`` the days of the two.
    """
    given = list(changes)
    facts = dict(old)
    states: list[_Values] = [measured(Portfolio(dict(facts), as_of[0]))]
    steps: dict[Part, int] = {}
    for part in PARTS:
        mine = [change for change in given if change.part == part]
        for change in mine:
            if change.is_ is None:
                del facts[change.key]
            else:
                facts[change.key] = change.is_.fact
        stays = not mine and (part != "as_of" or as_of[0] == as_of[1])
        steps[part] = len(states)
        states.append(states[-1] if stays else measured(Portfolio(dict(facts), as_of[1])))
    keys = {key for state in states for key in state}
    return [_movement(key, states, steps) for key in sorted(keys, key=lambda key: (_ORDER[key[0]], key[1]))]


def _movement(key: tuple[str, str], states: list[_Values], steps: Mapping[Part, int]) -> Movement:
    parts = {part: _value(states[at], key) - _value(states[at - 1], key) for part, at in steps.items()}
    return Movement(*key, _value(states[0], key), _value(states[-1], key), parts)


def _value(state: _Values, key: tuple[str, str]) -> Fraction:
    return state.get(key, Fraction())


def _says_nothing(value: object) -> bool:
    return value in (None, (), "") or value is False
