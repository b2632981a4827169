"""Facts as files: every list, map and exception of the ETL, loaded here and checked by tests/etl/test_reference.py.

Each vocabulary is one CSV of codes with their names, and one of aliases that lead to a code; a name is an alias of itself.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of ``name``.csv; every value is text, an empty cell is an empty string.

    >>> rows("headers")[0]["kind"] in ("agreement", "news", "outcome", "*")
    True
    """
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
