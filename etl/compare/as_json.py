"""A comparison as one JSON object, with everything in it; numbers are exact: whole ones as numbers, others as text such as ``"11/6"``."""

from __future__ import annotations

from dataclasses import asdict
from fractions import Fraction
from typing import Any

from etl.compare.attribution import Change
from etl.compare.comparison import Comparison
from etl.compare.publication import Publication


def as_json(found: Comparison) -> dict[str, Any]:
    """Return the comparison as plain values, in the order in which the text tells it."""
    return {
        "old": _snapshot(found.old),
        "new": _snapshot(found.new),
        "same_code": found.same_code,
        "indicators": [
            {
                "id": each.indicator, "code": each.code, "old": _exact(each.old), "new": _exact(each.new), "change": _exact(each.change),
                "parts": {part: _exact(value) for part, value in each.parts.items()},
            }
            for each in found.movements
        ],
        "records": [_record(found, each) for each in found.changes],
        "files": [asdict(each) for each in found.files],
        "partners": [asdict(each) for each in found.partners],
        "problems": dict(zip(("new", "gone"), found.problems, strict=True)),
        "questions": dict(zip(("new", "gone"), found.questions, strict=True)),
    }  # fmt: skip


def _snapshot(snapshot: Publication) -> dict[str, str]:
    return {"id": snapshot.id, "as_of": snapshot.as_of, "code": snapshot.code, "folder": str(snapshot.folder)}


def _record(found: Comparison, change: Change) -> dict[str, Any]:
    sides = (change.was, change.is_)
    record = change.is_ or change.was
    assert record is not None
    return {
        "kind": change.key[0], "id": change.key[1], "old_id": change.was.id if change.was else None,
        "new_id": change.is_.id if change.is_ else None, "title": record.attributes["title"], "what": change.what,
        "part": change.part, "why": change.why,
        "rows": [list(side.rows) if side else [] for side in sides],
        "attributes": [
            {
                "name": name, "old": before, "new": after,
                "old_cells": [asdict(cell) for cell in found.cells[0].behind(change.was, name)],
                "new_cells": [asdict(cell) for cell in found.cells[1].behind(change.is_, name)],
            }
            for name, (before, after) in change.attributes().items()
        ],
    }  # fmt: skip


def _exact(value: Fraction) -> int | str:
    return int(value) if value.denominator == 1 else str(value)
