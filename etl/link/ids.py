"""Ids that stay: the office's own number where it is written once, else a hash of the raw cells that identify the record."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from etl.link.merge import identity, number_of
from etl.records import Record, short_hash
from etl.text import clean

_SAFE = re.compile(r"[\w.\-]{1,60}")
_PREFIX = {"agreement": "a", "news": "n", "outcome": "o"}


def ids(groups: Sequence[Sequence[Record]]) -> list[str]:
    """Return one id for each group, in their order; no two are the same.

    A number that two groups carry identifies neither.
    """
    carried = [sorted({number for r in group if (number := number_of(r))}) for group in groups]
    shared = Counter(number for numbers in carried for number in numbers)
    found: list[str] = []
    for group, numbers in zip(groups, carried, strict=True):
        own = [n for n in numbers if shared[n] == 1]
        written = next((clean(r.texts["number"]) for r in group if own and number_of(r) == own[0]), "")
        found.append(written if _SAFE.fullmatch(written) else _hashed(group))
    return _distinct(found)


def _hashed(group: Sequence[Record]) -> str:
    cells = min(identity(record) for record in group)
    return f"{_PREFIX[group[0].kind]}-{short_hash(*cells)}"


def _distinct(found: list[str]) -> list[str]:
    seen: dict[str, int] = {}
    result = []
    for each in found:
        key = each.casefold()
        times = seen[key] = seen.get(key, 0) + 1
        result.append(each if times == 1 else f"{each}-{times}")
    return result
