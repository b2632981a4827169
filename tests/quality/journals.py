"""Fields of journals by their names, on tests/quality/journals.csv: well-known journals with the FORD fields a librarian would accept.

The rules were built with the half called ``build``; the other half was only counted. Journals of all fields have none.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from etl.errors import Unreadable
from etl.normalise import venues
from tests.quality.scores import Score, Share

JOURNALS = Path(__file__).with_name("journals.csv")
#: As sure as the pipeline wants a field that only the journal's name says (etl/pipeline/publications.py).
SURE = 0.6
GOAL = 0.9


def journals(part: str) -> list[dict[str, str]]:
    """Return the journals of one half: ``build`` or ``held_out``."""
    with JOURNALS.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["part"] == part]


def answer(journal: str) -> str:
    try:
        read = venues.field(journal)
    except Unreadable:
        return ""
    return read.value if read.confidence >= SURE else ""


def measure_journals() -> Iterator[Score]:
    for part in ("build", "held_out"):
        right = Share(f"journals, {part}: right of what is answered", GOAL)
        answered = Share(f"journals, {part}: answered of those with a field")
        for row in journals(part):
            due, found = row["field_codes"].split(), answer(row["journal"])
            if found:
                right.add(found in due, f"{row['journal']}: {found}, not {row['field_codes'] or 'any'}")
            if due:
                answered.add(bool(found), row["journal"])
        yield right.score()
        yield answered.score()
