"""The words of running text that rules speak of, by use: ``etl/reference/text_words.csv``; ``*`` is the rest of a word."""

from __future__ import annotations

from functools import cache

from etl.reference import rows
from etl.text import fold


@cache
def listed(use: str) -> frozenset[str]:
    """Return the folded words of one use.

    >>> "of" in listed("inside"), "semester" in listed("study")
    (True, True)
    """
    return frozenset(fold(row["word"]) for row in rows("text_words") if row["use"] == use and not row["word"].endswith("*"))


@cache
def _stems(use: str) -> tuple[str, ...]:
    return tuple(fold(row["word"][:-1]) for row in rows("text_words") if row["use"] == use and row["word"].endswith("*"))


def is_listed(folded: str, use: str) -> bool:
    """Tell whether a folded word is one of ``use``, or begins as one of its stems.

    >>> is_listed("студентами", "people"), is_listed("стол", "people")
    (True, False)
    """
    return folded in listed(use) or folded.startswith(_stems(use))
