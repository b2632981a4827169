"""``python -m etl same``: do two names mean one organisation?"""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

import orjson

from etl.commands.directory import known
from etl.link.partners import similar


def main(source: TextIO, target: TextIO, *, reference: Path | None) -> int:
    """Answer each line ``a<TAB>b`` with one JSON object: a, b, score, verdict, reason."""
    directory = known(None, reference)
    for line in source:
        a, _, b = line.rstrip("\r\n").partition("\t")
        found = similar(a, b, directory.known)
        said = {"a": a, "b": b, "score": round(found.score, 4), "verdict": found.verdict, "reason": found.reason}
        target.write(orjson.dumps(said).decode() + "\n")
    return 0
