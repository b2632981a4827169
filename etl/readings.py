"""What every distinct text was read as: a normaliser runs once per distinct text, however many cells hold it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from etl.errors import Unreadable, Unsure
from etl.records import Read


@dataclass(slots=True)
class Verdict:
    """The answer for one distinct text: a value, or the reason why there is none."""

    read: Read | None
    reason: str
    candidates: tuple[str, ...]
    is_unsure: bool
    cells: int = 0


class Readings:
    """All verdicts of a run, by kind, text and context; becomes the table ``reading``."""

    def __init__(self) -> None:
        self.verdicts: dict[tuple[str, str, str], Verdict] = {}

    def read(self, kind: str, text: str, normaliser: Callable[[], Read], context: str = "") -> Verdict:
        """Return the verdict on ``text``, asking ``normaliser`` only the first time, and count one cell more."""
        key = (kind, text, context)
        verdict = self.verdicts.get(key)
        if verdict is None:
            verdict = self.verdicts[key] = _ask(normaliser)
        verdict.cells += 1
        return verdict

    def note(self, kind: str, text: str, read: Read, context: str = "") -> None:
        """Record a reading that another stage made, such as the partner that a name was resolved to."""
        verdict = self.verdicts.setdefault((kind, text, context), Verdict(read, "", (), False))
        verdict.cells += 1


def _ask(normaliser: Callable[[], Read]) -> Verdict:
    try:
        return Verdict(normaliser(), "", (), False)
    except Unsure as error:
        return Verdict(None, str(error), error.candidates, True)
    except Unreadable as error:
        return Verdict(None, str(error), (), False)
