"""The normalisers on their own, against sets compiled from other projects' tests: dates, countries, fields, types."""

from __future__ import annotations

import csv
import gzip
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from etl.errors import Unreadable
from etl.normalise import countries, dates, fields, types
from etl.records import Read
from tests.quality.scores import Confusion, Score, Share, of_counts

Rows = list[Mapping[str, str]]


@dataclass(frozen=True)
class Task:
    """One normaliser and the file that measures it; ``column`` holds the answer where ``accept`` does not."""

    name: str
    column: str
    normaliser: Callable[[str], Read]
    goal: float
    precision: float | None = None
    speed: float | None = None


TASKS = (
    Task("countries", "iso3", countries.country, 0.97, speed=20_000),
    Task("dates", "iso", dates.date, 0.95, precision=0.99, speed=20_000),
    Task("fields", "ford", fields.field, 0.75),
)


def measure_normalisers(folder: Path) -> Iterator[Score]:
    """Yield the scores of each set that is there, with what went wrong by class and language."""
    for task in TASKS:
        if gold := rows_of(folder / f"{task.name}.csv"):
            yield from _measure(task, gold)


def measure_written(gold: Path) -> Iterator[Score]:
    """Yield the scores of the written forms of fields and types that the registers of ``gold`` hold."""
    if written := rows_of(gold / "field_forms.csv"):
        rows = [{"input": r["written"], "accept": r["ford_codes"] or "NONE", "class": "register", "lang": r["lang"]} for r in written]
        yield from _measure(Task("fields as registers write them", "", fields.field, 0.75), rows)
    for kind, normaliser in (("agreement", types.agreement_type), ("outcome", types.outcome_type)):
        rows = [
            {"input": r["written_form"], "accept": r["canonical"].replace(" ", "_"), "class": "register", "lang": r["lang"]}
            for r in rows_of(gold / "types.csv")
            if r["kind"] == kind
        ]
        if rows:
            yield from _measure(Task(f"{kind} types", "", normaliser, 0.95), rows)


def rows_of(path: Path) -> Rows:
    """Return the rows of a CSV file, also gzipped; none when it is absent."""
    if path.is_file():
        return list(csv.DictReader(path.open(encoding="utf-8", newline="")))
    packed = path.with_suffix(path.suffix + ".gz")
    return list(csv.DictReader(gzip.open(packed, "rt", encoding="utf-8"))) if packed.is_file() else []


def accepted_of(row: Mapping[str, str], column: str) -> list[str]:
    """Return every answer that counts as right; '' stands for leaving it empty."""
    return ["" if answer == "NONE" else answer for answer in (row.get("accept") or row.get(column) or "NONE").split("|")]


def _measure(task: Task, rows: Sequence[Mapping[str, str]]) -> Iterator[Score]:
    share, rubbish = Share(f"normalise {task.name}", task.goal), Share(f"  {task.name}: rubbish left alone", 0.995)
    confusion, outcomes = Confusion(), []
    head = len(rows) // 4  # loads the lists of every rule, which is not what is timed
    answers = [_answer(task.normaliser, row["input"]) for row in rows[:head]]
    started = time.process_time()
    answers += [_answer(task.normaliser, row["input"]) for row in rows[head:]]
    speed = (len(rows) - head) / (time.process_time() - started)
    for row, answer in zip(rows, answers, strict=True):
        accepted = accepted_of(row, task.column)
        outcome = confusion.add({"class": row["class"].split(":")[0], "lang": row["lang"]}, answer, accepted)
        share.add(outcome == "right", f"{outcome} {row['input']!r} -> {answer or 'nothing'}, expected {'|'.join(accepted) or 'nothing'}")
        if "" in accepted:
            rubbish.add(outcome == "right", f"{row['input']!r} -> {answer}")
        else:
            outcomes.append(outcome)
    score = share.score()
    score.table = list(confusion.lines())
    yield score
    if rubbish.n:
        yield rubbish.score()
    precision, recall, _ = of_counts(outcomes.count("right"), outcomes.count("wrong"), outcomes.count("wrong") + outcomes.count("refused"))
    yield Score(f"  {task.name}: precision of what is answered", precision, len(outcomes), task.precision, f"R {recall:.3f}")
    if task.name == "fields" or task.name.startswith("fields "):
        yield _areas(task, rows, answers)
    yield Score(f"  {task.name}: distinct texts a second, cold", round(speed), len(rows), task.speed)


def _areas(task: Task, rows: Sequence[Mapping[str, str]], answers: Sequence[str]) -> Score:
    """Return how often at least the area (the figure before the point) is right."""
    share = Share(f"  {task.name}: area", 0.88)
    for row, answer in zip(rows, answers, strict=True):
        areas = {code.partition(".")[0] for code in accepted_of(row, task.column)}
        share.add(answer.partition(".")[0] in areas, "")
    score = share.score()
    score.misses = []
    return score


def _answer(normaliser: Callable[[str], Read], text: str) -> str:
    try:
        return normaliser(text).value
    except Unreadable:
        return ""
