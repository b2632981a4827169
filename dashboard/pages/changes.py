"""The difference between two whole years in words, for number tiles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dashboard.indicators.series import Change
from dashboard.locale import Say, mark

MORE = mark("{now} in {year}, {by} more than in {before}")
FEWER = mark("{now} in {year}, {by} fewer than in {before}")
SAME = mark("{now} in {year}, as many as in {before}")
NEW_MORE = mark("{now} new in {year}, {by} more than in {before}")
NEW_FEWER = mark("{now} new in {year}, {by} fewer than in {before}")
NEW_SAME = mark("{now} new in {year}, as many as in {before}")


def in_words(say: Say, change: Change, new: bool = False) -> str:
    """Say how many there were in the last whole year and how many more or fewer than in the year before; ``new`` is met first."""
    texts = (NEW_MORE, NEW_FEWER, NEW_SAME) if new else (MORE, FEWER, SAME)
    text = texts[0] if change.by > 0 else texts[1] if change.by < 0 else texts[2]
    years = {"year": str(change.year), "before": str(change.year - 1)}
    return say(text, now=say.number(int(change.now)), by=say.number(abs(int(change.by))), **years)


def by_year(rows: Iterable[Mapping[str, Any]]) -> dict[int, float]:
    """Return year -> number from rows with ``year`` and ``n``; those without a year are left out."""
    found: dict[int, float] = {}
    for row in rows:
        if row["year"] is not None:
            found[int(row["year"])] = found.get(int(row["year"]), 0) + int(row["n"])
    return found
