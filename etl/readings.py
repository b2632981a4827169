"""What every distinct text was read as: a normaliser runs once per distinct text, however many cells hold it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from etl.errors import Unreadable, Unsure
from etl.records import Read, Ruling, ruling_key


@dataclass(slots=True)
class Verdict:
    """The answer for one distinct text: a value, or the reason why there is none.

    ``decision`` says who settled it, when and why; where there is then no value, the person said that the text names none.
    """

    read: Read | None
    reason: str
    candidates: tuple[str, ...]
    is_unsure: bool
    cells: int = 0
    decision: str = ""

    @property
    def is_nothing(self) -> bool:
        """Tell whether a person decided that the text names nothing."""
        return bool(self.decision) and self.read is None


class Readings:
    """All verdicts of a run, by kind, text and context; becomes the table ``reading``. ``rulings`` of people beat the normalisers."""

    def __init__(self, rulings: Mapping[tuple[str, str], Ruling] | None = None) -> None:
        self.verdicts: dict[tuple[str, str, str], Verdict] = {}
        self.asked: list[Verdict] | None = None
        self._rulings = rulings or {}
        self.has_rulings = bool(self._rulings)

    def ruling(self, kind: str, text: str) -> Ruling | None:
        """Return what a person decided that ``text`` means, None where nobody did."""
        return self._rulings.get(ruling_key(kind, text)) if self._rulings else None

    def read(self, kind: str, text: str, normaliser: Callable[[str], Read], context: str = "") -> Verdict:
        """Return the verdict on ``text``, asking ``normaliser`` only the first time, and count one cell more."""
        key = (kind, text, context)
        verdict = self.verdicts.get(key)
        if verdict is None:
            ruling = self.ruling(kind, text)
            verdict = self.verdicts[key] = _decided(ruling) if ruling else _ask(normaliser, text)
        self.again(verdict)
        return verdict

    def again(self, verdict: Verdict) -> None:
        """Count one cell more that ``verdict`` is on; while somebody listens, it is added to what was ``asked``."""
        verdict.cells += 1
        if self.asked is not None:
            self.asked.append(verdict)

    def add(self, key: tuple[str, str, str], verdict: Verdict) -> None:
        """Take over the ``verdict`` that another process reached: its cells count with those that were seen here."""
        known = self.verdicts.setdefault(key, verdict)
        if known is not verdict:
            known.cells += verdict.cells

    def alike(self) -> Readings:
        """Return readings under the same rulings in which nothing was read yet."""
        return Readings(self._rulings)

    def note(self, kind: str, text: str, read: Read, context: str = "", decision: str = "") -> None:
        """Record a reading that another stage made, such as the partner that a name was resolved to."""
        verdict = self.verdicts.get((kind, text, context))
        if verdict is None:
            verdict = self.verdicts[kind, text, context] = Verdict(read, "", (), False, decision=decision)
        verdict.cells += 1


def _decided(ruling: Ruling) -> Verdict:
    if not ruling.value:
        return Verdict(None, "decided: names none", (), False, decision=ruling.said)
    return Verdict(Read(ruling.value, "decision"), "", (), False, decision=ruling.said)


def _ask(normaliser: Callable[[str], Read], text: str) -> Verdict:
    try:
        return Verdict(normaliser(text), "", (), False)
    except Unsure as error:
        return Verdict(None, str(error), error.candidates, True)
    except Unreadable as error:
        return Verdict(None, str(error), (), False)
