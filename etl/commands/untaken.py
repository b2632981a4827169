"""Answers of a review workbook that could not be taken -> a few lines: how many for which reason, the first of them, where all are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from etl.decide.answers import Filled
from etl.records import Finding

_SHOWN = 5
_LONGEST = 60


def summary(findings: Sequence[Finding], filled: Iterable[Filled], path: Path, decisions: Path) -> Iterator[str]:
    """Yield the lines; ``filled`` are the rows of the workbook at ``path``, ``decisions`` is the folder that a run reads.

    The first are named by their questions: the rows are others in the workbook that is written next.
    """
    if not findings:
        return
    yield f"{len(findings)} {'answer was' if len(findings) == 1 else 'answers were'} not taken:"
    for reason, number in sorted(Counter(map(_reason, findings)).items(), key=lambda each: (-each[1], each[0])):
        yield f"  {number}: {reason}."
    subjects = {(each.sheet, each.row): each.question.subject for each in filled}
    first = [_named(finding, subjects.get((finding.sheet or "", finding.row or 0), "")) for finding in findings[:_SHOWN]]
    yield f"  {'These are' if len(findings) <= _SHOWN else 'The first are'}: {'; '.join(first)}."
    where = "" if path.resolve().is_relative_to(decisions.resolve()) else f"copy it into {decisions}, and "
    yield f"  All of them stay filled in in {path}; {where}`make etl` lists each with its reason among the findings of quality.html."


def _reason(finding: Finding) -> str:
    """Return why, without the words of the one answer: a thousand answers that are not in their lists have one reason."""
    _, _, why = finding.message.partition(": ")
    return why.replace(repr(finding.raw), "what is written") if finding.raw else why


def _named(finding: Finding, subject: str) -> str:
    short = subject if len(subject) <= _LONGEST else subject[:_LONGEST] + "…"
    return f"{finding.sheet}, “{short}”" if subject else f"{finding.sheet}, row {finding.row}"
