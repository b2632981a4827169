"""What changed beside the records: input files, partners, findings, open questions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from etl.compare.publication import Publication
from etl.compare.source_rows import Line, Pairs
from etl.tables import Partner, Problem, Review, SourceFile

_Place = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class FileChange:
    """An input file that was added, removed, changed, or renamed from ``before``; ``verdict`` is that of the new snapshot, else the old."""

    name: str
    what: str
    verdict: str
    before: str | None = None


@dataclass(frozen=True, slots=True)
class PartnerChange:
    """A partner that came, went or changed, with the old and the new value of each attribute that differs."""

    id: str
    name: str
    what: str
    attributes: Mapping[str, tuple[Any, Any]]


def files(old: Publication, new: Publication) -> list[FileChange]:
    """Return the input files that differ, by name; a file with the same bytes under another name was renamed."""
    before, after = ({row[SourceFile.name]: row for row in each.rows("source_file")} for each in (old, new))
    by_hash: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(before.keys() - after.keys(), reverse=True):
        by_hash[before[name][SourceFile.sha256] or f"without a hash: {name}"].append(name)
    found: dict[str, FileChange] = {}
    renamed: set[str] = set()
    for name, row in sorted(after.items()):
        verdict = row[SourceFile.verdict]
        if name in before:
            if any(row[each] != before[name][each] for each in (SourceFile.sha256, SourceFile.verdict)):
                found[name] = FileChange(name, "changed", verdict)
        elif twins := by_hash.get(row[SourceFile.sha256] or ""):
            renamed.add(twins[-1])
            found[name] = FileChange(name, "renamed", verdict, twins.pop())
        else:
            found[name] = FileChange(name, "added", verdict)
    for name in before.keys() - after.keys() - renamed:
        found[name] = FileChange(name, "removed", before[name][SourceFile.verdict])
    return [found[name] for name in sorted(found)]


def partners(old: Publication, new: Publication) -> list[PartnerChange]:
    """Return the partners that differ, by id."""
    before, after = ({row[Partner.id]: row for row in each.rows("partner")} for each in (old, new))
    found = []
    for key in sorted(before.keys() | after.keys()):
        was, is_ = before.get(key, {}), after.get(key, {})
        if was != is_:
            what = "new" if not was else "removed" if not is_ else "changed"
            differs = {name: (was.get(name), is_.get(name)) for name in (is_ or was) if was.get(name) != is_.get(name)}
            found.append(PartnerChange(key, (is_ or was)[Partner.name], what, differs))
    return found


def problems(
    old: Publication, new: Publication, before: Mapping[str, Line], after: Mapping[str, Line], pairs: Pairs
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the findings that are new and those that are gone, each as its row of ``problem``.

    A finding that moved with its row is the same; so is one whose words changed.
    """
    moved = {before[key].place: after[pairs.of(key) or key].place for key in before if pairs.of(key)}
    new_rows, old_rows = new.rows("problem"), old.rows("problem")
    return _beyond(new_rows, old_rows, moved), _beyond(old_rows, new_rows, moved, is_old=True)


def _beyond(
    rows: Iterable[dict[str, Any]], others: Iterable[dict[str, Any]], moved: Mapping[_Place, _Place], *, is_old: bool = False
) -> list[dict[str, Any]]:
    """Return the rows that ``others`` do not have as often."""
    left = Counter(_about(row, {} if is_old else moved) for row in others)
    found = []
    for row in sorted(rows, key=lambda row: (row[Problem.file] or "", row[Problem.sheet] or "", row[Problem.row] or 0, row[Problem.id])):
        about = _about(row, moved if is_old else {})
        if left[about]:
            left[about] -= 1
        else:
            found.append(row)
    return found


def _about(row: Mapping[str, Any], moved: Mapping[_Place, _Place]) -> tuple[Any, ...]:
    place = row[Problem.file] or "", row[Problem.sheet] or "", row[Problem.row] or 0
    return row[Problem.severity], row[Problem.code], *moved.get(place, place), row[Problem.letter], row[Problem.raw]


def questions(old: Publication, new: Publication) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the questions that are new and those that are gone, each as its row of ``review``."""
    before, after = ({row[Review.id]: row for row in each.rows("review")} for each in (old, new))
    return [row for key, row in after.items() if key not in before], [row for key, row in before.items() if key not in after]
