"""``python -m etl normalise KIND``: the normalisers on their own, one value a line, as a stream."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TextIO

import orjson

from etl.errors import Unreadable, Unsure
from etl.normalise import countries, dates, fields, types
from etl.records import Read

KINDS = ("date", "country", "field", "agreement-type", "outcome-type", "partner")
Normaliser = Callable[[str], Read]


def main(kind: str, source: TextIO, target: TextIO, *, data: Path, reference: Path | None) -> int:
    """Answer each line of ``source`` with one JSON object: input, value, status, reason, candidates."""
    normaliser = _normaliser(kind, data, reference)
    answers: dict[str, bytes] = {}
    for line in source:
        text = line.rstrip("\r\n")
        if text not in answers:
            if len(answers) > 100_000:  # memory stays bounded, whatever the length of the stream
                answers.clear()
            answers[text] = orjson.dumps(answer(text, normaliser))
        target.write(answers[text].decode() + "\n")
        target.flush() if source.isatty() else None
    return 0


def answer(text: str, normaliser: Normaliser) -> dict[str, object]:
    """Return what ``normaliser`` says of ``text``; the value is None where it refuses or is not sure."""
    found: dict[str, object] = {"input": text, "value": None, "status": "read", "reason": "", "candidates": []}
    try:
        read = normaliser(text)
    except Unsure as error:
        return found | {"status": "review", "reason": str(error), "candidates": list(error.candidates)}
    except Unreadable as error:
        return found | {"status": "refused", "reason": str(error)}
    return found | {"value": read.value, "reason": read.rule}


def _normaliser(kind: str, data: Path, reference: Path | None) -> Normaliser:
    if kind == "partner":
        from etl.commands.directory import known  # reads the snapshot and the reference, which the other kinds do not need

        return known(data, reference).find_listed
    plain: dict[str, Normaliser] = {
        "date": dates.date, "country": countries.country, "field": fields.field,
        "agreement-type": types.agreement_type, "outcome-type": types.outcome_type,
    }  # fmt: skip
    return plain[kind]
