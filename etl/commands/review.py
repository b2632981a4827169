"""``python -m etl review``: the open questions as a workbook with lists of answers; filled in, its answers become decisions.

What stands answered in the workbook is kept in the decision files before a new one is written over it, so that nothing that a
person filled in is lost; half-filled rows are carried over.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from etl.commands.explain import Snapshot
from etl.commands.untaken import summary
from etl.decide import answers, keep, workbook
from etl.decide.answers import Filled
from etl.decide.lines import KINDS, Line, Sheet
from etl.decide.questions import LANGUAGES, Question, choices, decisions, open_questions
from etl.errors import EtlError, RefusedFile
from etl.pipeline.decisions import FOLDER, load, sheets_of
from etl.records import Finding
from etl.tables import Run, SourceFile
from etl.text import clean

__all__ = ["LANGUAGES", "main"]

#: Where the workbook lies unless another place is named: among the decisions, so that the next run takes it in.
NAME = "review.xlsx"
WRITTEN, NOTHING_WRITTEN = 0, 2


class _Refused(EtlError):
    """The workbook cannot be read or written over; the message says what to do."""


def main(data: Path, raw: Path, to: Path | None, language: str, take: Path | None) -> int:
    """Take the answers of the workbook at ``take`` or ``to`` into the decision files; then write what is still open to ``to``.

    Returns:
        0 done; 2 there is no snapshot, or the workbook is something else, or it or a file of decisions that would gain lines is open
        elsewhere; nothing was changed then.
    """
    path = take or to or raw / FOLDER / NAME
    try:
        answered = _take(path, raw) if path.exists() else frozenset()
        if take:
            return WRITTEN if take.exists() else _fail(f"There is no file {take}.")
        snapshot = Snapshot(data)
        asked = [each for each in open_questions(snapshot.rows("review")) if each.id not in answered]
        unseen = _unseen(raw, snapshot)
        asked = [each for each in asked if not unseen & _settling(each)]
        run = snapshot.rows("run")[0]
        kept, who = _kept(path, answered) if path.exists() else ([], "")
        _write(path, asked, language, {"run": run[Run.id], "date": run[Run.as_of], "name": who}, kept)
    except (_Refused, RefusedFile) as error:
        return _fail(str(error))
    except FileNotFoundError:
        return _fail(f"There is no published snapshot in {data}; run `python -m etl run` first.")
    except OSError as error:
        return _fail(f"{error.filename2 or error.filename or path} cannot be written: {error.strerror}.")
    _templates(raw)
    sys.stdout.write(f"{len(asked)} questions stand in {path}. Fill it in, save it there, and run `make etl`.\n")
    return WRITTEN


def _unseen(raw: Path, snapshot: Snapshot) -> set[tuple[str, ...]]:
    """Return what was decided in files that changed since the snapshot was made: it asks questions that they answer."""
    files, known = load(raw)
    seen = {row[SourceFile.name]: row[SourceFile.sha256] for row in snapshot.rows("source_file")}
    changed = {file.name for file in files if seen.get(file.name) != file.sha256}
    return {_settled(line.kind, line.cells) for line in known.lines if line.file in changed}


def _settling(question: Question) -> set[tuple[str, ...]]:
    """Return what is settled by any answer to ``question``."""
    return {_settled(*each) for label in choices(question, "en") for each in decisions(question, label, "")}


def _settled(kind: str, cells: Mapping[str, str]) -> tuple[str, ...]:
    """Return what a decision is about, whatever it says."""
    about = {"aliases": ("written", "country"), "same": ("one", "country"), "readings": ("kind", "text"), "questions": ("question",)}
    return (kind, *(clean(cells.get(name, "")) for name in about.get(kind, KINDS[kind][0][:3])))


def _fail(message: str) -> int:
    sys.stderr.write(f"{message}\n")
    return NOTHING_WRITTEN


def _sheets(path: Path) -> Sequence[Sheet]:
    sheets = sheets_of(path)
    if not answers.is_review(sheets):
        raise _Refused(f"{path} is not a workbook of questions; it is left as it is. Name another file with --to.")
    return sheets


def _kept(path: Path, answered: frozenset[str]) -> tuple[list[Filled], str]:
    """Return what was filled in and not taken, and the name on the first sheet."""
    sheets = _sheets(path)
    lost: list[Finding] = []
    filled = answers.filled(sheets, lost)
    if lost:
        rows = "; ".join(map(_place, lost[:5]))
        raise _Refused(f"{path} is left as it is, for in {len(lost)} filled rows the question cannot be told ({rows}). "
                       "Empty these rows, or move the file away, and run again.")  # fmt: skip
    return [each for each in filled if each.question.id not in answered], answers.name(sheets)


def _take(path: Path, raw: Path) -> frozenset[str]:
    """Append the answers to the decision files; return the ids of the questions that need not be asked again."""
    _require_closed([path])
    sheets = _sheets(path)
    found = answers.answers(sheets)
    _, known = load(raw)
    there = {line.content for line in known.lines if line.file.endswith((".csv", ".tsv", ".txt"))}
    fresh = [line for line in found.lines if line.content not in there]
    _require_closed(keep.files(fresh, raw / FOLDER))
    gained = keep.add(fresh, raw / FOLDER)
    for name, number in gained.items():
        sys.stdout.write(f"Took {number} {'decision' if number == 1 else 'decisions'} into {raw / FOLDER / name}\n")
    for line in summary(found.findings, answers.filled(sheets, []), path, raw / FOLDER):
        sys.stdout.write(f"{line}\n")
    return _answered(sheets, found.lines)


def _require_closed(paths: Iterable[Path]) -> None:
    """Refuse to go on while another program has a file open: it would write over what we add, or we over what is typed there."""
    if opened := [(path, lock) for path in paths if (lock := keep.lock(path))]:
        names, locks = (", ".join(str(each) for each in column) for column in zip(*opened, strict=True))
        is_are, it = ("is", "it") if len(opened) == 1 else ("are", "them")
        raise _Refused(f"{names} {is_are} open in another program, so nothing was changed. "
                       f"Save and close {it} first and run again; if no program has {it} open, remove {locks}.")  # fmt: skip


def _place(finding: Finding) -> str:
    return f"{finding.sheet}, row {finding.row}"


def _answered(sheets: Sequence[Sheet], lines: Iterable[Line]) -> frozenset[str]:
    rows = {(line.sheet, line.row) for line in lines}
    return frozenset(each.question.id for each in answers.filled(sheets, []) if (each.sheet, each.row) in rows)


def _write(path: Path, asked: Sequence[Question], language: str, about: dict[str, str], kept: Sequence[Filled]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.stem}.{os.getpid()}{path.suffix}")
    try:
        workbook.write(fresh, asked, language, about, kept)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def _templates(raw: Path) -> None:
    """Put an empty file of each kind where there is none, so that a person finds the columns."""
    (raw / FOLDER).mkdir(parents=True, exist_ok=True)
    for kind in KINDS:
        path = raw / FOLDER / f"{kind}.csv"
        if not path.exists():
            path.write_bytes(keep.template(kind))
