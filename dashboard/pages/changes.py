"""The difference between two whole years in words, for number tiles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dashboard.indicators.series import Change
from dashboard.locale import Say, mark

MORE = mark("{now} in {year}, {by} more than in {before}")
FEWER = mark("{now} in {year}, {by} fewer than in {before}")
SAME = mark("{now} in {year}, as many as in {before}")


def in_words(say: Say, change: Change) -> str:
    """Say how many there were in the last whole year and how many more or fewer than in the year before."""
    text = MORE if change.by > 0 else FEWER if change.by < 0 else SAME
    years = {"year": str(change.year), "before": str(change.year - 1)}
    return say(text, now=say.number(int(change.now)), by=say.number(abs(int(change.by))), **years)


def by_year(rows: Iterable[Mapping[str, Any]]) -> dict[int, float]:
    """Return year -> number from rows with ``year`` and ``n``; those without a year are left out."""
    found: dict[int, float] = {}
    for row in rows:
        if row["year"] is not None:
            found[int(row["year"])] = found.get(int(row["year"]), 0) + int(row["n"])
    return found
