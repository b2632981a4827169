"""The normalisers on their own, against the development sets compiled from other projects' tests."""

from __future__ import annotations

import csv
import gzip
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from etl.errors import Unreadable
from etl.normalise import countries, dates, fields
from etl.records import Read
from tests.quality.scores import Score, Share

_GOALS = {"countries": 0.95, "dates": 0.93, "fields": 0.6}


def measure_normalisers(folder: Path) -> Iterator[Score]:
    """Yield one score for each development set that is there, with shares by class and language."""
    sets: tuple[tuple[str, str, Callable[[str], Read]], ...] = (
        ("countries", "iso3", countries.country),
        ("dates", "iso", dates.date),
        ("fields", "ford", fields.field),
    )
    for name, column, normaliser in sets:
        rows = _rows(folder / f"{name}.csv")
        if rows:
            yield from _measure(name, column, normaliser, rows)


def _rows(path: Path) -> list[Mapping[str, str]]:
    if path.is_file():
        return list(csv.DictReader(path.open(encoding="utf-8", newline="")))
    packed = path.with_suffix(path.suffix + ".gz")
    return list(csv.DictReader(gzip.open(packed, "rt", encoding="utf-8"))) if packed.is_file() else []


def _measure(name: str, column: str, normaliser: Callable[[str], Read], rows: list[Mapping[str, str]]) -> Iterator[Score]:
    share, answered = Share(f"normalise {name}", _GOALS[name]), Share(f"normalise {name}: rubbish left alone")
    groups: dict[str, list[bool]] = defaultdict(list)
    started = time.perf_counter()
    answers = [_answer(normaliser, row["input"]) for row in rows]
    speed = len(rows) / (time.perf_counter() - started)
    for row, answer in zip(rows, answers, strict=True):
        accepted = {"" if a == "NONE" else a for a in (row.get("accept") or row[column] or "NONE").split("|")}
        is_right = answer in accepted
        share.add(is_right, f"{row['input']!r} -> {answer or 'refused'}, expected {'|'.join(sorted(accepted)) or 'nothing'}")
        groups[row["lang"]].append(is_right)
        groups[row["class"].split(":")[0]].append(is_right)
        if "" in accepted:
            answered.add(is_right, f"{row['input']!r} -> {answer}")
    score = share.score()
    score.detail = f"{speed:,.0f}/s  " + "  ".join(
        f"{k} {sum(v) / len(v):.3f}" for k, v in sorted(groups.items(), key=lambda g: -len(g[1]))[:9]
    )
    yield score
    if answered.n:
        yield answered.score()


def _answer(normaliser: Callable[[str], Read], text: str) -> str:
    try:
        return normaliser(text).value
    except Unreadable:
        return ""
